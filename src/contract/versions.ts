import type { CalendarDate } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { ContractDocument } from './contract-document.ts';
import type { VersionRow } from './store.ts';

/** A state of a contract, with what it was from its day on. */
export interface ContractVersion {
  readonly version: number;
  readonly effectiveOn: CalendarDate;
  readonly document: ContractDocument;
}

export function readVersion({ version, effective_on, document }: VersionRow): ContractVersion {
  return { version, effectiveOn: effective_on, document: JSON.parse(document) as ContractDocument };
}

/**
 * The contract as it stood on a day: by the latest amendment that was effective then.
 * @param versions oldest first
 * @throws UsageError for a day before the contract
 */
export function versionOn(number: string, versions: readonly VersionRow[], day: CalendarDate): ContractVersion {
  const found = versions.findLast(({ effective_on }) => effective_on <= day);
  if (found) return readVersion(found);
  const first = versions[0];
  throw new UsageError(
    'contract.not-yet',
    text({
      de: (f) => `Den Vertrag ${number} gab es am ${f.date(day)} noch nicht.`,
      en: (f) => `There was no contract ${number} yet on ${f.date(day)}.`,
    }),
    first &&
      text({
        de: (f) => `Seine erste Fassung gilt ab ${f.date(first.effective_on)}.`,
        en: (f) => `Its first version is effective from ${f.date(first.effective_on)}.`,
      }),
  );
}
