import type { Kysely } from 'kysely';
import { requireLot } from '../contract/store.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Database } from '../storage/schema.ts';
import type { Holding } from './holding.ts';
import { lotNames } from './lot-names.ts';
import { listHoldings } from './store.ts';

/** Holdings of a department (compared without case) and a lot. @throws UsageError when there is no such department or lot */
export async function selectHoldings(
  db: Kysely<Database>,
  filter: { readonly department?: string | undefined; readonly lot?: string | undefined },
): Promise<Holding[]> {
  const holdings = await listHoldings(db);
  const department = filter.department === undefined ? undefined : knownDepartment(filter.department, holdings);
  const lot = filter.lot === undefined ? undefined : (await lotNames(db)).nameOf((await requireLot(db, filter.lot)).id);
  return holdings.filter(
    (holding) =>
      (department === undefined || holding.department === department) && (lot === undefined || holding.lot === lot),
  );
}

function knownDepartment(name: string, holdings: readonly Holding[]): string {
  const departments = [...new Set(holdings.map(({ department }) => department))];
  const wanted = name.normalize('NFC').toLowerCase();
  const found = departments.find((department) => department.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new UsageError(
    'department.unknown',
    text({ de: `Kein Bestand gehört zu „${name}“.`, en: `No holding belongs to "${name}".` }),
    didYouMean(name, departments),
  );
}
