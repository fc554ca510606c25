import type { CalendarDate } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { Cents } from '../shared/money.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Workspace } from '../storage/workspace.ts';
import type { ContractDocument } from './contract-document.ts';
import { contractVersions, listContracts, listLots } from './store.ts';

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
  readonly lots: readonly string[];
  readonly versions: readonly {
    readonly version: number;
    readonly effectiveOn: CalendarDate;
    readonly reason: string;
    readonly recordedAt: string;
  }[];
}

/** All contracts, or the one of that number. @throws UsageError when it is unknown */
export async function showContracts(workspace: Workspace, number?: string): Promise<ShownContract[]> {
  const all = await listContracts(workspace.db);
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
  const lots = await listLots(workspace.db);
  const chosen = all.filter((contract) => number === undefined || contract.number === number);
  return Promise.all(
    chosen.map(async (contract) => {
      const versions = await contractVersions(workspace.db, contract.id);
      const document = JSON.parse(versions.at(-1)?.document ?? '{}') as Partial<ContractDocument>;
      return {
        number: contract.number,
        title: contract.title,
        vendor: contract.vendor,
        startsOn: contract.starts_on,
        endsOn: contract.ends_on,
        extensions: document.extensions ?? [],
        valueBasis: contract.value_basis,
        maximumValue: contract.maximum_value,
        maximumPages: contract.maximum_pages,
        lots: lots.filter((lot) => lot.contract_id === contract.id).map(({ key }) => key),
        versions: versions.map((row) => ({
          version: row.version,
          effectiveOn: row.effective_on,
          reason: row.reason,
          recordedAt: row.recorded_at,
        })),
      };
    }),
  );
}
