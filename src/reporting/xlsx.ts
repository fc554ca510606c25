import { Writable } from 'node:stream';
import exceljs from 'exceljs';
import { UsageError } from '../shared/errors.ts';
import { type Language, text } from '../shared/language.ts';
import type { Report } from './model.ts';
import { sheetNames } from './sheet-names.ts';
import { words } from './words.ts';
import { addOverviewSheet } from './xlsx-overview.ts';
import { addTableSheet } from './xlsx-sheet.ts';
import { stampZip } from './zip-stamp.ts';

/** Rows of a sheet (Excel's limit), less header and totals. */
const mostRows = 1_048_574;

/**
 * The report as a workbook: an overview, then a sheet for each table with real numbers and days, computed columns and
 * totals as live formulas (with the values of the model beside them), filters and print set-up. No macro, no link to the
 * outside. Rows are streamed: memory grows with the compressed file and its distinct texts, not with the cells.
 * @throws UsageError when a table has more rows than a sheet can hold
 */
export async function renderXlsx(report: Report, language: Language): Promise<Uint8Array> {
  for (const table of report.tables) if (table.rows.length > mostRows) throw tooLong(table.title[language]);
  const chunks: Buffer[] = [];
  const collect = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: collect, useStyles: true, useSharedStrings: true });
  describe(workbook, report, language);
  const names = sheetNames([
    words.overview[language],
    ...report.tables.map(({ title, shortTitle }) => (shortTitle ?? title)[language]),
  ]);
  const [overview = '', ...tableSheets] = names;
  addOverviewSheet(workbook, overview, report, tableSheets, language);
  for (const [index, table] of report.tables.entries()) {
    await addTableSheet(workbook, tableSheets[index] ?? '', report, table, language);
  }
  await workbook.commit();
  return stampZip(Buffer.concat(chunks), new Date(report.generatedAt));
}

function describe(workbook: exceljs.stream.xlsx.WorkbookWriter, report: Report, language: Language): void {
  const at = new Date(report.generatedAt);
  Object.assign(workbook, { title: report.title[language], creator: 'scanlot', lastModifiedBy: 'scanlot' });
  Object.assign(workbook, { created: at, modified: at, language });
}

function tooLong(title: string): UsageError {
  return new UsageError(
    'report.too-many-rows',
    text({
      de: (format) => `Die Tabelle „${title}“ hat mehr als ${format.number(mostRows)} Zeilen: mehr fasst kein Blatt.`,
      en: (format) => `The table "${title}" has more than ${format.number(mostRows)} rows: no sheet holds more.`,
    }),
    text({ de: 'CSV oder JSON ausgeben lassen.', en: 'Take CSV or JSON.' }),
  );
}
