import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { type ContentLocation, type ContentPart, PartDamagedError } from './content.ts';

const pieceSize = 256 * 1024;

/**
 * The bytes at a location, piece by piece and unpacked; size and CRC-32 of a part are compared at its end.
 * @throws the system's error when they cannot be read, PartDamagedError, the signal's reason when it aborts
 */
export async function* contentPieces(
  { file, part }: ContentLocation,
  signal?: AbortSignal,
): AsyncGenerator<Buffer, void, void> {
  if (!part) {
    yield* createReadStream(file, { highWaterMark: pieceSize, signal });
    return;
  }
  let size = 0;
  let crc = 0;
  for await (const piece of partPieces(file, part, signal)) {
    size += piece.length;
    if (size > part.size) throw new PartDamagedError('size');
    crc = crc32(piece, crc);
    yield piece;
  }
  if (size !== part.size) throw new PartDamagedError('size');
  if (crc !== part.crc32) throw new PartDamagedError('crc');
}

async function* partPieces(file: string, part: ContentPart, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  if (part.length === 0) return;
  const { offset, length } = part;
  const stored = createReadStream(file, { highWaterMark: pieceSize, signal, start: offset, end: offset + length - 1 });
  if (part.compression === 'stored') {
    yield* stored;
    return;
  }
  const inflater = createInflateRaw({ chunkSize: pieceSize });
  pipeline(stored, inflater, () => undefined);
  try {
    yield* inflater;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Error && 'syscall' in error) throw error;
    throw new PartDamagedError('stream', { cause: error });
  } finally {
    stored.destroy();
    inflater.destroy();
  }
}

/** Reads at any position, as node:fs has them; they may overlap. */
export interface ContentFile {
  /** Bytes of the content. */
  readonly size: number;
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
  /** May be called twice. */
  close(): Promise<void>;
}

/**
 * Opens the bytes at a location for reads at any position. Packed ones are unpacked as they are read: forward reads cost
 * nothing more, a read further back begins again.
 * @throws the system's error when they cannot be read; a read may throw PartDamagedError
 */
export async function openContent(location: ContentLocation): Promise<ContentFile> {
  const { file, part } = location;
  if (part?.compression === 'deflate') return inflatedFile(location, part);
  const handle = await open(file, 'r');
  const { offset: base, size } = part ?? { offset: 0, size: await sizeOf(handle) };
  return {
    size,
    read: (buffer, offset, length, position) =>
      handle.read(buffer, offset, Math.max(0, Math.min(length, size - position)), base + position),
    close: () => handle.close(),
  };
}

async function sizeOf(handle: FileHandle): Promise<number> {
  try {
    return (await handle.stat()).size;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function inflatedFile(location: ContentLocation, { size }: ContentPart): ContentFile {
  let pieces: AsyncGenerator<Buffer, void, void> | undefined;
  let piece: Buffer = Buffer.alloc(0);
  let start = 0;
  const seek = async (position: number): Promise<void> => {
    if (!pieces || position < start) {
      await pieces?.return();
      [pieces, piece, start] = [contentPieces(location), Buffer.alloc(0), 0];
    }
    while (position >= start + piece.length) {
      const next = await pieces.next();
      if (next.done) break;
      start += piece.length;
      piece = next.value;
    }
  };
  const read = async (buffer: Buffer, offset: number, length: number, position: number) => {
    if (length === 0 || position >= size) return { bytesRead: 0 };
    await seek(position);
    const from = position - start;
    return { bytesRead: piece.copy(buffer, offset, from, Math.min(piece.length, from + length)) };
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    size,
    // One after the other: each moves the place that is unpacked.
    read: (...what) => {
      const next = last.then(() => read(...what));
      last = next.catch(() => undefined);
      return next;
    },
    close: async () => void (await pieces?.return()),
  };
}
