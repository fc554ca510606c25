import { type Batch, listBatches, requireBatch } from '../custody/store.ts';
import type { Workspace } from '../storage/workspace.ts';
import { correctionsAskedFor } from './corrections.ts';
import {
  type DeliveryFileRow,
  type DeliveryRow,
  deliveryFiles,
  type FindingRow,
  findingsOf,
  listRounds,
  requireRound,
} from './delivery-store.ts';
import { obstacles } from './open-findings.ts';
import { type ComparedFile, compareRounds } from './rounds.ts';

/** Where a round stands. */
export type DeliveryState = 'received' | 'reconciled' | 'accepted' | 'partly-accepted' | 'rejected';

export interface DeliveryOverview {
  readonly batch: string;
  readonly round: number;
  readonly receivedOn: string;
  readonly verdict: string;
  readonly files: number;
  readonly pages: number;
  readonly openErrors: number;
  readonly state: DeliveryState;
}

/** All deliveries, or those of one batch, oldest first. */
export async function listDeliveries(workspace: Workspace, batchKey?: string): Promise<DeliveryOverview[]> {
  const { db } = workspace;
  const batches = batchKey === undefined ? await listBatches(db) : [await requireBatch(db, batchKey)];
  const rows: DeliveryOverview[] = [];
  for (const batch of batches) {
    for (const delivery of await listRounds(db, batch.id)) rows.push(await overviewOf(workspace, batch, delivery));
  }
  return rows;
}

async function overviewOf(workspace: Workspace, batch: Batch, delivery: DeliveryRow): Promise<DeliveryOverview> {
  const { db } = workspace;
  const sums = await db
    .selectFrom('delivery_file')
    .select(({ fn }) => [fn.countAll<number>().as('files'), fn.sum<number>('received_pages').as('pages')])
    .where('delivery_id', '=', delivery.id)
    .executeTakeFirst();
  const open = await db
    .selectFrom('delivery_finding')
    .select(({ fn }) => fn.countAll<number>().as('errors'))
    .where('delivery_id', '=', delivery.id)
    .where('severity', '=', 'error')
    .where('waiver_id', 'is', null)
    .executeTakeFirst();
  return {
    batch: batch.key,
    round: delivery.round,
    receivedOn: delivery.received_on,
    verdict: delivery.verdict,
    files: sums?.files ?? 0,
    pages: sums?.pages ?? 0,
    openErrors: open?.errors ?? 0,
    state: await stateOf(workspace, delivery),
  };
}

async function stateOf(workspace: Workspace, delivery: DeliveryRow): Promise<DeliveryState> {
  const outcomes = await workspace.db
    .selectFrom('decision')
    .leftJoin('decision_file', 'decision_file.decision_id', 'decision.id')
    .select('decision_file.outcome')
    .distinct()
    .where('decision.delivery_id', '=', delivery.id)
    .execute();
  if (outcomes.length === 0) return delivery.reconciled_at ? 'reconciled' : 'received';
  const isAccepted = outcomes.some(({ outcome }) => outcome === 'accepted' || outcome === 'corrected');
  if (!isAccepted) return 'rejected';
  return outcomes.some(({ outcome }) => outcome === 'rejected') ? 'partly-accepted' : 'accepted';
}

export interface ShownDelivery {
  readonly overview: DeliveryOverview;
  readonly delivery: DeliveryRow;
  readonly files: readonly DeliveryFileRow[];
  readonly findings: readonly FindingRow[];
  readonly openErrors: number;
  /** Against the rounds before; empty for the first. */
  readonly changes: readonly ComparedFile[];
}

/** One round of a batch with its findings, and what changed since the rounds before. */
export async function showDelivery(workspace: Workspace, batchKey: string, round?: number): Promise<ShownDelivery> {
  const { db } = workspace;
  const batch = await requireBatch(db, batchKey);
  const delivery = await requireRound(db, batch, round);
  const files = await deliveryFiles(db, delivery.id);
  const findings = await findingsOf(db, delivery.id);
  const earlier = (await listRounds(db, batch.id)).filter((row) => row.round < delivery.round);
  const before = await Promise.all(earlier.map(({ id }) => deliveryFiles(db, id)));
  const { general, byFile } = obstacles(findings);
  return {
    overview: await overviewOf(workspace, batch, delivery),
    delivery,
    files,
    findings,
    openErrors: general.length + [...byFile.values()].flat().length,
    changes: earlier.length === 0 ? [] : compareRounds(before, files, await correctionsAskedFor(db, delivery)),
  };
}
