import { crc32, inflateRawSync } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import { memorySource } from './byte-source.ts';
import { type ContentPart, PartDamagedError } from './content.ts';
import { fileSource, readFully } from './file-source.ts';
import { createInflater, inflatedSource } from './inflate-part.ts';

/** Packed content up to this size is unpacked at once and kept while its file is inspected. */
const atOnce = 32 * 1024 * 1024;

/** The CRC-32 of content up to this size is compared in any case. */
const alwaysCompared = 16 * 1024 * 1024;

/** The content of an open file or of a part of one: read from its beginning to its end, and at any position. */
export interface OpenContent {
  /** Bytes of the content; of a part as its container states them. */
  readonly size: number;
  /**
   * Tells every piece of the content, in order; a piece is valid until `take` returns. To be called once, first.
   * @throws PartDamagedError when a part's content is not what the container states; the system's error
   */
  readAll(take: (piece: Buffer) => void): void;
  /** The content at any position, once it was read. */
  source(): ByteSource;
}

/**
 * @param base where the content begins in the file
 * @param size its bytes
 * @param chunk is used for every piece
 */
export function storedContent(handle: number, base: number, size: number, chunk: Buffer): OpenContent {
  let last: Buffer | undefined;
  return {
    size,
    readAll: (take) => {
      let position = 0;
      do {
        const count = readFully(handle, chunk, Math.min(chunk.length, size - position), base + position);
        last = chunk.subarray(0, count);
        take(last);
        position += count;
        if (count === 0) break;
      } while (position < size);
    },
    source: () => (last && size <= chunk.length ? memorySource(last) : fileSource(handle, size, base)),
  };
}

/**
 * The content of a part, compared with what its container states.
 * @param vouched a strong digest of the content will be compared: the CRC-32 of large content is not, for it proves less
 * and takes half as long as hashing
 */
export function partContent(handle: number, part: ContentPart, chunk: Buffer, vouched: boolean): OpenContent {
  const checkCrc = !vouched || part.size <= alwaysCompared;
  const content = rawContent(handle, part, chunk);
  return {
    ...content,
    readAll: (take) => {
      let size = 0;
      let crc = 0;
      content.readAll((piece) => {
        size += piece.length;
        if (checkCrc) crc = crc32(piece, crc);
        take(piece);
      });
      if (size !== part.size) throw new PartDamagedError('size');
      if (checkCrc && crc !== part.crc32) throw new PartDamagedError('crc');
    },
  };
}

function rawContent(handle: number, part: ContentPart, chunk: Buffer): OpenContent {
  if (part.compression === 'stored') {
    if (part.length !== part.size) throw new PartDamagedError('size');
    return storedContent(handle, part.offset, part.size, chunk);
  }
  return part.size <= atOnce && part.length <= atOnce ? inflatedAtOnce(handle, part) : inflatedBySteps(handle, part);
}

function inflatedAtOnce(handle: number, part: ContentPart): OpenContent {
  const packed = Buffer.allocUnsafeSlow(part.length);
  if (readFully(handle, packed, packed.length, part.offset) < packed.length) throw new PartDamagedError('size');
  const content = inflateWhole(packed, part.size);
  return { size: part.size, readAll: (take) => take(content), source: () => memorySource(content) };
}

/** Unpacks no more than was stated: the stated size is what the limits were held against. */
function inflateWhole(packed: Buffer, size: number): Buffer {
  let result: { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
  try {
    const options = { info: true, chunkSize: Math.max(64, size + 1), maxOutputLength: Math.max(64, size + 1) };
    result = inflateRawSync(packed, options) as unknown as typeof result;
  } catch (cause) {
    const tooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw new PartDamagedError(tooLarge ? 'size' : 'stream', { cause });
  }
  if (result.engine.bytesWritten !== packed.length) throw new PartDamagedError('size');
  return result.buffer;
}

function inflatedBySteps(handle: number, part: ContentPart): OpenContent {
  const inflater = createInflater(
    (target, position) =>
      readFully(handle, target, Math.min(target.length, part.length - position), part.offset + position),
    part.length,
    part.size,
  );
  return {
    size: part.size,
    readAll: (take) => {
      for (let piece = inflater.next(); piece.length > 0; piece = inflater.next()) take(piece);
      inflater.assertEnd();
    },
    source: () => inflatedSource(inflater, part.size),
  };
}
