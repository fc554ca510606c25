import type { ByteSource } from '../byte-source.ts';
import { readTags, tags, typeSizes } from './tags.ts';

/** How the numbers of this TIFF are laid out: byte order, and classic (32 bit) or BigTIFF (64 bit). */
export interface Layout {
  readonly littleEndian: boolean;
  readonly big: boolean;
}

/** A field of a directory whose values can be read. */
export interface Field {
  readonly type: number;
  readonly count: number;
  /** Position of the first value in the file. */
  readonly position: number;
}

/** A run of bytes, `end` exclusive. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** One image file directory (IFD). */
export interface Directory {
  readonly offset: number;
  /** End of its entries and of the link to the next; of the sound ones among them, where senseless ones follow. */
  readonly end: number;
  /** Where the next directory lies; 0 after the last one. */
  readonly next: number;
  /** The fields that the inspection reads, by tag. */
  readonly fields: ReadonlyMap<number, Field>;
  /** Where values lie that are too long for their entry, inside the file; told for sound entries only. */
  readonly values: readonly Extent[];
  /** The first tag whose values lie outside the file, are of no known type, or are none where there must be some. */
  readonly tagOutside: number | undefined;
  /** Tags in ascending order, tags and types known to the standard (TIFF 6.0, section 2, "Sort Order"). */
  readonly orderly: boolean;
  readonly entryCount: number;
}

/** Why a directory cannot be read: it lies (partly) outside the file, or holds no or absurdly many entries. */
export type DirectoryFailure = 'outside' | 'broken';

/** No writer comes near this; a larger number is damage. */
const mostEntries = 4096;

/** Reads the 8 (BigTIFF: 16) bytes of the file header; undefined where they are none of a TIFF. */
export function readHeader(source: ByteSource): { layout: Layout; first: number; end: number } | undefined {
  const head = source.read(0, 16);
  if (head.length < 8) return undefined;
  const view = viewOf(head);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const littleEndian = order === 0x4949;
  const version = view.getUint16(2, littleEndian);
  if (version === 42) return { layout: { littleEndian, big: false }, first: view.getUint32(4, littleEndian), end: 8 };
  const isBig = version === 43 && head.length === 16;
  if (!isBig || view.getUint16(4, littleEndian) !== 8 || view.getUint16(6, littleEndian) !== 0) return undefined;
  return { layout: { littleEndian, big: true }, first: Number(view.getBigUint64(8, littleEndian)), end: 16 };
}

/** Reads the directory at an offset. Positions of values are checked, the values themselves are not read. */
export function readDirectory(source: ByteSource, layout: Layout, offset: number): Directory | DirectoryFailure {
  const { littleEndian, big } = layout;
  const [countSize, entrySize, pointerSize] = big ? [8, 20, 8] : [2, 12, 4];
  const countBytes = source.read(offset, countSize);
  if (countBytes.length < countSize) return 'outside';
  const entryCount = Number(
    big ? viewOf(countBytes).getBigUint64(0, littleEndian) : viewOf(countBytes).getUint16(0, littleEndian),
  );
  if (entryCount === 0 || entryCount > mostEntries) return 'broken';
  const end = offset + countSize + entryCount * entrySize + pointerSize;
  const bytes = source.read(offset + countSize, entryCount * entrySize + pointerSize);
  if (bytes.length < entryCount * entrySize + pointerSize) return 'outside';
  const view = viewOf(bytes);
  const next = big
    ? Number(view.getBigUint64(entryCount * entrySize, littleEndian))
    : view.getUint32(entryCount * entrySize, littleEndian);
  const entries: Entry[] = [];
  for (let at = 0; at < entryCount * entrySize; at += entrySize) {
    entries.push(readEntry(view, layout, at, offset + countSize));
  }
  const { soundCount, ...placed } = placeEntries(entries, source.size);
  const soundEnd = offset + countSize + soundCount * entrySize;
  return { offset, end: soundCount === entryCount ? end : soundEnd, next, entryCount, ...placed };
}

interface Entry extends Field {
  readonly tag: number;
  readonly byteLength: number;
  readonly inline: boolean;
}

function readEntry(view: DataView, { littleEndian, big }: Layout, at: number, base: number): Entry {
  const tag = view.getUint16(at, littleEndian);
  const type = view.getUint16(at + 2, littleEndian);
  const count = big ? Number(view.getBigUint64(at + 4, littleEndian)) : view.getUint32(at + 4, littleEndian);
  const byteLength = count * (typeSizes[type] ?? 0);
  const valueAt = at + (big ? 12 : 8);
  const inline = byteLength <= (big ? 8 : 4);
  const pointer = () =>
    big ? Number(view.getBigUint64(valueAt, littleEndian)) : view.getUint32(valueAt, littleEndian);
  return { tag, type, count, byteLength, inline, position: inline ? base + valueAt : pointer() };
}

type Placed = Pick<Directory, 'fields' | 'values' | 'tagOutside' | 'orderly'> & {
  /** Number of entries before the first of an unknown type. */
  readonly soundCount: number;
};

function placeEntries(entries: readonly Entry[], size: number): Placed {
  const fields = new Map<number, Field>();
  const values: Extent[] = [];
  let tagOutside: number | undefined;
  const senseless = entries.findIndex(({ type }) => typeSizes[type] === undefined);
  const soundCount = senseless === -1 ? entries.length : senseless;
  for (const [index, { tag, type, count, position, byteLength, inline }] of entries.entries()) {
    // A type that no standard knows is what damage leaves, such as a byte too many.
    const isEmpty = typeSizes[type] === undefined || (readTags.has(tag) && count === 0);
    if (isEmpty || position + byteLength > size) {
      tagOutside ??= tag;
      continue;
    }
    // What stands behind a senseless entry may be anything: it must not hide bytes from the search for lost pages.
    if (!inline && index < soundCount) values.push({ start: position, end: position + byteLength });
    if (readTags.has(tag) && !fields.has(tag)) fields.set(tag, { type, count, position });
  }
  return { fields, values, tagOutside, soundCount, orderly: senseless === -1 && isAscending(entries) };
}

function isAscending(entries: readonly Entry[]): boolean {
  return entries.every(({ tag }, index) => tag > (entries[index - 1]?.tag ?? tags.newSubfileType - 1));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
