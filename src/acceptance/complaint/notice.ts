import type { Vendor } from '../../contract/contract-document.ts';
import { type Batch, requireBatch } from '../../custody/store.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { GateError } from '../../shared/errors.ts';
import { text } from '../../shared/language.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { mendingParty } from '../cure-period.ts';
import { type ComplainedFile, complainedFiles, pendingStates } from './store.ts';

export interface ComplaintNoticeRequest {
  readonly batch: string;
  /** Of the complaint within the batch; the newest that is not settled by default. */
  readonly number?: number | undefined;
  /** Date of the letter. */
  readonly date: CalendarDate;
}

/** What the letter about a complaint tells. */
export interface ComplaintNotice {
  readonly batch: Batch;
  readonly number: number;
  readonly lotTitle: string;
  readonly vendor: Vendor;
  readonly date: CalendarDate;
  readonly raisedOn: CalendarDate;
  readonly deadline: CalendarDate;
  readonly reason: string;
  /** Those that are not settled; at least one. */
  readonly files: readonly ComplainedFile[];
}

/**
 * Gathers what the letter to the vendor about a complaint (Mängelrüge) has to say.
 * @throws GateError when no such complaint is pending
 */
export async function complaintNotice(
  workspace: Workspace,
  { number, date, ...request }: ComplaintNoticeRequest,
): Promise<ComplaintNotice> {
  const batch = await requireBatch(workspace.db, request.batch);
  const pending = (await complainedFiles(workspace.db, batch.id)).filter(isPending);
  const wanted = number ?? pending.at(-1)?.number;
  const files = pending.filter((file) => file.number === wanted);
  const [first] = files;
  if (!first) throw nothingPending(batch.key, number);
  const { vendor, lotTitle } = await mendingParty(workspace.db, batch);
  const { raisedOn, deadline, reason } = first;
  return { batch, number: first.number, lotTitle, vendor, date, raisedOn, deadline, reason, files };
}

/** Whether a complaint about a file still asks for something. */
export function isPending({ state }: Pick<ComplainedFile, 'state'>): boolean {
  return pendingStates.some((one) => one === state);
}

function nothingPending(batch: string, number: number | undefined): GateError {
  return new GateError(
    'complaint.nothing-pending',
    number === undefined
      ? text({
          de: `Zur Charge ${batch} ist keine Rüge offen: es gibt nichts anzuzeigen.`,
          en: `No complaint about batch ${batch} is pending: there is nothing to give notice of.`,
        })
      : text({
          de: `Eine offene Rüge ${number} zur Charge ${batch} gibt es nicht.`,
          en: `There is no pending complaint ${number} about batch ${batch}.`,
        }),
    text({ de: `Alle Rügen: scanlot complaint list ${batch}`, en: `All complaints: scanlot complaint list ${batch}` }),
  );
}
