import { createHash, type Hash } from 'node:crypto';
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { digestInThread } from './hash-threads.ts';

const chunkSize = 1 << 20;
/** Handing less to another thread takes longer than hashing it here. In bytes. */
export const worthHandingOver = 256 << 10;
/** Opening a named pipe would wait for its writer for ever; Windows has neither. */
export const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

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

/** What was read of a file, and of which state of it. */
export interface FileDigests<Algorithm extends string> {
  readonly size: number;
  readonly digests: Readonly<Record<Algorithm, string>>;
  /** As `fileState` told it before anything was read. */
  readonly state: string;
}

/** Reads a whole file and tells its size and digests; memory is bounded. */
export async function digestFile<Algorithm extends string>(
  path: string,
  algorithms: readonly Algorithm[],
  signal?: AbortSignal,
): Promise<FileDigests<Algorithm>> {
  const file = openSync(path, withoutWaiting);
  try {
    const known = fstatSync(file, { bigint: true });
    const read =
      known.size < worthHandingOver
        ? digestHere(file, Number(known.size), algorithms)
        : await digestElsewhere(file, algorithms, signal);
    return { ...read, state: stateOf(known) };
  } finally {
    closeSync(file);
  }
}

/** Tells apart a file and its content from all others, and from itself after it was written to. */
export function fileState(path: string): string {
  return stateOf(statSync(path, { bigint: true }));
}

function stateOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

function digestHere<Algorithm extends string>(file: number, size: number, algorithms: readonly Algorithm[]) {
  const digester = new Digester(algorithms);
  const buffer = Buffer.allocUnsafe(size + 1);
  let total = 0;
  for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
    digester.update(buffer.subarray(0, read));
    total += read;
  }
  return { size: total, digests: digester.finish() };
}

async function digestElsewhere<Algorithm extends string>(
  file: number,
  algorithms: readonly Algorithm[],
  signal: AbortSignal | undefined,
) {
  const { size, digests } = await digestInThread(file, algorithms, signal);
  const named = algorithms.map((algorithm, at) => [algorithm, digests[at]] as const);
  return { size, digests: Object.fromEntries(named) as Record<Algorithm, string> };
}
