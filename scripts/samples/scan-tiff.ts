import { encodeGroup4, pageHeight, pageWidth } from './group4.ts';
import { pageBars } from './page-bars.ts';

/** A field of a directory: its type (3 SHORT, 4 LONG, 5 RATIONAL) and its value; a rational is n/1. */
export type TiffField = readonly [type: 3 | 4 | 5, value: number];

/** What is different from a sound page: fields by tag, null for none. */
export type TiffChanges = Readonly<Record<number, TiffField | null>>;

export interface ScanTiff {
  readonly bytes: Buffer;
  /** Offset of each page's directory. */
  readonly directories: readonly number[];
  /** Where each directory is pointed at; the last pointer ends the chain. */
  readonly pointers: readonly number[];
  /** Offset of each page's image data. */
  readonly data: readonly number[];
}

/**
 * A scan as baseline TIFF, little-endian: a Group 4 strip a page, 300 dpi.
 * @param changes by page, from 0
 */
export function scanTiff(pages: number, seed: number, changes: Readonly<Record<number, TiffChanges>> = {}): ScanTiff {
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])];
  let end = 8;
  const append = (bytes: Buffer) => {
    const at = end;
    const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
    parts.push(padded);
    end += padded.length;
    return at;
  };
  const directories: number[] = [];
  const pointers = [4];
  const data: number[] = [];
  for (let page = 0; page < pages; page += 1) {
    const strip = encodeGroup4(pageBars(seed, page));
    const place = append(strip);
    const fields = Object.entries({ ...soundFields(place, strip.length), ...changes[page] });
    const present = fields.filter((field): field is [string, TiffField] => field[1] !== null);
    const start = append(directory(present, end));
    data.push(place);
    directories.push(start);
    pointers.push(start + 2 + present.length * 12);
  }
  const bytes = Buffer.concat(parts);
  for (const [page, start] of directories.entries()) bytes.writeUInt32LE(start, pointers[page]);
  return { bytes, directories, pointers, data };
}

function soundFields(place: number, length: number): Record<number, TiffField | null> {
  return {
    256: [4, pageWidth],
    257: [4, pageHeight],
    258: [3, 1],
    259: [3, 4],
    262: [3, 0],
    273: [4, place],
    277: [3, 1],
    278: [4, pageHeight],
    279: [4, length],
    282: [5, 300],
    283: [5, 300],
    296: [3, 2],
  };
}

/** A directory at an offset, the values that do not fit into it behind it. Object keys are sorted as TIFF wants tags. */
function directory(fields: readonly (readonly [tag: string, TiffField])[], offset: number): Buffer {
  const size = 2 + fields.length * 12 + 4;
  const entries = Buffer.alloc(size);
  const outside: Buffer[] = [];
  entries.writeUInt16LE(fields.length, 0);
  for (const [index, [tag, [type, value]]] of fields.entries()) {
    const at = 2 + index * 12;
    entries.writeUInt16LE(Number(tag), at);
    entries.writeUInt16LE(type, at + 2);
    entries.writeUInt32LE(1, at + 4);
    if (type === 3) entries.writeUInt16LE(value, at + 8);
    if (type === 4) entries.writeUInt32LE(value, at + 8);
    if (type !== 5) continue;
    entries.writeUInt32LE(offset + size + outside.length * 8, at + 8);
    const rational = Buffer.alloc(8);
    rational.writeUInt32LE(value, 0);
    rational.writeUInt32LE(1, 4);
    outside.push(rational);
  }
  return Buffer.concat([entries, ...outside]);
}
