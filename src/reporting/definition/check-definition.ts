import { type Text, text } from '../../shared/language.ts';
import { nearest } from '../../shared/suggest.ts';
import { isNumeric } from '../figures.ts';
import type { ReportTable, Rule } from '../model.ts';
import { fieldOf } from './build-table.ts';
import type { Field } from './dataset.ts';
import type { ColumnDefinition, ReportDefinition, TableDefinition } from './definition.ts';

type Fields = Readonly<Record<string, Field>>;

/** What a definition may refer to. */
export interface Known {
  readonly datasets: ReadonlyMap<string, Fields>;
  /** The reports of the program that one can be based on. */
  readonly bases: readonly string[];
}

/** Names in a definition that nothing goes by, with their places; none when all is sound. */
export function definitionMistakes(definition: ReportDefinition, known: Known): Text[] {
  const mistakes: Text[] = [];
  const check = (place: string, name: string | undefined, among: Iterable<string>): void => {
    const names = [...among];
    if (name !== undefined && !names.includes(name)) mistakes.push(unknown(place, name, names));
  };
  check('base', definition.base, known.bases);
  const datasets = [...known.datasets.keys()];
  const fieldsOf = (name: string): Fields => known.datasets.get(name) ?? {};
  for (const [index, fact] of (definition.facts ?? []).entries()) {
    const place = `facts.${index}`;
    check(`${place}.dataset`, fact.dataset, datasets);
    const names = Object.keys(fieldsOf(fact.dataset));
    for (const name of [fact.sum, fact.min, fact.max, fact.per]) check(place, name, names);
    for (const name of Object.keys(fact.where ?? {})) check(`${place}.where`, name, names);
  }
  for (const [index, table] of definition.tables.entries()) {
    const place = `tables.${index}`;
    check(`${place}.dataset`, table.dataset, datasets);
    mistakes.push(...tableMistakes(place, table, fieldsOf(table.dataset)));
  }
  mistakes.push(...standTwice('tables', definition.tables));
  const tables = new Map(definition.tables.map((table) => [table.key, table]));
  for (const [index, chart] of (definition.charts ?? []).entries()) {
    const place = `charts.${index}`;
    check(`${place}.table`, chart.table, tables.keys());
    const columns = (tables.get(chart.table)?.columns ?? []).filter((column) => !('formula' in column));
    for (const name of [...chart.category, ...chart.series.map(({ column }) => column)])
      check(
        place,
        name,
        columns.map(({ key }) => key),
      );
  }
  return mistakes;
}

function tableMistakes(place: string, table: TableDefinition, fields: Fields): Text[] {
  const mistakes: Text[] = [...standTwice(`${place}.columns`, table.columns)];
  const check = (where: string, name: string | undefined, among: readonly string[]): void => {
    if (name !== undefined && !among.includes(name)) mistakes.push(unknown(where, name, among));
  };
  const names = Object.keys(fields);
  for (const name of [...Object.keys(table.where ?? {}), ...(table.groupBy ?? [])]) check(place, name, names);
  const keys = table.columns.map(({ key }) => key);
  const given = table.columns.filter((column) => !('formula' in column || 'light' in column)).map(({ key }) => key);
  for (const name of table.sort ?? []) check(`${place}.sort`, name.replace(/^-/, ''), keys);
  for (const column of table.columns) {
    const at = `${place}.columns.${column.key}`;
    check(at, fieldOf(column), names);
    if ('where' in column) for (const name of Object.keys(column.where ?? {})) check(at, name, names);
    for (const name of operandsOf(column)) check(at, name, given);
    mistakes.push(...typeMistakes(at, column, table, fields));
  }
  return mistakes;
}

/** Only numbers add up, and only what groups are made of has one value in a group. */
function typeMistakes(place: string, column: ColumnDefinition, table: TableDefinition, fields: Fields): Text[] {
  const field = fields[fieldOf(column) ?? ''];
  if ('sum' in column && field && (!isNumeric(field.type) || field.type === 'year')) {
    return [
      text({ de: `${place}: „${column.sum}“ lässt sich nicht summieren`, en: `${place}: "${column.sum}" has no sum` }),
    ];
  }
  if ('field' in column && table.groupBy && !table.groupBy.includes(column.field)) {
    return [
      text({
        de: `${place}: „${column.field}“ gehört nicht zu groupBy; summieren (sum) oder dort aufnehmen`,
        en: `${place}: "${column.field}" is not in groupBy; add it up (sum) or group by it`,
      }),
    ];
  }
  return [];
}

function operandsOf(column: ColumnDefinition): readonly string[] {
  const total = typeof column.total === 'object' ? rulesOperands(column.total) : [];
  if ('formula' in column) return [...rulesOperands(column.formula), ...total];
  return 'light' in column ? [column.light.of, column.light.against] : total;
}

function rulesOperands(rule: Rule): readonly string[] {
  if ('ratio' in rule) return rule.ratio;
  return 'sum' in rule ? rule.sum : rule.difference;
}

function standTwice(place: string, items: readonly Pick<ReportTable, 'key'>[]): Text[] {
  const keys = items.map(({ key }) => key);
  return keys
    .filter((key, index) => keys.indexOf(key) !== index)
    .map((key) => text({ de: `${place}: „${key}“ steht zweimal da`, en: `${place}: "${key}" stands twice` }));
}

function unknown(place: string, name: string, names: readonly string[]): Text {
  const near = nearest(name, names);
  return text({
    de: `${place}: „${name}“ gibt es nicht${near ? `; gemeint „${near}“?` : ''}`,
    en: `${place}: there is no "${name}"${near ? `; did you mean "${near}"?` : ''}`,
  });
}
