import type { PackageEntry } from '../package-reader.ts';
import type { RowValues } from '../row-schema.ts';

/** One row of a manifest: what the vendor declares of one document. Kept for every row: few fields. */
export interface ManifestRow {
  /** Path of the manifest in the package. */
  readonly manifest: string;
  /**
   * As a spreadsheet counts: the first row of the file is 1. Records of JSON and XML are counted from 1; those of JSON
   * Lines by their lines.
   */
  readonly row: number;
  /** Path of the entry as stored when it is present; as listed when it is not; "" when the row names no file. */
  readonly path: string;
  readonly entry: PackageEntry | undefined;
  /** The row's own mistake was told, and nothing more can be said about it: cells and columns do not fit, no usable path. */
  readonly broken: boolean;
  /** Field → value as written, without surrounding blanks; empty cells are absent. */
  readonly values: RowValues;
}

/** What the rows of one manifest have in common. */
export interface RowShape {
  /** The profile's fields, in the order in which a row keeps their values. */
  readonly fields: readonly string[];
  readonly share: (value: string) => string;
}

export function createRowShape(fields: readonly string[]): RowShape {
  return { fields, share: createSharing() };
}

/** U+001F, the separator of units: what a value may hold of it is no loss to anybody. */
const SEPARATOR = '\u001f';

/**
 * A row that keeps its values as one text: a million rows take a third less memory so. They are taken apart when they
 * are asked for; those of the row asked last are kept, because checks ask for them again and again.
 */
class PackedRow implements ManifestRow {
  readonly manifest: string;
  readonly row: number;
  readonly path: string;
  readonly entry: PackageEntry | undefined;
  readonly broken: boolean;
  readonly shape: RowShape;
  readonly packed: string;

  constructor(place: Omit<ManifestRow, 'values'>, shape: RowShape, packed: string) {
    this.manifest = place.manifest;
    this.row = place.row;
    this.path = place.entry ? place.path : detached(place.path);
    this.entry = place.entry;
    this.broken = place.broken;
    this.shape = shape;
    this.packed = packed;
  }

  get values(): RowValues {
    if (latest.row !== this) latest = { row: this, values: unpack(this) };
    return latest.values;
  }
}

let latest: { readonly row: PackedRow | undefined; readonly values: RowValues } = { row: undefined, values: {} };

export function packRow(place: Omit<ManifestRow, 'values'>, values: RowValues, shape: RowShape): ManifestRow {
  // A path that is told as the entry has it is not kept twice.
  const parts = shape.fields.map((field) =>
    field === 'path' && values.path === place.path ? '' : (values[field] ?? ''),
  );
  return new PackedRow(place, shape, parts.map((part) => part.replaceAll(SEPARATOR, ' ')).join(SEPARATOR));
}

function unpack({ shape: { fields, share }, packed, path }: PackedRow): RowValues {
  const values: Record<string, string> = {};
  for (const [index, part] of packed.split(SEPARATOR).entries()) {
    const field = fields[index] ?? '';
    const value = field === 'path' && part === '' ? path : share(part);
    if (value !== '') values[field] = value;
  }
  return values;
}

/** The same characters by themselves: a piece cut out of the manifest's text would keep all of that in memory. */
function detached(value: string): string {
  return Buffer.from(value, 'utf16le').toString('utf16le');
}

/** Values worth sharing: most columns hold the same few again and again. */
const sharing = { values: 10_000, length: 60 };

/** Gives equal values the same string, as long as there are not too many different ones. */
function createSharing(): (value: string) => string {
  const known = new Map<string, string>();
  return (value) => {
    const shared = known.get(value);
    if (shared !== undefined) return shared;
    if (known.size < sharing.values && value.length <= sharing.length) known.set(value, value);
    return value;
  };
}
