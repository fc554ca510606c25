import { type Counts, noCounts } from './counts.ts';
import type { Delivered } from './effective.ts';
import type { AcceptedFile, LedgerFacts, ListedFile, PendingComplaint } from './facts.ts';

/**
 * How far a file has come. outstanding: on the pick list, not delivered so far; open: delivered and not decided;
 * unlisted: delivered, but not on this batch's pick list.
 */
export type FileState = 'outstanding' | 'open' | 'rejected' | 'accepted' | 'imported' | 'unlisted';

/** One file of the ledger with its counts. */
export interface FileLine {
  /** null for a file that is not on the pick list. */
  readonly fileId: number | null;
  readonly reference: string;
  readonly volume: string;
  readonly box: string | null;
  readonly state: FileState;
  /** Of an accepted file that was complained about, as long as that is not settled. */
  readonly complaint: PendingComplaint['state'] | null;
  /** The round that counts; null while nothing was delivered. */
  readonly round: number | null;
  /** null where the pick list does not tell. */
  readonly expectedSheets: number | null;
  /** null while nothing was delivered, or when the pages could not be counted. */
  readonly receivedPages: number | null;
  readonly counts: Counts;
}

/**
 * The line of a file of the pick list. What is accepted and imported comes from the records of decisions and imports by
 * file, what is delivered, rejected and open from the deliveries: where the two disagree, an identity does not hold.
 */
export function listedLine(
  facts: Pick<LedgerFacts, 'accepted' | 'imported' | 'complaints' | 'sides'>,
  file: ListedFile,
  delivered: Delivered | undefined,
): FileLine {
  const accepted = facts.accepted.get(file.id);
  const imported = facts.imported.get(file.id);
  const complaint = facts.complaints.get(file.id)?.state ?? null;
  const rejected = delivered?.file.decision?.outcome === 'rejected' ? delivered.file.decision : undefined;
  const isOpen = delivered !== undefined && delivered.file.decision === null;
  const received = delivered?.file.receivedPages ?? null;
  return {
    fileId: file.id,
    reference: file.reference,
    volume: file.volume,
    box: file.box,
    state: stateOf({ imported: !!imported, accepted: !!accepted, rejected: !!rejected, open: isOpen }),
    complaint,
    round: delivered?.round.round ?? null,
    expectedSheets: file.expectedSheets,
    receivedPages: received,
    counts: {
      ...noCounts,
      ...deliveredCounts(delivered),
      pickedUpFiles: 1,
      pickedUpPages: (file.expectedSheets ?? 0) * facts.sides,
      filesWithoutSheets: file.expectedSheets === null ? 1 : 0,
      deliveredFiles: delivered ? 1 : 0,
      outstandingFiles: delivered ? 0 : 1,
      ...acceptedCounts(accepted),
      complainedFiles: complaint ? 1 : 0,
      rejectedFiles: rejected ? 1 : 0,
      rejectedPages: rejected?.pages ?? 0,
      openFiles: isOpen ? 1 : 0,
      openPages: isOpen ? (received ?? 0) : 0,
      importedFiles: imported ? 1 : 0,
      importedPages: imported?.pages ?? 0,
    },
  };
}

function acceptedCounts(accepted: AcceptedFile | undefined): Partial<Counts> {
  if (!accepted) return {};
  const { pages, correctedPages = pages } = accepted;
  return { acceptedFiles: 1, acceptedPages: pages, correctionPages: correctedPages - pages };
}

function stateOf(is: { imported: boolean; accepted: boolean; rejected: boolean; open: boolean }): FileState {
  if (is.imported) return 'imported';
  if (is.accepted) return 'accepted';
  if (is.rejected) return 'rejected';
  return is.open ? 'open' : 'outstanding';
}

/** The line of a file that was delivered without being on the pick list. */
export function unlistedLine(delivered: Delivered): FileLine {
  const { file, round } = delivered;
  return {
    fileId: null,
    reference: file.reference,
    volume: file.volume,
    box: null,
    state: 'unlisted',
    complaint: null,
    round: round.round,
    expectedSheets: null,
    receivedPages: file.receivedPages,
    counts: { ...noCounts, ...deliveredCounts(delivered), unlistedFiles: 1, unlistedPages: file.receivedPages ?? 0 },
  };
}

function deliveredCounts(delivered: Delivered | undefined): Partial<Counts> {
  if (!delivered) return {};
  const { declaredPages, removedBlanks, receivedPages } = delivered.file;
  return {
    declaredPages,
    removedBlanks,
    receivedPages: receivedPages ?? 0,
    uncountedFiles: receivedPages === null ? 1 : 0,
  };
}
