import { createFinding, type Finding } from '../../findings/finding.ts';
import { bareObject } from '../../shared/bare.ts';
import { type Cell, type ErrorCell, germanText } from '../../shared/tables/cell.ts';
import type { TableRow } from '../../shared/tables/open-table.ts';
import { countFields } from '../columns.ts';
import type { EntryIndex } from '../entry-index.ts';
import { readListedPath } from '../listed-path.ts';
import type { PackageEntry } from '../package-reader.ts';
import type { FoundColumn } from './find-columns.ts';
import type { NewRow } from './row.ts';

/** What reading the rows of one manifest needs. */
export interface RowReading {
  /** Path of the manifest in the package. */
  readonly manifest: string;
  /** Folder that the paths are relative to; "" is the top of the package. */
  readonly base: string;
  /** What stands before every path and is no part of it: a drive, "file:///"; "" where nothing does. */
  readonly prefix: string;
  /** The field by which rows name what they stand for. */
  readonly naming: 'path' | 'reference';
  /** Fields whose empty cell means the value of the row above. */
  readonly fillDown: readonly string[];
  readonly index: EntryIndex;
  readonly report: (finding: Finding) => void;
}

/** What rows have in common that is told once for all of them: how many, and which is the first. */
export interface RowTally {
  rows: number;
  first: number;
}

export interface RowReader {
  /** @param nameless the column that names things has not been found yet: that a row has none is told by the caller */
  read(row: TableRow, columns: readonly FoundColumn[], expected: { width: number; nameless: boolean }): NewRow;
  /** Rows whose paths have backslashes between folders. */
  readonly backslashes: RowTally;
  /** Rows with a byte order mark among their values. */
  readonly marks: RowTally;
}

export function createRowReader(reading: RowReading): RowReader {
  const { manifest, report, fillDown } = reading;
  const above = bareObject<string>();
  const backslashes: RowTally = { rows: 0, first: 0 };
  const marks: RowTally = { rows: 0, first: 0 };
  const count = (tally: RowTally, row: number) => {
    if (tally.rows++ === 0) tally.first = row;
  };

  const fill = (values: Record<string, string>) => {
    for (const field of fillDown) {
      const value = values[field] ?? above[field];
      if (value !== undefined) above[field] = values[field] = value;
    }
  };
  const readValues = ({ row, cells }: TableRow, columns: readonly FoundColumn[]) => {
    const values = bareObject<string>();
    let isSound = true;
    let hasMark = false;
    for (const { index, field, column } of columns) {
      const cell = cells[index] ?? '';
      if (isErrorCell(cell)) {
        const args = { field, column, value: cell.error, expected: expectedFor(cell) };
        report(createFinding('manifest.value-unreadable', { path: manifest, row }, args));
        isSound = false;
      }
      const words = germanText(cell);
      if (words.includes(MARK)) hasMark = true;
      const value = normalised(field, cell, (words.includes(MARK) ? words.replaceAll(MARK, '') : words).trim());
      if (value !== '') values[field] = value;
    }
    if (hasMark) count(marks, row);
    fill(values);
    return { values, isSound };
  };

  return {
    read(row, columns, { width, nameless }) {
      const place = { path: manifest, row: row.row };
      const isRagged = row.width !== width;
      if (isRagged) report(createFinding('manifest.row-width', place, { cells: row.width, columns: width }));
      const { values, isSound } = readValues(row, columns);
      const isTold = isRagged || !isSound;
      const find = reading.naming === 'path' ? locate : named;
      const file = find(values[reading.naming] ?? '', { place, told: isTold || nameless }, columns, reading);
      if (file.backslashes) count(backslashes, row.row);
      const broken = isTold || file.unsafe;
      return { manifest, row: row.row, path: file.path, entry: file.entry, broken, values };
    },
    backslashes,
    marks,
  };
}

/** U+FEFF: at the beginning of a file it tells the encoding; elsewhere files were joined without care. */
const MARK = '\uFEFF';

function isErrorCell(cell: Cell): cell is ErrorCell {
  return typeof cell === 'object' && 'error' in cell;
}

function expectedFor({ reason }: ErrorCell): 'cell' | 'single' | 'plain' {
  if (reason === undefined) return 'cell';
  return reason === 'repeated' ? 'single' : 'plain';
}

const fieldsOfCounts: readonly string[] = countFields;

/**
 * A count with thousands dots, as spreadsheets write it: 1.234; a count of JSON that programs keep as a float: 3.0. Every
 * other value stays as written.
 */
function normalised(field: string, cell: Cell, value: string): string {
  if (typeof cell === 'object' && 'number' in cell && fieldsOfCounts.includes(field))
    return value.replace(/,0{1,20}$/, '');
  const isGrouped = fieldsOfCounts.includes(field) && /^[0-9]{1,3}(?:\.[0-9]{3}){1,2}$/.test(value);
  return isGrouped ? value.replaceAll('.', '') : value;
}

interface LocatedFile {
  readonly path: string;
  readonly entry: PackageEntry | undefined;
  readonly unsafe: boolean;
  readonly backslashes: boolean;
}

/** The path without its prefix; "\\" is as good as "/" there, too, and neither belongs to the rest. */
function withoutPrefix(written: string, prefix: string): string {
  const slashes = (words: string) => words.replaceAll('\\', '/');
  if (prefix === '' || !slashes(written).startsWith(slashes(prefix))) return written;
  const isWhole = /[\\/]$/.test(prefix) || /^[\\/]/.test(written.slice(prefix.length));
  return isWhole ? written.slice(prefix.length).replace(/^[\\/]+/, '') : written;
}

/** A row that names its file (Akte) by the reference: its documents are found later, by what their paths say. */
function named(
  written: string,
  { place, told }: { place: { path: string; row: number }; told: boolean },
  columns: readonly FoundColumn[],
  { report }: RowReading,
): LocatedFile {
  const column = columns.find(({ field }) => field === 'reference')?.column ?? '';
  if (written === '' && !told) report(createFinding('manifest.path-missing', place, { column }));
  return { path: '', entry: undefined, unsafe: written === '', backslashes: false };
}

/** Finds the entry that a row means. What is wrong with its path is reported, unless the row's mistake was told before. */
function locate(
  written: string,
  { place, told }: { place: { path: string; row: number }; told: boolean },
  columns: readonly FoundColumn[],
  { index, base, prefix, report }: RowReading,
): LocatedFile {
  const nowhere = { path: written, entry: undefined, unsafe: true, backslashes: false };
  const listed = readListedPath(withoutPrefix(written, prefix));
  if ('unsafe' in listed) {
    if (!told) {
      report(createFinding('manifest.path-unsafe', place, { value: written.slice(0, 500), reason: listed.unsafe }));
    }
    return nowhere;
  }
  if (listed.path === '') {
    const column = columns.find(({ field }) => field === 'path')?.column ?? '';
    if (!told) report(createFinding('manifest.path-missing', place, { column }));
    return { ...nowhere, path: '' };
  }
  const path = base === '' ? listed.path : `${base}/${listed.path}`;
  const match = index.find(path);
  if (match?.caseDiffers) {
    report(createFinding('name.case-differs', { path: match.entry.path }, { listed: written, source: place.path }));
  }
  const { backslashes } = listed;
  return { path: match?.entry.path ?? path, entry: match?.entry, unsafe: false, backslashes };
}
