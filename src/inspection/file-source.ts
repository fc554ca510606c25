import { readSync } from 'node:fs';
import type { ByteSource } from './byte-source.ts';

const blockSize = 8 * 1024;
const cachedBlocks = 128;
/** A reader that wants more at once has a mistake, or was led astray by the file: memory must stay bounded. */
const longestRead = 32 * 1024 * 1024;

/** A reader asked for more bytes at once than any honest file needs; tells the inspection to give up on the file. */
export class ReadTooLongError extends Error {
  override readonly name = 'ReadTooLongError';
}

/**
 * The bytes of an open file as a source, read in blocks that are kept in a bounded cache (1 MiB).
 * @param handle stays the caller's: it is neither closed nor moved
 * @param size as fstat told it; nothing is read beyond it
 * @param base where the bytes begin in the file; beyond 0 where they are a part of it
 * @throws the system's error when a read fails, ReadTooLongError above 32 MiB in one read
 */
export function fileSource(handle: number, size: number, base = 0): ByteSource {
  return blockSource(size, (target, position) => readFully(handle, target, target.length, base + position));
}

/**
 * Bytes as a source, read in blocks that are kept in a bounded cache (1 MiB).
 * @param fill fills the buffer from a position; tells how many bytes there were
 * @throws what `fill` throws, ReadTooLongError above 32 MiB in one read
 */
export function blockSource(size: number, fill: (target: Buffer, position: number) => number): ByteSource {
  const blocks = createBlockCache(fill, size);
  return {
    size,
    read(offset, length) {
      const from = Math.max(0, offset);
      const to = Math.min(size, offset + length);
      if (!(to > from)) return new Uint8Array(0);
      const index = Math.floor(from / blockSize);
      const inBlock = from - index * blockSize;
      if (inBlock + (to - from) <= blockSize) return blocks(index).subarray(inBlock, inBlock + (to - from));
      if (to - from > longestRead) throw new ReadTooLongError(`${to - from} bytes at ${from}`);
      const bytes = Buffer.allocUnsafeSlow(to - from);
      return bytes.subarray(0, fill(bytes, from));
    },
  };
}

/**
 * Reads until the buffer's first `length` bytes are filled or the file ends; network drives may hand out less at once.
 * @returns the number of bytes read
 */
export function readFully(handle: number, buffer: Buffer, length: number, position: number): number {
  let filled = 0;
  while (filled < length) {
    const count = readSync(handle, buffer, filled, length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

function createBlockCache(
  fill: (target: Buffer, position: number) => number,
  size: number,
): (index: number) => Uint8Array {
  // A Map keeps the order of insertion: its first key is the block that was not used for the longest time.
  const cache = new Map<number, Block>();
  const load = (index: number): Block => {
    const room = cache.size < cachedBlocks ? Buffer.allocUnsafeSlow(blockSize) : takeOldest(cache);
    const start = index * blockSize;
    const target = room.subarray(0, Math.min(blockSize, size - start));
    return { index, room, bytes: target.subarray(0, fill(target, start)) };
  };
  let latest: Block | undefined;
  return (index) => {
    if (latest?.index === index) return latest.bytes;
    const known = cache.get(index);
    if (known) cache.delete(index);
    const block = known ?? load(index);
    cache.set(index, block);
    latest = block;
    return block.bytes;
  };
}

interface Block {
  readonly index: number;
  /** The memory of a block; `bytes` is what the file had for it. */
  readonly room: Buffer;
  readonly bytes: Uint8Array;
}

/** Takes the block that was not used for the longest time out of the cache, so that its memory serves another. */
function takeOldest(cache: Map<number, Block>): Buffer {
  for (const [index, { room }] of cache) {
    cache.delete(index);
    return room;
  }
  return Buffer.allocUnsafeSlow(blockSize);
}
