import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { TableError } from './table-error.ts';
import type { DamageReason } from './table-problem.ts';
import type { TableSource } from './table-source.ts';

/** How far a workbook may unfold. */
export interface UnpackLimits {
  /** Bytes of one part once unpacked. */
  readonly partBytes: number;
  /** Unpacked size over packed size, looked at beyond the first 16 MB. */
  readonly ratio: number;
}

export const unpackLimits: UnpackLimits = { partBytes: 4_000_000_000, ratio: 300 };

/** The parts of a workbook (a zip file), by its central directory. Names are as stored. */
export interface ZipParts {
  readonly names: readonly string[];
  /**
   * The bytes of a part, unpacked piece by piece; size and CRC-32 are compared at the end. May be called for several
   * parts, one after the other.
   * @throws TableError when the part is missing, damaged or beyond the limits
   */
  read(name: string): AsyncIterable<Uint8Array>;
}

interface Part {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_END = 0x06064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const directoryLimit = 8_000_000;
const ratioGrace = 16_000_000;
const pieceSize = 65_536;

/**
 * Opens a zip file's directory (PKWARE APPNOTE 4.3). Only what the central directory names exists; encrypted parts and
 * methods other than stored and deflated are refused.
 * @throws TableError
 */
export async function openZip(file: TableSource, limits: UnpackLimits = unpackLimits): Promise<ZipParts> {
  const parts = new Map<string, Part>();
  for (const part of parseDirectory(await readDirectory(file))) {
    if (parts.has(part.name)) throw damaged(part.name, 'stored-twice');
    parts.set(part.name, part);
  }
  return {
    names: [...parts.keys()],
    read(name) {
      const part = parts.get(name);
      if (!part) throw damaged(name, 'missing');
      return unpack(file, part, limits);
    },
  };
}

async function readDirectory(file: TableSource): Promise<Buffer> {
  const { size } = file;
  const tailStart = Math.max(0, size - 65_557);
  const tail = await readBytes(file, tailStart, size - tailStart);
  let at = tail.length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== END_OF_DIRECTORY) at -= 1;
  if (at < 0) throw damaged('zip', 'cut-off');
  let [length, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  if (offset === 0xffffffff || length === 0xffffffff) {
    [length, offset] = await readZip64End(file, tail, at - 20);
  }
  if (length > directoryLimit || offset + length > size) throw damaged('zip', 'directory-invalid');
  return readBytes(file, offset, length);
}

async function readZip64End(file: TableSource, tail: Buffer, at: number): Promise<[number, number]> {
  if (at < 0 || tail.readUInt32LE(at) !== ZIP64_LOCATOR) throw damaged('zip', 'directory-invalid');
  const end = await readBytes(file, Number(tail.readBigUInt64LE(at + 8)), 56);
  if (end.readUInt32LE(0) !== ZIP64_END) throw damaged('zip', 'directory-invalid');
  return [Number(end.readBigUInt64LE(40)), Number(end.readBigUInt64LE(48))];
}

function* parseDirectory(directory: Buffer): Generator<Part> {
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === DIRECTORY_ENTRY) {
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    if (extraEnd > directory.length) throw damaged('zip', 'directory-invalid');
    const name = directory.toString('utf8', at + 46, nameEnd);
    if (directory.readUInt16LE(at + 8) & 1) throw damaged(name, 'encrypted');
    yield {
      name,
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      ...sizes(directory, at, directory.subarray(nameEnd, extraEnd)),
    };
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
}

/** Sizes and offset of a part; values that do not fit 32 bits stand in the zip64 extra field, in this order. */
function sizes(directory: Buffer, at: number, extra: Buffer): { packed: number; size: number; offset: number } {
  const wide = zip64Values(extra);
  const take = (value: number) => (value === 0xffffffff ? (wide.shift() ?? value) : value);
  const size = take(directory.readUInt32LE(at + 24));
  const packed = take(directory.readUInt32LE(at + 20));
  return { size, packed, offset: take(directory.readUInt32LE(at + 42)) };
}

function zip64Values(extra: Buffer): number[] {
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) {
      const values: number[] = [];
      for (let index = at + 4; index + 8 <= Math.min(end, extra.length); index += 8) {
        values.push(Number(extra.readBigUInt64LE(index)));
      }
      return values;
    }
    at = end;
  }
  return [];
}

async function* unpack(file: TableSource, part: Part, limits: UnpackLimits): AsyncGenerator<Uint8Array> {
  const header = await readBytes(file, part.offset, 30);
  if (header.readUInt32LE(0) !== LOCAL_HEADER) throw damaged(part.name, 'directory-invalid');
  const start = part.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = readPieces(file, part, start);
  let [size, crc] = [0, 0];
  for await (const piece of part.method === 8 ? inflate(packed, part) : packed) {
    size += piece.length;
    crc = crc32(piece, crc);
    const tooDense = size > ratioGrace && size > part.packed * limits.ratio;
    if (size > limits.partBytes || tooDense) {
      const limit = Math.min(limits.partBytes, Math.max(ratioGrace, part.packed * limits.ratio));
      throw new TableError({ code: 'workbook-too-large', args: { part: part.name, limit } });
    }
    yield piece;
  }
  if (size !== part.size || crc !== part.crc) throw damaged(part.name, 'checksum-differs');
}

async function* readPieces(file: TableSource, part: Part, start: number): AsyncGenerator<Uint8Array> {
  if (part.method !== 0 && part.method !== 8) throw damaged(part.name, 'method-unknown');
  for (let at = 0; at < part.packed; at += pieceSize) {
    yield await readBytes(file, start + at, Math.min(pieceSize, part.packed - at));
  }
}

async function* inflate(packed: AsyncIterable<Uint8Array>, part: Part): AsyncGenerator<Uint8Array> {
  const inflater = createInflateRaw();
  const source = Readable.from(packed);
  pipeline(source, inflater, () => undefined);
  try {
    for await (const piece of inflater) yield piece;
  } catch (error) {
    if (error instanceof TableError) throw error;
    throw damaged(part.name, 'not-unpackable');
  } finally {
    source.destroy();
    inflater.destroy();
  }
}

async function readBytes(file: TableSource, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(buffer, read, length - read, position + read);
    if (bytesRead === 0) throw damaged('zip', 'cut-off');
    read += bytesRead;
  }
  return buffer;
}

function damaged(part: string, reason: DamageReason): TableError {
  return new TableError({ code: 'workbook-damaged', args: { part, reason } });
}
