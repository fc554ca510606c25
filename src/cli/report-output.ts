import type { WorkspaceReport } from '../finance/reports.ts';
import { renderReport, reportFormats } from '../reporting/render.ts';
import { UsageError } from '../shared/errors.ts';
import { type Language, text } from '../shared/language.ts';
import type { WorkspaceConfig } from '../storage/workspace-config.ts';

/** The formats that reports can be written in; DOCX where they have a letter. */
export const outputFormats = [...reportFormats, 'docx'] as const;
export type OutputFormat = (typeof outputFormats)[number];

interface OutputOptions {
  readonly format: OutputFormat;
  readonly table: string | undefined;
  readonly language: Language;
  readonly config: WorkspaceConfig;
  /** What fills the blanks of a letter's template. */
  readonly blanks: ReadonlyMap<string, string>;
}

/** Renders a report in one format. @throws UsageError for a DOCX of a report without a letter, or a faulty template */
export async function renderOutput(built: WorkspaceReport, options: OutputOptions): Promise<Uint8Array> {
  const { format, table, language, config, blanks } = options;
  const { report, letter } = built;
  if (letter !== undefined && (format === 'pdf' || format === 'docx')) {
    const { renderLetter } = await import('../reporting/letter/render-letter.ts');
    return renderLetter(report, letter, { format, language, config, blanks });
  }
  if (format === 'docx') throw noLetter(report.name);
  return renderReport(report, format, language, table !== undefined && format === 'csv' ? { table } : {});
}

function noLetter(name: string): UsageError {
  return new UsageError(
    'report.no-letter',
    text({
      de: `Der Bericht „${name}“ hat keine Vorlage für DOCX.`,
      en: `The report "${name}" has no template for DOCX.`,
    }),
    text({
      de: 'Ein anderes Format wählen, oder in einer eigenen Definition unter „letter“ eine Vorlage nennen.',
      en: 'Choose another format, or name a template under "letter" in a definition of your own.',
    }),
  );
}
