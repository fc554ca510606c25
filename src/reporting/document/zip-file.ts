import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw, inflateRawSync } from 'node:zlib';
import { dosTime } from '../zip-stamp.ts';

/** A part of an archive: its bytes, or text that comes piece by piece. */
export interface ZipPart {
  readonly name: string;
  readonly content: Uint8Array | Iterable<string>;
}

const localHeader = 0x04034b50;
const directoryEntry = 0x02014b50;
const endOfDirectory = 0x06054b50;
/** Names are UTF-8 (APPNOTE 4.4.4, bit 11). */
const utf8Names = 0x0800;
const deflated = 8;
/** Pieces are gathered to about this many characters before they are packed. */
const pieceLength = 65_536;

/** Writes a ZIP archive (APPNOTE 4.3) part by part; of a part that comes in pieces, only a few are in memory. No ZIP64. */
export async function writeZip(path: string, parts: Iterable<ZipPart>, at: Date): Promise<void> {
  const file = await open(path, 'w');
  try {
    const entries: Buffer[] = [];
    let offset = 0;
    for (const part of parts) {
      const { entry, end } = await writePart(file, part, offset, at);
      entries.push(entry);
      offset = end;
    }
    const directory = Buffer.concat(entries);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(endOfDirectory, 0);
    end.writeUInt16LE(entries.length, 8);
    end.writeUInt16LE(entries.length, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(offset, 16);
    await writeAt(file, Buffer.concat([directory, end]), offset);
  } finally {
    await file.close();
  }
}

async function writePart(
  file: FileHandle,
  { name, content }: ZipPart,
  offset: number,
  at: Date,
): Promise<{ entry: Buffer; end: number }> {
  const bytes = Buffer.from(name, 'utf8');
  const start = offset + 30 + bytes.length;
  const sums = { crc: 0, size: 0 };
  let end = start;
  const packed = Readable.from(content instanceof Uint8Array ? [content] : gathered(content, sums)).pipe(
    createDeflateRaw(),
  );
  if (content instanceof Uint8Array) Object.assign(sums, { crc: crc32(content), size: content.length });
  for await (const chunk of packed as AsyncIterable<Buffer>) {
    await writeAt(file, chunk, end);
    end += chunk.length;
  }
  // What both headers have in common: version, flags, method, time, checksum, sizes, length of the name.
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(utf8Names, 2);
  common.writeUInt16LE(deflated, 4);
  common.writeUInt32LE(dosTime(at), 6);
  common.writeUInt32LE(sums.crc, 10);
  common.writeUInt32LE(end - start, 14);
  common.writeUInt32LE(sums.size, 18);
  common.writeUInt16LE(bytes.length, 22);
  const local = Buffer.alloc(4);
  local.writeUInt32LE(localHeader);
  await writeAt(file, Buffer.concat([local, common, bytes]), offset);
  const [signature, rest] = [Buffer.alloc(6), Buffer.alloc(14)];
  signature.writeUInt32LE(directoryEntry, 0);
  signature.writeUInt16LE(20, 4);
  rest.writeUInt32LE(offset, 10);
  return { entry: Buffer.concat([signature, common, rest, bytes]), end };
}

async function writeAt(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}

function* gathered(pieces: Iterable<string>, sums: { crc: number; size: number }): Iterable<Buffer> {
  let waiting = '';
  const take = (): Buffer => {
    const bytes = Buffer.from(waiting, 'utf8');
    sums.crc = crc32(bytes, sums.crc);
    sums.size += bytes.length;
    waiting = '';
    return bytes;
  };
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length >= pieceLength) yield take();
  }
  if (waiting !== '') yield take();
}

/** The parts of an archive of our own making (without comment and ZIP64), unpacked, in the order of its directory. */
export function readOwnZip(archive: Buffer): ZipPart[] {
  const parts: ZipPart[] = [];
  const end = archive.length - 22;
  if (end < 0 || archive.readUInt32LE(end) !== endOfDirectory) throw new TypeError('not a plain ZIP archive');
  let entry = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const [nameLength = 0, extra = 0, comment = 0] = [28, 30, 32].map((field) => archive.readUInt16LE(entry + field));
    const name = archive.toString('utf8', entry + 46, entry + 46 + nameLength);
    const local = archive.readUInt32LE(entry + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(from, from + archive.readUInt32LE(entry + 20));
    const content = archive.readUInt16LE(entry + 10) === deflated ? inflateRawSync(packed) : packed;
    if (!name.endsWith('/')) parts.push({ name, content });
    entry += 46 + nameLength + extra + comment;
  }
  return parts;
}
