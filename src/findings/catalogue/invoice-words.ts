import { formats } from '../../shared/format.ts';
import type { Language } from '../../shared/language.ts';

/** A decimal string in the reader's form, with as many decimals as it has. */
export function decimal(value: string, language: Language): string {
  const number = Number(value);
  const decimals = value.split('.')[1]?.length ?? 0;
  return Number.isFinite(number) && Math.abs(number) < 1e13 ? formats[language].number(number, decimals) : value;
}

/** An ISO date in the reader's form. */
export function day(date: string, language: Language): string {
  return formats[language].date(date as Parameters<(typeof formats)['de']['date']>[0]);
}

export const returnIt = {
  de: 'Nicht freigeben; die Rechnung zurückgeben (scanlot invoice reject).',
  en: 'Do not approve; return the invoice (scanlot invoice reject).',
};
