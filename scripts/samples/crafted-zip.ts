import { crc32, deflateRawSync } from 'node:zlib';

/** Fields of the headers of an entry (PKWARE APPNOTE 6.3.10, 4.3.7, 4.3.12), as they may be forged. */
export interface HeaderFields {
  readonly name: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly packed: number;
  readonly size: number;
}

/** An entry and how it is to be written; what is not said is sound. */
export interface CraftedEntry {
  readonly name: string | Buffer;
  readonly content?: Buffer;
  readonly compression?: 'stored' | 'deflate';
  /** The bytes that are stored, whatever the headers say. */
  readonly data?: Buffer;
  /** Sizes and checksum follow the content. */
  readonly descriptor?: 'signed' | 'bare';
  readonly zip64?: boolean;
  /** Changes to both headers, to the local one, to that in the directory. */
  readonly both?: Partial<HeaderFields>;
  readonly local?: Partial<HeaderFields>;
  readonly central?: Partial<HeaderFields> & { readonly offset?: number };
  /** File type and rights, as Unix packers store them. */
  readonly mode?: number;
  readonly extra?: Buffer;
  /** Not in the directory. */
  readonly hidden?: boolean;
}

export interface CraftedArchive {
  readonly before?: Buffer;
  /** Between the last entry and the directory. */
  readonly between?: Buffer;
  readonly comment?: Buffer;
  readonly after?: Buffer;
  readonly zip64?: boolean;
  /** Changes to the end record: number of entries, size of the directory, number of this disk. */
  readonly end?: { readonly entries?: number; readonly size?: number; readonly disk?: number };
}

const utf8Flag = 0x0800;
const descriptorFlag = 0x0008;
const wide = 0xffffffff;

/** Writes a zip file, sound or broken in any way that is asked for. */
export function craftZip(entries: readonly CraftedEntry[], archive: CraftedArchive = {}): Buffer {
  const parts: Buffer[] = [archive.before ?? Buffer.alloc(0)];
  const directory: Buffer[] = [];
  let offset = parts[0]?.length ?? 0;
  for (const entry of entries) {
    const fields = soundFields(entry);
    const data = entry.data ?? packed(entry);
    const bytes = Buffer.concat([localHeader(entry, fields), data, descriptor(entry, fields)]);
    if (!entry.hidden) directory.push(directoryRecord(entry, fields, offset));
    parts.push(bytes);
    offset += bytes.length;
  }
  const central = Buffer.concat(directory);
  const between = archive.between ?? Buffer.alloc(0);
  return Buffer.concat([
    ...parts,
    between,
    central,
    endRecords(archive, directory.length, central.length, offset + between.length),
    archive.after ?? Buffer.alloc(0),
  ]);
}

/** The files as entries of a zip file, all written in one way. */
export function craftEntries(
  files: ReadonlyMap<string, unknown>,
  how: Omit<CraftedEntry, 'name' | 'content'> = {},
): CraftedEntry[] {
  return [...files].map(([name, content]) => ({
    name,
    content: Buffer.isBuffer(content) ? content : undefined,
    ...how,
  }));
}

function packed({ content = Buffer.alloc(0), compression }: CraftedEntry): Buffer {
  return compression === 'deflate' ? deflateRawSync(content) : content;
}

function soundFields(entry: CraftedEntry): HeaderFields {
  const content = entry.content ?? Buffer.alloc(0);
  const isAscii = typeof entry.name === 'string' && /^[ -~]*$/.test(entry.name);
  return {
    name: Buffer.from(entry.name),
    flags: (typeof entry.name === 'string' && !isAscii ? utf8Flag : 0) | (entry.descriptor ? descriptorFlag : 0),
    method: entry.compression === 'deflate' ? 8 : 0,
    crc32: crc32(content),
    packed: (entry.data ?? packed(entry)).length,
    size: content.length,
    ...entry.both,
  };
}

