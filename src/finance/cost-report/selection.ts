import { UsageError } from '../../shared/errors.ts';
import { type Text, text, verbatim } from '../../shared/language.ts';
import { didYouMean } from '../../shared/suggest.ts';
import type { Selection } from './costs.ts';

/** What was chosen, as the line below the title. */
export function subtitleOf({ year, lot, department, from, to }: Selection): Text | undefined {
  const parts = [
    ...(year === undefined ? [] : [text({ de: `Haushaltsjahr ${year}`, en: `fiscal year ${year}` })]),
    ...(lot === undefined ? [] : [text({ de: `Los ${lot.key} ${lot.title}`, en: `lot ${lot.key} ${lot.title}` })]),
    ...(department === undefined ? [] : [verbatim(department)]),
    ...(from === undefined ? [] : [text({ de: (f) => `ab ${f.date(from)}`, en: (f) => `from ${f.date(from)}` })]),
    ...(to === undefined ? [] : [text({ de: (f) => `bis ${f.date(to)}`, en: (f) => `up to ${f.date(to)}` })]),
  ];
  if (parts.length === 0) return undefined;
  return { de: parts.map(({ de }) => de).join(' · '), en: parts.map(({ en }) => en).join(' · ') };
}

/** @throws UsageError for a year that the books do not know */
export function knownYear(year: number, years: readonly number[]): number {
  if (years.includes(year)) return year;
  throw new UsageError(
    'report.unknown-year',
    text({
      de: `Zum Haushaltsjahr ${year} ist nichts erfasst: kein Ansatz, kein Abruf, keine Abnahme.`,
      en: `Nothing is recorded for the fiscal year ${year}: no budget, no call-off, no acceptance.`,
    }),
    years.length === 0
      ? text({ de: 'Zuerst: scanlot budget import', en: 'First: scanlot budget import' })
      : text({ de: `Erfasst sind: ${years.join(', ')}`, en: `Recorded are: ${years.join(', ')}` }),
  );
}

/** The department as the books write it. @throws UsageError when they do not know it */
export function knownDepartment(name: string, departments: readonly string[]): string {
  const wanted = name.normalize('NFC').toLowerCase();
  const found = departments.find((department) => department.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new UsageError(
    'department.unknown',
    text({ de: `Das Amt „${name}“ kommt nirgends vor.`, en: `There is no department "${name}".` }),
    didYouMean(name, departments),
  );
}
