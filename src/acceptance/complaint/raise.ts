import type { Kysely } from 'kysely';
import { change } from '../../audit/change.ts';
import { type Batch, listFiles, requireBatch } from '../../custody/store.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import type { Database } from '../../storage/schema.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { type Deadline, deadlineOf, mendingParty } from '../cure-period.ts';
import { listRounds } from '../delivery-store.ts';
import { filesNamed } from '../named-files.ts';
import { reasonMissing } from '../refusals.ts';
import { alreadyRaised, fileName, notAccepted, tooEarly, unknownFile } from './refusals.ts';
import { type AcceptedBatchFile, acceptedBatchFiles, insertComplaint, reconcileAnew } from './store.ts';

export interface ComplaintRequest {
  readonly batch: string;
  /** References with all their volumes, or "REFERENCE#VOLUME". */
  readonly files: readonly string[];
  /** What is wrong, as the vendor will read it. */
  readonly reason: string;
  readonly raisedOn: CalendarDate;
  /** In place of the one that follows from the lot's acceptance terms. */
  readonly deadline?: CalendarDate | undefined;
}

export interface RaisedComplaint {
  readonly batch: Batch;
  /** Of the complaint within its batch. */
  readonly number: number;
  readonly deadline: Deadline;
  readonly files: readonly AcceptedBatchFile[];
  /**
   * Errors of these files that were waived before they were accepted: who accepts knowing a defect keeps the rights to have
   * it mended only as far as they were reserved (section 640 (3) BGB).
   */
  readonly knownDefects: number;
}

/**
 * Records a complaint (Mängelrüge) about accepted files. Nothing else changes: they stay accepted, paid and imported, but
 * their originals are needed, and the next delivery of them is a correction (section 635 BGB).
 * @throws GateError when a file is not accepted, or a complaint about it is pending; UsageError when a file is not of the
 * batch, the day is before its acceptance, the reason is missing, or no deadline can be told
 */
export async function raiseComplaint(workspace: Workspace, request: ComplaintRequest): Promise<RaisedComplaint> {
  const { reason, raisedOn } = request;
  if (reason.trim() === '') throw reasonMissing();
  return change(workspace, async ({ db, record }) => {
    const batch = await requireBatch(db, request.batch);
    const files = await requireFiles(db, batch, request.files);
    for (const file of files) {
      if (file.complaint) throw alreadyRaised(file, file.complaint);
      if (raisedOn < file.acceptedOn) throw tooEarly(raisedOn, file.acceptedOn, 'acceptance');
    }
    const { cureDays } = await mendingParty(db, batch);
    const deadline = deadlineOf({ date: raisedOn, deadline: request.deadline }, cureDays, batch.lot.key);
    const complaint = {
      ...{ batch_id: batch.id, raised_on: raisedOn, deadline: deadline.day, reason, raised_by: workspace.actor },
      after_round: (await listRounds(db, batch.id)).at(-1)?.round ?? 0,
    };
    const number = await insertComplaint(db, complaint, files);
    await reconcileAnew(db, batch.id);
    record({
      action: 'complaint.raised',
      subject: `complaint/${batch.key}/${number}`,
      after: { reason, raisedOn, deadline: deadline.day, files: files.map(fileName) },
    });
    return { batch, number, deadline, files, knownDefects: await countWaived(db, files) };
  });
}

/** Each once, in the order of the pick list. */
async function requireFiles(
  db: Kysely<Database>,
  batch: Batch,
  names: readonly string[],
): Promise<AcceptedBatchFile[]> {
  const accepted = await acceptedBatchFiles(db, batch.id);
  const listed = await listFiles(db, batch.id);
  const acceptedIds = new Set(accepted.map(({ fileId }) => fileId));
  const chosen = new Set<number>();
  for (const name of names) {
    const named = filesNamed(listed, name);
    if (named.length === 0) throw unknownFile(batch, name, listed.map(fileName));
    for (const { id, ...file } of named) {
      if (!acceptedIds.has(id)) throw notAccepted(batch, fileName(file));
      chosen.add(id);
    }
  }
  return accepted.filter(({ fileId }) => chosen.has(fileId));
}

async function countWaived(db: Kysely<Database>, files: readonly AcceptedBatchFile[]): Promise<number> {
  let waived = 0;
  for (const { deliveryFileId } of files) {
    const row = await db
      .selectFrom('delivery_finding')
      .select(({ fn }) => fn.countAll<number>().as('findings'))
      .where('delivery_file_id', '=', deliveryFileId)
      .where('severity', '=', 'error')
      .where('waiver_id', 'is not', null)
      .executeTakeFirstOrThrow();
    waived += row.findings;
  }
  return waived;
}
