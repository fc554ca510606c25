import { calendarDate } from '../dates.ts';
import type { Cell } from './cell.ts';
import type { RawRow } from './raw-table.ts';
import { TableError } from './table-error.ts';
import { createStringCollector, type NumberKind, unescapeCharacters, type Workbook } from './workbook-parts.ts';
import { readXml, type XmlHandler } from './workbook-xml.ts';
import type { ZipParts } from './zip-parts.ts';

/** Excel's own limits (ECMA-376 leaves them open). */
const lastRow = 1_048_576;

/**
 * Reads the rows of one sheet (ECMA-376 Part 1, clause 18.3.1), piece by piece. Rows that it does not store are left
 * out; a row's number is the sheet's.
 *
 * Not by the streaming reader of exceljs 4.4: it decodes each piece of a part on its own, so that umlauts at the
 * pieces' borders become U+FFFD without an error, and it depends on the order of the parts in the zip file.
 * @throws TableError
 */
export async function* readSheet(
  zip: ZipParts,
  part: string,
  workbook: Workbook,
  columnLimit: number,
): AsyncGenerator<RawRow, void, void> {
  const { handler, takeRows } = createSheetHandler(part, workbook, columnLimit);
  for await (const _ of readXml(part, zip.read(part), handler)) yield* takeRows();
}

interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  hasFormula: boolean;
  /** The content of `v`; undefined when the cell has none. */
  value: string | undefined;
}

function createSheetHandler(
  part: string,
  workbook: Workbook,
  columnLimit: number,
): { handler: XmlHandler; takeRows: () => RawRow[] } {
  let rows: RawRow[] = [];
  let row = 0;
  let cells: Cell[] = [];
  let cell: OpenCell | undefined;
  let inValue = false;
  const inline = createStringCollector();

  const openRow = (reference: string | undefined): void => {
    const number = reference === undefined ? row + 1 : wholeNumber(reference);
    if (number === undefined || number > lastRow) throw damaged(part, 'reference-invalid');
    if (number <= row) throw damaged(part, 'rows-out-of-order');
    row = number;
    cells = [];
  };
  const openCell = (attributes: Readonly<Record<string, string>>): void => {
    const column = attributes.r === undefined ? cells.length : columnOf(attributes.r, row, part);
    if (column >= columnLimit) throw new TableError({ code: 'too-many-columns', args: { row, limit: columnLimit } });
    cell = {
      column,
      type: attributes.t ?? 'n',
      style: Number(attributes.s ?? 0),
      hasFormula: false,
      value: undefined,
    };
  };
  const closeCell = (open: OpenCell): void => {
    const value = open.type === 'inlineStr' ? inline.take() : cellValue(open, part, workbook);
    cell = undefined;
    if (value === '') return;
    // Of two values for one cell nobody knows which is meant.
    if ((cells[open.column] ?? '') !== '') throw damaged(part, 'reference-invalid');
    while (cells.length < open.column) cells.push('');
    cells[open.column] = value;
  };

  const handler: XmlHandler = {
    open(name, attributes) {
      if (name === 'row') openRow(attributes.r);
      else if (name === 'c') openCell(attributes);
      else if (cell) {
        if (name === 'f') cell.hasFormula = true;
        inValue = name === 'v';
        if (inValue) cell.value ??= '';
        inline.open(name);
      }
    },
    text(words) {
      if (!cell) return;
      if (inValue) cell.value += words;
      else inline.text(words);
    },
    close(name) {
      if (name === 'row') rows.push({ row, line: row, cells });
      else if (name === 'c' && cell) closeCell(cell);
      else if (name === 'v') inValue = false;
      else inline.close(name);
    },
  };
  const takeRows = (): RawRow[] => {
    const taken = rows;
    rows = [];
    return taken;
  };
  return { handler, takeRows };
}

/** Digits as they are; undefined for whatever else a number might be written as ("1e3", "0x3", nothing). */
function wholeNumber(written: string): number | undefined {
  return /^\s*[0-9]{1,9}\s*$/.test(written) ? Number(written) : undefined;
}

/** "AB12" → 27 (columns count from 0). */
function columnOf(reference: string, row: number, part: string): number {
  const match = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference);
  if (!match?.[1] || Number(match[2]) !== row) throw damaged(part, 'reference-invalid');
  return [...match[1]].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellValue({ type, style, value, hasFormula }: OpenCell, part: string, workbook: Workbook): Cell {
  if (value === undefined) return hasFormula ? { error: 'formula-without-value' } : '';
  switch (type) {
    case 's': {
      const shared = workbook.sharedStrings[wholeNumber(value) ?? -1];
      if (shared === undefined) throw damaged(part, 'shared-string-missing');
      return shared;
    }
    case 'b':
      return value.trim() === '1' || value.trim() === 'true';
    case 'e':
      return { error: value };
    case 'd':
      return isoCell(value);
    case 'n':
      return numberCell(value, style, workbook);
    default:
      return unescapeCharacters(value);
  }
}

/** As XML Schema writes a double; Number() would take "0x3", too. */
const decimalNumber = /^\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*$/;

function numberCell(value: string, style: number, workbook: Workbook): Cell {
  if (value.trim() === '') return '';
  const number = decimalNumber.test(value) ? Number(value) : Number.NaN;
  if (!Number.isFinite(number)) return value;
  return dateCell(number, workbook.kinds[style] ?? 'number', workbook.from1904) ?? number;
}

/** An ISO date or instant as strict workbooks store it; anything else stays the text that it is. */
function isoCell(value: string): Cell {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?)?$/.exec(value.trim());
  const date = match && calendarDate(Number(match[1]), Number(match[2]), Number(match[3]));
  if (!date) return value;
  return match[4] && match[4] !== '00:00:00' ? { date, time: match[4] } : { date };
}

/** The last day Excel knows: 31 December 9999. */
const lastSerial = 2_958_465;

/**
 * A day number as workbooks store dates (ECMA-376 Part 1, 18.17.4.1). The 1900 system has a 29 February 1900 that never
 * was (serial 60): days before it count from a day later.
 * @returns a date, a time of day ("HH:MM:SS") for less than a day, or undefined when the number is neither
 */
function dateCell(serial: number, kind: NumberKind, from1904: boolean): Cell | undefined {
  const seconds = Math.round(serial * 86_400);
  const wholeDays = Math.floor(seconds / 86_400);
  if (kind === 'number' || serial < 0 || wholeDays > lastSerial) return undefined;
  const time = new Date((seconds % 86_400) * 1000).toISOString().slice(11, 19);
  if (kind === 'time') return wholeDays === 0 ? time : undefined;
  const days = wholeDays + (from1904 ? 1462 : 0);
  if (days === 0) return seconds === 0 ? undefined : time;
  if (days === 60 && !from1904) return undefined;
  const day = new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * 86_400_000);
  const date = calendarDate(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate());
  if (!date) return undefined;
  return time === '00:00:00' ? { date } : { date, time };
}

function damaged(
  part: string,
  reason: 'reference-invalid' | 'rows-out-of-order' | 'shared-string-missing',
): TableError {
  return new TableError({ code: 'workbook-damaged', args: { part, reason } });
}
