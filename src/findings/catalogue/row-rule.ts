import { type Text, text, verbatim } from '../../shared/language.ts';

/** What a row schema demands at one place: a keyword of JSON Schema and its value. */
export interface RowRule {
  readonly rule: string;
  readonly limit: string;
}

const formats: Readonly<Record<string, Text>> = {
  'german-date': text({ de: 'ein Datum (TT.MM.JJJJ oder JJJJ-MM-TT)', en: 'a date (DD.MM.YYYY or YYYY-MM-DD)' }),
  date: text({ de: 'ein Datum (JJJJ-MM-TT)', en: 'a date (YYYY-MM-DD)' }),
  count: text({ de: 'eine ganze Zahl ab 0', en: 'a whole number from 0' }),
  decimal: text({ de: 'eine Zahl, etwa 1.234,50', en: 'a number, for example 1.234,50' }),
  'yes-no': text({ de: 'ja oder nein', en: 'yes or no (ja, nein)' }),
  integer: text({ de: 'eine ganze Zahl', en: 'a whole number' }),
  'any-date': text({ de: 'ein Datum (TT.MM.JJJJ oder JJJJ-MM-TT)', en: 'a date (DD.MM.YYYY or YYYY-MM-DD)' }),
  'iso-date-time': text({ de: 'ein Zeitpunkt (JJJJ-MM-TTThh:mm:ss)', en: 'an instant (YYYY-MM-DDThh:mm:ss)' }),
  iban: text({ de: 'eine IBAN mit richtiger Prüfziffer', en: 'an IBAN with right check digits' }),
  'leitweg-id': text({ de: 'eine Leitweg-ID mit richtiger Prüfziffer', en: 'a Leitweg-ID with right check digits' }),
  uuid: text({ de: 'eine UUID', en: 'a UUID' }),
  uri: text({ de: 'eine vollständige Adresse (URI)', en: 'an absolute URI' }),
  email: text({ de: 'eine E-Mail-Adresse', en: 'an e-mail address' }),
  'file-reference': text({ de: 'ein Aktenzeichen', en: 'a file reference' }),
};

const rules: Readonly<Record<string, (limit: string) => Text>> = {
  required: () => text({ de: 'eine Angabe ist Pflicht', en: 'a value is required' }),
  format: (limit) => {
    const kind = formats[limit] ?? verbatim(limit);
    return text({ de: `erwartet wird ${kind.de}`, en: `expected is ${kind.en}` });
  },
  pattern: (limit) => text({ de: `erwartet wird das Muster ${limit}`, en: `expected is the pattern ${limit}` }),
  enum: (limit) => text({ de: `erlaubt ist nur ${limit}`, en: `allowed is only ${limit}` }),
  const: (limit) => text({ de: `erlaubt ist nur ${limit}`, en: `allowed is only ${limit}` }),
  minLength: (limit) => text({ de: `mindestens ${limit} Zeichen`, en: `at least ${limit} characters` }),
  maxLength: (limit) => text({ de: `höchstens ${limit} Zeichen`, en: `at most ${limit} characters` }),
  additionalProperties: () => text({ de: 'eine Angabe ist hier nicht vorgesehen', en: 'no value is foreseen here' }),
  dependentRequired: () => text({ de: 'eine Angabe ist hier Pflicht', en: 'a value is required here' }),
};

/** The rule in words; a keyword without words of its own is named as it stands in the schema. */
export function describeRule({ rule, limit }: RowRule): Text {
  const words = rules[rule];
  if (words) return words(limit);
  return text({ de: `Regel „${rule}“ ${limit} ist verletzt`, en: `rule "${rule}" ${limit} is broken` });
}
