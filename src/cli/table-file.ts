import { basename, join } from 'node:path';
import type { Report } from '../reporting/model.ts';
import { type ReportFormat, renderReport } from '../reporting/render.ts';
import { UsageError } from '../shared/errors.ts';
import { text, verbatim } from '../shared/language.ts';
import type { WorkspaceContext } from './command.ts';
import { readHeading } from './headings.ts';
import { choice, repeated, value } from './options.ts';

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
export async function writeTable({ workspace, language, path }: WorkspaceContext, report: Report, target: Target) {
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

function notForStdout(): UsageError {
  return new UsageError(
    'report.not-for-stdout',
    text({ de: 'Auf stdout passt nur CSV.', en: 'Only CSV goes to stdout.' }),
    text({ de: 'Mit --out eine Datei nennen.', en: 'Name a file with --out.' }),
    [verbatim('--format csv --out -')],
  );
}
