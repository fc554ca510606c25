import type { Kysely } from 'kysely';
import { countedUnits, type PriceUnit } from '../contract/price-unit.ts';
import type { CalendarDate } from '../shared/dates.ts';
import type { Cents } from '../shared/money.ts';
import type { Database } from '../storage/schema.ts';

/** Estimate or maximum of a lot or contract; null where it states none. Values in the contract's value basis. */
export interface Limits {
  readonly pages: number | null;
  readonly millimetres: number | null;
  readonly value: Cents | null;
}

/** A contract, as far as money is concerned. */
export interface FinanceContract {
  readonly id: number;
  readonly number: string;
  readonly valueBasis: 'net' | 'gross';
  readonly maximum: Limits;
}

/** A lot, as far as money is concerned. */
export interface FinanceLot {
  readonly id: number;
  readonly key: string;
  readonly title: string;
  readonly department: string;
  readonly contract: FinanceContract;
  readonly estimate: Limits;
  readonly maximum: Limits;
}

/** An order under a lot: what it commits, and where it is charged. */
export interface CallOff {
  readonly id: number;
  readonly number: string;
  readonly lotId: number;
  readonly orderedOn: CalendarDate;
  readonly fiscalYear: number;
  readonly account: string;
  readonly costCentre: string;
  readonly department: string;
  readonly pages: number;
  readonly files: number;
  readonly millimetres: number;
  readonly net: Cents;
  readonly gross: Cents;
  /** Set when nothing more will come. */
  readonly closedOn: CalendarDate | null;
}

/** What one decision accepted, in quantities. */
export interface AcceptedQuantities {
  readonly decisionId: number;
  readonly callOffId: number;
  readonly batchId: number;
  readonly batch: string;
  /** Files on the batch's pick list, and the shelf they came from where it was measured. */
  readonly batchFiles: number;
  readonly batchMillimetres: number | null;
  readonly round: number;
  readonly decidedOn: CalendarDate;
  readonly performedOn: CalendarDate;
  readonly pages: number;
  readonly files: number;
  readonly documents: number;
}

/** What a lot had consumed before it was tracked here. */
export interface OpeningBalance {
  readonly lotId: number;
  readonly performedOn: CalendarDate;
  readonly account: string;
  readonly costCentre: string;
  readonly pages: number;
  readonly files: number;
  readonly millimetres: number;
  readonly net: Cents;
  readonly source: string;
}

/** All lots with their contracts, by contract and in the order of the contract document. */
export async function selectLots(db: Kysely<Database>): Promise<FinanceLot[]> {
  const rows = await db
    .selectFrom('lot')
    .innerJoin('contract', 'contract.id', 'lot.contract_id')
    .selectAll('lot')
    .select([
      'contract.number',
      'contract.value_basis',
      'contract.maximum_value as contract_maximum_value',
      'contract.maximum_pages as contract_maximum_pages',
    ])
    .orderBy('contract.number')
    .orderBy('lot.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    key: row.key,
    title: row.title,
    department: row.department,
    contract: {
      id: row.contract_id,
      number: row.number,
      valueBasis: row.value_basis,
      maximum: { pages: row.contract_maximum_pages, millimetres: null, value: row.contract_maximum_value },
    },
    estimate: { pages: row.estimate_pages, millimetres: row.estimate_millimetres, value: row.estimate_value },
    maximum: { pages: row.maximum_pages, millimetres: row.maximum_millimetres, value: row.maximum_value },
  }));
}

/** All call-offs, open and closed, in the order they were recorded. */
export async function selectCallOffs(db: Kysely<Database>): Promise<CallOff[]> {
  const rows = await db.selectFrom('call_off').selectAll().orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    lotId: row.lot_id,
    orderedOn: row.ordered_on,
    fiscalYear: row.fiscal_year,
    account: row.account,
    costCentre: row.cost_centre,
    department: row.department,
    pages: row.pages,
    files: row.files,
    millimetres: row.millimetres,
    net: row.net,
    gross: row.gross,
    closedOn: row.closed_on,
  }));
}

/** What each decision accepted; decisions that accepted nothing are left out. Summed in the database, oldest first. */
export async function selectAccepted(db: Kysely<Database>): Promise<AcceptedQuantities[]> {
  const accepted = db
    .selectFrom('decision_file')
    .where('outcome', '=', 'accepted')
    .groupBy('decision_id')
    .select(({ fn }) => [
      'decision_id',
      fn.sum<number>('pages').as('pages'),
      fn.sum<number>('documents').as('documents'),
      fn.countAll<number>().as('files'),
    ]);
  const listed = db
    .selectFrom('file')
    .groupBy('batch_id')
    .select(({ fn }) => ['batch_id', fn.countAll<number>().as('files')]);
  return db
    .selectFrom(accepted.as('accepted'))
    .innerJoin('decision', 'decision.id', 'accepted.decision_id')
    .innerJoin('delivery', 'delivery.id', 'decision.delivery_id')
    .innerJoin('batch', 'batch.id', 'delivery.batch_id')
    .leftJoin(listed.as('listed'), 'listed.batch_id', 'batch.id')
    .select(({ fn, val }) => [
      'decision.id as decisionId',
      'batch.call_off_id as callOffId',
      'batch.id as batchId',
      'batch.key as batch',
      fn.coalesce('listed.files', val(0)).as('batchFiles'),
      'batch.millimetres as batchMillimetres',
      'delivery.round as round',
      'decision.decided_on as decidedOn',
      'decision.performed_on as performedOn',
      'accepted.pages as pages',
      'accepted.files as files',
      'accepted.documents as documents',
    ])
    .orderBy('decision.id')
    .execute();
}

export async function selectOpeningBalances(db: Kysely<Database>): Promise<OpeningBalance[]> {
  const rows = await db.selectFrom('opening_balance').selectAll().orderBy('id').execute();
  return rows.map((row) => ({
    lotId: row.lot_id,
    performedOn: row.performed_on,
    account: row.account,
    costCentre: row.cost_centre,
    pages: row.pages,
    files: row.files,
    millimetres: row.millimetres,
    net: row.net,
    source: row.source,
  }));
}

/** A position of a call-off in a unit that acceptance does not count (boxes, trips). */
export interface OrderedPosition {
  readonly callOffId: number;
  readonly position: string;
  readonly unit: PriceUnit;
  /** Thousandths of the unit. */
  readonly quantity: number;
  readonly net: Cents;
}

/** What was ordered beside what acceptance counts. */
export async function selectUncounted(db: Kysely<Database>): Promise<OrderedPosition[]> {
  const rows = await db
    .selectFrom('call_off_position')
    .selectAll()
    .where('unit', 'not in', [...countedUnits])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    callOffId: row.call_off_id,
    position: row.position,
    unit: row.unit as PriceUnit,
    quantity: row.quantity,
    net: row.net,
  }));
}
