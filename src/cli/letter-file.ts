import type { WrittenDocument } from '../reporting/document/model.ts';
import { writeFileAtomically } from '../shared/atomic-file.ts';
import { text } from '../shared/language.ts';
import type { CommandContext } from './command.ts';
import { formOfName } from './form-of-name.ts';
import { choice, readDate, requiredValue, value } from './options.ts';

const forms = ['docx', 'pdf'] as const;
export type LetterForm = (typeof forms)[number];

/** Options of commands that write a letter to the vendor. */
export const letterOptions = {
  out: requiredValue('FILE', text({ de: 'Zieldatei (.docx, .pdf)', en: 'target file (.docx, .pdf)' })),
  format: choice(forms, text({ de: 'Form, wo die Endung sie nicht sagt', en: 'form, where the ending does not tell' })),
} as const;

/** Of a letter. */
export const letterDate = value(
  'DATE',
  text({ de: 'Datum des Schreibens (sonst heute)', en: 'date of the letter (default: today)' }),
  readDate,
);

/** Of complaints and of letters about defects. */
export const cureDeadline = value(
  'DATE',
  text({ de: 'Frist, statt der aus den Abnahmebedingungen', en: 'deadline in place of the one by the terms' }),
  readDate,
);

export interface LetterTarget {
  readonly out: string;
  readonly format: LetterForm | undefined;
}

/** The form asked for, else that of the file's name. @throws UsageError notice.unknown-form */
export function letterForm({ out, format }: LetterTarget): LetterForm {
  return format ?? formOfName(out, forms, 'notice.unknown-form');
}

/** @returns absolute path of the letter */
export async function writeLetter(
  context: CommandContext,
  document: WrittenDocument,
  form: LetterForm,
  { out }: LetterTarget,
): Promise<string> {
  const file = context.path(out);
  await writeFileAtomically(file, async (temporary) => {
    if (form === 'docx') await (await import('../reporting/document/docx.ts')).writeDocx(document, temporary);
    else await (await import('../reporting/document/pdf.ts')).writePdf(document, temporary);
  });
  return file;
}
