import { createFinding, type Finding } from '../findings/finding.ts';
import { exitCodes } from '../shared/errors.ts';
import { type CheckContext, unlistedEntries } from './context.ts';
import type { FindingLog } from './finding-log.ts';
import type { ItemList } from './item-list.ts';
import { blamesOf, type CheckedItem, type ItemState, type PageSums } from './items.ts';

/** pass: no error. fail: something is wrong. error: nothing is known to be wrong, but something could not be judged. */
export type Verdict = 'pass' | 'fail' | 'error';

/** The books of a check. passed + failed + errored + waived = declared + unlisted, or a finding says that they are out. */
export interface CheckCounts extends PageSums {
  /** Files in the package, whatever they are. */
  readonly files: number;
  /** Bytes of these files. */
  readonly bytes: number;
  /** Rows of the manifests, or the documents of rows that stand for whole files; without manifests none. */
  readonly declared: number;
  /** Files that are an item by themselves, because no manifest names them. */
  readonly unlisted: number;
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  /** Items whose defects were all waived. A check by itself waives nothing; `scanlot waive` does, `delivery show` counts them. */
  readonly waived: number;
  /** All findings by severity. */
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

/** The only place where a verdict is made: from the findings alone. */
export function verdictOf({ errors }: FindingLog): Verdict {
  if (errors.defect > 0) return 'fail';
  return errors.unjudged > 0 ? 'error' : 'pass';
}

/** Exit code of a command that ends with this verdict. */
export function exitCodeOf(verdict: Verdict): 0 | 1 {
  return verdict === 'pass' ? exitCodes.clean : exitCodes.findings;
}

/**
 * What the items show when all checks have run: items that nothing speaks against and nothing speaks for, a package in
 * which nothing was verified, books that do not balance.
 */
export function* closingFindings(context: CheckContext, items: ItemList, log: FindingLog): Iterable<Finding> {
  const nothingTold = log.counts.error === 0;
  for (const item of erroredOf(items)) {
    // Files that no manifest names are many where a manifest is broken: that is one cause, and has been told.
    const unexplained = item.manifest === undefined ? nothingTold : blamesOf(log, item).length === 0;
    if (!context.listedCompletely && item.facts === null) continue;
    if (!unexplained) continue;
    const { path, manifest, row } = item;
    yield createFinding('package.item-unjudged', path === '' && manifest ? { path: manifest, row } : { path }, {});
  }
  if (nothingTold && items.length === 0) yield createFinding('package.nothing-verified', { path: '' }, {});
  const { declared, unlisted } = expectedItems(context);
  const { passed, failed, errored } = countStates(items);
  if (passed + failed + errored !== declared + unlisted) {
    yield createFinding('package.books-unbalanced', { path: '' }, { declared, unlisted, passed, failed, errored });
  }
}

function* erroredOf(items: ItemList): Iterable<CheckedItem> {
  for (let place = 0; place < items.length; place += 1) {
    const item = items.stateOf(place) === 'errored' ? items.at(place) : undefined;
    if (item) yield item;
  }
}

/** Counted from what was read, not from the items: only so can the books be out of balance. */
function expectedItems(context: CheckContext): { declared: number; unlisted: number } {
  let unlisted = 0;
  for (const _entry of unlistedEntries(context)) unlisted += 1;
  return { declared: declaredItems(context), unlisted };
}

/** One for each row; where a row stands for a whole file, one for each of its documents. */
function declaredItems({ manifests, fileRows }: CheckContext): number {
  let declared = manifests.reduce((sum, { rows }) => sum + rows, 0);
  for (const documents of fileRows?.documents.values() ?? []) declared += Math.max(0, documents.length - 1);
  return declared;
}

function countStates(items: ItemList): Record<ItemState, number> {
  const states = { passed: 0, failed: 0, errored: 0 };
  for (let place = 0; place < items.length; place += 1) states[items.stateOf(place)] += 1;
  return states;
}

export function countCheck(
  context: CheckContext,
  { items, pages }: { readonly items: ItemList; readonly pages: PageSums },
  log: FindingLog,
): CheckCounts {
  const files = context.index.entries.filter(({ kind }) => kind === 'file');
  return {
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    ...expectedItems(context),
    ...countStates(items),
    waived: 0,
    declaredPages: pages.declaredPages,
    countedPages: pages.countedPages,
    uncounted: pages.uncounted,
    errors: log.counts.error,
    warnings: log.counts.warning,
    notes: log.counts.note,
  };
}
