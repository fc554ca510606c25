import type { Dataset, DatasetRow, Origin } from '../../reporting/definition/dataset.ts';
import type { Cell } from '../../reporting/model.ts';
import { proportion } from '../../reporting/ratio.ts';
import { type CalendarDate, daysBetween } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import type { AcceptedService } from '../accepted.ts';
import type { Usage } from '../consumption.ts';
import { chosenLots, type ReportBooks } from '../report-books.ts';
import type { FinanceContract, Limits } from '../store.ts';
import { lotValues } from './entries.ts';
import { common, field } from './fields.ts';
import { ofCallOff, ofService } from './origins.ts';
import { dayOfReaching, type Pace, paceOf, speedNotes } from './pace.ts';

const bases = { net: text({ de: 'netto', en: 'net' }), gross: text({ de: 'brutto', en: 'gross' }) };
const all = text({ de: 'Vertrag gesamt', en: 'whole contract' });

export const lotFields = {
  scope: field('text', 'Ebene', 'Level'),
  vendor: common.vendor,
  contract: common.contract,
  lot: common.lot,
  lotTitle: common.lotTitle,
  department: common.department,
  basis: field('text', 'Werte', 'Values'),
  endsOn: field('date', 'Vertragsende', 'End of contract'),
  estimateValue: field('money', 'Schätzwert', 'Estimated value'),
  acceptedValue: field('money', 'Abgenommen', 'Accepted'),
  orderedValue: field('money', 'Abgerufen, offen', 'Ordered, open'),
  consumedValue: field('money', 'Beansprucht', 'Consumed'),
  maximumValue: field('money', 'Höchstwert', 'Maximum value'),
  estimatePages: field('count', 'Geschätzte Seiten', 'Estimated pages'),
  acceptedPages: field('count', 'Abgenommene Seiten', 'Accepted pages'),
  consumedPages: field('count', 'Beanspruchte Seiten', 'Consumed pages'),
  maximumPages: field('count', 'Höchstmenge Seiten', 'Maximum pages'),
  estimateMillimetres: field('metres', 'Geschätzte Meter', 'Estimated metres'),
  acceptedMillimetres: field('metres', 'Abgenommene Meter', 'Accepted metres'),
  measuredPages: field('count', 'Seiten mit bekannter Länge', 'Pages of known length'),
  measuredMillimetres: field('metres', 'auf Metern', 'on metres'),
  monthlyValue: field('money', 'Wert je Monat', 'Value a month'),
  monthlyPages: field('count', 'Seiten je Monat', 'Pages a month'),
  valueReachedOn: field('date', 'Höchstwert erreicht am', 'Maximum value reached on'),
  pagesReachedOn: field('date', 'Höchstmenge erreicht am', 'Maximum pages reached on'),
  expectedValue: field('money', 'Erwartet bis Vertragsende', 'Expected by the end'),
  lowValue: field('money', 'mindestens', 'at least'),
  highValue: field('money', 'höchstens', 'at most'),
  expectedPages: field('count', 'Erwartete Seiten', 'Expected pages'),
  lowPages: field('count', 'Seiten mindestens', 'Pages at least'),
  highPages: field('count', 'Seiten höchstens', 'Pages at most'),
} as const;

/**
 * Contracts and lots with what they state, what has been used of it over the whole term, and what is to be expected of
 * their pace. `scope` is "contract" or "lot".
 */
export function lots(books: ReportBooks): Dataset {
  const own = chosenLots(books);
  const contracts = [...new Set(own.map(({ contract }) => contract.id))];
  const rows = contracts.flatMap((id): DatasetRow[] => {
    const usage = books.consumption.contracts.get(id);
    if (!usage) return [];
    const { contract } = usage;
    const services = books.allServices.filter(({ lot }) => lot.contract.id === id);
    const head = { vendor: books.contracts.get(id)?.vendor ?? null, contract: contract.number, lotTitle: all };
    const estimate = sumOfLimits(books.ledger.lots.filter((lot) => lot.contract.id === id).map((lot) => lot.estimate));
    const lotIds = new Set(books.ledger.lots.filter((lot) => lot.contract.id === id).map((lot) => lot.id));
    return [
      {
        values: { scope: 'contract', ...head, ...figures(books, contract, usage, estimate, services) },
        origins: originsOf(books, services, lotIds),
      },
      ...own
        .filter((lot) => lot.contract.id === id)
        .flatMap((lot): DatasetRow[] => {
          const used = books.consumption.lots.get(lot.id);
          const mine = services.filter((service) => service.lot.id === lot.id);
          if (!used) return [];
          const numbers = figures(books, contract, used, lot.estimate, mine);
          const values = { scope: 'lot', ...lotValues(books, lot), department: lot.department, ...numbers };
          return [{ values, origins: originsOf(books, mine, new Set([lot.id])) }];
        }),
    ];
  });
  return { fields: lotFields, rows, notes: speedNotes(books).map((words) => ({ words, about: ofPace })) };
}

