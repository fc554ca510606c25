import type { Kysely } from 'kysely';
import { consumptionOf } from '../finance/consumption.ts';
import { addDays, type CalendarDate } from '../shared/dates.ts';
import { type Text, text } from '../shared/language.ts';
import type { Cents } from '../shared/money.ts';
import type { Database } from '../storage/schema.ts';
import type { ContractDocument } from './contract-document.ts';
import { controlOf } from './control.ts';
import { type MinimumPurchase, minimumPurchases } from './minimum-purchase.ts';
import { currentDocuments } from './store.ts';

/** A date of a contract that comes near. */
export interface Reminder {
  readonly kind: 'extension' | 'term' | 'minimumPurchase';
  readonly contract: string;
  readonly on: CalendarDate;
  readonly what: Text;
}

/** Dates of all contracts that are to be reminded of on a day, the nearest first. */
export async function contractReminders(db: Kysely<Database>, today: CalendarDate): Promise<Reminder[]> {
  const documents = [...(await currentDocuments(db))];
  // What is consumed is only asked for where a contract has a minimum purchase.
  const hasMinimum = documents.some(
    ([, { minimumPurchase, lots }]) => minimumPurchase ?? lots.some((lot) => lot.minimumPurchase),
  );
  const consumption = hasMinimum ? await consumptionOf(db) : undefined;
  return documents
    .flatMap(([id, document]) =>
      remindersOf(document, consumption ? minimumPurchases(id, document, consumption) : [], today),
    )
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** Dates of one contract that lie within the days that it states. Pure. */
export function remindersOf(
  document: ContractDocument,
  minima: readonly MinimumPurchase[],
  today: CalendarDate,
): Reminder[] {
  const { number, endsOn, extensions = [] } = document;
  const last = addDays(today, controlOf(document).remindDays);
  const isNear = ({ on }: Reminder) => today <= on && on <= last;
  const dates: Reminder[] = [
    ...extensions.map(({ months, declareBy }) => ({
      kind: 'extension' as const,
      contract: number,
      on: declareBy,
      what: text({
        de: (f) => `Vertrag ${number}: Verlängerung um ${months} Monate zu erklären bis ${f.date(declareBy)}`,
        en: (f) => `Contract ${number}: extension by ${months} months to be declared by ${f.date(declareBy)}`,
      }),
    })),
    {
      kind: 'term',
      contract: number,
      on: endsOn,
      what: text({
        de: (f) => `Vertrag ${number} endet am ${f.date(endsOn)}`,
        en: (f) => `Contract ${number} ends on ${f.date(endsOn)}`,
      }),
    },
    ...minima
      .filter(({ least, accepted }) => accepted < least)
      .map((minimum) => ({
        kind: 'minimumPurchase' as const,
        contract: number,
        on: minimum.by,
        what: missingText(minimum),
      })),
  ];
  return dates.filter(isNear);
}

/** "Los L1: bis 31.12.2023 fehlen 1.000 Seiten an der Mindestabnahme". */
export function missingText({ of, measure, least, accepted, by }: MinimumPurchase): Text {
  const missing = least - accepted;
  return text({
    de: (f) =>
      `${of.de}: bis ${f.date(by)} fehlen ${measure === 'pages' ? f.counted(missing, 'Seite', 'Seiten') : f.money(missing as Cents)} an der Mindestabnahme`,
    en: (f) =>
      `${of.en}: ${measure === 'pages' ? f.counted(missing, 'page', 'pages') : f.money(missing as Cents)} are missing to the minimum purchase by ${f.date(by)}`,
  });
}
