import type { PackageEntry } from '../package-reader.ts';
import type { RowValues } from '../row-schema.ts';

/** One row of a manifest as it is read: what the vendor declares of one document. */
export interface NewRow {
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

/** One row among those of all manifests. */
export interface ManifestRow extends NewRow {
  /** Its place among the rows. */
  readonly index: number;
  /** The number of its path among all paths of the package. */
  readonly pathNumber: number;
}
