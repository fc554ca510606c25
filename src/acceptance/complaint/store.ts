import type { Kysely, Selectable, Transaction } from 'kysely';
import type { CalendarDate } from '../../shared/dates.ts';
import type { Database } from '../../storage/schema.ts';
import { acceptedOutcomes, isStanding } from '../../storage/standing.ts';

export type ComplaintRow = Selectable<Database['complaint']>;
type ComplaintFileRow = Selectable<Database['complaint_file']>;
export type ComplaintState = ComplaintFileRow['state'];

/** States in which a complaint still asks for something; the originals are needed. */
export const pendingStates = ['open', 'disputed'] as const;

/** An accepted file of a batch: the acceptance that stands, and the complaint about it that is not settled. */
export interface AcceptedBatchFile {
  readonly fileId: number;
  readonly reference: string;
  readonly volume: string;
  readonly decisionFileId: number;
  readonly deliveryFileId: number;
  readonly round: number;
  readonly acceptedOn: CalendarDate;
  readonly pages: number;
  readonly complaint: PendingFile | null;
}

/** A file of a complaint that is not settled. */
export interface PendingFile {
  /** Of the file in the complaint. */
  readonly id: number;
  readonly number: number;
  readonly state: (typeof pendingStates)[number];
  readonly raisedOn: CalendarDate;
  readonly deadline: CalendarDate;
}

/** The accepted files of a batch in the order of its pick list. */
export async function acceptedBatchFiles(db: Kysely<Database>, batchId: number): Promise<AcceptedBatchFile[]> {
  const rows = await db
    .selectFrom('decision_file')
    .innerJoin('decision', 'decision.id', 'decision_file.decision_id')
    .innerJoin('delivery', 'delivery.id', 'decision.delivery_id')
    .innerJoin('file', 'file.id', 'decision_file.file_id')
    .where('file.batch_id', '=', batchId)
    .where('decision_file.outcome', 'in', acceptedOutcomes)
    .where(isStanding('decision_file'))
    .select([
      'file.id as fileId',
      'file.reference',
      'file.volume',
      'decision_file.id as decisionFileId',
      'decision_file.delivery_file_id as deliveryFileId',
      'delivery.round',
      'decision.decided_on as acceptedOn',
      'decision_file.pages',
    ])
    .orderBy('file.id')
    .execute();
  const pending = await pendingFiles(db, batchId);
  return rows.map((row) => ({ ...row, complaint: pending.get(row.fileId) ?? null }));
}

/** Files of a batch with complaints that are not settled, by the file of the pick list. */
export async function pendingFiles(db: Kysely<Database>, batchId: number): Promise<Map<number, PendingFile>> {
  const rows = await db
    .selectFrom('complaint_file')
    .innerJoin('complaint', 'complaint.id', 'complaint_file.complaint_id')
    .where('complaint.batch_id', '=', batchId)
    .where('complaint_file.state', 'in', pendingStates)
    .select(['complaint_file.id', 'complaint_file.file_id', 'complaint_file.state', 'complaint.number'])
    .select(['complaint.raised_on as raisedOn', 'complaint.deadline'])
    .$narrowType<{ state: PendingFile['state'] }>()
    .execute();
  return new Map(rows.map(({ file_id, ...row }) => [file_id, row]));
}

/** @returns the number of the new complaint within its batch */
export async function insertComplaint(
  db: Transaction<Database>,
  complaint: Omit<ComplaintRow, 'id' | 'number'>,
  files: readonly Pick<AcceptedBatchFile, 'fileId' | 'decisionFileId'>[],
): Promise<number> {
  const { last } = await db
    .selectFrom('complaint')
    .select(({ fn, val }) => fn.coalesce(fn.max('number'), val(0)).as('last'))
    .where('batch_id', '=', complaint.batch_id)
    .executeTakeFirstOrThrow();
  const number = last + 1;
  const { id: complaint_id } = await db
    .insertInto('complaint')
    .values({ ...complaint, number })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const { fileId: file_id, decisionFileId: decision_file_id } of files) {
    await db
      .insertInto('complaint_file')
      .values({
        ...{ complaint_id, file_id, decision_file_id, state: 'open', statement: '' },
        ...{ stated_on: null, stated_by: null, correction_id: null },
      })
      .execute();
  }
  return number;
}

type Statement = Pick<ComplaintFileRow, 'state' | 'stated_on' | 'stated_by'> &
  Partial<Pick<ComplaintFileRow, 'statement' | 'correction_id'>>;

/** @param id of the file in the complaint */
export async function setStatement(db: Transaction<Database>, id: number, statement: Statement): Promise<void> {
  await db.updateTable('complaint_file').set(statement).where('id', '=', id).execute();
}

/** What the batch's undecided delivery was reconciled with no longer holds: its acceptance needs it done again. */
export async function reconcileAnew(db: Transaction<Database>, batchId: number): Promise<void> {
  const decided = db.selectFrom('decision').select('delivery_id');
  await db
    .updateTable('delivery')
    .set({ reconciled_at: null })
    .where('batch_id', '=', batchId)
    .where('id', 'not in', decided)
    .execute();
}

/** A file of a complaint with all that is recorded of it. */
export interface ComplainedFile {
  readonly batch: string;
  readonly number: number;
  readonly reference: string;
  readonly volume: string;
  readonly state: ComplaintState;
  readonly raisedOn: CalendarDate;
  readonly raisedBy: string;
  readonly deadline: CalendarDate;
  readonly reason: string;
  /** Of the delivery that was accepted, and complained about. */
  readonly round: number;
  readonly acceptedOn: CalendarDate;
  readonly pages: number;
  readonly statedOn: CalendarDate | null;
  readonly statedBy: string | null;
  readonly statement: string;
  /** Of the correction that settled it. */
  readonly correction: { readonly round: number; readonly pages: number } | null;
}

/** All complaints, or those of one batch, oldest first. */
export async function complainedFiles(db: Kysely<Database>, batchId?: number): Promise<ComplainedFile[]> {
  const query = db
    .selectFrom('complaint_file as file')
    .innerJoin('complaint', 'complaint.id', 'file.complaint_id')
    .innerJoin('batch', 'batch.id', 'complaint.batch_id')
    .innerJoin('file as listed', 'listed.id', 'file.file_id')
    .innerJoin('decision_file as acceptance', 'acceptance.id', 'file.decision_file_id')
    .innerJoin('decision', 'decision.id', 'acceptance.decision_id')
    .innerJoin('delivery', 'delivery.id', 'decision.delivery_id')
    .leftJoin('decision_file as correction', 'correction.id', 'file.correction_id')
    .leftJoin('decision as later', 'later.id', 'correction.decision_id')
    .leftJoin('delivery as redelivery', 'redelivery.id', 'later.delivery_id')
    .select(['batch.key as batch', 'complaint.number', 'listed.reference', 'listed.volume', 'file.state'])
    .select(['complaint.raised_on as raisedOn', 'complaint.raised_by as raisedBy', 'complaint.deadline'])
    .select(['complaint.reason', 'delivery.round', 'decision.decided_on as acceptedOn', 'acceptance.pages'])
    .select(['file.stated_on as statedOn', 'file.stated_by as statedBy', 'file.statement'])
    .select(['redelivery.round as correctionRound', 'correction.pages as correctionPages'])
    .orderBy('file.id');
  const rows = await (batchId === undefined ? query : query.where('batch.id', '=', batchId)).execute();
  return rows.map(({ correctionRound: round, correctionPages: pages, ...row }) => ({
    ...row,
    correction: round === null || pages === null ? null : { round, pages },
  }));
}
