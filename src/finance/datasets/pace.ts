import { proportion } from '../../reporting/ratio.ts';
import { addDays, addMonths, type CalendarDate, daysBetween } from '../../shared/dates.ts';
import { type Text, text } from '../../shared/language.ts';
import type { AcceptedService } from '../accepted.ts';
import type { ReportBooks } from '../report-books.ts';

/** So much in so many days. */
export interface Rate {
  readonly amount: number;
  readonly days: number;
}

/** How fast something has gone, and may go on. */
export interface Pace {
  /** In a month of 30.4375 days. */
  readonly monthly: number;
  readonly rates: {
    /** The slowest and the fastest quarter of the time looked at, and the mean of all of it. */
    readonly low: Rate;
    readonly expected: Rate;
    readonly high: Rate;
  };
}

const monthsLookedAt = 12;
const monthsOfQuarter = 3;
const standing: Rate = { amount: 0, days: 1 };
const latest = '2199-12-31';

/**
 * The pace of the last twelve months, less where the contract is younger. Opening balances are left out: their day is not
 * when the work was done.
 * @param amount of a service: pages, cents
 * @param startsOn the first day that work could be done
 */
export function paceOf(
  services: readonly AcceptedService[],
  amount: (service: AcceptedService) => number,
  today: CalendarDate,
  startsOn?: CalendarDate,
): Pace {
  const performed = services.filter(({ kind, performedOn }) => kind === 'acceptance' && performedOn <= today);
  const from = windowStart(performed, today, startsOn);
  const within = performed.filter(({ performedOn }) => performedOn > from);
  const rate = (after: CalendarDate, until: CalendarDate): Rate => ({
    amount: within
      .filter(({ performedOn }) => after < performedOn && performedOn <= until)
      .reduce((sum, service) => sum + amount(service), 0),
    days: Math.max(1, daysBetween(after, until)),
  });
  if (within.length === 0) return { monthly: 0, rates: { low: standing, expected: standing, high: standing } };
  const expected = rate(from, today);
  const quarters = quartersOf(from, today).map(([after, until]) => rate(after, until));
  const bySpeed = [...quarters, expected].sort((a, b) => a.amount * b.days - b.amount * a.days);
  return {
    monthly: proportion(expected.amount, 304_375, expected.days * 10_000),
    rates: { low: bySpeed[0] ?? expected, expected, high: bySpeed.at(-1) ?? expected },
  };
}

/** The end of the day before the time looked at: twelve months ago, the day before the contract or the first work began. */
function windowStart(
  performed: readonly AcceptedService[],
  today: CalendarDate,
  startsOn: CalendarDate | undefined,
): CalendarDate {
  const yearAgo = addMonths(today, -monthsLookedAt);
  const first = performed.map(({ performedOn }) => performedOn).sort()[0];
  // Work began before its first result; three months are what a first lorry load takes.
  const began = first === undefined ? yearAgo : addMonths(first, -monthsOfQuarter);
  const contract = startsOn === undefined ? yearAgo : addDays(startsOn, -1);
  return [yearAgo, began, contract].sort().at(-1) ?? yearAgo;
}

/** Whole quarters back from today. */
function quartersOf(from: CalendarDate, today: CalendarDate): [CalendarDate, CalendarDate][] {
  const quarters: [CalendarDate, CalendarDate][] = [];
  for (let back = 0; back < monthsLookedAt; back += monthsOfQuarter) {
    const [after, until] = [addMonths(today, -back - monthsOfQuarter), addMonths(today, -back)];
    if (after >= from) quarters.push([after, until]);
  }
  return quarters;
}

/** The day on which `rest` more will have been done at the expected pace; null when never. */
export function dayOfReaching({ rates: { expected } }: Pace, rest: number, today: CalendarDate): CalendarDate | null {
  if (expected.amount <= 0) return null;
  const days = Number((BigInt(rest) * BigInt(expected.days) + BigInt(expected.amount) - 1n) / BigInt(expected.amount));
  return days > daysBetween(today, latest as CalendarDate) ? null : addDays(today, days);
}

/** The assumptions behind every forecast. */
export function speedNotes({ today }: Pick<ReportBooks, 'today'>): Text[] {
  return [
    text({
      de: (f) =>
        `Annahme Tempo: Mittel der Abnahmen in den zwölf Monaten bis ${f.date(today)}; kürzer, wenn der Vertrag jünger ist oder die erste Abnahme weniger als neun Monate zurückliegt (dann ab drei Monaten vor ihr). Anfangsbestände zählen nicht zum Tempo.`,
      en: (f) =>
        `Assumption on pace: the mean of acceptances in the twelve months up to ${f.date(today)}; less where the contract is younger or the first acceptance less than nine months ago (then from three months before it). Opening balances do not count for the pace.`,
    }),
    text({
      de: 'Annahme Spanne: mindestens das langsamste, höchstens das schnellste volle Quartal dieser Zeit. Annahme Preise: wie in dieser Zeit bezahlt, mit deren Umsatzsteuersatz; Preisanpassungen und Tarifstufen sind nicht vorweggenommen.',
      en: 'Assumption on range: at least the slowest, at most the fastest whole quarter of that time. Assumption on prices: as in that time, with its VAT rate; price adjustments and tiers are not anticipated.',
    }),
    text({
      de: 'Das Erreichen von Höchstwert und Höchstmenge ist aus dem Abgenommenen und dem Tempo gerechnet; offene Abrufe sind bei „Beansprucht“ schon mitgezählt.',
      en: 'When maximum value and pages will be reached is computed from what was accepted and the pace; "consumed" counts open call-offs as well.',
    }),
  ];
}
