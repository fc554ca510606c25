import { TableError } from './table-error.ts';

export const delimiters = [';', '\t', ',', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** What stands around cells that hold a delimiter or a line end; '' where nothing does. */
export const quotes = ['"', "'", ''] as const;
export type Quote = (typeof quotes)[number];

/** How the cells of a file are told apart. */
export interface CsvForm {
  readonly delimiter: Delimiter;
  readonly quote: Quote;
}

/** How often rows end with each of them; a file that mixes them was put together from several. */
export interface LineEnds {
  readonly crlf: number;
  readonly lf: number;
  readonly cr: number;
}

export interface CsvLimits {
  /** Characters in one row. */
  readonly rowLength: number;
  readonly columns: number;
}

export const csvLimits: CsvLimits = { rowLength: 1_000_000, columns: 2_000 };

/** A place in the file: `row` counts rows from 1, blank ones too; `line` counts the lines of text. */
export interface Position {
  readonly row: number;
  readonly line: number;
}

/** One row as it stands in the file, with the place where it begins. */
export interface CsvRow extends Position {
  readonly cells: string[];
}

export interface CsvReader {
  /** The rows that are complete with this text. @throws TableError */
  write(text: string): CsvRow[];
  /** What remains after the last text: the last row, if it has no line end. @throws TableError */
  end(): CsvRow[];
  /** Where reading stands: the row that begins after the last complete one. */
  readonly position: Position;
  /** Of the rows read so far. */
  readonly lineEnds: LineEnds;
}

const LF = 10;
const CR = 13;

/**
 * Splits text into rows and cells by RFC 4180, and as leniently as spreadsheets do where nothing can be mistaken: rows
 * end with CRLF, LF or CR; a quote within a cell that does not begin with one is an ordinary character. Text behind a
 * closing quote, or a quote never closed, is an error: the cells' borders would be a guess.
 *
 * Not csv-parse: the readers of vendors' manifests must name row and line of bytes that cannot be decoded, which a
 * parser behind a stream does not know, and a million rows should take seconds. A test holds it against csv-parse.
 */
export function createCsvReader(form: CsvForm, limits: CsvLimits = csvLimits, firstLine = 1): CsvReader {
  // Without a quote its code is NaN, which no character has.
  const rules = { delimiter: form.delimiter.charCodeAt(0), quote: form.quote.charCodeAt(0), mark: form.quote, limits };
  const lineEnds = { crlf: 0, lf: 0, cr: 0 };
  let text = '';
  let row = 1;
  let line = firstLine;
  let failure: unknown;
  /** The complete rows at the text's beginning. A row that is not complete is read again with the next text. */
  const take = (final: boolean): CsvRow[] => {
    if (failure) throw failure;
    const rows: CsvRow[] = [];
    let from = 0;
    try {
      while (from < text.length) {
        const found = splitRow(text, from, final, { row, line }, rules);
        if (!found) break;
        rows.push({ row, line, cells: found.cells });
        row += 1;
        line += found.lines;
        from = found.next;
        countLineEnd(text, from, lineEnds);
      }
      if (text.length - from > limits.rowLength) throw tooLong({ row, line }, limits);
    } catch (error) {
      // The rows before the mistake are good: they are handed out first.
      if (rows.length === 0) throw error;
      failure = error;
    }
    text = text.slice(from);
    return rows;
  };
  return {
    write(more) {
      text += more;
      return take(false);
    },
    end: () => take(true),
    get position() {
      return { row, line };
    },
    lineEnds,
  };
}

function countLineEnd(text: string, next: number, counts: { crlf: number; lf: number; cr: number }): void {
  const last = text.charCodeAt(next - 1);
  if (last === CR) counts.cr += 1;
  else if (last === LF) counts[text.charCodeAt(next - 2) === CR ? 'crlf' : 'lf'] += 1;
}

interface Rules {
  /** Codes of the delimiter and the quote. */
  readonly delimiter: number;
  readonly quote: number;
  readonly mark: Quote;
  readonly limits: CsvLimits;
}

interface SplitRow {
  readonly cells: string[];
  /** Where the next row begins. */
  readonly next: number;
  /** Line ends within this row, and its own. */
  readonly lines: number;
}

/** A cell's end (behind its last character and quote), its value, and the line ends in it. */
interface SplitCell {
  readonly value: string;
  readonly end: number;
  readonly lines: number;
}

/** Splits the one row that begins at `start`; undefined when the text ends before the row surely does. */
function splitRow(text: string, start: number, final: boolean, at: Position, rules: Rules): SplitRow | undefined {
  const { delimiter, quote, limits } = rules;
  const cells: string[] = [];
  let lines = 0;
  let from = start;
  for (;;) {
    const quoted = text.charCodeAt(from) === quote;
    const cell = quoted ? quotedCell(text, from, rules.mark) : plainCell(text, from, delimiter);
    if (!cell && final) throw new TableError({ code: 'quote-unclosed', args: { ...at } });
    if (!cell || (!final && mayGoOn(text, cell.end))) return undefined;
    cells.push(cell.value);
    lines += cell.lines;
    if (cells.length > limits.columns) throw tooWide(at, limits);
    if (cell.end - start > limits.rowLength) throw tooLong(at, limits);
    from = cell.end + 1;
    if (text.charCodeAt(cell.end) !== delimiter) return { cells, next: rowEnd(text, cell.end, at), lines: lines + 1 };
  }
}

function plainCell(text: string, from: number, delimiter: number): SplitCell {
  let end = from;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === delimiter || code === LF || code === CR) break;
  }
  return { value: text.slice(from, end), end, lines: 0 };
}

