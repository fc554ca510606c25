import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import exceljs from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../../src/reporting/render.ts';
import { sheetNames } from '../../src/reporting/sheet-names.ts';
import { packageRoot } from '../../src/shared/package.ts';
import { deliveryTable, reportOf, sampleReport } from './sample-report.ts';

async function open(bytes: Uint8Array): Promise<exceljs.Workbook> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes.slice().buffer);
  return workbook;
}

describe('the workbook', () => {
  let workbook: exceljs.Workbook;
  let lots: exceljs.Worksheet;
  beforeAll(async () => {
    workbook = await open(await renderReport(sampleReport(), 'xlsx', 'de'));
    lots = workbook.getWorksheet('Lose')!;
  });

  it('has an overview and a sheet for each table', () => {
    expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual([
      'Übersicht',
      'Lose',
      'Abgenommene Lieferungen',
      'Nacharbeiten',
    ]);
  });

  it('has its header in row 1, frozen, with a filter over the rows but not over the totals', () => {
    expect(lots.getRow(1).getCell(5).value).toBe('Haushaltsansatz');
    expect(lots.views[0]).toMatchObject({ state: 'frozen', xSplit: 1, ySplit: 1 });
    expect(lots.autoFilter).toBe('A1:L6');
    expect(lots.rowCount).toBe(7);
  });

  it('adds up with SUBTOTAL, so that a filter shows the sum of what it shows', () => {
    expect(lots.getCell('E7').formula).toBe('SUBTOTAL(109,E2:E6)');
    expect(lots.getCell('H7').formula).toBe('ROUND(E7-F7,2)');
    expect(lots.getCell('I7').formula).toBe('IFERROR(ROUND(G7/E7,6),"")');
    expect(lots.getCell('A7').value).toBe('Summe');
  });

  it('keeps numbers and days as such, in German form', () => {
    expect(lots.getCell('E2').value).toBe(93_000);
    expect(lots.getCell('E2').numFmt).toBe('#,##0.00 "€";[Red]-#,##0.00 "€"');
    expect(lots.getCell('K2').numFmt).toBe('#,##0.0000 "€";[Red]-#,##0.0000 "€"');
    expect(lots.getCell('L2').value).toBe(91.5);
    expect(lots.getCell('D2').numFmt).toBe('0');
    const deliveries = workbook.worksheets[2]!;
    expect(deliveries.getCell('A2').value).toEqual(new Date('2020-01-01T00:00:00Z'));
    expect(deliveries.getCell('A2').numFmt).toBe('dd.mm.yyyy');
  });

  it('leaves a cell empty where there is no value, formula or not', () => {
    expect(lots.getCell('F5').value).toBeNull();
    expect(lots.getCell('K5').value).toBeNull();
    expect(lots.getCell('K5').formula).toBeUndefined();
  });

  it('prints on A4 across, as wide as the page, with head, origin and page number on each', () => {
    expect(lots.pageSetup).toMatchObject({ paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1 });
    expect(lots.pageSetup.fitToHeight).toBe(0);
    expect(lots.pageSetup.printTitlesRow).toBe('1:1');
    expect(lots.pageSetup.printArea).toBe('A1:L7');
    expect(lots.headerFooter.oddHeader).toBe('&L&BKosten nach Losen und Haushaltsjahren&RKosten gegen Haushalt');
    expect(lots.headerFooter.oddFooter).toBe(
      '&LStand: 31.12.2020 · Quelle: scanlot, Landkreis Musterland&RSeite &P von &N',
    );
  });

  it('makes every column wide enough for its content', () => {
    expect(lots.getColumn(5).width).toBeGreaterThan('420.000,00 €'.length);
    expect(lots.getColumn(2).width).toBeGreaterThan('Ausländerbehörde'.length);
    for (const sheet of workbook.worksheets.slice(1)) {
      for (let column = 1; column <= sheet.columnCount; column++) {
        expect(sheet.getColumn(column).width).toBeLessThan(64);
      }
    }
  });

  it('shows a table without rows as its header alone', () => {
    const rework = workbook.getWorksheet('Nacharbeiten')!;
    expect(rework.rowCount).toBe(1);
    expect(rework.autoFilter).toBe('A1:B1');
  });

  it('tells title, day and source on the overview, and leads to every sheet', () => {
    const overview = workbook.worksheets[0]!;
    expect(overview.getCell('A1').value).toBe('Kosten gegen Haushalt');
    expect(overview.getCell('B4').value).toEqual(new Date('2020-12-31T00:00:00Z'));
    expect(overview.getCell('B5').value).toBe('scanlot, Landkreis Musterland');
    const formulas: string[] = [];
    overview.eachRow((row) => row.eachCell((cell) => cell.formula && formulas.push(cell.formula)));
    expect(formulas[1]).toBe(`HYPERLINK("#'Abgenommene Lieferungen'!A1","Abgenommene Lieferungen")`);
  });

  it('is the same file, byte for byte, whenever the same report is rendered', async () => {
    const [first, second] = [
      await renderReport(sampleReport(), 'xlsx', 'de'),
      await new Promise((wait) => setTimeout(wait, 2100)).then(() => renderReport(sampleReport(), 'xlsx', 'de')),
    ];
    expect(Buffer.compare(first, second)).toBe(0);
  });
});

describe('a sheet', () => {
  it('of 120,000 movements is written within 350 MB', async () => {
    // A process of its own: memory is measured for the whole of it, and the heap is too small for a workbook in memory.
    const script = `
      import { deliveryTable, reportOf } from './test/reporting/sample-report.ts';
      import { renderReport } from './src/reporting/render.ts';
      const table = deliveryTable(120_000);
      const rows = table.rows.map((row, index) => ({ ...row, vendor: 'Akte 32.4-' + index }));
      const bytes = await renderReport(reportOf({ ...table, listing: true, rows }), 'xlsx', 'de');
      console.log(JSON.stringify({ size: bytes.length, rss: process.resourceUsage().maxRSS / 1024 }));`;
    const options = ['--max-old-space-size=220', '--import', 'tsx', '--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: packageRoot });
    const { size, rss } = JSON.parse(stdout);
    expect(size).toBeGreaterThan(2_000_000);
    expect(rss).toBeLessThan(350);
  }, 60_000);

  it('that would be too long is refused with a way out', async () => {
    const table = deliveryTable(1);
    const rows = Array.from({ length: 1_048_575 }, () => table.rows[0]!);
    await expect(renderReport(reportOf({ ...table, rows }), 'xlsx', 'de')).rejects.toMatchObject({
      code: 'report.too-many-rows',
    });
  });
});

describe('sheet names', () => {
  it('hold no character that Excel forbids, and 31 characters at most', () => {
    expect(sheetNames(["Kosten [brutto]: 1/2*?\\ 'x'"])).toEqual(['Kosten -brutto-- 1-2--- ’x’']);
    expect(sheetNames(['Kosten nach Losen und Haushaltsjahren'])[0]).toBe('Kosten nach Losen und Haushalts');
  });

  it('are never empty, twice, or the one that Excel keeps', () => {
    expect(sheetNames(['', 'Lose', 'lose', 'LOSE', 'History'])).toEqual([
      '-',
      'Lose',
      'lose (2)',
      'LOSE (3)',
      'History (2)',
    ]);
    const long = 'x'.repeat(40);
    expect(sheetNames([long, long])).toEqual(['x'.repeat(31), `${'x'.repeat(27)} (2)`]);
  });

  it('do not cut a character in two', () => {
    expect(sheetNames([`${'x'.repeat(30)}\u{1F4C1}`])[0]).toBe('x'.repeat(30));
  });
});
