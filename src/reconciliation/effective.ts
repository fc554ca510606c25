import { fileKey } from '../custody/reference.ts';
import type { DeliveredFile, LedgerFacts, ListedFile, Round } from './facts.ts';

/** A file as it was delivered, with the delivery. */
export interface Delivered {
  readonly file: DeliveredFile;
  readonly round: Round;
}

/** What counts of several rounds. */
export interface Effective {
  /** By the id of the file of the pick list. */
  readonly listed: ReadonlyMap<number, Delivered>;
  /** Delivered, but not on this pick list. */
  readonly unlisted: readonly Delivered[];
  /** Deliveries of files that had been accepted from an earlier round, and that nobody had asked for. */
  readonly afterAcceptance: readonly Redelivered[];
  /** Deliveries in the place of accepted content that was complained about: accepted, rejected or not decided. */
  readonly corrections: readonly Redelivered[];
}

export interface Redelivered {
  readonly delivered: Delivered;
  readonly accepted: Delivered;
}

/**
 * Which delivery of each file counts: the accepted one, for what is accepted stays accepted until a correction is accepted
 * in its place; else the newest, for a redelivery takes the place of what was delivered before.
 */
export function effectiveDeliveries({
  files,
  rounds,
  complaints,
}: Pick<LedgerFacts, 'files' | 'rounds' | 'complaints'>): Effective {
  const listed = new Map<number, Delivered>();
  const unlisted = new Map<string, Delivered>();
  const afterAcceptance: Redelivered[] = [];
  const corrections: Redelivered[] = [];
  const onPickList = new Set(files.map((file: ListedFile) => file.id));
  for (const round of rounds) {
    for (const file of round.files) {
      const delivered = { file, round };
      if (file.fileId === null || !onPickList.has(file.fileId)) {
        unlisted.set(fileKey(file), delivered);
        continue;
      }
      const earlier = listed.get(file.fileId);
      if (!earlier || !isAccepted(earlier)) {
        listed.set(file.fileId, delivered);
        continue;
      }
      // Without a complaint nothing is decided about a file that is accepted already.
      const isCorrection = file.decision !== null || complaints.has(file.fileId);
      (isCorrection ? corrections : afterAcceptance).push({ delivered, accepted: earlier });
      if (isAccepted(delivered)) listed.set(file.fileId, delivered);
    }
  }
  return { listed, unlisted: [...unlisted.values()], afterAcceptance, corrections };
}

function isAccepted({ file }: Delivered): boolean {
  return file.decision?.outcome === 'accepted' || file.decision?.outcome === 'corrected';
}
