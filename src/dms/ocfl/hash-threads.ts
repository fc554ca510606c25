import { createThreads } from './threads.ts';

interface HashRequest {
  readonly file: number;
  readonly algorithms: readonly string[];
  /** Anything but 0 ends it early. */
  readonly stop: Int32Array;
}

export interface ThreadDigests {
  /** Bytes that were read. */
  readonly size: number;
  /** In the order of the algorithms, lower-case hex. */
  readonly digests: readonly string[];
}

/** SHA-512 alone takes longer than reading from a disk and writing to one. */
const threads = createThreads<HashRequest, ThreadDigests>(
  2,
  `
const { createHash } = require('node:crypto');
const { readSync } = require('node:fs');
const buffer = Buffer.allocUnsafeSlow(1 << 20);
function answer({ file, algorithms, stop }) {
  const hashes = algorithms.map((algorithm) => createHash(algorithm));
  let size = 0;
  for (let read = 1; read > 0 && Atomics.load(stop, 0) === 0; size += read) {
    read = readSync(file, buffer, 0, buffer.length, null);
    for (const hash of hashes) hash.update(buffer.subarray(0, read));
  }
  return { size, digests: hashes.map((hash) => hash.digest('hex')) };
}`,
);

/**
 * Reads an open file from where it stands to its end, and hashes it in a thread of its own.
 * @param file its number, the same in all threads of a process; it stays open until this is settled
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
    const digests = await threads.ask({ file, algorithms, stop });
    signal?.throwIfAborted();
    return digests;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
