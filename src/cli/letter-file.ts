import type { WrittenDocument } from '../reporting/document/model.ts';
import { writeFileAtomically } from '../shared/atomic-file.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { CommandContext } from './command.ts';
import { choice, requiredValue } from './options.ts';

const forms = ['docx', 'pdf'] as const;
export type LetterForm = (typeof forms)[number];

/** Options of commands that write a letter to the vendor. */
export const letterOptions = {
  out: requiredValue('FILE', text({ de: 'Zieldatei (.docx, .pdf)', en: 'target file (.docx, .pdf)' })),
  format: choice(forms, text({ de: 'Form, wo die Endung sie nicht sagt', en: 'form, where the ending does not tell' })),
} as const;

export interface LetterTarget {
  readonly out: string;
  readonly format: LetterForm | undefined;
}

/** The form asked for, else that of the file's name. @throws UsageError notice.unknown-form */
export function letterForm({ out, format }: LetterTarget): LetterForm {
  const form = format ?? forms.find((one) => out.toLowerCase().endsWith(`.${one}`));
  if (form) return form;
  throw new UsageError(
    'notice.unknown-form',
    text({
      de: `Der Name „${out}“ sagt nicht, in welcher Form geschrieben werden soll.`,
      en: `The name "${out}" does not tell the form to write.`,
    }),
    text({ de: 'Mit --format docx oder --format pdf angeben.', en: 'Name it with --format docx or --format pdf.' }),
  );
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
