import { displayTable, plainCell } from '../../src/reporting/display.ts';
import { cellsOf, totalsOf } from '../../src/reporting/figures.ts';
import type { Cell, ReportTable, ValueType } from '../../src/reporting/model.ts';
import { words } from '../../src/reporting/words.ts';
import type { Language } from '../../src/shared/language.ts';

export type Plain = string | number | null;

/** What machines must read: plain decimals and ISO dates; the totals row last, if the table has one. */
export function plainTable(table: ReportTable, language: Language): { rows: Plain[][]; totals: Plain[] | null } {
  const plain = (cells: readonly Cell[]): Plain[] =>
    table.columns.map(({ type }, index) => plainCell(cells[index] ?? null, type, language));
  const totals = totalsOf(table);
  return { rows: table.rows.map((row) => plain(cellsOf(table, row))), totals: totals ? plain(totals) : null };
}

/** What a sheet must hold: numbers as such, and the totals row with its name. */
export function sheetTable(table: ReportTable, language: Language): Plain[][] {
  const { rows, totals } = plainTable(table, language);
  const isWord = table.columns.map(({ type }) => type === 'text' || type === 'date');
  const numbers = (row: readonly Plain[]): Plain[] =>
    row.map((cell, index) => (cell === null || isWord[index] ? cell : Number(cell)));
  if (!totals) return rows.map(numbers);
  const [, ...others] = numbers(totals);
  return [...rows.map(numbers), [words.total[language], ...others]];
}

/** What people must see: every cell, totals included. */
export function seenTable(table: ReportTable, language: Language): string[][] {
  const { titles, rows, totals } = displayTable(table, language);
  return [titles, ...rows, ...(totals ? [totals] : [])].map((row) => row.map(plainSpaces));
}

export function csvValue(field: string, type: ValueType, language: Language): Plain {
  if (field === '') return null;
  if (type === 'count' || type === 'year') return Number(field);
  if (type === 'text' || type === 'date') return field;
  return language === 'de' ? field.replace(',', '.') : field;
}

export function countOf(all: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

export function plainSpaces(cell: string): string {
  return cell.replace(/\s+/gu, ' ').trim();
}
