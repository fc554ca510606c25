import { createWriteStream } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { inflateRawSync } from 'node:zlib';
import archiver from 'archiver';

/** A part of an archive: its bytes, or text that comes piece by piece. */
export interface ZipPart {
  readonly name: string;
  readonly content: Uint8Array | Iterable<string>;
}

const endOfDirectory = 0x06054b50;
const deflated = 8;
/** Pieces are gathered to about this many characters before they are packed. */
const pieceLength = 65_536;

/** Writes a ZIP archive part by part; of a part that comes in pieces, only a few are in memory. */
export async function writeZip(path: string, parts: Iterable<ZipPart>, at: Date): Promise<void> {
  await pack(parts, at, createWriteStream(path));
}

/** The archive as bytes. */
export async function packZip(parts: Iterable<ZipPart>, at: Date): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  const collect = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await pack(parts, at, collect);
  return Buffer.concat(chunks);
}

async function pack(parts: Iterable<ZipPart>, at: Date, target: Writable): Promise<void> {
  const archive = archiver('zip', { zlib: { level: 6 } });
  const written = pipeline(archive, target);
  for (const { name, content } of parts) {
    const source = content instanceof Uint8Array ? Buffer.from(content) : Readable.from(gathered(content));
    archive.append(source, { name, date: at });
  }
  await Promise.all([archive.finalize(), written]);
}

function* gathered(pieces: Iterable<string>): Iterable<Buffer> {
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < pieceLength) continue;
    yield Buffer.from(waiting, 'utf8');
    waiting = '';
  }
  if (waiting !== '') yield Buffer.from(waiting, 'utf8');
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
