import { UsageError } from '../shared/errors.ts';
import { type Language, text, verbatim } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Report, ReportTable } from './model.ts';

export const reportFormats = ['xlsx', 'pdf', 'html', 'csv', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface RenderOptions {
  /** Key of the table that CSV shall give; a CSV file holds one. Default: the report's first. */
  readonly table?: string;
}

/**
 * Renders a report; every format shows the same figures. The libraries are loaded only when a format needs them.
 * @returns the bytes of the file
 * @throws UsageError for a table the report does not have, or one too long for a sheet
 */
export async function renderReport(
  report: Report,
  format: ReportFormat,
  language: Language,
  options: RenderOptions = {},
): Promise<Uint8Array> {
  if (options.table !== undefined && format !== 'csv') throw tableNotAsked(format);
  switch (format) {
    case 'xlsx':
      return (await import('./xlsx.ts')).renderXlsx(report, language);
    case 'pdf':
      return (await import('./pdf.ts')).renderPdf(report, language);
    case 'html':
      return Buffer.from((await import('./html.ts')).renderHtml(report, language), 'utf8');
    case 'csv':
      return Buffer.from((await import('./csv.ts')).renderCsv(tableOf(report, options.table), language), 'utf8');
    case 'json':
      return Buffer.from((await import('./json.ts')).renderJson(report, language), 'utf8');
  }
}

/**
 * Renders a report to a file, which is there as a whole or not at all.
 * @throws UsageError as `renderReport`; ScanlotError with exit code 13 when the file cannot be written
 */
export async function writeReport(
  path: string,
  report: Report,
  format: ReportFormat,
  language: Language,
  options: RenderOptions = {},
): Promise<void> {
  const [bytes, { writeFileAtomically }] = [
    await renderReport(report, format, language, options),
    await import('../shared/atomic-file.ts'),
  ];
  await writeFileAtomically(path, bytes);
}

function tableOf(report: Report, key: string | undefined): ReportTable {
  const table = key === undefined ? report.tables[0] : report.tables.find((one) => one.key === key);
  if (table) return table;
  if (key === undefined) throw new TypeError(`report "${report.name}" has no table`);
  const known = report.tables.map((one) => one.key);
  throw new UsageError(
    'report.unknown-table',
    text({
      de: `Der Bericht „${report.title.de}“ hat keine Tabelle „${key}“.`,
      en: `The report "${report.title.en}" has no table "${key}".`,
    }),
    didYouMean(key, known),
    known.map((one) => verbatim(one)),
  );
}

function tableNotAsked(format: ReportFormat): UsageError {
  return new UsageError(
    'report.table-only-for-csv',
    text({
      de: `Eine Tabelle wird nur für CSV ausgewählt; ${format} enthält alle Tabellen.`,
      en: `A table is chosen for CSV only; ${format} holds all tables.`,
    }),
    text({ de: 'Die Angabe der Tabelle weglassen oder CSV wählen.', en: 'Leave the table out, or choose CSV.' }),
  );
}
