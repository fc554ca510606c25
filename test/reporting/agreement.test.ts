import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { displayCell, displayTable, plainCell } from '../../src/reporting/display.ts';
import type { Report } from '../../src/reporting/model.ts';
import { renderReport } from '../../src/reporting/render.ts';
import type { Language } from '../../src/shared/language.ts';
import { htmlTables } from './html-tables.ts';
import { pdfWords } from './pdf-text.ts';
import { countOf, csvValue, plainSpaces, plainTable, seenTable, sheetTable } from './read-back.ts';
import { sampleReport } from './sample-report.ts';
import { computeSheet } from './sheet-formulas.ts';

// The figures of every format are read back from its bytes and held against the model.
const report: Report = sampleReport();
const languages: readonly Language[] = ['de', 'en'];

describe.each(languages)('all formats show the same figures (%s)', (language) => {
  let drawn: string[];
  let workbook: exceljs.Workbook;
  let html: string;
  const facts = report.facts.map((fact) => plainSpaces(displayCell(fact.value, fact.type, language))).filter(Boolean);

  beforeAll(async () => {
    drawn = (await pdfWords(await renderReport(report, 'pdf', language))).map(plainSpaces);
    workbook = new exceljs.Workbook();
    await workbook.xlsx.load((await renderReport(report, 'xlsx', language)).slice().buffer);
    html = Buffer.from(await renderReport(report, 'html', language)).toString('utf8');
  });

  it('JSON: rows, totals and key figures', async () => {
    const json = JSON.parse(Buffer.from(await renderReport(report, 'json', language)).toString('utf8'));
    for (const [index, table] of report.tables.entries()) {
      const values = (row: Record<string, unknown> | null) => row && table.columns.map(({ key }) => row[key]);
      const found = { rows: json.tables[index].rows.map(values), totals: values(json.tables[index].totals) };
      expect(found).toEqual(plainTable(table, language));
    }
    const plain = report.facts.map((fact) => plainCell(fact.value, fact.type, language));
    expect(json.facts.map((fact: { value: unknown }) => fact.value)).toEqual(plain);
  });

  it.each(report.tables)('CSV: the rows of table $key', async (table) => {
    const bytes = await renderReport(report, 'csv', language, { table: table.key });
    const delimiter = language === 'de' ? ';' : ',';
    const [head, ...rows] = parse(Buffer.from(bytes), { bom: true, delimiter }) as string[][];
    expect(head).toEqual(table.columns.map(({ title }) => title[language]));
    const read = rows.map((row) => row.map((field, index) => csvValue(field, table.columns[index]!.type, language)));
    expect(read).toEqual(plainTable(table, language).rows);
  });

  it.each([...report.tables.entries()])(
    'XLSX: sheet %i holds the values, and formulas that give the very same',
    (index, table) => {
      const { stored, computed, formulas } = computeSheet(workbook.worksheets[index + 1]!);
      expect(stored).toEqual(sheetTable(table, language));
      expect(computed).toEqual(stored);
      expect(formulas > 0).toBe(table.rows.length > 0);
    },
  );

  it('XLSX: the key figures', () => {
    const overview = workbook.worksheets[0]!.getSheetValues().flatMap((row) => (Array.isArray(row) ? row : []));
    for (const value of [420_000, 8_250_821, 0.033782, 0.239257, new Date('2020-12-18T00:00:00Z')]) {
      expect(overview).toContainEqual(value);
    }
  });

  it('HTML: every cell, total and key figure as people read it', () => {
    expect(htmlTables(html)).toEqual(report.tables.map((table) => seenTable(table, language)));
    const figures = [...html.matchAll(/<dd class="value">(.*?)<\/dd>/g)].map(([, figure = '']) => plainSpaces(figure));
    expect(figures).toEqual([...facts, '–']);
  });

  it('PDF: every number, total and key figure as people read it, as often as it must stand there', () => {
    const wanted = report.tables.flatMap((table) => seenTable(table, language).slice(1).flat());
    const found = countOf(drawn);
    // A text may be broken into lines; a number never is.
    for (const [cell, times] of countOf([...wanted.filter((cell) => /\d/.test(cell)), ...facts])) {
      expect(`${cell}: ${Math.min(times, found.get(cell) ?? 0)}`).toBe(`${cell}: ${times}`);
    }
    const joined = drawn.join(' ');
    for (const cell of wanted) for (const word of cell.split(' ')) expect(joined).toContain(word);
  });

  it('charts show at the bars what the tables say', () => {
    const budget = displayTable(report.tables[0]!, language).rows.map((row) => plainSpaces(row[4]!));
    const labels = [...html.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, label = '']) => plainSpaces(label));
    expect(labels).toEqual(expect.arrayContaining(budget));
    for (const amount of budget) expect(drawn.filter((word) => word === amount).length).toBeGreaterThanOrEqual(2);
  });
});
