import { type Break, batchBreak, fileBreak } from './break.ts';
import { contentBreaks } from './content-breaks.ts';
import { findCorrectionBreaks } from './correction-breaks.ts';
import type { Counts } from './counts.ts';
import type { Delivered, Effective } from './effective.ts';
import type { LedgerFacts, ListedFile } from './facts.ts';
import type { Identity } from './identities.ts';
import { unlistedBreaks } from './unlisted.ts';

/**
 * Everything that does not agree, each cause once; what concerns the whole batch is told with the newest delivery.
 * Nothing is told before the first delivery: then the files are simply out.
 */
export function findBreaks(
  facts: LedgerFacts,
  effective: Effective,
  totals: Counts,
  identities: readonly Identity[],
): Break[] {
  const newest = facts.rounds.at(-1);
  if (!newest) return [];
  const missing = facts.files.filter(({ id }) => !effective.listed.has(id));
  const unlisted = unlistedBreaks(facts, effective.unlisted, missing);
  return [
    ...missing
      .filter(({ id }) => !unlisted.explained.has(id))
      .map(({ volume, box, reference }) =>
        batchBreak('ledger.file-missing', newest.deliveryId, { volume, box }, reference),
      ),
    ...facts.files.flatMap((file) => {
      const delivered = effective.listed.get(file.id);
      return delivered ? deliveredBreaks(facts, file, delivered, newest.deliveryId) : [];
    }),
    ...unlisted.breaks,
    ...effective.afterAcceptance
      .filter(({ delivered }) => delivered.round === newest)
      .map(({ delivered, accepted }) => {
        const args = { volume: delivered.file.volume, round: accepted.round.round };
        return fileBreak('ledger.delivered-after-acceptance', delivered, args);
      }),
    ...findCorrectionBreaks(facts, effective, newest),
    ...sheetsUnknown(facts, effective, newest.deliveryId),
    ...orderBreaks(facts, totals, newest.deliveryId),
    ...identities
      .filter(({ holds }) => !holds)
      .map(({ identity, left, right }) =>
        batchBreak('ledger.identity-broken', newest.deliveryId, { identity, left, right }),
      ),
  ];
}

function deliveredBreaks(facts: LedgerFacts, file: ListedFile, delivered: Delivered, newestId: number): Break[] {
  const { volume, decision } = delivered.file;
  const { deliveryId, round } = delivered.round;
  // What was wrong with a file is settled by its rejection; from then on it is the redelivery that counts.
  if (decision?.outcome === 'rejected' && deliveryId !== newestId) {
    return [batchBreak('ledger.redelivery-missing', newestId, { volume, round }, delivered.file.reference)];
  }
  return [...contentBreaks(facts, file, delivered), ...decisionBreaks(facts, file, delivered)];
}

function decisionBreaks({ accepted, imported }: LedgerFacts, file: ListedFile, delivered: Delivered): Break[] {
  const breaks: Break[] = [];
  const { volume, receivedPages } = delivered.file;
  const first = accepted.get(file.id);
  const acceptedPages = first?.correctedPages ?? first?.pages;
  const importedPages = imported.get(file.id)?.pages;
  if (acceptedPages !== undefined && acceptedPages !== receivedPages) {
    const args = { volume, received: receivedPages, accepted: acceptedPages };
    breaks.push(fileBreak('ledger.accepted-differs', delivered, args));
  }
  if (importedPages !== undefined && importedPages !== acceptedPages) {
    const args = { volume, accepted: acceptedPages ?? 0, imported: importedPages };
    breaks.push(fileBreak('ledger.imported-differs', delivered, args));
  }
  return breaks;
}

/** A comparison that could not be made is told, never taken for passed. */
function sheetsUnknown({ files }: LedgerFacts, { listed }: Effective, deliveryId: number): Break[] {
  const unknown = files.filter(({ id, expectedSheets }) => expectedSheets === null && listed.has(id)).length;
  return unknown === 0 ? [] : [batchBreak('ledger.sheets-unknown', deliveryId, { files: unknown })];
}

function orderBreaks({ order }: LedgerFacts, totals: Counts, deliveryId: number): Break[] {
  const { number, orderedPages: ordered, otherBatches } = order;
  const accepted = totals.acceptedPages + otherBatches.accepted;
  const open = totals.openPages + otherBatches.open;
  if (accepted > ordered)
    return [batchBreak('ledger.over-delivered', deliveryId, { order: number, ordered, accepted })];
  if (accepted + open <= ordered) return [];
  return [batchBreak('ledger.order-nearly-exceeded', deliveryId, { order: number, ordered, accepted, open })];
}
