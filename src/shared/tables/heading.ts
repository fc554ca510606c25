import { type Cell, cellText, isBlank } from './cell.ts';
import { createCsvReader, type Delimiter, delimiters, type Quote } from './csv-rows.ts';
import type { RawRow } from './raw-table.ts';
import { TableError } from './table-error.ts';

/**
 * Where the headings of a table stand: in a row by its number, or in the first row in which enough names are known. Where no
 * row has these, as without this option, the first row that is not blank holds the headings.
 */
export type HeadingPlace = { readonly row: number } | { readonly isHeading: (names: readonly string[]) => boolean };

/** Rows, blank ones left out, among which headings are looked for. */
const mostRows = 30;

/** Names as headings are compared: trimmed, in Unicode NFC; blank ones at the end left out. */
export function headerOf(cells: readonly Cell[]): string[] {
  const header = cells.map((cell) => cellText(cell).trim().normalize('NFC'));
  while (header.at(-1) === '') header.pop();
  return header;
}

export interface FoundHeading {
  readonly heading: RawRow;
  /** The rows below it. */
  readonly rest: AsyncGenerator<RawRow, void, void>;
  /** Rows above it that are not blank. */
  readonly above: number;
}

/** Reads to the row of headings. @throws TableError where there is none */
export async function findHeading(
  rows: AsyncGenerator<RawRow, void, void>,
  place: HeadingPlace | undefined,
): Promise<FoundHeading> {
  if (place && 'row' in place) return headingAt(rows, place.row);
  const { read, failure } = await readFirst(rows, place ? mostRows : 1, (row) => isHeading(row, place));
  const found = Math.max(
    0,
    read.findIndex((row) => isHeading(row, place)),
  );
  const heading = read[found];
  if (!heading) throw failure ?? new TableError({ code: 'empty', args: {} });
  const below = read.slice(found + 1);
  // Another generator around a million rows would cost time with each of them.
  const rest = below.length === 0 && failure === undefined ? rows : joined(below, failure, rows);
  return { heading, rest, above: found };
}

function isHeading(row: RawRow, place: HeadingPlace | undefined): boolean {
  return place !== undefined && 'isHeading' in place && place.isHeading(headerOf(row.cells));
}

async function headingAt(rows: AsyncGenerator<RawRow, void, void>, wanted: number): Promise<FoundHeading> {
  let last = 0;
  // A loop of `for await` would close the rows when it is left.
  for (let next = await rows.next(); !next.done; next = await rows.next()) {
    last = next.value.row;
    if (last === wanted && !next.value.cells.every(isBlank)) return { heading: next.value, rest: rows, above: 0 };
    if (last >= wanted) break;
  }
  throw new TableError({ code: 'heading-row-blank', args: { row: wanted } });
}

/** The first rows that are not blank, up to the one that is looked for, and the mistake that ended them. */
async function readFirst(
  rows: AsyncGenerator<RawRow, void, void>,
  most: number,
  isLast: (row: RawRow) => boolean,
): Promise<{ read: RawRow[]; failure?: unknown }> {
  const read: RawRow[] = [];
  try {
    while (read.length < most) {
      const next = await rows.next();
      if (next.done) break;
      if (next.value.cells.every(isBlank)) continue;
      read.push(next.value);
      if (isLast(next.value)) break;
    }
    return { read };
  } catch (failure) {
    return { read, failure };
  }
}

async function* joined(
  read: readonly RawRow[],
  failure: unknown,
  rows: AsyncGenerator<RawRow, void, void>,
): AsyncGenerator<RawRow, void, void> {
  yield* read;
  if (failure !== undefined) throw failure;
  yield* rows;
}

/** The delimiter under which the sample has such a row of headings; undefined where it has none. */
export function delimiterOfHeading(
  sample: string,
  isWhole: boolean,
  quote: Quote,
  place: HeadingPlace | undefined,
): Delimiter | undefined {
  if (!place) return undefined;
  let best: { delimiter: Delimiter; width: number } | undefined;
  for (const delimiter of delimiters) {
    const rows = firstRows(sample, isWhole, { delimiter, quote });
    const header = headerOf(rows.find((row) => isAt(row, place))?.cells ?? []);
    if (header.length >= 2 && header.length > (best?.width ?? 0)) best = { delimiter, width: header.length };
  }
  return best?.delimiter;
}

function isAt(row: RawRow, place: HeadingPlace): boolean {
  return 'row' in place ? row.row === place.row : place.isHeading(headerOf(row.cells));
}

/** The first rows, up to the first mistake; without the last where it may go on. */
function firstRows(sample: string, isWhole: boolean, form: { delimiter: Delimiter; quote: Quote }): RawRow[] {
  const reader = createCsvReader(form);
  try {
    const rows: RawRow[] = reader.write(sample);
    if (isWhole) rows.push(...reader.end());
    return rows.filter(({ cells }) => !cells.every(isBlank)).slice(0, mostRows);
  } catch (error) {
    if (error instanceof TableError) return [];
    throw error;
  }
}
