import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../storage/schema.ts';
import { acceptedOutcomes } from '../storage/standing.ts';
import { type PendingFile, pendingFiles } from './complaint/store.ts';
import type { DecisionRow, DeliveryFileRow, DeliveryRow } from './delivery-store.ts';

/** A delivered file that is accepted in the place of what was accepted before. */
export interface CorrectedFile {
  readonly file: DeliveryFileRow;
  readonly complaint: Pick<PendingFile, 'id' | 'number'>;
  /** Pages of the first acceptance, which is paid. */
  readonly paidPages: number;
}

/** How the files of a delivery stand to what was decided before. */
export interface FilesStanding {
  /** Whether the decision on this delivery is about a file; the others are settled. */
  isUndecided(file: DeliveryFileRow): boolean;
  /** Parts files that are to be accepted: for the first time, or as corrections. */
  part(chosen: readonly DeliveryFileRow[]): {
    readonly accepted: readonly DeliveryFileRow[];
    readonly corrected: readonly CorrectedFile[];
  };
}

/**
 * A decision is about the files that no other one has accepted, and about those that were complained about since. One that
 * stands already is about those that it names.
 */
export async function filesStanding(
  db: Transaction<Database>,
  batchId: number,
  decision: DecisionRow | undefined,
): Promise<FilesStanding> {
  const paid = await paidPages(db, batchId);
  const complaints = decision ? await complaintsSettledBy(db, decision) : await pendingFiles(db, batchId);
  const decided = decision && (await filesOf(db, decision));
  const corrects = ({ file_id }: DeliveryFileRow) => (file_id === null ? undefined : complaints.get(file_id));
  return {
    isUndecided: (file) => {
      if (file.file_id === null) return false;
      return decided ? decided.has(file.file_id) : !paid.has(file.file_id) || corrects(file) !== undefined;
    },
    part: (chosen) => ({
      accepted: chosen.filter((file) => corrects(file) === undefined),
      corrected: chosen.flatMap((file) => {
        const complaint = corrects(file);
        return complaint ? [{ file, complaint, paidPages: paid.get(file.file_id ?? 0) ?? 0 }] : [];
      }),
    }),
  };
}

/** Files that had been complained about when a delivery came, and were not corrected by then. */
export async function correctionsAskedFor(
  db: Kysely<Database>,
  { batch_id, round }: Pick<DeliveryRow, 'batch_id' | 'round'>,
): Promise<Set<number>> {
  const rows = await db
    .selectFrom('complaint_file')
    .innerJoin('complaint', 'complaint.id', 'complaint_file.complaint_id')
    .leftJoin('decision_file', 'decision_file.id', 'complaint_file.correction_id')
    .leftJoin('decision', 'decision.id', 'decision_file.decision_id')
    .leftJoin('delivery', 'delivery.id', 'decision.delivery_id')
    .select('complaint_file.file_id')
    .where('complaint.batch_id', '=', batch_id)
    .where('complaint.after_round', '<', round)
    .where(({ or, eb }) => or([eb('delivery.round', 'is', null), eb('delivery.round', '>=', round)]))
    .execute();
  return new Set(rows.map(({ file_id }) => file_id));
}

/** Ids of the files that a decision accepted, for the first time or as corrections. */
export async function filesAcceptedBy(db: Transaction<Database>, { id }: DecisionRow): Promise<Set<number>> {
  const rows = await db
    .selectFrom('decision_file')
    .select('file_id')
    .where('decision_id', '=', id)
    .where('outcome', 'in', acceptedOutcomes)
    .execute();
  return new Set(rows.map(({ file_id }) => file_id));
}

async function filesOf(db: Transaction<Database>, { id }: DecisionRow): Promise<Set<number>> {
  const rows = await db.selectFrom('decision_file').select('file_id').where('decision_id', '=', id).execute();
  return new Set(rows.map(({ file_id }) => file_id));
}

/** Pages of the first acceptance of each file of a batch. */
async function paidPages(db: Transaction<Database>, batchId: number): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('decision_file')
    .innerJoin('file', 'file.id', 'decision_file.file_id')
    .select(['decision_file.file_id', 'decision_file.pages'])
    .where('file.batch_id', '=', batchId)
    .where('decision_file.outcome', '=', 'accepted')
    .execute();
  return new Map(rows.map(({ file_id, pages }) => [file_id, pages]));
}

async function complaintsSettledBy(
  db: Transaction<Database>,
  decision: DecisionRow,
): Promise<Map<number, CorrectedFile['complaint']>> {
  const rows = await db
    .selectFrom('complaint_file')
    .innerJoin('complaint', 'complaint.id', 'complaint_file.complaint_id')
    .innerJoin('decision_file', 'decision_file.id', 'complaint_file.correction_id')
    .select(['complaint_file.id', 'complaint_file.file_id', 'complaint.number'])
    .where('decision_file.decision_id', '=', decision.id)
    .execute();
  return new Map(rows.map(({ file_id, ...complaint }) => [file_id, complaint]));
}
