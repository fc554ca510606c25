import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

const chunkSize = 1 << 20;

/** Digests of one stream of bytes under several algorithms at once, lower-case hex. */
export class Digester<Algorithm extends string> {
  readonly #hashes: readonly (readonly [Algorithm, Hash])[];

  constructor(algorithms: readonly Algorithm[]) {
    this.#hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const);
  }

  update(bytes: Uint8Array): void {
    for (const [, hash] of this.#hashes) hash.update(bytes);
  }

  /** May be called once, at the end. */
  finish(): Readonly<Record<Algorithm, string>> {
    const entries = this.#hashes.map(([algorithm, hash]) => [algorithm, hash.digest('hex')] as const);
    return Object.fromEntries(entries) as Record<Algorithm, string>;
  }
}

/** Digests of bytes in memory. */
export function digestBytes<Algorithm extends string>(
  bytes: Uint8Array,
  algorithms: readonly Algorithm[],
): Readonly<Record<Algorithm, string>> {
  const digester = new Digester(algorithms);
  digester.update(bytes);
  return digester.finish();
}

/**
 * Hands every chunk of an open file to `take`, while the next one is being read. The bytes belong to `take` until its
 * promise settles. Ends early when `take` says false.
 */
export async function eachChunk(
  handle: FileHandle,
  size: number,
  take: (bytes: Uint8Array) => Promise<boolean> | boolean,
): Promise<void> {
  const length = Math.min(chunkSize, Math.max(size, 1));
  let [current, next] = [Buffer.allocUnsafeSlow(length), Buffer.allocUnsafeSlow(length)];
  let filled = (await handle.read(current, 0, length, null)).bytesRead;
  while (filled > 0) {
    const [goOn, ahead] = await Promise.all([
      take(current.subarray(0, filled)),
      handle.read(next, 0, length, null),
    ] as const);
    if (!goOn) return;
    filled = ahead.bytesRead;
    [current, next] = [next, current];
  }
}

/** Reads a whole file and tells its size and digests; memory is bounded. */
export async function digestFile<Algorithm extends string>(
  path: string,
  algorithms: readonly Algorithm[],
  signal?: AbortSignal,
): Promise<{ readonly size: number; readonly digests: Readonly<Record<Algorithm, string>> }> {
  const handle = await open(path, 'r');
  try {
    const digester = new Digester(algorithms);
    let size = 0;
    await eachChunk(handle, (await handle.stat()).size, (bytes) => {
      signal?.throwIfAborted();
      digester.update(bytes);
      size += bytes.length;
      return true;
    });
    return { size, digests: digester.finish() };
  } finally {
    await handle.close();
  }
}
