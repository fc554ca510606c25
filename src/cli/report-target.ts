import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportRequest } from '../finance/reports.ts';
import type { Report } from '../reporting/model.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { OutputFormat } from './report-output.ts';

/** Where one format of a report goes; null is stdout. */
export interface ReportTarget {
  readonly format: OutputFormat;
  readonly file: string | null;
}

interface Wanted {
  readonly report: Report;
  readonly formats: readonly OutputFormat[];
  readonly table: string | undefined;
  readonly request: ReportRequest;
  /** The workspace's folder for outputs. */
  readonly outputs: string;
  /** Absolute path of a file or an existing folder, "-", or nothing. */
  readonly out: string | undefined;
}

const textFormats: readonly OutputFormat[] = ['html', 'csv', 'json'];

/** Settles the files to write. @throws UsageError when they cannot go there, or a table is named without CSV */
export function reportTargets({ report, formats, table, request, outputs, out }: Wanted): ReportTarget[] {
  if (table !== undefined && !formats.includes('csv')) throw tableWithoutCsv();
  const inFolder = (folder: string) =>
    formats.map((format) => ({ format, file: join(folder, fileName(report, format, table, request)) }));
  if (out === undefined) return inFolder(outputs);
  const [format, ...others] = formats;
  if (out === '-') {
    if (format === undefined || others.length > 0 || !textFormats.includes(format)) throw notForStdout();
    return [{ format, file: null }];
  }
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory()) return inFolder(out);
  if (format === undefined || others.length > 0) throw oneFile();
  return [{ format, file: out }];
}

/** "cost-against-budget-2021-03-01-year-2021-lot-L1.xlsx": no other selection takes its name. */
function fileName(report: Report, format: OutputFormat, table: string | undefined, request: ReportRequest): string {
  const { year, lot, department, from, to } = request;
  const parts = [
    report.name,
    report.asOf,
    ...(year === undefined ? [] : ['year', String(year)]),
    ...(lot === undefined ? [] : ['lot', lot]),
    ...(department === undefined ? [] : [department]),
    ...(from === undefined ? [] : ['from', from]),
    ...(to === undefined ? [] : ['to', to]),
    ...(format === 'csv' && table !== undefined ? [table] : []),
  ];
  return `${parts.map(plain).join('-')}.${format}`;
}

/** Letters, digits, full stop and hyphen: a file name everywhere. */
function plain(part: string): string {
  return part.normalize('NFC').replace(/[^\p{L}\p{N}.-]+/gu, '_');
}

function tableWithoutCsv(): UsageError {
  return new UsageError(
    'report.table-only-for-csv',
    text({
      de: '--table wählt die Tabelle für CSV; die anderen Formate enthalten alle Tabellen.',
      en: '--table chooses the table for CSV; the other formats hold all tables.',
    }),
    text({ de: '--format csv dazu angeben, oder --table weglassen.', en: 'Add --format csv, or leave out --table.' }),
  );
}

function notForStdout(): UsageError {
  return new UsageError(
    'report.not-for-stdout',
    text({
      de: 'Auf stdout passt ein einzelnes Textformat.',
      en: 'Only a single text format goes to stdout.',
    }),
    text({
      de: `Mit --out - eines wählen: ${textFormats.map((format) => `--format ${format}`).join(', ')}.`,
      en: `With --out - choose one: ${textFormats.map((format) => `--format ${format}`).join(', ')}.`,
    }),
  );
}

function oneFile(): UsageError {
  return new UsageError(
    'report.one-file',
    text({ de: 'Mehrere Formate passen nicht in eine Datei.', en: 'Several formats do not fit into one file.' }),
    text({
      de: 'Mit --out einen vorhandenen Ordner nennen, oder --out weglassen.',
      en: 'Name an existing folder with --out, or leave out --out.',
    }),
  );
}
