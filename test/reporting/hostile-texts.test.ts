import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/reporting/model.ts';
import { renderReport } from '../../src/reporting/render.ts';
import { looksLikeFormula, printable } from '../../src/reporting/safe-text.ts';
import { verbatim } from '../../src/shared/language.ts';
import { htmlTables } from './html-tables.ts';
import { pdfWords } from './pdf-text.ts';
import { deliveryTable, reportOf } from './sample-report.ts';

const formulas = [
  '=HYPERLINK("http://example.org";"x")',
  '+49 2931 94',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '＝1+1',
];
const markup = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "&lt; 'x' &amp;", ']]>', '</style>'];
const broken = ['a\u0000b\u0007c', '\uD800 allein', 'x\uFFFEy', 'exe.\u202Egpj', '_x0041_', '_x005F_', 'a;b,c"d"\r\ne'];

function hostileReport(...vendors: readonly string[]): Report {
  const table = deliveryTable(vendors.length);
  return reportOf({ ...table, rows: table.rows.map((row, index) => ({ ...row, vendor: vendors[index] ?? '' })) });
}

async function sheetVendors(report: Report): Promise<exceljs.Cell[]> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load((await renderReport(report, 'xlsx', 'de')).slice().buffer);
  const sheet = workbook.worksheets[1]!;
  return report.tables[0]!.rows.map((_, index) => sheet.getCell(index + 2, 3));
}

describe('texts that look like formulas', () => {
  it.each(formulas)('stay text in a workbook, also when the cell is edited: %j', async (words) => {
    const [cell] = await sheetVendors(hostileReport(words));
    expect(cell?.type).toBe(exceljs.ValueType.String);
    expect(cell?.formula).toBeUndefined();
    expect(cell?.numFmt).toBe('@');
  });

  it.each(formulas)('begin with an apostrophe in CSV: %j', async (words) => {
    const csv = Buffer.from(await renderReport(hostileReport(words), 'csv', 'de'));
    const [, row] = parse(csv, { bom: true, delimiter: ';' }) as string[][];
    expect(row?.[2]).toBe(`'${words}`);
  });

  it('are told apart from negative numbers, which stay numbers in CSV', async () => {
    const table = deliveryTable(1);
    const report = reportOf({ ...table, rows: [{ ...table.rows[0], net: -1250, tax: -200 }] });
    const german = Buffer.from(await renderReport(report, 'csv', 'de')).toString();
    expect(german).toContain(';-12,50;-2,00;-14,50;');
    const english = Buffer.from(await renderReport(report, 'csv', 'en')).toString();
    expect(english).toContain(',-12.50,-2.00,-14.50,');
  });

  it('in a title or a key figure do no harm either', async () => {
    const evil = verbatim("=cmd|' /C calc'!A0 \"& [x]: */?\\ <b>");
    const report: Report = {
      ...hostileReport('x'),
      title: evil,
      subtitle: evil,
      source: evil,
      notes: [evil],
      facts: [{ key: 'f', title: evil, type: 'text', value: '=1+1', note: evil }],
    };
    const table = { ...report.tables[0]!, title: evil, columns: report.tables[0]!.columns };
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load((await renderReport({ ...report, tables: [table] }, 'xlsx', 'de')).slice().buffer);
    const found: string[] = [];
    workbook.worksheets[0]!.eachRow((row) => row.eachCell((cell) => cell.formula && found.push(cell.formula)));
    // The link to the sheet is the only formula, and the title is a string in it.
    expect(found).toEqual([
      `HYPERLINK("#'${workbook.worksheets[1]!.name.replaceAll('"', '""')}'!A1","=cmd|' /C calc'!A0 ""& [x]: */?\\ <b>")`,
    ]);
  });
});

describe('texts that look like markup', () => {
  it.each(markup)('are shown as they are in HTML: %j', async (words) => {
    const html = Buffer.from(await renderReport(hostileReport(words), 'html', 'de')).toString();
    expect(htmlTables(html)[0]?.[1]?.[2]).toBe(words);
    expect(html).not.toMatch(/<script|<img/);
  });

  it('reach workbook and JSON unchanged', async () => {
    const report = hostileReport(...markup);
    const cells = await sheetVendors(report);
    expect(cells.map((cell) => cell.value)).toEqual(markup);
    const json = JSON.parse(Buffer.from(await renderReport(report, 'json', 'de')).toString());
    expect(json.tables[0].rows.map((row: { vendor: string }) => row.vendor)).toEqual(markup);
  });
});

describe('characters that no file can carry', () => {
  it('become visible marks in every format for people, and break none', async () => {
    const report = hostileReport(...broken);
    const cells = await sheetVendors(report);
    const readable = broken.map(printable);
    expect(readable.slice(0, 4)).toEqual(['a\uFFFDb\uFFFDc', '\uFFFD allein', 'x\uFFFDy', 'exe.\uFFFDgpj']);
    // The reader decodes _xHHHH_ escapes, as Excel does: what was written so must come back unchanged.
    expect(cells.map((cell) => cell.value)).toEqual(readable.map((words) => words.replaceAll('\r\n', '\n')));
    const html = Buffer.from(await renderReport(report, 'html', 'de')).toString();
    expect(
      htmlTables(html)[0]
        ?.slice(1, 5)
        .map((row) => row[2]),
    ).toEqual(readable.slice(0, 4));
    expect((await pdfWords(await renderReport(report, 'pdf', 'de'))).join(' ')).toContain('a\uFFFDb\uFFFDc');
    const csv = Buffer.from(await renderReport(report, 'csv', 'de'));
    const rows = parse(csv, { bom: true, delimiter: ';' }) as string[][];
    expect(rows.slice(1).map((row) => row[2])).toEqual(readable);
  });

  it('of any kind never break a renderer', async () => {
    const words = fc.string({ unit: 'binary', maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 4 }), async (vendors) => {
        const report = hostileReport(...vendors);
        for (const format of ['xlsx', 'pdf', 'html', 'csv', 'json'] as const) {
          expect((await renderReport(report, format, 'de')).length).toBeGreaterThan(100);
        }
        const csv = Buffer.from(await renderReport(report, 'csv', 'en'));
        const rows = parse(csv, { bom: true, delimiter: ',' }) as string[][];
        const read = rows.slice(1).map((row) => row[2] ?? '');
        const expected = vendors.map(printable).map((one) => (looksLikeFormula(one) ? `'${one}` : one));
        expect(read).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });

  it('and texts without end are cut at what a cell can hold', async () => {
    const long = 'Schifffahrtsverwaltung'.repeat(4000);
    const [cell] = await sheetVendors(hostileReport(long));
    expect(String(cell?.value)).toHaveLength(32_767);
    expect(String(cell?.value).endsWith('…')).toBe(true);
    const words = await pdfWords(await renderReport(hostileReport(long), 'pdf', 'de'));
    expect(words.some((word) => word.endsWith('…'))).toBe(true);
  });
});
