import { createFinding, type Finding } from '../findings/finding.ts';
import { type Cell, cellText } from '../shared/tables/cell.ts';
import { openTable, type Table, type TableRow } from '../shared/tables/open-table.ts';
import type { TableForm } from '../shared/tables/raw-table.ts';
import { TableError } from '../shared/tables/table-error.ts';
import type { SourceFile } from './checksum-file.ts';
import { headerKey, type MappedColumn } from './columns.ts';
import type { EntryIndex } from './entry-index.ts';
import { readListedPath } from './listed-path.ts';
import type { PackageEntry } from './package-reader.ts';
import type { LoadedProfile } from './profile.ts';
import type { RowValues } from './row-schema.ts';

/** One row of a manifest: what the vendor declares of one document. Kept for every row: few fields. */
export interface ManifestRow {
  /** Path of the manifest in the package. */
  readonly manifest: string;
  /** As a spreadsheet counts: the first row of the file is 1. */
  readonly row: number;
  /** Path of the entry as stored when it is present; as listed when it is not; "" when the row names no file. */
  readonly path: string;
  readonly entry: PackageEntry | undefined;
  /** The row's own mistake was told, and nothing more can be said about it: cells and columns do not fit, no usable path. */
  readonly broken: boolean;
  /** Field → value as written, without surrounding blanks; empty cells are absent. */
  readonly values: RowValues;
}

/** How one manifest was read. */
export interface ManifestFile extends TableForm {
  readonly path: string;
  readonly format?: 'csv' | 'xlsx';
  readonly rows: number;
  /** Every row was read, and the column of paths was found: what it does not list is not listed. */
  readonly complete: boolean;
}

