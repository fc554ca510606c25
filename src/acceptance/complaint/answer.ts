import { change } from '../../audit/change.ts';
import { type Batch, requireBatch } from '../../custody/store.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { filesNamed } from '../named-files.ts';
import { reasonMissing } from '../refusals.ts';
import { alreadyDisputed, fileName, notPending, tooEarly } from './refusals.ts';
import { type AcceptedBatchFile, acceptedBatchFiles, type PendingFile, reconcileAnew, setStatement } from './store.ts';

export interface AnswerRequest {
  readonly batch: string;
  /** References with all their volumes that are complained about, or "REFERENCE#VOLUME". */
  readonly files: readonly string[];
  readonly reason: string;
  readonly date: CalendarDate;
}

/** A file whose complaint was answered, with the complaint as it was before. */
export interface AnsweredFile extends AcceptedBatchFile {
  readonly complaint: PendingFile;
}

export interface AnsweredComplaint {
  readonly batch: Batch;
  readonly files: readonly AnsweredFile[];
}

/**
 * Takes complaints back: the files are as if nobody had complained, and the acceptance is what it was.
 * @throws GateError when no complaint about a file is pending
 */
export async function withdrawComplaint(workspace: Workspace, request: AnswerRequest): Promise<AnsweredComplaint> {
  return answer(workspace, request, 'withdrawn');
}

/**
 * Records that the vendor denies the defect, with what it says. The complaint is not settled by that: it waits for the
 * county to withdraw it or to insist, and a correction may still come.
 * @throws GateError when no complaint about a file is pending, or it is disputed already
 */
export async function disputeComplaint(workspace: Workspace, request: AnswerRequest): Promise<AnsweredComplaint> {
  return answer(workspace, request, 'disputed');
}

async function answer(
  workspace: Workspace,
  { reason, date, ...request }: AnswerRequest,
  state: 'withdrawn' | 'disputed',
): Promise<AnsweredComplaint> {
  if (reason.trim() === '') throw reasonMissing();
  return change(workspace, async ({ db, record }) => {
    const batch = await requireBatch(db, request.batch);
    const files = requirePending(batch, await acceptedBatchFiles(db, batch.id), request.files);
    for (const file of files) {
      if (state === 'disputed' && file.complaint.state === 'disputed') throw alreadyDisputed(file);
      if (date < file.complaint.raisedOn) throw tooEarly(date, file.complaint.raisedOn, 'complaint');
      const statement = { stated_on: date, stated_by: workspace.actor, statement: reason };
      await setStatement(db, file.complaint.id, { ...statement, state });
    }
    if (state === 'withdrawn') await reconcileAnew(db, batch.id);
    record({
      action: `complaint.${state}`,
      subject: `complaint/${batch.key}`,
      before: files.map((file) => ({ ...nameOf(file), state: file.complaint.state })),
      after: { reason, date, files: files.map(nameOf) },
    });
    return { batch, files };
  });
}

function nameOf(file: AnsweredFile) {
  return { complaint: file.complaint.number, file: fileName(file) };
}

/** Each once, in the order of the pick list. */
function requirePending(
  batch: Batch,
  accepted: readonly AcceptedBatchFile[],
  names: readonly string[],
): AnsweredFile[] {
  const pending = accepted.flatMap(({ complaint, ...file }) => (complaint ? [{ ...file, complaint }] : []));
  const chosen = new Set<AnsweredFile>();
  for (const name of names) {
    const named = filesNamed(pending, name);
    if (named.length === 0) throw notPending(batch, name);
    for (const file of named) chosen.add(file);
  }
  return pending.filter((file) => chosen.has(file));
}
