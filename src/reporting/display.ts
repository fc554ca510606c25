import type { CalendarDate } from '../shared/dates.ts';
import { type Format, formats } from '../shared/format.ts';
import type { Language } from '../shared/language.ts';
import { type Cents, centsToDecimal, divideHalfUp, type Micros, microsToDecimal } from '../shared/money.ts';
import { isNumeric, scaleOf } from './figures.ts';
import type { Cell, Column, ValueType } from './model.ts';
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

export function displayRow(columns: readonly Column[], cells: readonly Cell[], language: Language): string[] {
  return columns.map((column, index) => displayCell(cells[index] ?? null, column.type, language));
}

/** The totals row as people see it: named in its first column, unless that column itself has a total. */
export function displayTotals(columns: readonly Column[], totals: readonly Cell[], language: Language): string[] {
  const [first, ...rest] = displayRow(columns, totals, language);
  return [first || words.total[language], ...rest];
}

/** The value as machines read it: ISO dates, plain decimals with a point; texts in the language; null stays null. */
export function plainCell(cell: Cell, type: ValueType, language: Language): string | number | null {
  if (cell === null || typeof cell === 'string') return cell;
  if (typeof cell === 'object') return cell[language];
  if (type === 'money') return centsToDecimal(cell as Cents);
  if (type === 'price') return microsToDecimal(cell as Micros);
  return scaleOf(type) === 0 ? cell : scaledDecimal(cell, scaleOf(type));
}

/** Numbers stand right, so that their digits stand below one another. Years and dates are read like words. */
export function alignment(type: ValueType): 'left' | 'right' {
  return isNumeric(type) && type !== 'year' ? 'right' : 'left';
}

function scaledDecimal(value: number, scale: number): string {
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
