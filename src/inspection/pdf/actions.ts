import type { PdfDocument } from './document.ts';
import { Name } from './names.ts';
import { isArray, isDictionary, type PdfValue } from './values.ts';

/** Actions that do something outside of the page that is shown (ISO 32000-2, table 201). */
const activeKinds = ['JavaScript', 'Launch', 'SubmitForm', 'ImportData', 'GoToR', 'URI', 'Rendition'] as const;
export type ActiveKind = (typeof activeKinds)[number];

/** Of these, what nobody expects of a scan: programs and data leave or enter the document. */
export const harmfulKinds: readonly string[] = ['JavaScript', 'Launch', 'SubmitForm', 'ImportData'];

/** In the catalogue's order. */
export function inOrder(kinds: ReadonlySet<string>): ActiveKind[] {
  return activeKinds.filter((kind) => kinds.has(kind));
}

const longestChain = 100;
const stepCost = 16;

/** The kind of an action, and of those that follow it by /Next, as far as a single chain goes. */
export function actionKinds(document: PdfDocument, value: PdfValue | undefined): string[] {
  const kinds: string[] = [];
  let action = document.resolve(value);
  for (let steps = 0; steps < longestChain && isDictionary(action); steps += 1) {
    document.budget.spend(stepCost);
    const kind = document.resolve(action.get('S'));
    if (kind instanceof Name) kinds.push(kind.text);
    const next = document.resolve(action.get('Next'));
    action = isArray(next) ? document.resolve(next[0]) : next;
  }
  return kinds;
}
