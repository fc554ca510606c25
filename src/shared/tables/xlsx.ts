import type { CsvLimits } from './csv-rows.ts';
import type { RawTable } from './raw-table.ts';
import { TableError } from './table-error.ts';
import type { TableSource } from './table-source.ts';
import { readWorkbook } from './workbook-parts.ts';
import { readSheet } from './workbook-sheet.ts';
import { openZip, type UnpackLimits } from './zip-parts.ts';

/** Opens a sheet of an XLSX workbook: by its name, compared without case, or the first that is not hidden. @throws TableError */
export async function openWorkbook(
  source: TableSource,
  options: { readonly sheet: string | undefined; readonly limits: CsvLimits & UnpackLimits },
): Promise<RawTable> {
  const zip = await openZip(source, options.limits);
  const workbook = await readWorkbook(zip);
  const sheets = workbook.sheets.map(({ name }) => name);
  const wanted = options.sheet?.normalize('NFC').toLowerCase();
  const sheet =
    wanted === undefined
      ? (workbook.sheets.find(({ hidden }) => !hidden) ?? workbook.sheets[0])
      : workbook.sheets.find(({ name }) => name.normalize('NFC').toLowerCase() === wanted);
  if (!sheet && options.sheet !== undefined) {
    throw new TableError({ code: 'sheet-unknown', args: { sheet: options.sheet, sheets } });
  }
  if (!sheet) {
    throw new TableError({ code: 'workbook-damaged', args: { part: 'xl/workbook.xml', reason: 'no-sheet' } });
  }
  return { form: { sheet: sheet.name, sheets }, rows: readSheet(zip, sheet.part, workbook, options.limits.columns) };
}
