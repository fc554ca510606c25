import type { ByteSource } from '../../inspection/byte-source.ts';

/** Signatures of the records of a zip file (PKWARE APPNOTE 6.3.10, 4.3). */
export const signatures = {
  localHeader: 0x04034b50,
  directoryEntry: 0x02014b50,
  end: 0x06054b50,
  zip64End: 0x06064b50,
  zip64Locator: 0x07064b50,
  descriptor: 0x08074b50,
} as const;

export const endLength = 22;
export const directoryEntryLength = 46;
export const localHeaderLength = 30;
const wide16 = 0xffff;
const wide32 = 0xffffffff;

/** What the central directory says of one entry (4.3.12); sizes and offset with the zip64 field applied. */
export interface DirectoryRecord {
  readonly madeBy: number;
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly packed: number;
  readonly size: number;
  readonly disk: number;
  readonly attributes: number;
  /** Of the local header, from the beginning of the archive. */
  readonly offset: number;
  readonly name: Buffer;
  readonly extra: Buffer;
  /** Length of the whole record. */
  readonly length: number;
}

/** What stands before the content of an entry (4.3.7). */
export interface LocalHeader {
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly packed: number;
  readonly size: number;
  readonly name: Buffer;
  readonly length: number;
}

/** A copy of the bytes at a place; undefined where the file has not so many. */
export function bytesAt(source: ByteSource, offset: number, length: number): Buffer | undefined {
  if (!Number.isSafeInteger(offset) || offset < 0) return undefined;
  const bytes = source.read(offset, length);
  return bytes.length === length ? Buffer.from(bytes) : undefined;
}

/** Reads a record of the central directory; undefined where none stands. */
export function readDirectoryRecord(source: ByteSource, at: number): DirectoryRecord | undefined {
  const fixed = bytesAt(source, at, directoryEntryLength);
  if (fixed?.readUInt32LE(0) !== signatures.directoryEntry) return undefined;
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => fixed.readUInt16LE(place));
  const length = directoryEntryLength + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  const variable = bytesAt(source, at + directoryEntryLength, length - directoryEntryLength);
  if (!variable) return undefined;
  const name = variable.subarray(0, nameLength);
  const extra = variable.subarray(nameLength, (nameLength ?? 0) + (extraLength ?? 0));
  const values = [24, 20, 42].map((place) => fixed.readUInt32LE(place));
  const [size = 0, packed = 0, offset = 0] = widened(values, extra);
  return {
    madeBy: fixed.readUInt16LE(4),
    flags: fixed.readUInt16LE(8),
    method: fixed.readUInt16LE(10),
    crc32: fixed.readUInt32LE(16),
    packed,
    size,
    disk: fixed.readUInt16LE(34),
    attributes: fixed.readUInt32LE(38),
    offset,
    name,
    extra,
    length,
  };
}

/** Reads a local header; undefined where none stands. */
export function readLocalHeader(source: ByteSource, at: number): LocalHeader | undefined {
  const fixed = bytesAt(source, at, localHeaderLength);
  if (fixed?.readUInt32LE(0) !== signatures.localHeader) return undefined;
  const nameLength = fixed.readUInt16LE(26);
  const extraLength = fixed.readUInt16LE(28);
  const variable = bytesAt(source, at + localHeaderLength, nameLength + extraLength);
  if (!variable) return undefined;
  const [size = 0, packed = 0] = widened(
    [fixed.readUInt32LE(22), fixed.readUInt32LE(18)],
    variable.subarray(nameLength),
  );
  return {
    flags: fixed.readUInt16LE(6),
    method: fixed.readUInt16LE(8),
    crc32: fixed.readUInt32LE(14),
    packed,
    size,
    name: variable.subarray(0, nameLength),
    length: localHeaderLength + nameLength + extraLength,
  };
}

/** Values that do not fit 32 bits stand in the zip64 extra field, in this order (4.5.3). */
function widened(values: readonly number[], extra: Buffer): number[] {
  const field = extraField(extra, 0x0001);
  let at = 0;
  return values.map((value) => {
    if (value !== wide32 || !field || at + 8 > field.length) return value;
    at += 8;
    return Number(field.readBigUInt64LE(at - 8));
  });
}

