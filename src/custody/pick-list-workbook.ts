import { Writable } from 'node:stream';
import exceljs from 'exceljs';
import type { Report, ReportTable } from '../reporting/model.ts';
import { addTableSheet } from '../reporting/xlsx-sheet.ts';
import { stampZip } from '../reporting/zip-stamp.ts';
import type { Language } from '../shared/language.ts';

/** A workbook of one sheet, so that the table is found by whoever reads the first sheet. */
export async function renderSheet(report: Report, table: ReportTable, language: Language): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  const collect = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: collect, useStyles: true });
  const at = new Date(report.generatedAt);
  Object.assign(workbook, { title: report.title[language], creator: 'scanlot', created: at, modified: at });
  await addTableSheet(workbook, table.title[language], report, table, language);
  await workbook.commit();
  return stampZip(Buffer.concat(chunks), at);
}
