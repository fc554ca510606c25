import type { Kysely, Selectable } from 'kysely';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Database } from '../storage/schema.ts';
import type { ContractDocument } from './contract-document.ts';
import type { PriceUnit } from './price-unit.ts';
import type { PricePosition } from './pricing/price-position.ts';
import type { PriceTerms } from './pricing/price-terms.ts';

export type ContractRow = Selectable<Database['contract']>;
export type LotRow = Selectable<Database['lot']>;
export type VersionRow = Selectable<Database['contract_version']>;

/** A lot with the contract that it belongs to. */
export interface LotWithContract extends LotRow {
  readonly contract: ContractRow;
}

export async function findContract(db: Kysely<Database>, number: string): Promise<ContractRow | undefined> {
  return db.selectFrom('contract').selectAll().where('number', '=', number).executeTakeFirst();
}

export async function listContracts(db: Kysely<Database>): Promise<ContractRow[]> {
  return db.selectFrom('contract').selectAll().orderBy('number').execute();
}

/** The documents of all contracts as they stand now, by contract. */
export async function currentDocuments(db: Kysely<Database>): Promise<Map<number, ContractDocument>> {
  const rows = await db
    .selectFrom('contract_version')
    .innerJoin('contract', (join) =>
      join
        .onRef('contract.id', '=', 'contract_version.contract_id')
        .onRef('contract.version', '=', 'contract_version.version'),
    )
    .select(['contract.id', 'contract_version.document'])
    .orderBy('contract.number')
    .execute();
  return new Map(rows.map(({ id, document }) => [id, JSON.parse(document) as ContractDocument]));
}

/** Every state the contract had, oldest first. */
export async function contractVersions(db: Kysely<Database>, contractId: number): Promise<VersionRow[]> {
  return db
    .selectFrom('contract_version')
    .selectAll()
    .where('contract_id', '=', contractId)
    .orderBy('version')
    .execute();
}

export async function listLots(db: Kysely<Database>): Promise<LotWithContract[]> {
  const contracts = new Map((await listContracts(db)).map((contract) => [contract.id, contract]));
  const lots = await db.selectFrom('lot').selectAll().orderBy('contract_id').orderBy('id').execute();
  return lots.flatMap((lot) => {
    const contract = contracts.get(lot.contract_id);
    return contract ? [{ ...lot, contract }] : [];
  });
}

/** The lot by its key, or by "CONTRACT/KEY" where several contracts have one of that name. @throws UsageError */
export async function requireLot(db: Kysely<Database>, name: string): Promise<LotWithContract> {
  const lots = await listLots(db);
  const matches = lots.filter((lot) => lot.key === name || qualified(lot) === name);
  const [match] = matches;
  if (match && matches.length === 1) return match;
  if (match) {
    throw new UsageError(
      'lot.ambiguous',
      text({ de: `Das Los „${name}“ gibt es in mehreren Verträgen.`, en: `Several contracts have a lot "${name}".` }),
      didYouMean(name, matches.map(qualified)),
    );
  }
  throw new UsageError(
    'lot.unknown',
    text({ de: `Das Los „${name}“ gibt es nicht.`, en: `There is no lot "${name}".` }),
    didYouMean(
      name,
      lots.map(({ key }) => key),
      'scanlot lot list',
    ),
  );
}

function qualified(lot: LotWithContract): string {
  return `${lot.contract.number}/${lot.key}`;
}

export async function lotPrices(db: Kysely<Database>, lotId: number): Promise<PricePosition[]> {
  return (await allPrices(db)).get(lotId) ?? [];
}

/** The price sheets of all lots, by lot. */
export async function allPrices(db: Kysely<Database>): Promise<Map<number, PricePosition[]>> {
  const rows = await db
    .selectFrom('price_position')
    .leftJoin('price_terms', 'price_terms.price_position_id', 'price_position.id')
    .selectAll('price_position')
    .select('price_terms.terms')
    .orderBy('price_position.id')
    .execute();
  const byLot = new Map<number, PricePosition[]>();
  for (const row of rows) {
    const sheet = byLot.get(row.lot_id) ?? [];
    byLot.set(row.lot_id, sheet);
    sheet.push({
      key: row.key,
      title: row.title,
      unit: row.unit as PriceUnit,
      price: row.price,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      ...(row.terms === null ? {} : { terms: JSON.parse(row.terms) as PriceTerms }),
    });
  }
  return byLot;
}
