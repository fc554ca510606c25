import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { beginThreadHash } from './hash-threads.ts';

const chunkSize = 1 << 20;
/** Handing so little to another thread takes longer than hashing it here. */
const worthHandingOver = 256 << 10;

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

/** The same beside our own work: large files are hashed by other threads. */
export interface StreamDigester<Algorithm extends string> {
  /** Whether other threads do it; their bytes have to be in shared memory. */
  readonly isElsewhere: boolean;
  /** The bytes are needed until the promise settles. */
  update(bytes: Uint8Array): Promise<void>;
  /** May be called once, at the end. */
  finish(): Promise<Readonly<Record<Algorithm, string>>>;
  /** Instead of `finish`. */
  abandon(): void;
}

/** @param size of the whole, in bytes */
export function streamDigester<Algorithm extends string>(
  algorithms: readonly Algorithm[],
  size: number,
): StreamDigester<Algorithm> {
  if (size < worthHandingOver) {
    const digester = new Digester(algorithms);
    return {
      isElsewhere: false,
      update: async (bytes) => digester.update(bytes),
      finish: async () => digester.finish(),
      abandon: () => {},
    };
  }
  const hashes = algorithms.map((algorithm) => [algorithm, beginThreadHash(algorithm)] as const);
  return {
    isElsewhere: true,
    update: async (bytes) => {
      await Promise.all(hashes.map(([, hash]) => hash.update(bytes)));
    },
    finish: async () => {
      const entries = hashes.map(async ([algorithm, hash]) => [algorithm, await hash.digest()] as const);
      return Object.fromEntries(await Promise.all(entries)) as Record<Algorithm, string>;
    },
    abandon: () => {
      for (const [, hash] of hashes) hash.abandon();
    },
  };
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
 * @param digester whose threads shall share the memory of the chunks; none where other things are done with them
 */
export async function eachChunk(
  handle: FileHandle,
  size: number,
  take: (bytes: Uint8Array) => Promise<boolean> | boolean,
  digester?: StreamDigester<string>,
): Promise<void> {
  const length = Math.min(chunkSize, Math.max(size, 1));
  const allocate = () =>
    digester?.isElsewhere ? Buffer.from(new SharedArrayBuffer(length)) : Buffer.allocUnsafeSlow(length);
  let [current, next] = [allocate(), allocate()];
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
    const known = (await handle.stat()).size;
    const digester = streamDigester(algorithms, known);
    try {
      let size = 0;
      const take = async (bytes: Uint8Array) => {
        signal?.throwIfAborted();
        await digester.update(bytes);
        size += bytes.length;
        return true;
      };
      await eachChunk(handle, known, take, digester);
      return { size, digests: await digester.finish() };
    } catch (error) {
      digester.abandon();
      throw error;
    }
  } finally {
    await handle.close();
  }
}
