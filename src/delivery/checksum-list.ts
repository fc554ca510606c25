import type { DigestAlgorithm } from '../inspection/facts.ts';
import { createCsvReader, type Delimiter, delimiters } from '../shared/tables/csv-rows.ts';
import { TableError } from '../shared/tables/table-error.ts';
import { type ChecksumLine, MAXIMUM_LINE_LENGTH } from './checksum-line.ts';
import { algorithmNamed, algorithmOf, isDigestOf } from './digests.ts';

/** What a line of a list with headings states: digests of one file, or that none can be read from it. */
export type ListedLine = readonly ChecksumLine[] | 'unusable';

/** How the lines below a heading are read. */
export type ListReader = (line: string) => ListedLine;

/** A heading: the reader of what follows, or undefined where the next line says more. */
export interface ListHeading {
  readonly reader: ListReader | undefined;
}

/**
 * Reads the heading of a list whose lines are no checksum lines of their own: of hashdeep, of PowerShell's Get-FileHash
 * as a table or exported as CSV, and any CSV with a column of names and one of digests.
 * @returns undefined where the line is no heading
 */
export function readListHeading(line: string): ListHeading | undefined {
  if (line.length > MAXIMUM_LINE_LENGTH) return undefined;
  if (line.startsWith('%%%% ')) return hashdeepHeading(line.slice(5));
  if (/^(?:algorithm\s+)?hash\s+path\s*$/i.test(line)) return { reader: readTableRow };
  for (const delimiter of delimiters) {
    const columns = columnsIn(cellsOf(line, delimiter) ?? []);
    if (columns) return { reader: (row) => readCells(cellsOf(row, delimiter) ?? [], columns) };
  }
  return undefined;
}

/** "%%%% HASHDEEP-1.0", then "%%%% size,md5,sha256,filename": names come last, and unquoted. */
function hashdeepHeading(words: string): ListHeading | undefined {
  if (/^HASHDEEP-[0-9.]+\s*$/.test(words)) return { reader: undefined };
  const names = words.trim().split(',');
  const columns =
    columnsIn(names) ?? (names.at(-1) === 'filename' ? { name: names.length - 1, digests: [] } : undefined);
  return columns && { reader: (line) => readCells(splitAt(line, names.length), columns) };
}

/** Splits at the first commas; what remains is the last of `count` cells. */
function splitAt(line: string, count: number): string[] {
  const cells = line.split(',', count - 1);
  const taken = cells.reduce((length, cell) => length + cell.length + 1, 0);
  return taken > line.length ? [] : [...cells, line.slice(taken)];
}

function cellsOf(line: string, delimiter: Delimiter): readonly string[] | undefined {
  const reader = createCsvReader({ delimiter, quote: '"' });
  try {
    const [row] = [...reader.write(line), ...reader.end()];
    return row?.cells;
  } catch (error) {
    if (error instanceof TableError) return undefined;
    throw error;
  }
}

interface ListColumns {
  readonly name: number;
  readonly algorithm?: number;
  /** Without an algorithm: the column of algorithms says it, or the digest's length. */
  readonly digests: readonly { readonly index: number; readonly algorithm?: DigestAlgorithm }[];
}

/** The likeliest first: a list may hold the whole path and the name alone. */
const nameHeadings = [
  ...['path', 'file_path', 'filepath', 'file path', 'fullname', 'pfad', 'dateipfad'],
  ...['filename', 'file name', 'file', 'datei', 'dateiname', 'name'],
];
const digestHeadings: readonly string[] = [
  ...['hash', 'hash value', 'hashwert', 'checksum', 'digest', 'prüfsumme', 'pruefsumme'],
];
const algorithmHeadings: readonly string[] = ['algorithm', 'algorithmus', 'hash algorithm', 'verfahren'];

function columnsIn(cells: readonly string[]): ListColumns | undefined {
  const names = cells.map((cell) => cell.trim().toLowerCase().normalize('NFC'));
  const name = nameHeadings.map((heading) => names.indexOf(heading)).find((index) => index >= 0);
  const digests = names.flatMap((heading, index) => {
    const algorithm = algorithmNamed(heading.replace(/[-_ ](?:hash|checksum|digest|prüfsumme)$/, ''));
    if (algorithm) return [{ index, algorithm }];
    return digestHeadings.includes(heading) ? [{ index }] : [];
  });
  const algorithm = names.findIndex((heading) => algorithmHeadings.includes(heading));
  if (name === undefined || digests.length === 0) return undefined;
  return { name, digests, ...(algorithm < 0 ? {} : { algorithm }) };
}

function readCells(cells: readonly string[], columns: ListColumns): ListedLine {
  const name = cells[columns.name] ?? '';
  const said = columns.algorithm === undefined ? undefined : (cells[columns.algorithm] ?? '').trim();
  const found: ChecksumLine[] = [];
  for (const column of columns.digests) {
    const digest = (cells[column.index] ?? '').trim();
    if (digest === '') continue;
    const read = readDigest(digest, column.algorithm ?? said, name);
    if (!read) return 'unusable';
    found.push(read);
  }
  return found.length === 0 ? 'unusable' : found;
}

/** "SHA256   HEX   C:\scans\a.pdf", below a line of dashes. */
function readTableRow(line: string): ListedLine {
  if (/^-+(?: +-+)* *$/.test(line)) return [];
  const [, said, digest = '', name = ''] =
    /^(?:([A-Za-z][A-Za-z0-9-]{2,11}) +)?([0-9A-Fa-f]{32,128}) +(\S.*)$/.exec(line) ?? [];
  const read = readDigest(digest, said, name.trimEnd());
  return read ? [read] : 'unusable';
}

/** @param said the algorithm, or its name */
export function readDigest(written: string, said: string | undefined, name: string): ChecksumLine | undefined {
  const algorithm = said === undefined || said === '' ? algorithmOf(written) : algorithmNamed(said);
  if (!algorithm || !isDigestOf(written, algorithm) || name.trim() === '') return undefined;
  return { algorithm, digest: written.toLowerCase(), name };
}
