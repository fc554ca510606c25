import type { Kysely } from 'kysely';
import { acceptedServices } from '../finance/accepted.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { type Cents, cents, zero } from '../shared/money.ts';
import type { Database } from '../storage/schema.ts';
import type { ContractDocument } from './contract-document.ts';
import { type DeliveredBatch, type DeliveredRound, type PenaltyProposal, proposePenalties } from './penalties.ts';
import { type PricePosition, priceQuantities } from './prices.ts';
import { allPrices, currentDocuments } from './store.ts';

/** A proposal with the contract whose rule it is. */
export interface ContractPenalty extends PenaltyProposal {
  readonly contract: string;
}

/**
 * What the penalty rules of contracts and lots propose, by contract and batch. A lot's own rules are beside those of its
 * contract. Nothing is applied by that.
 * @param asOf deliveries and decisions up to that day; delays are counted to it
 */
export async function contractPenalties(
  db: Kysely<Database>,
  asOf: CalendarDate,
  number?: string,
): Promise<ContractPenalty[]> {
  const documents = [...(await currentDocuments(db))].filter(
    ([, one]) => number === undefined || one.number === number,
  );
  if (!documents.some(([, document]) => hasRules(document))) return [];
  const batches = await readBatches(db, asOf);
  return documents.flatMap(([id, document]) =>
    document.lots.flatMap((lot) => {
      const rules = [...(document.penalties ?? []), ...(lot.penalties ?? [])];
      const own = batches.filter((batch) => batch.contractId === id && batch.lot === lot.key);
      return proposePenalties(rules, own, asOf).map((one) => ({ ...one, contract: document.number }));
    }),
  );
}

function hasRules({ penalties, lots }: ContractDocument): boolean {
  return (penalties?.length ?? 0) > 0 || lots.some((lot) => (lot.penalties?.length ?? 0) > 0);
}

interface ContractBatch extends DeliveredBatch {
  readonly contractId: number;
}

async function readBatches(db: Kysely<Database>, asOf: CalendarDate): Promise<ContractBatch[]> {
  const rows = await db
    .selectFrom('batch')
    .innerJoin('call_off', 'call_off.id', 'batch.call_off_id')
    .innerJoin('lot', 'lot.id', 'call_off.lot_id')
    .select(['batch.id', 'batch.key', 'batch.handed_over_on', 'lot.id as lot_id', 'lot.key as lot'])
    .select(['lot.contract_id', 'lot.cure_days'])
    .orderBy('batch.id')
    .execute();
  const rounds = await readRounds(db, asOf, new Map(rows.map(({ id, lot_id }) => [id, lot_id])));
  return rows
    .filter(({ handed_over_on }) => handed_over_on === null || handed_over_on <= asOf)
    .map((row) => ({
      batch: row.key,
      lot: row.lot,
      contractId: row.contract_id,
      handedOverOn: row.handed_over_on,
      cureDays: row.cure_days,
      rounds: rounds.get(row.id) ?? [],
    }));
}

/** Rounds received by that day, by batch; decisions of later days are left out. */
async function readRounds(
  db: Kysely<Database>,
  asOf: CalendarDate,
  lotOfBatch: ReadonlyMap<number, number>,
): Promise<Map<number, DeliveredRound[]>> {
  const deliveries = await db
    .selectFrom('delivery')
    .leftJoin('decision', 'decision.delivery_id', 'delivery.id')
    .select(['delivery.batch_id', 'delivery.round', 'delivery.received_on', 'decision.id', 'decision.decided_on'])
    .where('delivery.received_on', '<=', asOf)
    .orderBy('delivery.batch_id')
    .orderBy('delivery.round')
    .execute();
  const rejected = new Map((await selectRejected(db)).map(({ id, ...counted }) => [id, counted]));
  const accepted = await acceptedServices(db, { asOf });
  const acceptedNet = new Map(
    accepted.flatMap((one) => (one.kind === 'acceptance' ? [[one.decisionId, one.net]] : [])),
  );
  const prices = await allPrices(db);
  const byBatch = new Map<number, DeliveredRound[]>();
  for (const { batch_id, round, received_on, id, decided_on } of deliveries) {
    const isDecided = id !== null && decided_on !== null && decided_on <= asOf;
    const counted = isDecided ? rejected.get(id) : undefined;
    const sheet = prices.get(lotOfBatch.get(batch_id) ?? 0) ?? [];
    const own = byBatch.get(batch_id) ?? [];
    byBatch.set(batch_id, own);
    own.push({
      round,
      receivedOn: received_on,
      decidedOn: isDecided ? decided_on : null,
      rejectedFiles: counted?.files ?? 0,
      rejectedNet: counted && isDecided ? netOf(sheet, counted, decided_on) : zero,
      acceptedNet: isDecided ? cents(acceptedNet.get(id) ?? 0) : zero,
    });
  }
  return byBatch;
}

interface Counted {
  readonly pages: number;
  readonly files: number;
  readonly documents: number;
}

function netOf(sheet: readonly PricePosition[], counted: Counted, day: CalendarDate): Cents {
  return priceQuantities(sheet, counted, day).net;
}

/** What each decision rejected, summed in the database. */
async function selectRejected(db: Kysely<Database>): Promise<(Counted & { readonly id: number })[]> {
  return db
    .selectFrom('decision_file')
    .where('outcome', '=', 'rejected')
    .groupBy('decision_id')
    .select(({ fn }) => [
      'decision_id as id',
      fn.sum<number>('pages').as('pages'),
      fn.sum<number>('documents').as('documents'),
      fn.countAll<number>().as('files'),
    ])
    .execute();
}
