import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';

/** The form that a file's name tells by its end. @throws UsageError of the code given */
export function formOfName<Form extends string>(
  file: string,
  forms: readonly Form[],
  code = 'invoice.unknown-form',
): Form {
  const form = forms.find((one) => file.toLowerCase().endsWith(`.${one}`));
  if (form) return form;
  const options = forms.map((one) => `--format ${one}`);
  throw new UsageError(
    code,
    text({
      de: `Der Name „${file}“ sagt nicht, in welcher Form geschrieben werden soll.`,
      en: `The name "${file}" does not tell the form to write.`,
    }),
    text({ de: `Mit ${options.join(' oder ')} angeben.`, en: `Name it with ${options.join(' or ')}.` }),
  );
}
