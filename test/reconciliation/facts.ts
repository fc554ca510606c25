import type { DeliveredFile, LedgerFacts, ListedFile, Round } from '../../src/reconciliation/facts.ts';

/** Facts of a batch for tests; whatever is not given is in order. */
export function facts(given: Partial<LedgerFacts> = {}): LedgerFacts {
  return {
    batch: { key: 'B-1' },
    order: { number: 'A-1', orderedPages: 1_000_000, otherBatches: { accepted: 0, open: 0 } },
    files: [],
    rounds: [],
    accepted: new Map(),
    imported: new Map(),
    elsewhere: new Map(),
    known: new Map(),
    complaints: new Map(),
    unchanged: new Map(),
    sheetRule: { kind: 'counted', tolerance: 0 },
    sides: 2,
    ...given,
  };
}

export function listed(id: number, more: Partial<ListedFile> = {}): ListedFile {
  return { id, reference: `A ${id}`, volume: '', box: 'K1', expectedSheets: 10, ...more };
}

/** Delivered as the pick list has it: 10 sheets, 20 pages, one document. */
export function delivered(id: number, fileId: number | null, more: Partial<DeliveredFile> = {}): DeliveredFile {
  return {
    id,
    fileId,
    reference: `A ${fileId ?? id}`,
    volume: '',
    documents: 1,
    declaredPages: 20,
    isDeclared: true,
    removedBlanks: 0,
    receivedPages: 20,
    decision: null,
    pagesExplained: false,
    ...more,
  };
}

export function round(number: number, files: readonly DeliveredFile[]): Round {
  const documents = files.reduce((sum, file) => sum + file.documents, 0);
  return {
    deliveryId: number * 100,
    round: number,
    files,
    documents: { passed: documents, failed: 0, errored: 0, waived: 0 },
  };
}
