import type { Report, ReportTable } from '../reporting/model.ts';
import { type CalendarDate, localDate } from '../shared/dates.ts';
import { type Language, text, verbatim } from '../shared/language.ts';
import type { Batch, ListedFileRow } from './store.ts';

/** The pick list as a table: the headings are those by which the import knows its columns again, in both languages. */
function pickListTable(files: readonly ListedFileRow[]): ReportTable {
  return {
    key: 'files',
    title: text({ de: 'Abholliste', en: 'Pick list' }),
    columns: [
      { key: 'reference', title: text({ de: 'Aktenzeichen', en: 'File reference' }), type: 'text' },
      { key: 'volume', title: text({ de: 'Band', en: 'Volume' }), type: 'text' },
      { key: 'box', title: text({ de: 'Karton', en: 'Box' }), type: 'text' },
      { key: 'sheets', title: text({ de: 'Blatt', en: 'Sheets' }), type: 'count' },
      { key: 'title', title: text({ de: 'Betreff', en: 'Subject' }), type: 'text' },
    ],
    rows: files.map((file) => ({
      reference: file.reference,
      volume: file.volume,
      box: file.box,
      sheets: file.expected_sheets,
      title: file.title,
    })),
    totals: false,
    listing: true,
  };
}

/**
 * The pick list of a batch as CSV or XLSX, one table with the columns of the import: it can be read again as it is, and
 * the vendor can work on it. Texts that a spreadsheet would take for formulas are guarded.
 * @param at the time that the workbook carries
 */
export async function renderPickListTable(
  batch: Batch,
  files: readonly ListedFileRow[],
  form: { readonly format: 'csv' | 'xlsx'; readonly language: Language; readonly at: Date },
): Promise<Uint8Array> {
  const table = pickListTable(files);
  if (form.format === 'csv') {
    const { renderCsv } = await import('../reporting/csv.ts');
    return Buffer.from(renderCsv(table, form.language), 'utf8');
  }
  const { renderSheet } = await import('./pick-list-workbook.ts');
  return renderSheet(pickListReport(batch, table, form.at), table, form.language);
}

function pickListReport(batch: Batch, table: ReportTable, at: Date): Report {
  const asOf: CalendarDate = batch.handed_over_on ?? localDate(at);
  return {
    name: 'pick-list',
    title: text({ de: `Charge ${batch.key}`, en: `Batch ${batch.key}` }),
    asOf,
    source: verbatim(batch.order.number),
    generatedAt: at.toISOString(),
    facts: [],
    tables: [table],
    charts: [],
    notes: [],
  };
}
