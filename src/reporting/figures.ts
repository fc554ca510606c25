import { parseIsoDate } from '../shared/dates.ts';
import { divideHalfUp } from '../shared/money.ts';
import type { Cell, Column, ReportTable, Row, Rule, ValueType } from './model.ts';

/** Decimals that a value of the type carries: money in cents has 2, metres in millimetres have 3. */
const scales: Readonly<Partial<Record<ValueType, number>>> = {
  count: 0,
  money: 2,
  price: 6,
  percent: 6,
  metres: 3,
  year: 0,
};

/** Decimals that a number of the type carries. Dates and texts have none, and no rule can use them. */
export function scaleOf(type: ValueType): number {
  return scales[type] ?? 0;
}

export function isNumeric(type: ValueType): boolean {
  return scales[type] !== undefined;
}

/**
 * The row's cells in the order of the columns, computed columns included.
 * @throws TypeError when a value does not fit its column: the report was built wrongly
 */
export function cellsOf(table: ReportTable, row: Row): Cell[] {
  return table.columns.map((column) =>
    column.formula
      ? applyRule(column.formula, column, table.columns, (key) => given(columnOf(table, key), row))
      : given(column, row),
  );
}

/** The totals row in the order of the columns, null where a column has no total; undefined when the table has none. */
export function totalsOf(table: ReportTable): Cell[] | undefined {
  if (!hasTotals(table)) return undefined;
  const sums = new Map<string, number>();
  const empty = new Set<string>();
  for (const column of table.columns) {
    if (column.formula !== undefined || !isSummable(column)) continue;
    sums.set(column.key, sumOf(table, column));
    if (table.rows.every((row) => given(column, row) === null)) empty.add(column.key);
  }
  return table.columns.map((column) => {
    const rule = totalRule(column);
    if (rule === 'none') return null;
    // Where no value is known, 0 would be a statement.
    if (rule === 'sum') return empty.has(column.key) ? null : (sums.get(column.key) ?? 0);
    return applyRule(rule, column, table.columns, (key) => summed(sums, key));
  });
}

/** A table without rows has no totals: nothing was added up. */
function hasTotals(table: ReportTable): boolean {
  return (
    table.rows.length > 0 && table.totals !== false && table.columns.some((column) => totalRule(column) !== 'none')
  );
}

/** How the column's cell in the totals row comes about, with the defaults filled in. */
export function totalRule(column: Column): 'sum' | 'none' | Rule {
  if (column.total !== undefined) return column.total;
  if (column.formula) return column.formula;
  return column.type === 'money' || column.type === 'count' || column.type === 'metres' ? 'sum' : 'none';
}

/** Decimals that a ratio in the column is rounded to. */
export function ratioDecimals(column: Column): number {
  return column.decimals ?? (column.type === 'price' ? 4 : scaleOf(column.type));
}

/** Decimals of each column as people see it: the same in all rows, so that the digits stand below one another. */
export function shownDecimals(table: ReportTable): number[] {
  const shown = table.columns.map(({ type }): number => (type === 'percent' ? 1 : type === 'count' ? 0 : 2));
  const prices = [...table.columns.entries()].filter(([, column]) => column.type === 'price');
  if (prices.length === 0) return shown;
  const note = (cells: readonly Cell[]): void => {
    for (const [index] of prices) shown[index] = Math.max(shown[index] ?? 2, decimalsOf(Number(cells[index] ?? 0)));
  };
  for (const row of table.rows) note(cellsOf(table, row));
  note(totalsOf(table) ?? []);
  return shown;
}

/** Decimals that a unit price in millionths uses. */
function decimalsOf(price: number): number {
  let [decimals, rest] = [6, Math.abs(price)];
  while (decimals > 2 && rest % 10 === 0) {
    rest /= 10;
    decimals--;
  }
  return decimals;
}

/** Position of a column in its table. */
export function columnIndex(columns: readonly Column[], key: string): number {
  const index = columns.findIndex((column) => column.key === key);
  if (index < 0) throw new TypeError(`no column "${key}"`);
  return index;
}

function columnOf(table: ReportTable, key: string): Column {
  const column = table.columns[columnIndex(table.columns, key)];
  if (column?.formula) throw new TypeError(`column "${key}" is computed: a rule uses given columns only`);
  return column as Column;
}

function summed(sums: ReadonlyMap<string, number>, key: string): number {
  const sum = sums.get(key);
  if (sum === undefined) throw new TypeError(`column "${key}" has no sum that a total could be computed from`);
  return sum;
}

export function isSummable(column: Column): boolean {
  return isNumeric(column.type) && column.type !== 'year' && column.type !== 'percent' && column.type !== 'price';
}

function sumOf(table: ReportTable, column: Column): number {
  let sum = 0;
  for (const row of table.rows) sum = safe(sum + Number(given(column, row) ?? 0), column);
  return sum;
}

function given(column: Column, row: Row): Cell {
  const cell = row[column.key] ?? null;
  if (cell !== null && !fits(cell, column.type)) {
    throw new TypeError(`column "${column.key}" (${column.type}) cannot hold ${JSON.stringify(cell)}`);
  }
  return cell;
}

/** Whether a value is one of the type. */
function fits(cell: Cell, type: ValueType): boolean {
  if (cell === null) return true;
  if (type === 'text') return typeof cell === 'string' || typeof cell === 'object';
  if (type === 'date') return typeof cell === 'string' && parseIsoDate(cell) === cell;
  return Number.isSafeInteger(cell);
}

function applyRule(rule: Rule, column: Column, columns: readonly Column[], value: (key: string) => Cell): Cell {
  if ('ratio' in rule) return ratio(rule.ratio, column, columns, value);
  const [keys, sign] = 'sum' in rule ? [rule.sum, 1] : [rule.difference, -1];
  let result: number | null = null;
  for (const [index, key] of keys.entries()) {
    if (columns[columnIndex(columns, key)]?.type !== column.type) throw new TypeError(`"${key}" is no ${column.type}`);
    const operand = value(key);
    if (operand === null) continue;
    result = safe((result ?? 0) + (index === 0 ? 1 : sign) * Number(operand), column);
  }
  return result;
}

function ratio(
  [over, under]: readonly [string, string],
  column: Column,
  columns: readonly Column[],
  value: (key: string) => Cell,
): number | null {
  const [numerator, denominator] = [value(over), value(under)];
  if (numerator === null || denominator === null || denominator === 0) return null;
  const scale = (key: string): number => scaleOf(columns[columnIndex(columns, key)]?.type ?? 'text');
  const decimals = ratioDecimals(column);
  // n/10^a ÷ d/10^b in units of 10^-c is n·10^(b+c) ÷ d·10^a.
  const scaledUp = BigInt(Number(numerator)) * 10n ** BigInt(scale(under) + decimals);
  const scaledDown = BigInt(Number(denominator)) * 10n ** BigInt(scale(over));
  const toUnit = 10n ** BigInt(scaleOf(column.type) - decimals);
  return safe(Number(divideHalfUp(scaledUp, scaledDown) * toUnit), column);
}

function safe(value: number, column: Column): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`column "${column.key}" grows beyond exact numbers`);
  return value;
}