/** Whether text still to come may change a cell's end: more of the cell, a second quote, the other half of a CRLF. */
function mayGoOn(text: string, end: number): boolean {
  return end >= text.length || (end === text.length - 1 && text.charCodeAt(end) === CR);
}

/** Where the next row begins when a row ends at `end`. @throws TableError when something else stands there */
function rowEnd(text: string, end: number, at: Position): number {
  if (end >= text.length) return text.length;
  const code = text.charCodeAt(end);
  if (code === LF) return end + 1;
  if (code !== CR) throw new TableError({ code: 'quote-misplaced', args: { ...at } });
  return text.charCodeAt(end + 1) === LF ? end + 2 : end + 1;
}

function tooLong(at: Position, limits: CsvLimits): TableError {
  return new TableError({ code: 'row-too-long', args: { ...at, limit: limits.rowLength } });
}

function tooWide({ row }: Position, limits: CsvLimits): TableError {
  return new TableError({ code: 'too-many-columns', args: { row, limit: limits.columns } });
}

/** The quoted cell that begins at `from`; undefined when its end is not in the text. */
function quotedCell(text: string, from: number, mark: Quote): SplitCell | undefined {
  let search = from + 1;
  for (;;) {
    const quote = text.indexOf(mark, search);
    if (quote < 0) return undefined;
    if (text[quote + 1] !== mark) {
      const raw = text.slice(from + 1, quote);
      return { value: raw.replaceAll(mark + mark, mark), end: quote + 1, lines: countLineEnds(raw) };
    }
    search = quote + 2;
  }
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

/**
 * The delimiter that divides a text's first rows best: most rows as wide as the header, then the widest header.
 * @returns undefined when none divides the header at all: a table of one column
 */
export function detectDelimiter(sample: string, toEnd: boolean, quote: Quote = '"'): Delimiter | undefined {
  let best: { delimiter: Delimiter; equal: number; width: number } | undefined;
  for (const delimiter of delimiters) {
    const { width, equal } = tryDelimiter(sample, { delimiter, quote }, toEnd);
    if (width < 2) continue;
    if (!best || equal > best.equal || (equal === best.equal && width > best.width)) best = { delimiter, equal, width };
  }
  return best?.delimiter;
}

const rowsToTry = 50;

/** The header's width under a delimiter, and the share of rows that have the same. */
function tryDelimiter(sample: string, form: CsvForm, toEnd: boolean): { width: number; equal: number } {
  const rows = readableRows(sample, form, toEnd)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .slice(0, rowsToTry);
  const width = rows[0]?.cells.length ?? 0;
  return { width, equal: rows.filter(({ cells }) => cells.length === width).length / Math.max(1, rows.length) };
}

/** The rows before the first mistake. */
function readableRows(sample: string, form: CsvForm, toEnd: boolean): CsvRow[] {
  const reader = createCsvReader(form);
  const rows: CsvRow[] = [];
  try {
    for (const row of reader.write(sample)) rows.push(row);
    if (toEnd) for (const row of reader.end()) rows.push(row);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
  }
  return rows;
}