/** The data of an extra field (4.5.1); undefined where the entry has none of this kind. */
export function extraField(extra: Buffer, id: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== id) continue;
    return extra.subarray(at + 4, Math.min(extra.length, at + 4 + extra.readUInt16LE(at + 2)));
  }
  return undefined;
}

/** Where a central directory lies, by the record at the end of the archive. */
export interface DirectoryPlace {
  readonly entries: number;
  readonly size: number;
  readonly offset: number;
  readonly disks: boolean;
  /** Where the end records begin: the directory should end here. */
  readonly end: number;
  /** The count is exact: that of old end records is the number's lowest 16 bits. */
  readonly zip64: boolean;
}

/** Reads the end record at a place (4.3.16), and the zip64 records before it (4.3.14, 4.3.15). */
export function readEnd(source: ByteSource, at: number): DirectoryPlace | undefined {
  const end = bytesAt(source, at, endLength);
  if (!end) return undefined;
  const place = {
    entries: end.readUInt16LE(10),
    size: end.readUInt32LE(12),
    offset: end.readUInt32LE(16),
    disks: end.readUInt16LE(4) !== 0 || end.readUInt16LE(6) !== 0 || end.readUInt16LE(8) !== end.readUInt16LE(10),
    end: at,
    zip64: false,
  };
  const locator = bytesAt(source, at - 20, 20);
  if (locator?.readUInt32LE(0) === signatures.zip64Locator) return readZip64End(source, at - 20, locator);
  if (place.entries === wide16 || place.size === wide32 || place.offset === wide32) {
    // An archive of exactly 65,535 entries needs no zip64 records.
    return place.size === wide32 || place.offset === wide32 ? undefined : { ...place, disks: false };
  }
  return place;
}

function readZip64End(source: ByteSource, locatorAt: number, locator: Buffer): DirectoryPlace | undefined {
  for (const at of [Number(locator.readBigUInt64LE(8)), locatorAt - 56]) {
    const end = bytesAt(source, at, 56);
    if (end?.readUInt32LE(0) !== signatures.zip64End || at >= locatorAt) continue;
    const [entries = 0, size = 0, offset = 0] = [32, 40, 48].map((place) => Number(end.readBigUInt64LE(place)));
    const disks = end.readUInt32LE(16) !== 0 || end.readUInt32LE(20) !== 0 || locator.readUInt32LE(4) !== 0;
    return { entries, size, offset, disks, end: at, zip64: true };
  }
  return undefined;
}

/**
 * The length of the data descriptor behind an entry's content (4.3.9): with or without signature, with sizes of 32 or 64
 * bits; undefined where none says what the directory says.
 */
export function descriptorLength(
  source: ByteSource,
  at: number,
  record: Pick<DirectoryRecord, 'crc32' | 'packed' | 'size'>,
): number | undefined {
  const bytes = Buffer.from(source.read(at, 28));
  const start = bytes.length >= 4 && bytes.readUInt32LE(0) === signatures.descriptor ? 4 : 0;
  // A checksum may happen to be the signature.
  const lengths = [start, 0].flatMap((from) => fittingLengths(bytes, from, record));
  // Sizes of 0 fit both widths: what follows is another record.
  return lengths.find((length) => bytes.toString('latin1', length, length + 2) === 'PK') ?? lengths[0];
}

function fittingLengths(
  bytes: Buffer,
  start: number,
  { crc32, packed, size }: Pick<DirectoryRecord, 'crc32' | 'packed' | 'size'>,
): number[] {
  const lengths: number[] = [];
  if (bytes.length < start + 12 || bytes.readUInt32LE(start) !== crc32) return lengths;
  if (bytes.readUInt32LE(start + 4) === packed && bytes.readUInt32LE(start + 8) === size) lengths.push(start + 12);
  if (bytes.length < start + 20) return lengths;
  const [wideFirst, wideSecond] = [start + 4, start + 12].map((place) => Number(bytes.readBigUInt64LE(place)));
  if (wideFirst === packed && wideSecond === size) lengths.push(start + 20);
  return lengths;
}
