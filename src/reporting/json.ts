import type { Language } from '../shared/language.ts';
import { plainCell } from './display.ts';
import { cellsOf, totalsOf } from './figures.ts';
import type { Cell, Chart, Column, KeyFigure, Report, ReportTable } from './model.ts';

export const reportSchema = 'urn:scanlot:schemas/report-1';

type PlainCell = string | number | null;
type PlainRow = Readonly<Record<string, PlainCell>>;

/** The report as in schemas/report-1.schema.json; `renderJson` gives its text, commands with `--json` the object. */
export function reportDocument(report: Report, language: Language): object {
  return {
    schema: reportSchema,
    name: report.name,
    language,
    title: report.title[language],
    ...(report.subtitle ? { subtitle: report.subtitle[language] } : {}),
    asOf: report.asOf,
    source: report.source[language],
    generatedAt: report.generatedAt,
    facts: report.facts.map((fact) => plainFact(fact, language)),
    tables: report.tables.map((table) => plainTable(table, language)),
    charts: report.charts.map((chart) => plainChart(chart, language)),
    notes: report.notes.map((note) => note[language]),
  };
}

export function renderJson(report: Report, language: Language): string {
  return `${JSON.stringify(reportDocument(report, language), undefined, 2)}\n`;
}

function plainFact(fact: KeyFigure, language: Language): object {
  const { key, type } = fact;
  const note = fact.note ? { note: fact.note[language] } : {};
  return { key, title: fact.title[language], type, value: plainCell(fact.value, type, language), ...note };
}

function plainTable(table: ReportTable, language: Language): object {
  const totals = totalsOf(table);
  return {
    key: table.key,
    title: table.title[language],
    columns: table.columns.map(({ key, title, type }) => ({ key, title: title[language], type })),
    rows: table.rows.map((row) => plainRow(table.columns, cellsOf(table, row), language)),
    totals: totals ? plainRow(table.columns, totals, language) : null,
  };
}

function plainRow(columns: readonly Column[], cells: readonly Cell[], language: Language): PlainRow {
  return Object.fromEntries(
    columns.map((column, index) => [column.key, plainCell(cells[index] ?? null, column.type, language)]),
  );
}

function plainChart(chart: Chart, language: Language): object {
  return {
    key: chart.key,
    title: chart.title[language],
    description: chart.description[language],
    type: chart.type,
    categories: chart.categories.map((category) => category[language]),
    series: chart.series.map((series) => ({
      key: series.key,
      title: series.title[language],
      stack: series.stack,
      values: series.values.map((value) => plainCell(value, chart.type, language)),
    })),
  };
}
