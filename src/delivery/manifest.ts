import { posix } from 'node:path';
import { createFinding, type Finding } from '../findings/finding.ts';
import { openContent } from '../inspection/read-content.ts';
import { openTable, type Table, type TableFormat, type TableOptions } from '../shared/tables/open-table.ts';
import type { TableForm } from '../shared/tables/raw-table.ts';
import { TableError } from '../shared/tables/table-error.ts';
import { asTableError } from '../shared/tables/table-source.ts';
import type { SourceFile } from './checksum-file.ts';
import { headerKey } from './columns.ts';
import type { EntryIndex } from './entry-index.ts';
import { type ColumnFinder, createColumnFinder } from './manifest/find-columns.ts';
import { createRowReader, type RowReader } from './manifest/read-row.ts';
import { RowList } from './manifest/row-list.ts';
import { type LoadedProfile, namingField } from './profile.ts';

export type { ManifestRow } from './manifest/row.ts';

/** How one manifest was read. */
export interface ManifestFile extends TableForm {
  readonly path: string;
  readonly format?: TableFormat;
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

/** An empty list for the rows of manifests that follow a profile. */
export function rowListFor({ columns }: LoadedProfile, index: EntryIndex): RowList {
  return new RowList(
    columns.map(({ field }) => field),
    index,
  );
}

/**
 * Reads one manifest; its rows are appended to `rows`, up to the profile's limit for all manifests. Whatever is wrong with
 * the file, its columns, or the form of a row is reported; what the values mean is for the checks.
 */
export async function readManifest(source: SourceFile, rows: RowList, reading: ManifestReading): Promise<ManifestFile> {
  const before = rows.length;
  let table: Table | undefined;
  let complete = false;
  try {
    table = await openTable(await open(source), tableOptions(reading.profile));
    complete = await readRows(source.path, table, rows, reading);
  } catch (error) {
    const known = asTableError(error);
    if (!(known instanceof TableError)) throw error;
    const row = 'row' in known.problem.args ? { row: known.problem.args.row } : {};
    reading.report(createFinding('manifest.unreadable', { path: source.path, ...row }, { problem: known.problem }));
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

async function open(source: SourceFile) {
  try {
    return await openContent(source);
  } catch (error) {
    throw asTableError(error);
  }
}

function tableOptions(profile: LoadedProfile): TableOptions {
  const {
    source: { manifest = { columns: {} } },
    columns,
  } = profile;
  const { format = 'auto', encoding = 'auto', delimiter = 'auto', quote, sheet, records, namespaces } = manifest;
  const { headingRow } = manifest;
  const wanted = new Set(columns.map(({ column }) => headerKey(column)));
  return {
    ...(encoding === 'auto' ? {} : { encoding }),
    ...(delimiter === 'auto' ? {} : { delimiter }),
    ...(quote === undefined ? {} : { quote: quote === 'none' ? '' : quote }),
    ...(sheet === undefined ? {} : { sheet }),
    heading: headingRow === undefined ? { isHeading: headingTest(profile) } : { row: headingRow },
    records: {
      ...(format === 'auto' ? {} : { format }),
      ...(records === undefined ? {} : { path: records }),
      ...(namespaces === undefined ? {} : { namespaces }),
      isWanted: (name) => wanted.has(headerKey(name)),
    },
  };
}

/** Headings are the column that names things and, where the profile knows further ones, one of these at least. */
function headingTest(profile: LoadedProfile): (names: readonly string[]) => boolean {
  const wanted = new Set(profile.columns.map(({ column }) => headerKey(column)));
  const naming = profile.columns.find(({ field }) => field === namingField(profile));
  return (names) => {
    const keys = new Set(names.map(headerKey));
    if (!naming || !keys.has(headerKey(naming.column))) return false;
    return wanted.size === 1 || [...keys].filter((key) => wanted.has(key)).length > 1;
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
  rows: RowList,
  { profile, index, report, signal }: ManifestReading,
): Promise<boolean> {
  if (!isAgreedFormat(path, table, profile, report)) return false;
  if (table.rowsAbove > 0) {
    report(createFinding('manifest.heading-lower', { path, row: table.headerRow }, { rows: table.rowsAbove }));
  }
  const naming = namingField(profile);
  const columns = createColumnFinder(path, table, profile.columns, naming);
  if (!table.headerGrows) columns.report(report);
  if (!table.headerGrows && !columns.hasNames()) return false;
  const { paths = 'package', pathPrefix = '', fillDown = [] } = profile.source.manifest ?? {};
  const folder = posix.dirname(path);
  const base = paths === 'manifest' && folder !== '.' ? folder : '';
  const reader = createRowReader({ manifest: path, base, prefix: pathPrefix, naming, fillDown, index, report });
  const before = rows.length;
  /** Rows before the column that names things turned up for the first time. */
  const nameless: number[] = [];
  let complete = true;
  for await (const row of table.rows) {
    signal?.throwIfAborted();
    if (rows.length >= profile.limits.rows) {
      report(createFinding('manifest.too-many-rows', { path, row: row.row }, { limit: profile.limits.rows }));
      complete = false;
      break;
    }
    const hasNames = columns.hasNames();
    if (!hasNames) nameless.push(row.row);
    rows.push(reader.read(row, columns.columns(), { width: table.header.length, nameless: !hasNames }));
  }
  reportTallies(path, table, reader, report);
  if (!table.headerGrows || rows.length === before) return complete;
  if (complete) columns.report(report);
  return reportNameless({ path, naming, nameless, columns, report }, rows, before) && complete;
}

/** What is told once for all rows. */
function reportTallies(path: string, table: Table, { backslashes, marks }: RowReader, report: (f: Finding) => void) {
  if (backslashes.rows > 0) {
    report(createFinding('manifest.backslashes', { path, row: backslashes.first }, { rows: backslashes.rows }));
  }
  if (marks.rows > 0) report(createFinding('manifest.mark-inside', { path, row: marks.first }, { rows: marks.rows }));
  const ends = table.lineEnds?.();
  if (ends && [ends.crlf, ends.lf, ends.cr].filter((count) => count > 0).length > 1) {
    report(createFinding('manifest.line-ends-mixed', { path }, { ...ends }));
  }
}

interface Nameless extends Pick<ManifestReading, 'report'> {
  readonly path: string;
  readonly naming: 'path' | 'reference';
  /** The rows. */
  readonly nameless: readonly number[];
  readonly columns: ColumnFinder;
}

/** Records without a path before the first one that has it; where none has one, no row counts. @returns whether rows count */
function reportNameless({ path, naming, nameless, columns, report }: Nameless, rows: RowList, before: number): boolean {
  if (!columns.hasNames()) {
    rows.truncate(before);
    return false;
  }
  const column = columns.columns().find(({ field }) => field === naming)?.column ?? '';
  for (const row of nameless) report(createFinding('manifest.path-missing', { path, row }, { column }));
  return true;
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
