import type { Kysely } from 'kysely';
import type { Database } from '../../storage/schema.ts';

/** The delivery profile that a lot names: a file in the workspace's folder of profiles. */
export interface LotProfile {
  readonly contract: string;
  readonly lot: string;
  readonly profile: string;
}

/** Lots that name a delivery profile, by contract and lot. */
export async function lotProfiles(db: Kysely<Database>): Promise<readonly LotProfile[]> {
  const rows = await db
    .selectFrom('lot')
    .innerJoin('contract', 'contract.id', 'lot.contract_id')
    .select(['contract.number as contract', 'lot.key as lot', 'lot.delivery_profile as profile'])
    .where('lot.delivery_profile', 'is not', null)
    .orderBy('contract.number')
    .orderBy('lot.key')
    .execute();
  return rows.flatMap(({ profile, ...lot }) => (profile === null ? [] : [{ ...lot, profile }]));
}
