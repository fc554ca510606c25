import type { Break } from './break.ts';
import { findBreaks } from './breaks.ts';
import { addCounts, type Counts } from './counts.ts';
import { effectiveDeliveries } from './effective.ts';
import type { LedgerFacts } from './facts.ts';
import { countIdentities, documentIdentity, type Identity } from './identities.ts';
import { type FileLine, listedLine, unlistedLine } from './line.ts';

/** A box, the files without a box (barcode null), or the files that are not on the pick list. */
export interface BoxTotals {
  readonly barcode: string | null;
  readonly kind: 'box' | 'no-box' | 'unlisted';
  readonly counts: Counts;
}

/** The ledger of one batch: every file once, the sums, and what does not agree. */
export interface Reconciliation {
  /** The files of the pick list in its order, then those that are not on it. */
  readonly files: readonly FileLine[];
  readonly boxes: readonly BoxTotals[];
  readonly totals: Counts;
  readonly identities: readonly Identity[];
  readonly breaks: readonly Break[];
}

/** Reconciles one batch; pure. The totals of the boxes always add up to those of the batch. */
export function reconcile(facts: LedgerFacts): Reconciliation {
  const effective = effectiveDeliveries(facts);
  const files = [
    ...facts.files.map((file) => listedLine(facts, file, effective.listed.get(file.id))),
    ...effective.unlisted.map(unlistedLine),
  ];
  const totals = addCounts(files.map(({ counts }) => counts));
  const identities = [...documentIdentities(facts), ...countIdentities(totals)];
  return {
    files,
    boxes: boxTotals(files),
    totals,
    identities,
    breaks: findBreaks(facts, effective, totals, identities),
  };
}

function documentIdentities({ rounds }: LedgerFacts): Identity[] {
  const newest = rounds.at(-1);
  if (!newest) return [];
  const declared = newest.files.reduce((sum, { documents }) => sum + documents, 0);
  return [documentIdentity(declared, newest.documents)];
}

function boxTotals(files: readonly FileLine[]): BoxTotals[] {
  const groups = new Map<string, { barcode: string | null; kind: BoxTotals['kind']; counts: Counts[] }>();
  for (const { box, state, counts } of files) {
    const kind = state === 'unlisted' ? 'unlisted' : box === null ? 'no-box' : 'box';
    const key = `${kind} ${box ?? ''}`;
    const group = groups.get(key);
    if (group) group.counts.push(counts);
    else groups.set(key, { barcode: box, kind, counts: [counts] });
  }
  return [...groups.values()].map(({ barcode, kind, counts }) => ({ barcode, kind, counts: addCounts(counts) }));
}
