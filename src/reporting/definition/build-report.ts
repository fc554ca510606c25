import { type Text, text } from '../../shared/language.ts';
import { scaleOf } from '../figures.ts';
import type { Cell, Chart, KeyFigure, Report, ReportTable, ValueType } from '../model.ts';
import { ratioOf } from '../ratio.ts';
import { aggregate, type BuiltTable, buildTable, fieldOf, meets } from './build-table.ts';
import type { Dataset } from './dataset.ts';
import type { ChartDefinition, FactDefinition, ReportDefinition } from './definition.ts';

/** A report with what its rows are made of. */
export interface BuiltReport {
  readonly report: Report;
  /** The tables made by definition; those of a base report are not among them. */
  readonly built: readonly BuiltTable[];
}

type Origin = Pick<Report, 'asOf' | 'generatedAt' | 'source'> & { readonly subtitle?: Text };

/** Makes the report that a definition describes, behind the one it is based on; pure. */
export function buildDefined(
  definition: ReportDefinition,
  datasets: ReadonlyMap<string, Dataset>,
  origin: Origin,
  base?: Report,
): BuiltReport {
  const dataset = (name: string): Dataset => datasets.get(name) ?? { fields: {}, rows: [] };
  const built = definition.tables
    .map((table) => buildTable(table, dataset(table.dataset)))
    .filter(({ definition: { onlyWithRows }, groups }) => !onlyWithRows || groups.length > 0);
  const isListing = ({ listing = false }: ReportTable) => listing;
  const [listings, others] = [base?.tables.filter(isListing), base?.tables.filter((table) => !isListing(table))];
  const tables = [...(others ?? []), ...built.map(({ table }) => table), ...(listings ?? [])];
  const charts = (definition.charts ?? []).map((chart) => chartOf(chart, tables));
  return {
    built,
    report: {
      name: definition.name,
      title: definition.title,
      ...origin,
      facts: [...(base?.facts ?? []), ...(definition.facts ?? []).map((fact) => factOf(fact, dataset(fact.dataset)))],
      charts: [...(base?.charts ?? []), ...charts.filter(({ categories }) => categories.length > 0)],
      tables,
      notes: [...(base?.notes ?? []), ...(definition.notes ?? []), ...notesOf(definition, built, dataset)],
    },
  };
}

/** What the datasets have to say about the fields that are used; each note once. */
function notesOf(
  definition: ReportDefinition,
  built: readonly BuiltTable[],
  dataset: (name: string) => Dataset,
): Text[] {
  const used = new Map<string, Set<string>>();
  const use = (name: string, field: string | undefined): void => {
    used.set(name, (used.get(name) ?? new Set()).add(field ?? ''));
  };
  for (const { definition: table } of built) for (const column of table.columns) use(table.dataset, fieldOf(column));
  for (const fact of definition.facts ?? []) use(fact.dataset, fact.sum ?? fact.min ?? fact.max);
  const notes = [...used].flatMap(([name, fields]) =>
    (dataset(name).notes ?? []).filter(({ about }) => about === undefined || about.some((field) => fields.has(field))),
  );
  return [...new Map(notes.map(({ words }) => [words.de, words])).values()];
}

function factOf(fact: FactDefinition, { fields, rows }: Dataset): KeyFigure {
  const meant = rows.filter((row) => meets(row, fact.where));
  const field = fields[fact.sum ?? fact.min ?? fact.max ?? ''];
  const type = fact.type ?? (fact.count ? 'count' : (field?.type ?? 'text'));
  const value = aggregate({ ...fact, empty: 'zero' }, meant);
  const divisor = fact.per === undefined ? undefined : aggregate({ sum: fact.per }, meant);
  return {
    key: fact.key,
    title: fact.title,
    type,
    value:
      divisor === undefined || fact.per === undefined
        ? emptyDate(value, type)
        : per(value, field?.type ?? 'count', divisor, fields[fact.per]?.type ?? 'count', type, fact.decimals),
    ...(fact.note ? { note: fact.note } : {}),
  };
}

/** A sum of nothing is 0; the earliest of nothing is no day. */
function emptyDate(value: Cell, type: ValueType): Cell {
  return (type === 'date' || type === 'text') && value === 0 ? null : value;
}

function per(
  value: Cell,
  over: ValueType,
  divisor: Cell,
  under: ValueType,
  type: ValueType,
  decimals = type === 'price' ? 4 : scaleOf(type),
): number | null {
  if (typeof value !== 'number' || typeof divisor !== 'number') return null;
  const scaled = ratioOf(value * 10 ** scaleOf(under), divisor * 10 ** scaleOf(over), decimals);
  return scaled === null ? null : scaled * 10 ** (scaleOf(type) - decimals);
}

function chartOf(chart: ChartDefinition, tables: readonly ReportTable[]): Chart {
  const { key, title, description } = chart;
  const table = tables.find((one) => one.key === chart.table);
  const columns = new Map(table?.columns.map((column) => [column.key, column]) ?? []);
  const rows = table?.rows ?? [];
  const type = columns.get(chart.series[0]?.column ?? '')?.type;
  return {
    kind: 'bars',
    key,
    title,
    description,
    type: type === 'money' || type === 'metres' || type === 'percent' ? type : 'count',
    categories: rows.map((row) => joined(chart.category.map((name) => row[name] ?? null))),
    series: chart.series.map(({ column, title: own, stack, target }) => ({
      key: column,
      title: own ?? columns.get(column)?.title ?? text({ de: column, en: column }),
      stack,
      ...(target ? { target } : {}),
      // A bar has no length below nothing.
      values: rows.map((row) => Math.max(0, Number(row[column] ?? 0))),
    })),
  };
}

function joined(cells: readonly Cell[]): Text {
  const words = (language: 'de' | 'en') =>
    cells
      .filter((cell) => cell !== null)
      .map((cell) => (typeof cell === 'object' ? cell[language] : String(cell)))
      .join(' · ');
  return { de: words('de'), en: words('en') };
}
