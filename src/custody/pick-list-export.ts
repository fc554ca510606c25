import type { Report, ReportTable } from '../reporting/model.ts';
import type { PickList } from '../reporting/pick-list.ts';
import { type CalendarDate, localDate } from '../shared/dates.ts';
import { groupBy } from '../shared/group-by.ts';
import { type Language, text, verbatim } from '../shared/language.ts';
import type { Batch, ListedFileRow } from './store.ts';

export const pickListFormats = ['pdf', 'xlsx', 'csv'] as const;
export type PickListFormat = (typeof pickListFormats)[number];

export interface PickListForm {
  readonly format: PickListFormat;
  readonly language: Language;
  /** The time that a workbook carries, and the day on a list that is printed before the hand-over. */
  readonly at: Date;
}

/**
 * The pick list of a batch. PDF: to print, tick off and sign, with barcodes. CSV and XLSX: one table with the columns of
 * the import; it can be read again as it is, and the vendor can work on it. Texts that a spreadsheet would take for
 * formulas are guarded.
 */
export async function renderPickList(
  batch: Batch,
  files: readonly ListedFileRow[],
  { format, language, at }: PickListForm,
): Promise<Uint8Array> {
  const table = pickListTable(files);
  switch (format) {
    case 'pdf':
      return (await import('../reporting/pick-list.ts')).renderPickListPdf(printedList(batch, files, language, at));
    case 'xlsx':
      return (await import('./pick-list-workbook.ts')).renderSheet(pickListReport(batch, table, at), table, language);
    case 'csv':
      return Buffer.from((await import('../reporting/csv.ts')).renderCsv(table, language), 'utf8');
  }
}

function printedList(batch: Batch, files: readonly ListedFileRow[], language: Language, at: Date): PickList {
  const boxes = groupBy(files, ({ box }) => box ?? '');
  return {
    title: text({ de: `Abholliste ${batch.key}`, en: `Pick list ${batch.key}` })[language],
    contract: batch.lot.contract,
    lot: `${batch.lot.key}, ${batch.lot.department}`,
    batch: batch.key,
    vendor: batch.lot.vendor,
    date: batch.handed_over_on ?? localDate(at),
    boxes: [...boxes].map(([barcode, content]) => ({
      barcode,
      files: content.map(({ reference, volume, title, expected_sheets }) => ({
        reference,
        volume,
        title,
        expectedSheets: expected_sheets,
      })),
    })),
    language,
  };
}

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
