import { writeFileAtomically, writePieces } from '../../shared/atomic-file.ts';
import type { CheckReport } from './report.ts';

/** The forms in which a check can be written, and the endings of file names that ask for them. */
const endings = {
  json: ['.json'],
  jsonl: ['.jsonl', '.ndjson'],
  csv: ['.csv'],
  xlsx: ['.xlsx'],
  html: ['.html', '.htm'],
  junit: ['.xml'],
  sarif: ['.sarif', '.sarif.json'],
  docx: ['.docx'],
  pdf: ['.pdf'],
} as const satisfies Record<string, readonly string[]>;

export type CheckForm = keyof typeof endings;
export const checkForms = Object.keys(endings) as readonly CheckForm[];

/** Forms that are text, and can go to stdout. */
export const textForms: readonly CheckForm[] = ['json', 'jsonl', 'csv', 'html', 'junit', 'sarif'];

/** The form that the name of a file asks for: the longest ending that fits; undefined when none does. */
export function formOfFile(name: string): CheckForm | undefined {
  const lower = name.toLowerCase();
  const fitting = checkForms.flatMap((form) =>
    endings[form].filter((ending) => lower.endsWith(ending)).map((ending) => [form, ending.length] as const),
  );
  return fitting.sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** The text of a check, piece by piece. @throws TypeError for forms that are no text */
export async function renderCheck(report: CheckReport, form: CheckForm): Promise<Iterable<string>> {
  switch (form) {
    case 'json':
      return (await import('../result.ts')).renderResult(report);
    case 'jsonl':
      return (await import('./json-lines.ts')).renderJsonLines(report);
    case 'csv':
      return (await import('./csv.ts')).renderCheckCsv(report);
    case 'html':
      return (await import('./html.ts')).renderCheckHtml(report);
    case 'junit':
      return (await import('./junit.ts')).renderJUnit(report);
    case 'sarif':
      return (await import('./sarif.ts')).renderSarif(report);
    default:
      throw new TypeError(`${form} is no text`);
  }
}

/**
 * Writes a check to a file, which is there as a whole or not at all. However many findings and items there are, only a
 * small part of the output is in memory.
 * @throws ScanlotError with exit code 13 when the file cannot be written
 */
export async function writeCheck(report: CheckReport, form: CheckForm, path: string): Promise<void> {
  await writeFileAtomically(path, async (temporary) => {
    switch (form) {
      case 'xlsx':
        return (await import('./xlsx.ts')).writeCheckXlsx(report, temporary);
      case 'docx':
        return (await import('../../reporting/document/docx.ts')).writeDocx(await documentOf(report), temporary);
      case 'pdf':
        return (await import('../../reporting/document/pdf.ts')).writePdf(await documentOf(report), temporary);
      default:
        await writePieces(await renderCheck(report, form), temporary);
    }
  });
}

async function documentOf(report: CheckReport) {
  return (await import('./defect-document.ts')).defectDocument(report);
}