/** What both headers have in common, from "version needed" to the length of the extra field. */
function common(fields: HeaderFields, extra: Buffer, isWide: boolean): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(isWide ? 45 : 20, 0);
  bytes.writeUInt16LE(fields.flags, 2);
  bytes.writeUInt16LE(fields.method, 4);
  // 1 January 2021, as MS-DOS dates are written: the same bytes on every day.
  bytes.writeUInt16LE((2021 - 1980) * 512 + 33, 8);
  bytes.writeUInt32LE(fields.crc32, 10);
  bytes.writeUInt32LE(isWide ? wide : fields.packed, 14);
  bytes.writeUInt32LE(isWide ? wide : fields.size, 18);
  bytes.writeUInt16LE(fields.name.length, 22);
  bytes.writeUInt16LE(extra.length, 24);
  return bytes;
}

function zip64Field(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  return field;
}

function localHeader(entry: CraftedEntry, sound: HeaderFields): Buffer {
  const unknown = entry.descriptor ? { crc32: 0, packed: 0, size: 0 } : {};
  const fields = { ...sound, ...unknown, ...entry.local };
  const extra = Buffer.concat([
    entry.zip64 ? zip64Field([fields.size, fields.packed]) : Buffer.alloc(0),
    entry.extra ?? Buffer.alloc(0),
  ]);
  return Buffer.concat([signature(0x04034b50), common(fields, extra, entry.zip64 === true), fields.name, extra]);
}

function descriptor(
  { descriptor: form, zip64 }: CraftedEntry,
  { crc32: crc, packed: length, size }: HeaderFields,
): Buffer {
  if (!form) return Buffer.alloc(0);
  const bytes = Buffer.alloc(zip64 ? 20 : 12);
  bytes.writeUInt32LE(crc, 0);
  if (zip64) {
    bytes.writeBigUInt64LE(BigInt(length), 4);
    bytes.writeBigUInt64LE(BigInt(size), 12);
  } else {
    bytes.writeUInt32LE(length, 4);
    bytes.writeUInt32LE(size, 8);
  }
  return form === 'signed' ? Buffer.concat([signature(0x08074b50), bytes]) : bytes;
}

function directoryRecord(entry: CraftedEntry, sound: HeaderFields, offset: number): Buffer {
  const fields = { ...sound, offset, ...entry.central };
  const extra = Buffer.concat([
    entry.zip64 ? zip64Field([fields.size, fields.packed, fields.offset]) : Buffer.alloc(0),
    entry.extra ?? Buffer.alloc(0),
  ]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 6);
  rest.writeUInt32LE(entry.zip64 ? wide : fields.offset, 10);
  const madeBy = Buffer.from([45, entry.mode === undefined ? 0 : 3]);
  return Buffer.concat([
    signature(0x02014b50),
    madeBy,
    common(fields, extra, entry.zip64 === true),
    rest,
    fields.name,
    extra,
  ]);
}

function endRecords(
  { zip64, end = {}, comment = Buffer.alloc(0) }: CraftedArchive,
  count: number,
  length: number,
  offset: number,
) {
  const { entries = count, size = length, disk = 0 } = end;
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(disk, 4);
  record.writeUInt16LE(zip64 ? 0xffff : entries, 8);
  record.writeUInt16LE(zip64 ? 0xffff : entries, 10);
  record.writeUInt32LE(zip64 ? wide : size, 12);
  record.writeUInt32LE(zip64 ? wide : offset, 16);
  record.writeUInt16LE(comment.length, 20);
  return Buffer.concat([zip64 ? zip64Records(entries, size, offset) : Buffer.alloc(0), record, comment]);
}

function zip64Records(entries: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  for (const [at, value] of [
    [24, entries],
    [32, entries],
    [40, size],
    [48, offset],
  ] as const) {
    record.writeBigUInt64LE(BigInt(value), at);
  }
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(offset + size), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}
