/** Builds TIFFs for tests, sound or broken in one chosen way. */

export interface TiffPage {
  readonly width?: number;
  readonly height?: number;
  readonly rowsPerStrip?: number;
  /** Uncompressed by default (1); other schemes get `stripBytes` bytes a strip. */
  readonly compression?: number;
  readonly stripBytes?: number;
  readonly bits?: readonly number[];
  readonly photometric?: number;
  readonly planar?: 1 | 2;
  /** Tiles of this size in place of strips. */
  readonly tile?: number;
  readonly newSubfileType?: number;
  readonly subfileType?: number;
  /** [x, y, unit]; null leaves all three tags away. */
  readonly resolution?: readonly [number, number, number | undefined] | null;
  /** Directories that SubIFDs points at. */
  readonly subPages?: readonly TiffPage[];
  /** Tags that are left away. */
  readonly without?: readonly number[];
  /** Tags whose values are replaced: [type, values]. */
  readonly replace?: Readonly<Record<number, readonly [type: number, values: readonly number[]]>>;
}

export interface TiffOptions {
  readonly bigEndian?: boolean;
  readonly big?: boolean;
}

export interface BuiltTiff {
  readonly bytes: Buffer;
  /** Offsets of the directories of the main chain. */
  readonly directories: readonly number[];
  /** Positions of the pointers to them: in the header, and at each directory's end. The last points nowhere. */
  readonly pointers: readonly number[];
  /** Offsets of the pages' first strips. */
  readonly data: readonly number[];
}

const sizes: Readonly<Record<number, number>> = {
  1: 1,
  3: 2,
  4: 4,
  5: 8,
  8: 2,
  9: 4,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  18: 8,
};

type Fields = Map<number, readonly [type: number, values: readonly number[]]>;

export function buildTiff(pages: readonly TiffPage[], { bigEndian = false, big = false }: TiffOptions = {}): BuiltTiff {
  let bytes = Buffer.alloc(4096);
  let end = big ? 16 : 8;
  const put = (value: number, size: number, at: number): void => {
    const number = Buffer.alloc(8);
    if (bigEndian) number.writeBigUInt64BE(BigInt(value));
    else number.writeBigUInt64LE(BigInt(value));
    number.copy(bytes, at, bigEndian ? 8 - size : 0, bigEndian ? 8 : size);
  };
  const append = (length: number, fill = 0): number => {
    const at = end + (end % 2);
    end = at + length;
    if (end > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(end)]);
    bytes.fill(fill, at, end);
    return at;
  };
  const pointerSize = big ? 8 : 4;
  const data: number[] = [];

  const putValues = (type: number, values: readonly number[], at: number): void => {
    const size = type === 5 ? 4 : (sizes[type] ?? 1);
    const numbers = type === 5 ? values.flatMap((value) => [Math.round(value * 1000), 1000]) : values;
    for (const [index, value] of numbers.entries()) put(value, size, at + index * size);
  };
  const putDirectory = (fields: Fields): { start: number; next: number } => {
    const sorted = [...fields].sort(([one], [other]) => one - other);
    const outside = sorted.map(([, [type, values]]) => {
      const length = values.length * (sizes[type] ?? 1);
      if (length <= pointerSize) return undefined;
      const at = append(length);
      putValues(type, values, at);
      return at;
    });
    const [countSize, entrySize] = big ? [8, 20] : [2, 12];
    const start = append(countSize + sorted.length * entrySize + pointerSize);
    put(sorted.length, countSize, start);
    for (const [index, [tag, [type, values]]] of sorted.entries()) {
      const at = start + countSize + index * entrySize;
      put(tag, 2, at);
      put(type, 2, at + 2);
      put(values.length, big ? 8 : 4, at + 4);
      const place = outside[index];
      if (place === undefined) putValues(type, values, at + 4 + pointerSize);
      else put(place, pointerSize, at + 4 + pointerSize);
    }
    return { start, next: start + countSize + sorted.length * entrySize };
  };
  const fieldsOf = (page: TiffPage): Fields => {
    const offsets = chunkLengths(page).map((length) => append(length, 0xa5));
    data.push(offsets[0] ?? 0);
    const fields = describePage(page).set(page.tile ? 324 : 273, [big ? 16 : 4, offsets]);
    const subs = (page.subPages ?? []).map((sub) => putDirectory(fieldsOf(sub)).start);
    if (subs.length > 0) fields.set(330, [big ? 18 : 13, subs]);
    for (const tag of page.without ?? []) fields.delete(tag);
    for (const [tag, field] of Object.entries(page.replace ?? {})) fields.set(Number(tag), field);
    return fields;
  };

  bytes.write(bigEndian ? 'MM' : 'II', 'latin1');
  put(big ? 43 : 42, 2, 2);
  if (big) put(8, 2, 4);
  const pointers = [big ? 8 : 4];
  const directories = pages.map((page) => {
    const { start, next } = putDirectory(fieldsOf(page));
    put(start, pointerSize, pointers.at(-1) ?? 0);
    pointers.push(next);
    return start;
  });
  return { bytes: Buffer.from(bytes.subarray(0, end)), directories, pointers, data };
}

/** Bytes of each strip or tile of a page. */
function chunkLengths(page: TiffPage): number[] {
  const { width = 16, height = 8, bits = [1], planar = 1, tile, rowsPerStrip = height } = page;
  const planes = planar === 2 ? bits.length : 1;
  const depth = planar === 2 ? (bits[0] ?? 1) : bits.reduce((sum, count) => sum + count, 0);
  const across = tile ? Math.ceil(width / tile) * Math.ceil(height / tile) : Math.ceil(height / rowsPerStrip);
  return Array.from({ length: across * planes }, (_, index) => {
    const rows = tile ?? Math.min(rowsPerStrip, height - (index % across) * rowsPerStrip);
    return page.stripBytes ?? Math.ceil(((tile ?? width) * depth) / 8) * rows;
  });
}

function describePage(page: TiffPage): Fields {
  const { width = 16, height = 8, bits = [1], tile, resolution = [300, 300, 2] } = page;
  const fields: Fields = new Map<number, readonly [number, readonly number[]]>([
    [256, [4, [width]]],
    [257, [4, [height]]],
    [258, [3, bits]],
    [259, [3, [page.compression ?? 1]]],
    [262, [3, [page.photometric ?? 0]]],
    [277, [3, [bits.length]]],
    [tile ? 325 : 279, [4, chunkLengths(page)]],
    [284, [3, [page.planar ?? 1]]],
  ]);
  if (tile) fields.set(322, [3, [tile]]).set(323, [3, [tile]]);
  else fields.set(278, [4, [page.rowsPerStrip ?? height]]);
  if (page.newSubfileType !== undefined) fields.set(254, [4, [page.newSubfileType]]);
  if (page.subfileType !== undefined) fields.set(255, [3, [page.subfileType]]);
  if (resolution) {
    fields.set(282, [5, [resolution[0]]]).set(283, [5, [resolution[1]]]);
    if (resolution[2] !== undefined) fields.set(296, [3, [resolution[2]]]);
  }
  return fields;
}

/** n pages of the same kind. */
export function pagesOf(count: number, page: TiffPage = {}): TiffPage[] {
  return Array.from({ length: count }, () => page);
}
