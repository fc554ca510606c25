import type { Kysely } from 'kysely';
import type { ContractDocument, Vendor } from '../contract/contract-document.ts';
import { contractVersions, findContract } from '../contract/store.ts';
import type { Batch } from '../custody/store.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { formats } from '../shared/format.ts';
import { text } from '../shared/language.ts';
import { periodEnd } from '../shared/working-days.ts';
import type { Database } from '../storage/schema.ts';

/** Until when the vendor has to mend the defects, and how that day came about. */
export interface Deadline {
  readonly day: CalendarDate;
  /** Days of the lot's acceptance terms; undefined when the day was set by hand. */
  readonly cureDays?: number;
  /** The period's last day was none to work on, so that the next one took its place. */
  readonly moved: boolean;
}

/** Who is asked to mend, under which lot, and how long that may take by its terms. */
export interface MendingParty {
  readonly vendor: Vendor;
  readonly lotTitle: string;
  /** null where the lot's terms do not say. */
  readonly cureDays: number | null;
}

export async function mendingParty(db: Kysely<Database>, { lot }: Batch): Promise<MendingParty> {
  const { title, cure_days } = await db
    .selectFrom('lot')
    .select(['title', 'cure_days'])
    .where('id', '=', lot.id)
    .executeTakeFirstOrThrow();
  const contract = await findContract(db, lot.contract);
  const versions = contract ? await contractVersions(db, contract.id) : [];
  const document = JSON.parse(versions.at(-1)?.document ?? '{}') as Partial<ContractDocument>;
  return { vendor: document.vendor ?? { name: lot.vendor }, lotTitle: title, cureDays: cure_days };
}

/**
 * The day that was asked for, else the one that follows from the lot's terms.
 * @param date the letter's, or that of the complaint: the period begins with it
 * @throws UsageError when neither sets a deadline, or it is not after the date
 */
export function deadlineOf(
  { date, deadline }: { readonly date: CalendarDate; readonly deadline?: CalendarDate | undefined },
  cureDays: number | null,
  lot: string,
): Deadline {
  if (deadline !== undefined) {
    if (deadline <= date) throw deadlinePast(deadline);
    return { day: deadline, moved: false };
  }
  if (cureDays === null) throw noTerms(lot);
  const { end, moved } = periodEnd(date, cureDays);
  return { day: end, cureDays, moved };
}

/** The sentence of a German letter that sets the period. */
export function periodWords({ day, cureDays, moved }: Deadline): string {
  const { date, number } = formats.de;
  if (cureDays === undefined) return `Dafür setzen wir Ihnen eine Frist bis zum ${date(day)}.`;
  const weekend = moved
    ? ', verlängert auf den nächsten Werktag, weil der letzte Tag auf ein Wochenende oder einen Feiertag fällt'
    : '';
  const days = `${number(cureDays)} ${cureDays === 1 ? 'Kalendertag' : 'Kalendertage'}`;
  return `Die Abnahmebedingungen des Loses sehen dafür ${days} vor; die Frist endet am ${date(day)}${weekend}.`;
}

function noTerms(lot: string): UsageError {
  return new UsageError(
    'notice.no-cure-period',
    text({
      de: `Los ${lot} nennt keine Frist zur Nacherfüllung.`,
      en: `Lot ${lot} states no period for mending defects.`,
    }),
    text({
      de: 'Mit --deadline DATUM setzen, oder „acceptance.cureDays“ im Vertrag ergänzen.',
      en: 'Set one with --deadline DATE, or add "acceptance.cureDays" to the contract.',
    }),
  );
}

function deadlinePast(deadline: CalendarDate): UsageError {
  return new UsageError(
    'notice.deadline-past',
    text({
      de: (f) => `Die Frist ${f.date(deadline)} liegt nicht nach dem Datum des Schreibens.`,
      en: (f) => `The deadline ${f.date(deadline)} is not after the date of the letter.`,
    }),
    text({ de: 'Einen späteren Tag angeben.', en: 'Name a later day.' }),
  );
}
