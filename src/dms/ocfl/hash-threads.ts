import { Worker } from 'node:worker_threads';

/**
 * Threads that hash what this one reads and writes: SHA-512 alone takes longer than reading from a disk and writing to
 * one. The bytes lie in memory that both sides share; whoever hands them over leaves them alone until it is answered.
 */
const threads = 2;

/** Small enough to be kept here, so that no file of its own has to be found when the program is bundled. */
const program = `
const { createHash } = require('node:crypto');
const { parentPort } = require('node:worker_threads');
const hashes = new Map();
parentPort.on('message', ({ call, stream, algorithm, bytes, end }) => {
  const hash = hashes.get(stream) ?? createHash(algorithm);
  hashes.set(stream, hash);
  if (bytes) hash.update(bytes);
  if (end) hashes.delete(stream);
  parentPort.postMessage({ call, digest: end === 'digest' ? hash.digest('hex') : '' });
});`;

interface Call {
  readonly stream: number;
  readonly algorithm: string;
  readonly bytes?: Uint8Array;
  readonly end?: 'digest' | 'abandon';
}

/** One hash, computed in a thread. */
export interface ThreadHash {
  /** @param bytes in shared memory; they are needed until the promise settles */
  update(bytes: Uint8Array): Promise<void>;
  /** Lower-case hex. May be called once, at the end. */
  digest(): Promise<string>;
  /** Instead of `digest`, when nobody wants to know any more. */
  abandon(): void;
}

interface HashThread {
  /** Hashes that are under way. */
  load: number;
  call(call: Call): Promise<string>;
}

let pool: HashThread[] = [];
let streams = 0;

/** Begins a hash in the thread that has the least to do. */
export function beginThreadHash(algorithm: string): ThreadHash {
  if (pool.length < threads) pool.push(startThread());
  const thread = pool.reduce((least, one) => (one.load < least.load ? one : least));
  const stream = ++streams;
  // SHA-512 takes three times as long as SHA-256.
  const weight = algorithm === 'sha512' ? 3 : 1;
  thread.load += weight;
  let isOpen = true;
  const end = async (how: 'digest' | 'abandon') => {
    if (!isOpen) return '';
    isOpen = false;
    thread.load -= weight;
    return thread.call({ stream, algorithm, end: how });
  };
  return {
    update: async (bytes) => {
      await thread.call({ stream, algorithm, bytes });
    },
    digest: () => end('digest'),
    abandon: () => void end('abandon').catch(() => {}),
  };
}

/** A thread keeps the program alive only while it is asked something. */
function startThread(): HashThread {
  const worker = new Worker(program, { eval: true });
  const open = new Map<number, { resolve(digest: string): void; reject(error: unknown): void }>();
  let calls = 0;
  worker.unref();
  worker.on('message', ({ call, digest }: { call: number; digest: string }) => {
    open.get(call)?.resolve(digest);
    open.delete(call);
    if (open.size === 0) worker.unref();
  });
  const thread: HashThread = {
    load: 0,
    call: (call) =>
      new Promise((resolve, reject) => {
        if (open.size === 0) worker.ref();
        open.set(++calls, { resolve, reject });
        worker.postMessage({ ...call, call: calls });
      }),
  };
  worker.on('error', (error) => {
    pool = pool.filter((one) => one !== thread);
    for (const { reject } of open.values()) reject(error);
    open.clear();
  });
  return thread;
}
