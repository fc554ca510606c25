import type { Kysely } from 'kysely';
import { type CallOffRow, listCallOffs } from '../contract/call-off.ts';
import { type LotWithContract, listLots } from '../contract/store.ts';
import { sidesPerSheet } from '../custody/create-batch.ts';
import { type Batch, listBatches } from '../custody/store.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { groupBy } from '../shared/group-by.ts';
import type { Database } from '../storage/schema.ts';
import { type BatchState, batchState } from './batch-state.ts';
import { addCounts, type Counts, noCounts } from './counts.ts';
import { countIdentities, type Identity } from './identities.ts';
import {
  type DeliveryRow,
  type OpenBreakSums,
  selectAccepted,
  selectBoxes,
  selectComplained,
  selectCorrected,
  selectDelivered,
  selectDeliveries,
  selectImported,
  selectOpenBreaks,
  selectOutstanding,
  selectPicked,
} from './totals-store.ts';

/** Breaks of one kind that were found and are neither mended nor waived. */
export interface OpenBreaks {
  readonly code: string;
  readonly severity: string;
  readonly count: number;
}

interface Totals {
  readonly counts: Counts;
  /** Pages ordered; of a batch unknown, for orders are made by quantity and may have several batches. */
  readonly orderedPages: number;
  readonly identities: readonly Identity[];
  readonly openBreaks: readonly OpenBreaks[];
}

export interface BatchTotals extends Omit<Totals, 'orderedPages'> {
  readonly id: number;
  readonly key: string;
  /** Number of the call-off. */
  readonly order: string;
  readonly lot: string;
  readonly contract: string;
  readonly department: string;
  readonly handedOverOn: CalendarDate | null;
  readonly boxes: number;
  readonly expectedSheets: number;
  readonly state: BatchState;
  readonly rounds: number;
  readonly newest: {
    readonly round: number;
    readonly receivedOn: CalendarDate;
    readonly verdict: string;
    readonly reconciledAt: string | null;
  } | null;
}

export interface OrderTotals extends Totals {
  readonly number: string;
  readonly lot: string;
  readonly contract: string;
  readonly batches: number;
}

export interface LotTotals extends Totals {
  readonly key: string;
  readonly contract: string;
  readonly title: string;
  readonly department: string;
}

/** The whole ledger in totals. Batches add up to call-offs, call-offs to lots, lots to all. */
export interface LedgerTotals extends Totals {
  readonly lots: readonly LotTotals[];
  readonly orders: readonly OrderTotals[];
  readonly batches: readonly BatchTotals[];
}

/** The totals of all batches, call-offs and lots as they stand now. */
export async function ledgerTotals(db: Kysely<Database>): Promise<LedgerTotals> {
  const batches = await batchTotals(db);
  const callOffs = await listCallOffs(db);
  const lots = await listLots(db);
  const lotById = new Map(lots.map((lot) => [lot.id, lot]));
  const orders = callOffs.flatMap((callOff) => {
    const lot = lotById.get(callOff.lot_id);
    return lot ? [orderTotals(callOff, lot, batches)] : [];
  });
  const lotTotals = lots.map((lot) => totalsOfLot(lot, orders));
  return { lots: lotTotals, orders, batches, ...sumOf(lotTotals) };
}

function orderTotals(callOff: CallOffRow, lot: LotWithContract, all: readonly BatchTotals[]): OrderTotals {
  const batches = all.filter(({ order }) => order === callOff.number);
  return {
    number: callOff.number,
    lot: lot.key,
    contract: lot.contract.number,
    batches: batches.length,
    ...sumOf(batches.map((batch) => ({ ...batch, orderedPages: 0 }))),
    orderedPages: callOff.pages,
  };
}

function totalsOfLot({ key, contract, title, department }: LotWithContract, orders: readonly OrderTotals[]): LotTotals {
  const own = orders.filter((order) => order.lot === key && order.contract === contract.number);
  return { key, contract: contract.number, title, department, ...sumOf(own) };
}

