import { scaleOf } from '../figures.ts';
import type { Cell, Rule, ValueType } from '../model.ts';
import { type BuiltTable, fieldOf, rowsOfColumn } from './build-table.ts';
import type { DatasetRow, Origin } from './dataset.ts';
import type { ColumnDefinition } from './definition.ts';

/** One row of a dataset that a figure is made of, with what it adds to it. */
export interface TracePart {
  /** The column that it goes into: the one asked for, or an operand of it. */
  readonly column: string;
  readonly type: ValueType;
  readonly value: Cell;
  readonly origins: readonly Origin[];
}

/** What a cell of a defined table is made of. @param row position of the row; undefined for the totals */
export function traceCell(
  { definition, table, groups }: BuiltTable,
  row: number | undefined,
  key: string,
): TracePart[] {
  const group = row === undefined ? groups.flat() : (groups[row] ?? []);
  const column = definition.columns.find((one) => one.key === key);
  if (!column) return [];
  const typeOf = (name: string): ValueType => table.columns.find((one) => one.key === name)?.type ?? 'text';
  return operandsOf(column)
    .flatMap((name) => definition.columns.filter((one) => one.key === name))
    .flatMap((one) => rowsOfColumn(one, group).flatMap((part) => partOf(one, part, typeOf(one.key))));
}

function partOf(column: ColumnDefinition, { values, origins }: DatasetRow, type: ValueType): TracePart[] {
  const field = fieldOf(column);
  const value = 'count' in column ? 1 : field === undefined ? null : (values[field] ?? null);
  return value === null ? [] : [{ column: column.key, type, value, origins }];
}

/** The given columns that a column looks at. */
function operandsOf(column: ColumnDefinition): readonly string[] {
  if ('formula' in column) return operands(column.formula);
  return 'light' in column ? [column.light.of, column.light.against] : [column.key];
}

function operands(rule: Rule): readonly string[] {
  if ('ratio' in rule) return rule.ratio;
  return 'sum' in rule ? rule.sum : rule.difference;
}

/** The parts of each column added up; of texts and days nothing. */
export function sumsOf(parts: readonly TracePart[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { column, value, type } of parts) {
    if (typeof value !== 'number' || (scaleOf(type) === 0 && type !== 'count')) continue;
    sums.set(column, (sums.get(column) ?? 0) + value);
  }
  return sums;
}
