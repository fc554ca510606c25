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

/** Values worth sharing: most columns hold the same few again and again. */
const sharing = { values: 10_000, length: 60 };

/** Gives equal values the same string, as long as there are not too many different ones. */
export function createSharing(): (value: string) => string {
  const known = new Map<string, string>();
  return (value) => {
    const shared = known.get(value);
    if (shared !== undefined) return shared;
    const own = detached(value);
    if (known.size < sharing.values && value.length <= sharing.length) known.set(own, own);
    return own;
  };
}

/** The same characters by themselves: a piece cut out of the manifest's text would keep all of that in memory. */
function detached(value: string): string {
  return value.length < 13 ? value : Buffer.from(value, 'utf16le').toString('utf16le');
}