const ofPace = [
  ...['monthlyValue', 'monthlyPages', 'valueReachedOn', 'pagesReachedOn'],
  ...['lowValue', 'expectedValue', 'highValue', 'lowPages', 'expectedPages', 'highPages'],
];

function originsOf(books: ReportBooks, services: readonly AcceptedService[], lots: ReadonlySet<number>): Origin[] {
  const open = books.allCommitments.filter((one) => one.open > 0 && lots.has(one.callOff.lotId));
  return [...services.map(ofService), ...open.map(({ callOff }) => ofCallOff(callOff))];
}

function figures(
  books: ReportBooks,
  contract: FinanceContract,
  usage: Usage,
  estimate: Limits,
  services: readonly AcceptedService[],
): Record<string, Cell> {
  const { valueBasis } = contract;
  const row = books.contracts.get(contract.id);
  const value = paceOf(services, (service) => service[valueBasis], books.today, row?.starts_on);
  const pages = paceOf(services, (service) => service.pages, books.today, row?.starts_on);
  const acceptedValue = usage.accepted[valueBasis] + usage.opening[valueBasis];
  const acceptedPages = usage.accepted.pages + usage.opening.pages;
  const measured = services.filter(({ millimetres }) => millimetres !== null && millimetres > 0);
  const daysLeft = row ? Math.max(0, daysBetween(books.today, row.ends_on)) : 0;
  const byEnd = (pace: Pace, rate: keyof Pace['rates'], so: number) =>
    so + proportion(pace.rates[rate].amount, daysLeft, pace.rates[rate].days);
  return {
    basis: bases[valueBasis],
    endsOn: row?.ends_on ?? null,
    estimateValue: estimate.value,
    acceptedValue,
    orderedValue: usage.consumedValue - acceptedValue,
    consumedValue: usage.consumedValue,
    maximumValue: usage.maximum.value,
    estimatePages: estimate.pages,
    acceptedPages,
    consumedPages: usage.consumed.pages,
    maximumPages: usage.maximum.pages,
    estimateMillimetres: estimate.millimetres,
    acceptedMillimetres: usage.accepted.millimetres + usage.opening.millimetres,
    measuredPages: measured.length === 0 ? null : measured.reduce((sum, one) => sum + one.pages, 0),
    measuredMillimetres: measured.length === 0 ? null : measured.reduce((sum, one) => sum + (one.millimetres ?? 0), 0),
    monthlyValue: value.monthly,
    monthlyPages: pages.monthly,
    valueReachedOn: reached(value, usage.maximum.value, services, (one) => one[valueBasis], books.today),
    pagesReachedOn: reached(pages, usage.maximum.pages, services, (one) => one.pages, books.today),
    expectedValue: byEnd(value, 'expected', acceptedValue),
    lowValue: byEnd(value, 'low', acceptedValue),
    highValue: byEnd(value, 'high', acceptedValue),
    expectedPages: byEnd(pages, 'expected', acceptedPages),
    lowPages: byEnd(pages, 'low', acceptedPages),
    highPages: byEnd(pages, 'high', acceptedPages),
  };
}

/** The day on which services came to the maximum, or will at this pace. */
function reached(
  pace: Pace,
  maximum: number | null,
  services: readonly AcceptedService[],
  amount: (service: AcceptedService) => number,
  today: CalendarDate,
): CalendarDate | null {
  if (maximum === null) return null;
  let so = 0;
  for (const service of [...services].sort((a, b) => (a.performedOn < b.performedOn ? -1 : 1))) {
    so += amount(service);
    if (so >= maximum) return service.performedOn;
  }
  return dayOfReaching(pace, maximum - so, today);
}

/** The estimates of all lots together; nothing where a lot states none. */
function sumOfLimits(all: readonly Limits[]): Limits {
  const sum = (of: (limits: Limits) => number | null) =>
    all.some((limits) => of(limits) === null) ? null : all.reduce((total, limits) => total + (of(limits) ?? 0), 0);
  return {
    pages: sum(({ pages }) => pages),
    millimetres: sum(({ millimetres }) => millimetres),
    value: sum(({ value }) => value) as Limits['value'],
  };
}
