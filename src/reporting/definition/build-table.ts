import { text } from '../../shared/language.ts';
import { parseScaled } from '../../shared/money.ts';
import { cellsOf } from '../figures.ts';
import type { Cell, Column, ReportTable, Row } from '../model.ts';
import { ratioOf } from '../ratio.ts';
import type { Dataset, DatasetRow, Field } from './dataset.ts';
import type { ColumnDefinition, Conditions, Light, TableDefinition, Wanted } from './definition.ts';

/** A table with the dataset's rows that each of its rows is made of, in the same order. */
export interface BuiltTable {
  readonly definition: TableDefinition;
  readonly table: ReportTable;
  readonly groups: readonly (readonly DatasetRow[])[];
}

/** Makes a table of a dataset; pure. The definition was checked before. */
export function buildTable(definition: TableDefinition, dataset: Dataset): BuiltTable {
  const rows = dataset.rows.filter((row) => meets(row, definition.where));
  const groups = definition.groupBy ? grouped(rows, definition.groupBy) : rows.map((row) => [row]);
  const built = groups.map((group) => ({ group, row: rowOf(definition, group) }));
  const columns = definition.columns.map((column) => columnOf(column, dataset.fields));
  const bare: ReportTable = { ...headOf(definition), columns, rows: built.map(({ row }) => row) };
  const sorted = sortRows(definition, bare, built);
  return {
    definition,
    table: { ...bare, rows: sorted.map(({ row }) => row) },
    groups: sorted.map(({ group }) => group),
  };
}

function headOf({ key, title, shortTitle, totals, listing }: TableDefinition) {
  return {
    key,
    title,
    ...(shortTitle ? { shortTitle } : {}),
    ...(totals === undefined ? {} : { totals }),
    ...(listing === undefined ? {} : { listing }),
  };
}

/** The rows of a group that a column adds up. */
export function rowsOfColumn(column: ColumnDefinition, group: readonly DatasetRow[]): readonly DatasetRow[] {
  return 'where' in column && column.where ? group.filter((row) => meets(row, column.where)) : group;
}

/** Whether a row meets all conditions. */
export function meets({ values }: DatasetRow, conditions: Conditions = {}): boolean {
  return Object.entries(conditions).every(([field, wanted]) => {
    const value = values[field] ?? null;
    const turned = wanted !== null && typeof wanted === 'object' && 'not' in wanted;
    return turned ? !isOne(value, wanted.not) : isOne(value, wanted as Wanted);
  });
}

function isOne(value: Cell, wanted: Wanted): boolean {
  return Array.isArray(wanted) ? wanted.includes(value as string | number | null) : value === wanted;
}

function grouped(rows: readonly DatasetRow[], fields: readonly string[]): DatasetRow[][] {
  const groups = new Map<string, DatasetRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(fields.map((field) => row.values[field] ?? null));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

function columnOf(column: ColumnDefinition, fields: Readonly<Record<string, Field>>): Column {
  const { key, total, decimals } = column;
  const field = fields[fieldOf(column) ?? ''];
  const title = column.title ?? field?.title ?? text({ de: key, en: key });
  const extra = { ...(total === undefined ? {} : { total }), ...(decimals === undefined ? {} : { decimals }) };
  if ('formula' in column) return { key, title, type: column.type, formula: column.formula, ...extra };
  if ('light' in column) return { key, title, type: 'text', ...extra };
  if ('count' in column) return { key, title, type: 'count', ...extra };
  return { key, title, type: field?.type ?? 'text', ...extra };
}

/** The dataset's field that a column shows or adds up. */
export function fieldOf(column: ColumnDefinition): string | undefined {
  if ('field' in column) return column.field;
  if ('sum' in column) return column.sum;
  return 'min' in column || 'max' in column ? (column.min ?? column.max) : undefined;
}

function rowOf({ columns }: TableDefinition, group: readonly DatasetRow[]): Row {
  const row: Record<string, Cell> = {};
  for (const column of columns) {
    if ('formula' in column || 'light' in column) continue;
    row[column.key] = aggregate(column, rowsOfColumn(column, group));
  }
  // Lights look at what is added up, so they come last.
  for (const column of columns) if ('light' in column) row[column.key] = lightOf(column.light, row);
  return row;
}

/** What a definition can make of some rows. */
export interface Aggregation {
  readonly field?: string;
  readonly sum?: string;
  readonly count?: true;
  readonly min?: string;
  readonly max?: string;
  readonly empty?: 'zero';
}

/** The value of an aggregation; null when there is nothing to make it of. */
export function aggregate(aggregation: Aggregation, rows: readonly DatasetRow[]): Cell {
  const { field, sum, count, min, max, empty } = aggregation;
  if (count) return rows.length;
  if (field !== undefined) return rows[0]?.values[field] ?? null;
  const key = sum ?? min ?? max ?? '';
  const known = rows.map(({ values }) => values[key] ?? null).filter((value) => value !== null);
  if (known.length === 0) return empty === 'zero' ? 0 : null;
  if (sum !== undefined) return known.reduce<number>((total, value) => total + Number(value), 0);
  const ordered = [...known].sort(compareCells);
  return (min === undefined ? ordered.at(-1) : ordered[0]) ?? null;
}

const lights = {
  green: text({ de: 'grün', en: 'green' }),
  yellow: text({ de: 'gelb !', en: 'yellow !' }),
  red: text({ de: 'rot !!', en: 'red !!' }),
};

/** None where there is nothing to measure against. */
function lightOf({ of, against, yellow, red }: Light, row: Row): Cell {
  if ((row[against] ?? null) === null) return null;
  const [part, whole] = [Number(row[of] ?? 0), Number(row[against] ?? 0)];
  if (part <= 0) return lights.green;
  const share = ratioOf(part, whole, 6);
  if (whole <= 0 || share === null) return lights.red;
  if (share > (parseScaled(red, 6) ?? 0)) return lights.red;
  return share >= (parseScaled(yellow, 6) ?? 0) ? lights.yellow : lights.green;
}

interface Built {
  readonly group: readonly DatasetRow[];
  readonly row: Row;
}

function sortRows({ sort }: TableDefinition, table: ReportTable, built: readonly Built[]): readonly Built[] {
  if (!sort) return built;
  const keys = sort.map((key) => (key.startsWith('-') ? ([key.slice(1), -1] as const) : ([key, 1] as const)));
  const positions = new Map(table.columns.map(({ key }, index) => [key, index]));
  const decorated = built.map((one) => ({ one, cells: cellsOf(table, one.row) }));
  decorated.sort((a, b) => {
    for (const [key, direction] of keys) {
      const at = positions.get(key) ?? 0;
      const order = compareCells(a.cells[at] ?? null, b.cells[at] ?? null);
      if (order !== 0) return order * direction;
    }
    return 0;
  });
  return decorated.map(({ one }) => one);
}

/** Numbers by size, texts by their code units (the German of a translated one); what is empty comes last. */
function compareCells(a: Cell, b: Cell): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const [x, y] = [plain(a), plain(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function plain(cell: Exclude<Cell, null>): string | number {
  return typeof cell === 'object' ? cell.de : cell;
}
