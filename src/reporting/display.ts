import type { CalendarDate } from '../shared/dates.ts';
import { type Format, formats } from '../shared/format.ts';
import type { Language } from '../shared/language.ts';
import { type Cents, centsToDecimal, divideHalfUp, type Micros, microsToDecimal } from '../shared/money.ts';
import { cellsOf, isNumeric, scaleOf, shownDecimals, totalsOf } from './figures.ts';
import type { Cell, ReportTable, ValueType } from './model.ts';
import { words } from './words.ts';

/** The value as people read it in PDF and HTML; an empty string for null. */
export function displayCell(cell: Cell, type: ValueType, language: Language): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return cell[language];
  if (typeof cell === 'string') return type === 'date' ? formats[language].date(cell as CalendarDate) : cell;
  return displayNumber(cell, type, formats[language]);
}

function displayNumber(value: number, type: ValueType, format: Format): string {
  switch (type) {
    case 'money':
      return format.money(value as Cents);
    case 'price':
      return format.price(value as Micros);
    case 'metres':
      return format.metres(value);
    case 'percent':
      // Rounded as an integer: halves of a float would fall either way.
      return format.percent(Number(divideHalfUp(BigInt(value), 1000n)) / 1000, 1);
    case 'year':
      return String(value);
    default:
      return format.number(value);
  }
}

/** A table as people read it: every cell a text, unit prices of one column with the same number of decimals. */
export interface DisplayedTable {
  readonly titles: readonly string[];
  /** None for a listing: see `ReportTable.listing`. */
  readonly rows: readonly string[][];
  /** Named in its first column, unless that column itself has a total. */
  readonly totals: readonly string[] | undefined;
}

export function displayTable(table: ReportTable, language: Language): DisplayedTable {
  const { columns } = table;
  const decimals = shownDecimals(table);
  const display = (cells: readonly Cell[]): string[] =>
    columns.map(({ type }, index) => {
      const cell = cells[index] ?? null;
      return type === 'price' && typeof cell === 'number'
        ? displayPrice(cell, decimals[index] ?? 2, language)
        : displayCell(cell, type, language);
    });
  const totals = totalsOf(table);
  const [first, ...others] = totals ? display(totals) : [];
  return {
    titles: columns.map((column) => column.title[language]),
    rows: table.listing ? [] : table.rows.map((row) => display(cellsOf(table, row))),
    totals: totals && [first || words.total[language], ...others],
  };
}

/** The value as machines read it: ISO dates, plain decimals with a point; texts in the language; null stays null. */
export function plainCell(cell: Cell, type: ValueType, language: Language): string | number | null {
  if (cell === null || typeof cell === 'string') return cell;
  if (typeof cell === 'object') return cell[language];
  if (type === 'money') return centsToDecimal(cell as Cents);
  if (type === 'price') return microsToDecimal(cell as Micros);
  return scaleOf(type) === 0 ? cell : scaledDecimal(cell, scaleOf(type));
}

function displayPrice(value: number, decimals: number, language: Language): string {
  const digits = formats[language].number(Math.abs(value) / 1_000_000, decimals);
  const sign = value < 0 ? '-' : '';
  return language === 'de' ? `${sign}${digits}\u00A0€` : `${sign}€${digits}`;
}

/** Numbers stand right, so that their digits stand below one another. Years and dates are read like words. */
export function alignment(type: ValueType): 'left' | 'right' {
  return isNumeric(type) && type !== 'year' ? 'right' : 'left';
}

function scaledDecimal(value: number, scale: number): string {
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
