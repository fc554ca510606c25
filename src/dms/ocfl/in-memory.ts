import { webcrypto } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { digestBytes } from './digests.ts';
import type { ContentAlgorithm } from './inventory.ts';

/** Files up to this size are held in memory as a whole, in bytes; their digests are then computed beside our own work. */
export const largestInMemory = 32 << 20;
/** So many bytes at once, for all that are held. */
const memory = 64 << 20;
/** Handing so little to another thread takes longer than computing it. */
const worthHandingOver = 128 << 10;
const names: Readonly<Record<ContentAlgorithm, string>> = { sha256: 'SHA-256', sha512: 'SHA-512' };

let free = memory;
const waiting: { readonly bytes: number; readonly go: () => void }[] = [];

/** Runs what holds so many bytes, once there is room for them. Whoever asked first comes first. */
export async function holding<Result>(bytes: number, action: () => Promise<Result>): Promise<Result> {
  if (waiting.length > 0 || bytes > free) await new Promise<void>((go) => waiting.push({ bytes, go }));
  else free -= bytes;
  try {
    return await action();
  } finally {
    free += bytes;
    for (let next = waiting[0]; next && next.bytes <= free; next = waiting[0]) {
      free -= next.bytes;
      waiting.shift();
      next.go();
    }
  }
}

/** Reads a file with few requests. @returns one that has grown or shrunk since its size was told in another length */
export async function readWhole(file: FileHandle, size: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(size + 1);
  let filled = 0;
  for (let read = 1; read > 0 && filled < buffer.length; filled += read) {
    read = (await file.read(buffer, filled, buffer.length - filled, null)).bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** Digests of bytes in memory, lower-case hex; those of more than a few are computed in other threads, side by side. */
export async function digestTogether<Algorithm extends ContentAlgorithm>(
  bytes: Uint8Array,
  algorithms: readonly Algorithm[],
): Promise<Readonly<Record<Algorithm, string>>> {
  if (bytes.length < worthHandingOver) return digestBytes(bytes, algorithms);
  const digests = await Promise.all(
    algorithms.map(async (algorithm) => {
      const digest = await webcrypto.subtle.digest(names[algorithm], bytes);
      return [algorithm, Buffer.from(digest).toString('hex')] as const;
    }),
  );
  return Object.fromEntries(digests) as Record<Algorithm, string>;
}
