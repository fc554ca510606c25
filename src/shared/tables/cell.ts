import type { CalendarDate } from '../dates.ts';

/** A date as a workbook stores it; `time` ("HH:MM:SS") only where the cell holds one. */
export interface DateCell {
  readonly date: CalendarDate;
  readonly time?: string;
}

/**
 * A cell that has no value that could be taken: its formula failed ("#REF!") or was never computed; it is given several
 * times in one record; or a list or elements stand where a value should.
 */
export interface ErrorCell {
  readonly error: string;
  /** Absent: a formula. */
  readonly reason?: 'repeated' | 'list';
}

/** A number of JSON as it is written: no digit is lost, and it is told from text that looks like one. */
export interface NumberCell {
  readonly number: string;
}

/** A cell's value. In CSV files every cell is text; '' is an empty cell in both formats. */
export type Cell = string | number | boolean | DateCell | ErrorCell | NumberCell;

/** The cell as text, as a CSV file would have it: numbers as the shortest plain decimal, dates in ISO form. */
export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return plainDecimal(cell);
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  if ('error' in cell) return cell.error;
  if ('number' in cell) return cell.number;
  return cell.time ? `${cell.date} ${cell.time}` : cell.date;
}

/**
 * The cell as text of a German table: a number's fraction behind a comma, as spreadsheets show and export it. "1.234" as
 * text is one thousand and more; as a number it is one and a bit.
 */
export function germanText(cell: Cell): string {
  const isNumber = typeof cell === 'number' || (typeof cell === 'object' && 'number' in cell);
  return isNumber ? cellText(cell).replace('.', ',') : cellText(cell);
}

export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || (typeof cell === 'string' && cell.trim() === '');
}

/** A number without exponent and without float noise: spreadsheets compute with 15 significant digits. */
function plainDecimal(value: number): string {
  const rounded = Number(value.toPrecision(15));
  const shown = String(Number.isFinite(rounded) ? rounded : value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(shown);
  if (!match) return shown;
  const [, sign = '', whole = '', fraction = '', exponent = ''] = match;
  const digits = whole + fraction;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}
