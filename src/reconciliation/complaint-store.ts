import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.ts';
import type { PendingComplaint } from './facts.ts';

/** Complaints about a batch's files that are not settled, by file, as the rounds up to the given one answer them. */
export async function selectPendingComplaints(
  db: Kysely<Database>,
  batchId: number,
  lastRound: number,
): Promise<Map<number, PendingComplaint>> {
  const rows = await db
    .selectFrom('complaint_file')
    .innerJoin('complaint', 'complaint.id', 'complaint_file.complaint_id')
    .select(['complaint_file.file_id', 'complaint_file.state'])
    .select(['complaint.raised_on', 'complaint.deadline', 'complaint.after_round'])
    .where('complaint.batch_id', '=', batchId)
    .where('complaint_file.state', 'in', ['open', 'disputed'])
    .$narrowType<{ state: PendingComplaint['state'] }>()
    .execute();
  return new Map(
    rows.map(({ file_id, state, raised_on: raisedOn, deadline, after_round }) => [
      file_id,
      { state, raisedOn, deadline, hadDelivery: after_round < lastRound },
    ]),
  );
}
