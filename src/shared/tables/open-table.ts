import { type Cell, isBlank } from './cell.ts';
import { openCsv } from './csv.ts';
import { type CsvLimits, csvLimits, type Delimiter, type LineEnds, type Quote } from './csv-rows.ts';
import type { Encoding } from './decode.ts';
import { findHeading, type HeadingPlace, headerOf } from './heading.ts';
import { openJson } from './json.ts';
import type { RawRow, RawTable, RecordTable, TableForm } from './raw-table.ts';
import { TableError } from './table-error.ts';
import { asTableError, openFileSource, type TableSource } from './table-source.ts';
import { openText } from './text-source.ts';
import { openWorkbook } from './xlsx.ts';
import { declaredEncoding, openXml } from './xml.ts';
import { type UnpackLimits, unpackLimits } from './zip-parts.ts';

export const tableFormats = ['csv', 'xlsx', 'json', 'jsonl', 'xml'] as const;
export type TableFormat = (typeof tableFormats)[number];

/** How records are found in a tree: where JSON and XML are to be read as tables at all. */
export interface RecordOptions {
  /** Fixes the format; without it, the first characters tell. */
  readonly format?: TableFormat;
  /** Way to the records: keys with "." between them in JSON, elements with "/" in XML. */
  readonly path?: string;
  /** Prefix → namespace of the names in XML. */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** Whether a column of this name is asked for. */
  readonly isWanted: (name: string) => boolean;
}

export interface TableOptions {
  /** Fixes a text file's encoding; without it, it is detected. */
  readonly encoding?: Encoding;
  /** Fixes a text file's delimiter; without it, it is detected. */
  readonly delimiter?: Delimiter;
  /** What stands around cells of a text file; a double quote without it. */
  readonly quote?: Quote;
  /** Where the headings stand; without it, in the first row that is not blank. */
  readonly heading?: HeadingPlace;
  /** The workbook's sheet; without it, the first that is not hidden. */
  readonly sheet?: string;
  /** Reads JSON, JSON Lines and XML, too; without it every text is taken for CSV. */
  readonly records?: RecordOptions;
  readonly limits?: Partial<CsvLimits & UnpackLimits>;
}

/** A row below the header. Blank rows are left out, but counted. */
export interface TableRow {
  /**
   * As a spreadsheet counts: the first row of the file is 1. Records of JSON and XML are counted from 1; those of JSON
   * Lines by their lines.
   */
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
  /**
   * The row of headings, each name trimmed and in Unicode NFC; '' where a column has none. Of records: the
   * names that have turned up in the rows read so far.
   */
  readonly header: readonly string[];
  /** 1 where there is none. */
  readonly headerRow: number;
  /** Rows that were passed over because the headings were found further down; blank ones do not count. */
  readonly rowsAbove: number;
  /** The header may grow with each row that is read: a column is missing only when all rows were read without it. */
  readonly headerGrows: boolean;
  /**
   * The rows, read from the file as they are asked for; to be iterated once. What is wrong further down is only known
   * there: rows count when the last one has come without a TableError.
   */
  readonly rows: AsyncIterable<TableRow>;
  /** Of a CSV file: how the rows read so far end. */
  readonly lineEnds?: () => LineEnds;
  /** Closes the file; needed where the rows are not read to their end. May be called twice. */
  close(): Promise<void>;
}

/**
 * Opens a table: the bytes tell its format, not its name.
 * @param from path of a file, or bytes that lie elsewhere, which are closed with the table, and when it cannot be opened
 * @throws TableError
 */
export async function openTable(from: string | TableSource, options: TableOptions = {}): Promise<Table> {
  const source = typeof from === 'string' ? await openFileSource(from) : from;
  try {
    const head = Buffer.alloc(Math.min(source.size, 8));
    await source.read(head, 0, head.length, 0);
    const limits = { ...csvLimits, ...unpackLimits, ...options.limits };
    if (isWorkbook(head))
      return await withHeader('xlsx', await openWorkbook(source, { sheet: options.sheet, limits }), source, options);
    const recordFormat = options.records && (await recordFormatOf(source, options, options.records));
    if (options.records && recordFormat) {
      return withoutHeader(recordFormat, await openRecords(source, recordFormat, options, options.records), source);
    }
    const { encoding, delimiter, quote, heading } = options;
    return await withHeader(
      'csv',
      await openCsv(source, { encoding, delimiter, quote, heading, limits }),
      source,
      options,
    );
  } catch (error) {
    await source.close();
    throw asTableError(error);
  }
}

