import { type FileHandle, open } from 'node:fs/promises';
import { type Cell, cellText, isBlank } from './cell.ts';
import { openCsv } from './csv.ts';
import { type CsvLimits, csvLimits, type Delimiter } from './csv-rows.ts';
import type { Encoding } from './decode.ts';
import type { RawRow, RawTable, TableForm } from './raw-table.ts';
import { TableError } from './table-error.ts';
import { openWorkbook } from './xlsx.ts';
import { type UnpackLimits, unpackLimits } from './zip-parts.ts';

export type TableFormat = 'csv' | 'xlsx';

export interface TableOptions {
  /** Fixes a text file's encoding; without it, it is detected. */
  readonly encoding?: Encoding;
  /** Fixes a text file's delimiter; without it, it is detected. */
  readonly delimiter?: Delimiter;
  /** The workbook's sheet; without it, the first. */
  readonly sheet?: string;
  readonly limits?: Partial<CsvLimits & UnpackLimits>;
}

/** A row below the header. Blank rows are left out, but counted. */
export interface TableRow {
  /** As a spreadsheet counts: the first row of the file is 1. */
  readonly row: number;
  /** The text line on which the row begins; equal to `row` in workbooks. */
  readonly line: number;
  /** At least one for each column of the header ('' where the row has none); more only where they hold something. */
  readonly cells: readonly Cell[];
  /** Cells that the row has: less or more than the header has columns makes it ragged. */
  readonly width: number;
}

/** A table that is open for reading, header first. */
export interface Table extends TableForm {
  readonly format: TableFormat;
  /** The first row that is not blank, each name trimmed and in Unicode NFC; '' where a column has none. */
  readonly header: readonly string[];
  readonly headerRow: number;
  /**
   * The rows, read from the file as they are asked for; to be iterated once. What is wrong further down is only known
   * there: rows count when the last one has come without a TableError.
   */
  readonly rows: AsyncIterable<TableRow>;
  /** Closes the file; needed where the rows are not read to their end. May be called twice. */
  close(): Promise<void>;
}

/**
 * Opens a CSV file or an XLSX workbook; the bytes tell which, not the name.
 * @throws TableError
 */
export async function openTable(path: string, options: TableOptions = {}): Promise<Table> {
  const file = await openFile(path);
  try {
    const size = (await file.stat()).size;
    const head = Buffer.alloc(Math.min(size, 8));
    await file.read(head, 0, head.length, 0);
    const format = formatOf(head);
    const limits = { ...csvLimits, ...unpackLimits, ...options.limits };
    const raw =
      format === 'xlsx'
        ? await openWorkbook(file, size, { sheet: options.sheet, limits })
        : await openCsv(file, size, { encoding: options.encoding, delimiter: options.delimiter, limits });
    return await withHeader(format, raw, file);
  } catch (error) {
    await file.close();
    throw asTableError(error);
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw asTableError(error);
  }
}

/** Failures of the file system become a table's; anything else is a mistake of the program and stays what it is. */
function asTableError(error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  return new TableError({ code: 'unreadable', args: { cause: String(error.code) } }, { cause: error });
}

function formatOf(head: Buffer): TableFormat {
  const starts = (hex: string) => head.toString('hex').startsWith(hex);
  if (head.length === 0) throw new TableError({ code: 'empty', args: {} });
  if (starts('d0cf11e0')) throw new TableError({ code: 'old-or-encrypted-workbook', args: {} });
  if (starts('25504446')) throw new TableError({ code: 'not-a-table', args: { found: 'pdf' } });
  return starts('504b0304') ? 'xlsx' : 'csv';
}

async function withHeader(format: TableFormat, raw: RawTable, file: FileHandle): Promise<Table> {
  let first = await raw.rows.next();
  while (!first.done && first.value.cells.every(isBlank)) first = await raw.rows.next();
  if (first.done) throw new TableError({ code: 'empty', args: {} });
  const { row: headerRow, cells } = first.value;
  const header = cells.map((cell) => cellText(cell).trim().normalize('NFC'));
  while (header.at(-1) === '') header.pop();
  refuseDuplicates(header, headerRow);
  return {
    format,
    ...raw.form,
    header,
    headerRow,
    rows: rowsBelow(raw.rows, header.length, { sparse: format === 'xlsx', file }),
    close: () => file.close(),
  };
}

function refuseDuplicates(header: readonly string[], row: number): void {
  const seen = new Map<string, number>();
  for (const [index, name] of header.entries()) {
    const first = seen.get(name);
    if (first !== undefined && name !== '') {
      throw new TableError({ code: 'header-duplicate', args: { name, columns: [first + 1, index + 1], row } });
    }
    seen.set(name, index);
  }
}

async function* rowsBelow(
  rows: AsyncGenerator<RawRow, void, void>,
  columns: number,
  // A workbook does not store empty cells: a short row is not ragged there.
  { sparse, file }: { readonly sparse: boolean; readonly file: FileHandle },
): AsyncGenerator<TableRow> {
  try {
    for await (const { row, line, cells } of rows) {
      if (cells.every(isBlank)) continue;
      while (cells.length > columns && isBlank(cells.at(-1))) cells.pop();
      const width = sparse ? Math.max(cells.length, columns) : cells.length;
      while (cells.length < columns) cells.push('');
      yield { row, line, cells, width };
    }
  } catch (error) {
    throw asTableError(error);
  } finally {
    await file.close();
  }
}
