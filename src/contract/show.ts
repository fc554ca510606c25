import { consumptionOf } from '../finance/consumption.ts';
import { type CalendarDate, localDate } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { type Cents, parseCents } from '../shared/money.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Workspace } from '../storage/workspace.ts';
import { type ContractChange, compareContracts } from './compare.ts';
import { type ContractControl, controlOf } from './control.ts';
import { type LimitWarning, limitWarnings } from './limit-warnings.ts';
import { type MinimumPurchase, minimumPurchases } from './minimum-purchase.ts';
import type { PricePosition } from './pricing/price-position.ts';
import { readSheet } from './pricing/read-terms.ts';
import { type Reminder, remindersOf } from './reminders.ts';
import { type ContractRow, contractVersions, listContracts, type VersionRow } from './store.ts';
import { type ContractVersion, readVersion, versionOn } from './versions.ts';

export interface ShownContract {
  readonly number: string;
  readonly title: string;
  readonly vendor: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
  readonly extensions: readonly { readonly months: number; readonly declareBy: CalendarDate }[];
  readonly valueBasis: 'net' | 'gross';
  readonly maximumValue: Cents | null;
  readonly maximumPages: number | null;
  readonly maximumMillimetres: number | null;
  /** The version that is shown. */
  readonly version: number;
  readonly control: ContractControl;
  readonly lots: readonly ShownLotTerms[];
  readonly versions: readonly {
    readonly version: number;
    readonly effectiveOn: CalendarDate;
    readonly reason: string;
    readonly recordedAt: string;
  }[];
  /** Dates that come near; none for a day of the past. */
  readonly reminders: readonly Reminder[];
  readonly minimumPurchases: readonly MinimumPurchase[];
  readonly warnings: readonly LimitWarning[];
}

/** A lot as a version of the contract states it. */
export interface ShownLotTerms {
  readonly key: string;
  readonly title: string;
  readonly award: 'quantity' | 'budget';
  readonly prices: readonly PricePosition[];
}

/**
 * All contracts, or the one of that number.
 * @param asOf as they stood on that day; without it as they stand
 * @throws UsageError when it is unknown, or was not there yet
 */
export async function showContracts(
  workspace: Workspace,
  number?: string,
  asOf?: CalendarDate,
): Promise<ShownContract[]> {
  const chosen = await chooseContracts(workspace, number);
  const consumption = await consumptionOf(workspace.db, asOf);
  const today = localDate(workspace.now());
  return Promise.all(
    chosen.map(async (contract) => {
      const versions = await contractVersions(workspace.db, contract.id);
      const shown = asOf === undefined ? newest(versions) : versionOn(contract.number, versions, asOf);
      const minima = minimumPurchases(contract.id, shown.document, consumption);
      const warnings = limitWarnings(consumption).filter(({ contractId }) => contractId === contract.id);
      return {
        ...statedBy(shown),
        versions: versions.map((row) => ({
          version: row.version,
          effectiveOn: row.effective_on,
          reason: row.reason,
          recordedAt: row.recorded_at,
        })),
        reminders: asOf === undefined ? remindersOf(shown.document, minima, today) : [],
        minimumPurchases: minima,
        // Maxima are those of today: of a former day they would tell something that was never so.
        warnings: asOf === undefined ? warnings : [],
      };
    }),
  );
}

function statedBy({ version, document }: ContractVersion) {
  const { maximum } = document;
  const control = controlOf(document);
  return {
    number: document.number,
    title: document.title,
    vendor: document.vendor.name,
    startsOn: document.startsOn,
    endsOn: document.endsOn,
    extensions: document.extensions ?? [],
    valueBasis: document.valueBasis,
    maximumValue: maximum.value === undefined ? null : (parseCents(maximum.value) ?? null),
    maximumPages: maximum.pages ?? null,
    maximumMillimetres: control.maximumMillimetres,
    version,
    control,
    lots: document.lots.map((lot) => ({
      key: lot.key,
      title: lot.title,
      award: lot.award ?? 'quantity',
      prices: readSheet(lot, document),
    })),
  };
}

/** Two versions of a contract and what is different. */
export interface ContractComparison {
  readonly number: string;
  readonly before: ContractVersion;
  readonly after: ContractVersion;
  readonly changes: readonly ContractChange[];
}

/**
 * What an amendment changed.
 * @param which two versions, or two days; without them the newest version and the one before it
 */
export async function diffContract(
  workspace: Workspace,
  number: string,
  which: { readonly from?: number | CalendarDate | undefined; readonly to?: number | CalendarDate | undefined },
): Promise<ContractComparison> {
  const [contract] = await chooseContracts(workspace, number);
  const versions = contract ? await contractVersions(workspace.db, contract.id) : [];
  const after = which.to === undefined ? newest(versions) : versionBy(number, versions, which.to);
  const before =
    which.from === undefined
      ? versionBy(number, versions, Math.max(1, after.version - 1))
      : versionBy(number, versions, which.from);
  return { number, before, after, changes: compareContracts(before.document, after.document) };
}

function versionBy(number: string, versions: readonly VersionRow[], which: number | CalendarDate): ContractVersion {
  if (typeof which === 'string') return versionOn(number, versions, which);
  const row = versions.find(({ version }) => version === which);
  if (row) return readVersion(row);
  throw new UsageError(
    'contract.unknown-version',
    text({
      de: `Der Vertrag ${number} hat keine Fassung ${which}.`,
      en: `Contract ${number} has no version ${which}.`,
    }),
    text({
      de: `Vorhanden: 1 bis ${versions.length}.`,
      en: `There are 1 to ${versions.length}.`,
    }),
  );
}

function newest(versions: readonly VersionRow[]): ContractVersion {
  const row = versions.at(-1);
  if (!row) throw new Error('a contract without a version');
  return readVersion(row);
}

async function chooseContracts({ db }: Workspace, number: string | undefined): Promise<ContractRow[]> {
  const all = await listContracts(db);
  if (number !== undefined && !all.some((contract) => contract.number === number)) {
    throw new UsageError(
      'contract.unknown',
      text({ de: `Den Vertrag „${number}“ gibt es nicht.`, en: `There is no contract "${number}".` }),
      didYouMean(
        number,
        all.map((contract) => contract.number),
        'scanlot contract show',
      ),
    );
  }
  return all.filter((contract) => number === undefined || contract.number === number);
}
