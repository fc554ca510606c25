import type { Transaction } from 'kysely';
import { type Batch, requireBatch } from '../custody/store.ts';
import type { Database } from '../storage/schema.ts';
import { type FilesStanding, filesAcceptedBy, filesStanding } from './corrections.ts';
import {
  type DecisionRow,
  type DeliveryFileRow,
  type DeliveryRow,
  deliveryFiles,
  type FindingRow,
  findDecision,
  findingsOf,
  requireRound,
} from './delivery-store.ts';
import { type Obstacles, obstacles } from './open-findings.ts';
import { enteredQuantities } from './stated-quantities.ts';

/** What a decision on a delivery starts from. */
export interface Situation {
  readonly batch: Batch;
  readonly delivery: DeliveryRow;
  readonly files: readonly DeliveryFileRow[];
  /** Those that this decision is about: not accepted before, or complained about since. */
  readonly undecided: readonly DeliveryFileRow[];
  readonly settled: readonly DeliveryFileRow[];
  readonly standing: FilesStanding;
  readonly findings: readonly FindingRow[];
  readonly open: Obstacles;
  /** The decision on this delivery, where there is one. */
  readonly former: FormerDecision | undefined;
}

export interface FormerDecision {
  readonly row: DecisionRow;
  /** Ids of the files that it accepted, corrections among them. */
  readonly accepted: ReadonlySet<number>;
  /** Quantities that were stated with it. */
  readonly entered: ReadonlyMap<string, number>;
}

export async function readSituation(db: Transaction<Database>, key: string, round?: number): Promise<Situation> {
  const batch = await requireBatch(db, key);
  const delivery = await requireRound(db, batch, round);
  const row = await findDecision(db, delivery.id);
  const files = await deliveryFiles(db, delivery.id);
  const listed = files.filter(({ file_id }) => file_id !== null);
  const standing = await filesStanding(db, batch.id, row);
  const findings = await findingsOf(db, delivery.id);
  return {
    batch,
    delivery,
    files,
    undecided: listed.filter((file) => standing.isUndecided(file)),
    settled: listed.filter((file) => !standing.isUndecided(file)),
    standing,
    findings,
    open: obstacles(findings),
    former: row && {
      row,
      accepted: await filesAcceptedBy(db, row),
      entered: await enteredQuantities(db, row.id),
    },
  };
}
