import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildReport, listReports, type WorkspaceReport } from '../../../src/finance/reports.ts';
import { displayCell, plainCell } from '../../../src/reporting/display.ts';
import { renderReport } from '../../../src/reporting/render.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';
import { createAjv } from '../../../src/shared/document.ts';
import { packagePath } from '../../../src/shared/package.ts';
import { htmlTables } from '../../reporting/html-tables.ts';
import { pdfWords } from '../../reporting/pdf-text.ts';
import { countOf, csvValue, plainSpaces, plainTable, seenTable, sheetTable } from '../../reporting/read-back.ts';
import { computeSheet } from '../../reporting/sheet-formulas.ts';
import { createReportCounty } from '../../support/report-county.ts';

const schema = JSON.parse(readFileSync(packagePath('schemas', 'report-1.schema.json'), 'utf8'));
const fitsSchema = createAjv({ formats: { 'date-time': true }, strictTypes: false }).compile(schema);
const names = listReports({ paths: { root: '/no-such-workspace' } as never }).map(({ name }) => name);
let reports: Map<string, WorkspaceReport>;

beforeAll(async () => {
  const ledger = await createReportCounty();
  const request = { asOf: '2021-03-31' as CalendarDate };
  reports = new Map();
  for (const name of names) reports.set(name, await buildReport(ledger.workspace, name, request));
  await ledger.remove();
});
afterAll(() => reports.clear());

const reportOf = (name: string) => {
  const built = reports.get(name);
  if (!built) throw new Error(`no report ${name}`);
  return built.report;
};

it('there are eight reports', () => {
  expect(names).toEqual([
    'contract-utilisation',
    'cost-against-budget',
    'forecast',
    'invoice-postings',
    'open-items',
    'status-report',
    'unit-costs',
    'year-end',
  ]);
});

// German only: that both languages show the same is tested on a sample report.
describe.each(names)('all formats of %s show the same figures', (name) => {
  it('JSON fits its schema and holds every cell, total and key figure', async () => {
    const report = reportOf(name);
    const json = JSON.parse(Buffer.from(await renderReport(report, 'json', 'de')).toString('utf8'));
    fitsSchema(json);
    expect(fitsSchema.errors ?? []).toEqual([]);
    for (const [index, table] of report.tables.entries()) {
      const values = (row: Record<string, unknown> | null) => row && table.columns.map(({ key }) => row[key]);
      const found = { rows: json.tables[index].rows.map(values), totals: values(json.tables[index].totals) };
      expect(found).toEqual(plainTable(table, 'de'));
    }
    expect(json.facts.map((fact: { value: unknown }) => fact.value)).toEqual(
      report.facts.map((fact) => plainCell(fact.value, fact.type, 'de')),
    );
  });

  it('CSV holds the rows of each table', async () => {
    for (const table of reportOf(name).tables) {
      const bytes = await renderReport(reportOf(name), 'csv', 'de', { table: table.key });
      const [, ...rows] = parse(Buffer.from(bytes), { bom: true, delimiter: ';' }) as string[][];
      const read = rows.map((row) => row.map((field, index) => csvValue(field, table.columns[index]!.type, 'de')));
      expect(read).toEqual(plainTable(table, 'de').rows);
    }
  });

  it('XLSX holds the values, and formulas that give the very same', async () => {
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load((await renderReport(reportOf(name), 'xlsx', 'de')).slice().buffer);
    for (const [index, table] of reportOf(name).tables.entries()) {
      const { stored, computed } = computeSheet(workbook.worksheets[index + 1]!);
      expect(stored).toEqual(sheetTable(table, 'de'));
      expect(computed).toEqual(stored);
    }
  });

  it('HTML and PDF show every cell and total as people read it', async () => {
    const report = reportOf(name);
    const html = Buffer.from(await renderReport(report, 'html', 'de')).toString('utf8');
    expect(htmlTables(html)).toEqual(report.tables.map((table) => seenTable(table, 'de')));
    const drawn = (await pdfWords(await renderReport(report, 'pdf', 'de'))).map(plainSpaces);
    const facts = report.facts.map((fact) => plainSpaces(displayCell(fact.value, fact.type, 'de'))).filter(Boolean);
    const wanted = report.tables.flatMap((table) => seenTable(table, 'de').slice(1).flat());
    const found = countOf(drawn);
    const numbers = [...wanted, ...facts].filter((cell) => /^-?[\d.,]+( [€%m])?$/.test(cell));
    for (const [cell, times] of countOf(numbers)) {
      expect(`${cell}: ${Math.min(times, found.get(cell) ?? 0)}`).toBe(`${cell}: ${times}`);
    }
    expect(drawn.join(' ')).not.toContain('\uFFFD');
  });
});
