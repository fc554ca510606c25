import { type Break, fileBreak } from './break.ts';
import type { Delivered } from './effective.ts';
import type { LedgerFacts, ListedFile } from './facts.ts';
import { expectedPages } from './sheet-rule.ts';

/** What does not agree between the pages of one delivered file: with the paper, and with the bytes. */
export function pageBreaks(facts: LedgerFacts, listed: ListedFile, delivered: Delivered): Break[] {
  return [...againstSheets(facts, listed, delivered), ...againstBytes(delivered)];
}

function againstSheets({ sheetRule, sides }: LedgerFacts, listed: ListedFile, delivered: Delivered): Break[] {
  const { expectedSheets: sheets } = listed;
  if (sheets === null) return [];
  const { volume, removedBlanks, documents } = delivered.file;
  const pages = pagesOf(delivered);
  if (pages === null) return [];
  const { least, most } = expectedPages(sheetRule, { sheets, sides, documents, removedBlanks });
  const found = pages + removedBlanks;
  const args = { volume, sheets, sides, pages, removedBlanks };
  if (found < least) {
    return sheetRule.kind === 'counted'
      ? [fileBreak('ledger.page-shortage', delivered, args)]
      : [fileBreak('ledger.pages-below-estimate', delivered, { ...args, least })];
  }
  if (found <= most) return [];
  return sheetRule.kind === 'counted'
    ? [fileBreak('ledger.page-surplus', delivered, args)]
    : [fileBreak('ledger.pages-above-estimate', delivered, { ...args, most })];
}

/** Pages as declared; as counted where they are not declared; null where they could not be counted either. */
function pagesOf({ file }: Delivered): number | null {
  return file.isDeclared ? file.declaredPages : file.receivedPages;
}

/** Where the check has told of the document in question, the file is not told of again. */
function againstBytes(delivered: Delivered): Break[] {
  const { volume, declaredPages: declared, isDeclared, receivedPages: counted, pagesExplained } = delivered.file;
  if (!isDeclared || counted === null || counted === declared || pagesExplained) return [];
  return [fileBreak('ledger.declared-differs-from-counted', delivered, { volume, declared, counted })];
}
