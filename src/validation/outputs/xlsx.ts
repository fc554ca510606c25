import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import exceljs from 'exceljs';
import { text } from '../../shared/language.ts';
import type { CheckReport } from './report.ts';
import { findingColumns, itemColumns } from './xlsx-columns.ts';
import { addSheets } from './xlsx-sheet.ts';
import { addSummary } from './xlsx-summary.ts';

/**
 * The result as a workbook, written row by row to a file: a summary with the books and the groups of findings, all
 * findings, and every item with its facts (rows of manifests and files that none names, each once). Numbers are numbers,
 * texts are never formulas.
 */
export async function writeCheckXlsx(report: CheckReport, path: string): Promise<void> {
  const file = createWriteStream(path);
  const written = writeWorkbook(report, file);
  // What waits for a file that cannot be written would wait for ever.
  await Promise.race([written, failureOf(file)]);
}

async function failureOf(file: Writable): Promise<never> {
  const [error] = await once(file, 'error');
  throw error;
}

async function writeWorkbook(report: CheckReport, stream: Writable): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  const at = new Date(report.check.finishedAt);
  Object.assign(workbook, { creator: 'scanlot', lastModifiedBy: 'scanlot', created: at, modified: at });
  addSummary(workbook, report);
  await addSheets(workbook, report, text({ de: 'Befunde', en: 'Findings' }), findingColumns, report.findings);
  await addSheets(workbook, report, text({ de: 'Dateien', en: 'Files' }), itemColumns, report.check.items);
  await workbook.commit();
}
