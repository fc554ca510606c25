import { actionKinds } from './actions.ts';
import type { PdfDocument } from './document.ts';
import type { Evidence } from './evidence.ts';
import type { PdfPage } from './page-tree.ts';
import { isArray, isDictionary, type PdfValue, Ref } from './values.ts';

/** What one, or one of its events, costs of the budget, however often it is met. */
const annotationCost = 64;

/** Looks at what the annotations of a page do, and at the files attached to them. @throws PdfDamage */
export function readAnnotations(document: PdfDocument, page: PdfPage, evidence: Evidence): void {
  noteActions(document, page.dictionary.get('AA'), page, evidence);
  const annotations = document.resolve(page.dictionary.get('Annots'));
  if (!isArray(annotations)) return;
  for (const value of annotations) {
    // Pages may share one long list.
    document.budget.spend(annotationCost);
    const annotation = document.resolve(value);
    if (!isDictionary(annotation)) continue;
    for (const kind of actionKinds(document, annotation.get('A'))) evidence.noteAction(kind, page.number);
    noteActions(document, annotation.get('AA'), page, evidence);
    const file = annotation.get('FS');
    if (file !== undefined) noteFile(document, file, evidence);
  }
}

/** Additional actions: one for each event. */
function noteActions(document: PdfDocument, value: PdfValue | undefined, page: PdfPage, evidence: Evidence): void {
  const events = document.resolve(value);
  if (!isDictionary(events)) return;
  for (const action of events.values()) {
    document.budget.spend(annotationCost);
    for (const kind of actionKinds(document, action)) evidence.noteAction(kind, page.number);
  }
}

function noteFile(document: PdfDocument, value: PdfValue, evidence: Evidence): void {
  const file = document.resolve(value);
  const embedded = isDictionary(file) ? file.get('EF') : undefined;
  if (embedded === undefined) return;
  // A specification that stands in the annotation itself has no number: it counts as one of its own.
  evidence.attached.add(value instanceof Ref ? value.number : -1 - evidence.attached.size);
}