function isWorkbook(head: Buffer): boolean {
  const starts = (hex: string) => head.toString('hex').startsWith(hex);
  if (head.length === 0) throw new TableError({ code: 'empty', args: {} });
  if (starts('d0cf11e0')) throw new TableError({ code: 'old-or-encrypted-workbook', args: {} });
  if (starts('25504446')) throw new TableError({ code: 'not-a-table', args: { found: 'pdf' } });
  return starts('504b0304');
}

type RecordFormat = Exclude<TableFormat, 'csv' | 'xlsx'>;

/** The format of a text that holds records; undefined where it is CSV. */
async function recordFormatOf(
  source: TableSource,
  { encoding }: TableOptions,
  { format, path = '' }: RecordOptions,
): Promise<RecordFormat | undefined> {
  if (format === 'csv' || format === 'xlsx') return undefined;
  if (format) return format;
  const { sample } = await openText(source, { asked: encoding });
  if (/^\s*<[?!A-Za-z_]/.test(sample)) return 'xml';
  if (/^\s*\[\s*(?:[{\]]|$)/.test(sample)) return 'json';
  if (!/^\s*\{\s*(?:["}]|$)/.test(sample)) return undefined;
  return path === '' ? 'jsonl' : 'json';
}

async function openRecords(
  source: TableSource,
  format: RecordFormat,
  { encoding, limits }: TableOptions,
  { path = '', namespaces = {}, isWanted }: RecordOptions,
): Promise<RecordTable> {
  const rules = { isWanted, limits: { ...csvLimits, ...limits } };
  if (format !== 'xml') return openJson(await openText(source, { asked: encoding }), format, path, rules);
  const text = await openText(source, { asked: encoding, declared: declaredEncoding });
  return openXml(text, { records: path, namespaces }, rules);
}

function withoutHeader(format: RecordFormat, raw: RecordTable, source: TableSource): Table {
  return {
    format,
    ...raw.form,
    header: raw.header,
    headerRow: 1,
    rowsAbove: 0,
    headerGrows: true,
    rows: rowsBelow(raw.rows, () => raw.header.length, { sparse: true, keepsBlank: true, source }),
    close: () => source.close(),
  };
}

async function withHeader(
  format: 'csv' | 'xlsx',
  raw: RawTable,
  source: TableSource,
  { heading: place }: TableOptions,
): Promise<Table> {
  const { heading, rest, above } = await findHeading(raw.rows, place);
  const { row: headerRow, cells } = heading;
  const header = headerOf(cells);
  refuseDuplicates(header, headerRow);
  return {
    format,
    ...raw.form,
    header,
    headerRow,
    rowsAbove: above,
    headerGrows: false,
    rows: rowsBelow(rest, () => header.length, { sparse: format === 'xlsx', keepsBlank: false, source }),
    ...(raw.lineEnds ? { lineEnds: raw.lineEnds } : {}),
    close: () => source.close(),
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

interface RowRules {
  /** Empty cells are not stored: a short row is not ragged. */
  readonly sparse: boolean;
  /** A record without a value is still a record; a blank row is none. */
  readonly keepsBlank: boolean;
  readonly source: TableSource;
}

async function* rowsBelow(
  rows: AsyncGenerator<RawRow, void, void>,
  columnCount: () => number,
  { sparse, keepsBlank, source }: RowRules,
): AsyncGenerator<TableRow> {
  try {
    for await (const { row, line, cells } of rows) {
      if (!keepsBlank && cells.every(isBlank)) continue;
      const columns = columnCount();
      while (cells.length > columns && isBlank(cells.at(-1))) cells.pop();
      const width = sparse ? Math.max(cells.length, columns) : cells.length;
      while (cells.length < columns) cells.push('');
      yield { row, line, cells, width };
    }
  } catch (error) {
    throw asTableError(error);
  } finally {
    await source.close();
  }
}
