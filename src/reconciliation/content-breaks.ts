import { type Break, fileBreak } from './break.ts';
import type { Delivered } from './effective.ts';
import type { LedgerFacts, ListedFile } from './facts.ts';
import { pageBreaks } from './page-breaks.ts';

/** What does not agree about the content of one delivered file: its pages, and what was delivered before. */
export function contentBreaks(facts: LedgerFacts, file: ListedFile, delivered: Delivered): Break[] {
  const { volume } = delivered.file;
  const content = facts.known.get(delivered.file.id);
  if (!content) return pageBreaks(facts, file, delivered);
  if ('whole' in content) {
    const { reference: otherReference, volume: otherVolume, batch, round } = content.whole;
    return [fileBreak('ledger.duplicate-file', delivered, { volume, otherReference, otherVolume, batch, round })];
  }
  const known = content.documents.map(({ path, reference: otherReference, volume: otherVolume, ...earlier }) =>
    fileBreak('ledger.document-known', delivered, { volume, otherReference, otherVolume, ...earlier }, { path }),
  );
  return [...pageBreaks(facts, file, delivered), ...known];
}