function sumOf(parts: readonly Omit<Totals, 'identities'>[]): Totals {
  const counts = addCounts(parts.map((part) => part.counts));
  return {
    counts,
    orderedPages: parts.reduce((sum, { orderedPages }) => sum + orderedPages, 0),
    identities: countIdentities(counts),
    openBreaks: addBreaks(parts.flatMap(({ openBreaks }) => openBreaks)),
  };
}

function addBreaks(parts: readonly OpenBreaks[]): OpenBreaks[] {
  const sums = new Map<string, OpenBreaks>();
  for (const part of parts) {
    const key = `${part.code} ${part.severity}`;
    sums.set(key, { ...part, count: part.count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()];
}

async function batchTotals(db: Kysely<Database>): Promise<BatchTotals[]> {
  const [
    batches,
    picked,
    outstanding,
    delivered,
    accepted,
    imported,
    boxes,
    deliveries,
    breaks,
    corrected,
    complained,
  ] = [
    await listBatches(db),
    byBatch(await selectPicked(db)),
    byBatch(await selectOutstanding(db)),
    byBatch(await selectDelivered(db)),
    byBatch(await selectAccepted(db)),
    byBatch(await selectImported(db)),
    byBatch(await selectBoxes(db)),
    groupBy(await selectDeliveries(db), (row) => row.batch_id),
    groupBy(await selectOpenBreaks(db), (row) => row.batch_id),
    byBatch(await selectCorrected(db)),
    byBatch(await selectComplained(db)),
  ];
  return batches.map((batch) => {
    const [list, got] = [picked.get(batch.id), delivered.get(batch.id)];
    const counts: Counts = {
      ...noCounts,
      pickedUpFiles: list?.files ?? 0,
      pickedUpPages: (list?.sheets ?? 0) * sidesPerSheet,
      filesWithoutSheets: list?.without_sheets ?? 0,
      outstandingFiles: outstanding.get(batch.id)?.files ?? 0,
      acceptedFiles: accepted.get(batch.id)?.files ?? 0,
      acceptedPages: accepted.get(batch.id)?.pages ?? 0,
      correctionPages: corrected.get(batch.id)?.pages ?? 0,
      complainedFiles: complained.get(batch.id)?.files ?? 0,
      importedFiles: imported.get(batch.id)?.files ?? 0,
      importedPages: imported.get(batch.id)?.pages ?? 0,
      ...(got && {
        deliveredFiles: got.delivered_files,
        rejectedFiles: got.rejected_files,
        openFiles: got.open_files,
        unlistedFiles: got.unlisted_files,
        declaredPages: got.declared_pages,
        removedBlanks: got.removed_blanks,
        receivedPages: got.received_pages,
        uncountedFiles: got.uncounted_files,
        rejectedPages: got.rejected_pages,
        openPages: got.open_pages,
        unlistedPages: got.unlisted_pages,
      }),
    };
    const sheets = list?.sheets ?? 0;
    return describe(batch, counts, boxes.get(batch.id)?.boxes ?? 0, sheets, {
      deliveries: deliveries.get(batch.id) ?? [],
      breaks: breaks.get(batch.id) ?? [],
    });
  });
}

function describe(
  batch: Batch,
  counts: Counts,
  boxes: number,
  expectedSheets: number,
  { deliveries, breaks }: { deliveries: readonly DeliveryRow[]; breaks: readonly OpenBreakSums[] },
): BatchTotals {
  const newest = deliveries.at(-1);
  return {
    id: batch.id,
    key: batch.key,
    order: batch.order.number,
    lot: batch.lot.key,
    contract: batch.lot.contract,
    department: batch.lot.department,
    handedOverOn: batch.handed_over_on,
    boxes,
    expectedSheets,
    state: batchState(counts, { handedOver: batch.handed_over_on !== null, rounds: deliveries.length }),
    rounds: deliveries.length,
    newest: newest
      ? {
          round: newest.round,
          receivedOn: newest.received_on,
          verdict: newest.verdict,
          reconciledAt: newest.reconciled_at,
        }
      : null,
    counts,
    identities: countIdentities(counts),
    openBreaks: breaks.map(({ code, severity, count }) => ({ code, severity, count })),
  };
}

function byBatch<Row extends { readonly batch_id: number }>(rows: readonly Row[]): Map<number, Row> {
  return new Map(rows.map((row) => [row.batch_id, row]));
}
