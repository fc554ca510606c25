import { importContract } from '../contract/import-contract.ts';
import { importBudget } from '../finance/budget-import.ts';
import { importHoldings } from '../holdings/import.ts';
import { packagePath } from '../shared/package.ts';
import type { Workspace } from '../storage/workspace.ts';

export const sampleCountyName = 'Landkreis Musterberg';

/** A file of the sample county, as it ships with the package. */
export function sampleFile(...parts: readonly string[]): string {
  return packagePath('samples', 'county', ...parts);
}

/** Fills a new workspace with the sample county: contract, holdings, budget. */
export async function fillSampleCounty(workspace: Workspace): Promise<void> {
  await importContract(workspace, sampleFile('contract.json'));
  await importHoldings(workspace, sampleFile('holdings.csv'));
  await importBudget(workspace, sampleFile('budget.csv'));
}
