import { basename, join } from 'node:path';
import type { Report } from '../reporting/model.ts';
import { type ReportFormat, renderReport } from '../reporting/render.ts';
import { UsageError } from '../shared/errors.ts';
import { type Language, type Text, text, verbatim } from '../shared/language.ts';
import type { WorkspaceContext } from './command.ts';
import { readHeading } from './headings.ts';
import { choice, repeated, value } from './options.ts';
import type { Printer } from './printer.ts';

/** Options of commands that write one table for another system. */
export const tableOptions = {
  format: choice(['csv', 'xlsx'], text({ de: 'Format (sonst csv)', en: 'format (default: csv)' })),
  out: value('FILE', text({ de: 'Zieldatei; „-“ für stdout (csv)', en: 'target file; "-" for stdout (csv)' })),
  column: repeated(
    'FIELD=HEADING',
    text({
      de: 'Spalte mit ihrer Überschrift, mehrfach und in dieser Reihenfolge',
      en: 'a column with its heading, repeatable, in this order',
    }),
    readHeading((name): name is string => /^[A-Za-z][A-Za-z0-9]*$/.test(name)),
  ),
} as const;

interface Target {
  readonly format: 'csv' | 'xlsx' | undefined;
  /** As typed. */
  readonly out: string | undefined;
}

/** Writes the report's one table. @returns what is told: the absolute path, or null for stdout, with bytes and text */
async function writeTable({ workspace, language, path }: WorkspaceContext, report: Report, target: Target) {
  const format: ReportFormat = target.format ?? (target.out?.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv');
  if (target.out === '-' && format !== 'csv') throw notForStdout();
  const bytes = await renderReport(report, format, language);
  if (target.out === '-') return { format, file: null, content: Buffer.from(bytes).toString('utf8') };
  const named = `${report.name}-${report.asOf}.${format}`;
  const file = target.out === undefined ? join(workspace.paths.outputs, basename(named)) : path(target.out);
  const { writeFileAtomically } = await import('../shared/atomic-file.ts');
  await writeFileAtomically(file, bytes);
  return { format, file, content: null };
}

/** Writes the report's one table, and tells how many rows of what are in it. */
export async function tableOutcome(context: WorkspaceContext, report: Report, target: Target, rowsName: Text) {
  const rows = report.tables[0]?.rows.length ?? 0;
  const written = await writeTable(context, report, target);
  const told = (language: Language) => `${rows} ${rowsName[language]}: ${written.file}`;
  return {
    data: { ...written, rows },
    render: (printer: Printer) => {
      if (written.file === null) context.io.stdout.write(written.content);
      else printer.line(text({ de: told('de'), en: told('en') }), 'good');
    },
  };
}

function notForStdout(): UsageError {
  return new UsageError(
    'report.not-for-stdout',
    text({ de: 'Auf stdout passt nur CSV.', en: 'Only CSV goes to stdout.' }),
    text({ de: 'Mit --out eine Datei nennen.', en: 'Name a file with --out.' }),
    [verbatim('--format csv --out -')],
  );
}
