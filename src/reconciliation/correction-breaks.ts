import { type Break, batchBreak, fileBreak } from './break.ts';
import { contentBreaks } from './content-breaks.ts';
import type { Delivered, Effective, Redelivered } from './effective.ts';
import type { LedgerFacts, Round } from './facts.ts';

/**
 * What does not agree about deliveries in the place of accepted content: of those that count now, and of those that the
 * newest round has brought.
 */
export function findCorrectionBreaks(facts: LedgerFacts, { corrections, listed }: Effective, newest: Round): Break[] {
  const files = new Map(facts.files.map((file) => [file.id, file]));
  const breaks = corrections.flatMap(({ delivered, accepted }) => {
    const file = files.get(delivered.file.fileId ?? -1);
    const counts = file && listed.get(file.id) === delivered;
    if (!file || !(counts || delivered.round === newest)) return [];
    const own = againstAccepted(facts, { delivered, accepted });
    // Of what counts, the content is told of with all other files.
    return counts ? own : [...contentBreaks(facts, file, delivered), ...own];
  });
  return [...breaks, ...missingCorrections(facts, newest)];
}

function againstAccepted(facts: LedgerFacts, { delivered, accepted }: Redelivered): Break[] {
  return [...unchangedContent(facts, { delivered, accepted }), ...otherPages(facts, delivered)];
}

function unchangedContent({ unchanged }: LedgerFacts, { delivered, accepted }: Redelivered): Break[] {
  const args = { volume: delivered.file.volume, round: accepted.round.round };
  switch (unchanged.get(delivered.file.id)) {
    case 'all':
      return [fileBreak('ledger.correction-unchanged', delivered, args)];
    case 'documents':
      return [fileBreak('ledger.correction-index-only', delivered, args)];
    default:
      return [];
  }
}

/** Paid is the first acceptance, whatever a correction holds; so the difference has to be looked at. */
function otherPages({ accepted }: LedgerFacts, delivered: Delivered): Break[] {
  const { fileId, volume, receivedPages: received } = delivered.file;
  const paid = accepted.get(fileId ?? -1)?.pages;
  if (paid === undefined || received === null || received === paid) return [];
  return [fileBreak('ledger.correction-pages-differ', delivered, { volume, accepted: paid, received })];
}

/** Complaints that the newest round should have answered. */
function missingCorrections({ files, complaints }: LedgerFacts, newest: Round): Break[] {
  const brought = new Set(newest.files.map(({ fileId }) => fileId));
  return files.flatMap(({ id, reference, volume }) => {
    const complaint = complaints.get(id);
    if (!complaint?.hadDelivery || brought.has(id)) return [];
    const { raisedOn, deadline } = complaint;
    return [batchBreak('ledger.correction-missing', newest.deliveryId, { volume, raisedOn, deadline }, reference)];
  });
}