export interface ManifestReading {
  readonly profile: LoadedProfile;
  readonly index: EntryIndex;
  readonly report: (finding: Finding) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads one manifest; its rows are appended to `rows`, up to the profile's limit for all manifests. Whatever is wrong with
 * the file, its columns, or the form of a row is reported; what the values mean is for the checks.
 */
export async function readManifest(
  source: SourceFile,
  rows: ManifestRow[],
  reading: ManifestReading,
): Promise<ManifestFile> {
  const before = rows.length;
  let table: Table | undefined;
  let complete = false;
  try {
    table = await openTable(source.file, tableOptions(reading.profile));
    complete = await readRows(source.path, table, rows, reading);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    const row = 'row' in error.problem.args ? { row: error.problem.args.row } : {};
    reading.report(createFinding('manifest.unreadable', { path: source.path, ...row }, { problem: error.problem }));
  } finally {
    await table?.close();
  }
  const count = rows.length - before;
  if (complete && count === 0) {
    reading.report(createFinding('manifest.empty', { path: source.path }, {}));
    complete = false;
  }
  return { path: source.path, ...formOf(table), rows: count, complete };
}

function tableOptions({ source: { manifest = { columns: { path: '' } } } }: LoadedProfile) {
  const { encoding = 'auto', delimiter = 'auto', sheet } = manifest;
  return {
    ...(encoding === 'auto' ? {} : { encoding }),
    ...(delimiter === 'auto' ? {} : { delimiter }),
    ...(sheet === undefined ? {} : { sheet }),
  };
}

function formOf(table: Table | undefined) {
  if (!table) return {};
  const { format, encoding, delimiter, sheet } = table;
  return {
    format,
    ...(encoding ? { encoding } : {}),
    ...(delimiter ? { delimiter } : {}),
    ...(sheet === undefined ? {} : { sheet }),
  };
}

/** @returns whether every row was read */
async function readRows(
  path: string,
  table: Table,
  rows: ManifestRow[],
  { profile, index, report, signal }: ManifestReading,
): Promise<boolean> {
  if (!isAgreedFormat(path, table, profile, report)) return false;
  const columns = findColumns(path, table, profile.columns, report);
  if (!columns) return false;
  const backslashes = { rows: 0, first: 0 };
  const context = { width: table.header.length, share: createSharing(), index, report };
  let complete = true;
  for await (const row of table.rows) {
    signal?.throwIfAborted();
    if (rows.length >= profile.limits.rows) {
      report(createFinding('manifest.too-many-rows', { path, row: row.row }, { limit: profile.limits.rows }));
      complete = false;
      break;
    }
    const read = readRow(path, row, columns, context);
    if (read.backslashes && backslashes.rows++ === 0) backslashes.first = row.row;
    rows.push(read.row);
  }
  if (backslashes.rows > 0) {
    report(createFinding('manifest.backslashes', { path, row: backslashes.first }, { rows: backslashes.rows }));
  }
  return complete;
}

function isAgreedFormat(
  path: string,
  table: Table,
  profile: LoadedProfile,
  report: ManifestReading['report'],
): boolean {
  const agreed = profile.source.manifest?.format ?? 'auto';
  if (agreed === 'auto' || agreed === table.format) return true;
  report(createFinding('manifest.format-not-agreed', { path }, { found: table.format, agreed }));
  return false;
}

interface FoundColumn extends MappedColumn {
  readonly index: number;
}

/** Where the mapped columns are in this table; undefined when one that is needed to name files is missing. */
function findColumns(
  path: string,
  { header, headerRow }: Table,
  mapped: readonly MappedColumn[],
  report: ManifestReading['report'],
): FoundColumn[] | undefined {
  const byKey = new Map(header.map((name, index) => [headerKey(name), index]));
  const found: FoundColumn[] = [];
  for (const column of mapped) {
    const index = byKey.get(headerKey(column.column));
    if (index !== undefined) found.push({ ...column, index });
    else if (!column.optional) {
      const present = header.filter((name) => name !== '').slice(0, 50);
      const args = { field: column.field, column: column.column, present };
      report(createFinding('manifest.column-missing', { path, row: headerRow }, args));
    }
  }
  const used = new Set(found.map(({ index }) => index));
  const unused = header.filter((name, index) => name !== '' && !used.has(index));
  if (unused.length > 0) {
    report(createFinding('manifest.columns-unused', { path, row: headerRow }, { columns: unused.slice(0, 50) }));
  }
  return found.some(({ field }) => field === 'path') ? found : undefined;
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

interface RowContext {
  readonly width: number;
  readonly share: (value: string) => string;
  readonly index: EntryIndex;
  readonly report: ManifestReading['report'];
}

function readRow(
  manifest: string,
  { row, cells, width }: TableRow,
  columns: readonly FoundColumn[],
  context: RowContext,
): { row: ManifestRow; backslashes: boolean } {
  const place = { path: manifest, row };
  const ragged = width !== context.width;
  if (ragged) context.report(createFinding('manifest.row-width', place, { cells: width, columns: context.width }));
  const values: Record<string, string> = {};
  let broken = ragged;
  for (const column of columns) {
    const cell = cells[column.index] ?? '';
    if (isErrorCell(cell)) {
      const args = { field: column.field, column: column.column, value: cell.error, expected: 'cell' as const };
      context.report(createFinding('manifest.value-unreadable', place, args));
      broken = true;
    }
    const value = context.share(cellText(cell).trim());
    if (value !== '') values[column.field] = value;
  }
  const file = locate(values.path ?? '', { place, told: broken }, columns, context);
  // The same characters once: the cell would keep a part of the manifest's text in memory.
  if (file.path === values.path) values.path = file.path;
  return {
    row: {
      manifest,
      row,
      path: file.path,
      entry: file.entry,
      broken: broken || file.path === '' || file.unsafe,
      values,
    },
    backslashes: file.backslashes,
  };
}

function isErrorCell(cell: Cell): cell is Extract<Cell, { error: string }> {
  return typeof cell === 'object' && 'error' in cell;
}

interface LocatedFile {
  readonly path: string;
  readonly entry: PackageEntry | undefined;
  readonly unsafe: boolean;
  readonly backslashes: boolean;
}

/** Finds the entry that a row means. What is wrong with its path is reported, unless the row's mistake was told before. */
function locate(
  written: string,
  { place, told }: { place: { path: string; row: number }; told: boolean },
  columns: readonly FoundColumn[],
  { index, report }: RowContext,
): LocatedFile {
  const nowhere = { path: written, entry: undefined, unsafe: true, backslashes: false };
  const listed = readListedPath(written);
  if ('unsafe' in listed) {
    if (!told)
      report(createFinding('manifest.path-unsafe', place, { value: written.slice(0, 500), reason: listed.unsafe }));
    return nowhere;
  }
  if (listed.path === '') {
    const column = columns.find(({ field }) => field === 'path')?.column ?? '';
    if (!told) report(createFinding('manifest.path-missing', place, { column }));
    return { ...nowhere, path: '' };
  }
  const match = index.find(listed.path);
  if (match?.caseDiffers) {
    report(createFinding('name.case-differs', { path: match.entry.path }, { listed: written, source: place.path }));
  }
  const { backslashes } = listed;
  return { path: match?.entry.path ?? listed.path, entry: match?.entry, unsafe: false, backslashes };
}
