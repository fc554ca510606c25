import { Worker } from 'node:worker_threads';

/**
 * Threads that read and hash whole files: SHA-512 alone takes longer than reading from a disk and writing to one. A file
 * is opened and closed here; its number is the same in all threads of a process.
 */
const threads = 2;

/** Small enough to be kept here, so that no file of its own has to be found when the program is bundled. */
const program = `
const { createHash } = require('node:crypto');
const { readSync } = require('node:fs');
const { parentPort } = require('node:worker_threads');
const buffer = Buffer.allocUnsafeSlow(1 << 20);
parentPort.on('message', ({ file, algorithms, stop }) => {
  const hashes = algorithms.map((algorithm) => createHash(algorithm));
  let size = 0;
  try {
    for (let read = 1; read > 0 && Atomics.load(stop, 0) === 0; size += read) {
      read = readSync(file, buffer, 0, buffer.length, null);
      for (const hash of hashes) hash.update(buffer.subarray(0, read));
    }
    parentPort.postMessage({ size, digests: hashes.map((hash) => hash.digest('hex')) });
  } catch (error) {
    const { message, code, syscall } = error;
    parentPort.postMessage({ failure: { message, code, syscall } });
  }
});`;

export interface ThreadDigests {
  /** Bytes that were read. */
  readonly size: number;
  /** In the order of the algorithms, lower-case hex. */
  readonly digests: readonly string[];
}

interface Failure {
  readonly failure: { readonly message: string; readonly code?: string; readonly syscall?: string };
}

interface Job {
  readonly file: number;
  readonly algorithms: readonly string[];
  /** Anything but 0 ends it early. */
  readonly stop: Int32Array;
  resolve(digests: ThreadDigests): void;
  reject(error: unknown): void;
}

const waiting: Job[] = [];
let idle: Worker[] = [];
let started = 0;

/**
 * Reads an open file from where it stands to its end, and hashes it in a thread of its own.
 * @param file its number; it stays open until this is settled
 * @throws the system's error when it cannot be read; the signal's reason
 */
export async function digestInThread(
  file: number,
  algorithms: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ThreadDigests> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const abort = () => void Atomics.store(stop, 0, 1);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const digests = await new Promise<ThreadDigests>((resolve, reject) => {
      waiting.push({ file, algorithms, stop, resolve, reject });
      next();
    });
    signal?.throwIfAborted();
    return digests;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function next(): void {
  if (waiting.length === 0) return;
  const worker = idle.pop() ?? (started < threads ? startThread() : undefined);
  const job = worker && waiting.shift();
  if (job) give(worker, job);
}

/** A thread keeps the program alive only while it is at work. */
function startThread(): Worker {
  started += 1;
  const worker = new Worker(program, { eval: true });
  worker.unref();
  return worker;
}

function give(worker: Worker, { file, algorithms, stop, resolve, reject }: Job): void {
  const onMessage = (answer: ThreadDigests | Failure): void => {
    worker.off('error', onError);
    worker.unref();
    idle.push(worker);
    if ('failure' in answer) reject(Object.assign(new Error(answer.failure.message), answer.failure));
    else resolve(answer);
    next();
  };
  const onError = (error: unknown): void => {
    worker.off('message', onMessage);
    idle = idle.filter((one) => one !== worker);
    started -= 1;
    reject(error);
    next();
  };
  worker.once('message', onMessage);
  worker.once('error', onError);
  worker.ref();
  worker.postMessage({ file, algorithms, stop });
}
