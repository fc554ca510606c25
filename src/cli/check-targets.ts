import { realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { requireWritable } from '../shared/atomic-file.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { type CheckForm, checkForms, formOfFile, textForms } from '../validation/outputs/forms.ts';

/** Where one form of a check goes; null is stdout. */
export interface CheckTarget {
  readonly form: CheckForm;
  readonly file: string | null;
}

/**
 * Settles what is written in which form. The ending of a file's name tells its form; --format does where the ending is
 * another: one for all files, or one each in their order. Without a file the one form goes to stdout.
 * @throws UsageError when a form is missing or does not fit
 */
export function checkTargets(files: readonly string[], forms: readonly CheckForm[]): CheckTarget[] {
  const written = files.length === 0 && forms.length > 0 ? ['-'] : files;
  if (forms.length > 1 && forms.length !== written.length) throw formsDoNotFit(forms.length, written.length);
  const targets = written.map((file, index): CheckTarget => {
    const form = (forms.length === 1 ? forms[0] : forms[index]) ?? formOfFile(file);
    if (!form) throw unknownForm(file);
    return { form, file: file === '-' ? null : file };
  });
  const printed = targets.filter(({ file }) => file === null);
  if (printed.length > 1 || printed.some(({ form }) => !textForms.includes(form))) throw notForStdout();
  const repeated = written.find((file, index) => written.indexOf(file) !== index);
  if (repeated !== undefined) throw writtenTwice(repeated);
  return targets;
}

/**
 * Makes sure, before a long check, that its files can be written, and not into the package: a check changes nothing, and
 * the next one would find files that the vendor has not sent.
 * @param files absolute paths; @param packages absolute paths of folders and zip files
 * @throws UsageError for a file in a package or in its place; ScanlotError where a folder is missing or refuses
 */
export async function requirePlaces(files: readonly string[], packages: readonly string[]): Promise<void> {
  const real = (path: string): Promise<string> => realpath(path).catch(() => path);
  const places = await Promise.all(packages.map(real));
  for (const file of files) {
    await requireWritable(file);
    const place = await real(join(await real(dirname(file)), basename(file)));
    if (places.some((within) => place === within || place.startsWith(`${within}${sep}`))) throw insidePackage(file);
  }
}

function insidePackage(file: string): UsageError {
  return new UsageError(
    'check.output-in-package',
    text({
      de: `${file} liegt im geprüften Paket; eine Prüfung verändert es nicht.`,
      en: `${file} lies in the package that is checked; a check does not change it.`,
    }),
    text({ de: 'Einen Ort außerhalb des Pakets wählen.', en: 'Choose a place outside of the package.' }),
  );
}

function unknownForm(file: string): UsageError {
  return new UsageError(
    'check.unknown-form',
    text({
      de: `Der Name „${file}“ sagt nicht, in welcher Form geschrieben werden soll.`,
      en: `The name "${file}" does not tell the form to write.`,
    }),
    text({
      de: `Mit --format angeben: ${checkForms.join(', ')} – oder eine Endung wie .json, .xlsx, .html wählen.`,
      en: `Name it with --format: ${checkForms.join(', ')} – or choose an ending such as .json, .xlsx, .html.`,
    }),
  );
}

function formsDoNotFit(forms: number, files: number): UsageError {
  return new UsageError(
    'check.forms-and-files',
    text({
      de: `${forms} Formen (--format) und ${files} Dateien (--out) passen nicht zusammen.`,
      en: `${forms} forms (--format) and ${files} files (--out) do not match.`,
    }),
    text({
      de: 'Zu jeder Datei eine Form in derselben Reihenfolge angeben, oder --format weglassen: dann zählt die Endung.',
      en: 'Name one form for each file in the same order, or leave out --format: then the ending counts.',
    }),
  );
}

function notForStdout(): UsageError {
  return new UsageError(
    'check.not-for-stdout',
    text({
      de: 'Auf stdout passt eine einzelne Textform.',
      en: 'Only a single text form goes to stdout.',
    }),
    text({
      de: `Mit --out DATEI in eine Datei schreiben, oder eine von ${textForms.join(', ')} wählen.`,
      en: `Write to a file with --out FILE, or choose one of ${textForms.join(', ')}.`,
    }),
  );
}

function writtenTwice(file: string): UsageError {
  return new UsageError(
    'check.file-twice',
    text({ de: `„${file}“ ist zweimal genannt.`, en: `"${file}" is named twice.` }),
    text({ de: 'Jeder Form eine eigene Datei geben.', en: 'Give each form a file of its own.' }),
  );
}
