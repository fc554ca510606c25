import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';

/** Reads FIELD=HEADING, for options that name columns. @param isField whether there is a field of that name */
export function readHeading<Field extends string>(isField: (name: string) => name is Field) {
  return (raw: string, option: string): readonly [Field, string] => {
    const equals = raw.indexOf('=');
    const [field, heading] = [raw.slice(0, equals).trim(), raw.slice(equals + 1).trim()];
    if (equals > 0 && heading !== '' && isField(field)) return [field, heading];
    throw new UsageError(
      'usage.bad-value',
      text({ de: `${option}: „${raw}“ passt nicht.`, en: `${option}: "${raw}" does not fit.` }),
      text({
        de: 'Erwartet: FELD=ÜBERSCHRIFT mit einem bekannten Feld.',
        en: 'Expected: FIELD=HEADING with a known field.',
      }),
    );
  };
}
