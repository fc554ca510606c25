import type { Kysely } from 'kysely';
import { type LotWithContract, listLots } from '../contract/store.ts';
import type { Database } from '../storage/schema.ts';

/** The lots by the names under which holdings refer to them: the key, or "CONTRACT/KEY" where several contracts have it. */
export interface LotNames {
  readonly names: readonly string[];
  idOf(name: string): number | undefined;
  nameOf(id: number): string | undefined;
}

export async function lotNames(db: Kysely<Database>): Promise<LotNames> {
  const lots = await listLots(db);
  const names = new Map(lots.map((lot) => [lot.id, nameAmong(lot, lots)]));
  const ids = new Map(
    lots.flatMap((lot) => [[qualified(lot), lot.id] as const, [nameAmong(lot, lots), lot.id] as const]),
  );
  return { names: [...names.values()], idOf: (name) => ids.get(name), nameOf: (id) => names.get(id) };
}

function nameAmong(lot: LotWithContract, lots: readonly LotWithContract[]): string {
  return lots.filter(({ key }) => key === lot.key).length === 1 ? lot.key : qualified(lot);
}

function qualified({ contract, key }: LotWithContract): string {
  return `${contract.number}/${key}`;
}
