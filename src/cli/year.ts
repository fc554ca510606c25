import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';

/** Reads a fiscal year, for options. The standard VAT rates are known from 2007 on. */
export function readYear(raw: string, name: string): number {
  if (/^(20(0[7-9]|[1-9]\d)|21\d\d)$/.test(raw)) return Number(raw);
  throw new UsageError(
    'usage.bad-value',
    text({ de: `${name}: „${raw}“ passt nicht.`, en: `${name}: "${raw}" does not fit.` }),
    text({ de: 'Erwartet: ein Jahr wie 2021.', en: 'Expected: a year such as 2021.' }),
  );
}
