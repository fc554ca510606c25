import type { PdfDocument } from './document.ts';
import { Name } from './names.ts';
import { type Dictionary, isArray, isDictionary, type PdfValue, Ref } from './values.ts';

/** Actions that do something outside of the page that is shown (ISO 32000-2, table 201). */
const activeKinds = ['JavaScript', 'Launch', 'SubmitForm', 'ImportData', 'GoToR', 'URI', 'Rendition'] as const;
export type ActiveKind = (typeof activeKinds)[number];

/** What the catalog tells beside the pages. */
export interface CatalogFacts {
  /** /Version, which overrides the header's where it is later (7.2.2). */
  readonly version: string | undefined;
  /** Embedded files listed in the name tree. */
  readonly attachments: number;
  /** Actions that start by themselves with the document, and scripts of the document. */
  readonly active: readonly ActiveKind[];
  readonly hasForm: boolean;
}

export function readCatalog(document: PdfDocument, catalog: Dictionary): CatalogFacts {
  const version = document.resolve(catalog.get('Version'));
  const names = document.dictionary(catalog.get('Names'));
  const active = new Set<ActiveKind>();
  if (countNames(document, names?.get('JavaScript')) > 0) active.add('JavaScript');
  addAction(document, catalog.get('OpenAction'), active);
  for (const action of document.dictionary(catalog.get('AA'))?.values() ?? []) addAction(document, action, active);
  return {
    version: version instanceof Name && /^\d\.\d$/.test(version.text) ? version.text : undefined,
    attachments: countNames(document, names?.get('EmbeddedFiles')),
    active: activeKinds.filter((kind) => active.has(kind)),
    hasForm: document.dictionary(catalog.get('AcroForm')) !== undefined,
  };
}

/** An action, and those that follow it by /Next, as far as a single chain goes. */
function addAction(document: PdfDocument, value: PdfValue | undefined, active: Set<ActiveKind>): void {
  let action = document.resolve(value);
  for (let steps = 0; steps < 100 && isDictionary(action); steps += 1) {
    const kind = document.resolve(action.get('S'));
    const known = kind instanceof Name ? activeKinds.find((name) => name === kind.text) : undefined;
    if (known) active.add(known);
    const next = document.resolve(action.get('Next'));
    action = isArray(next) ? document.resolve(next[0]) : next;
  }
}

/** Entries of a name tree (7.9.6). */
function countNames(document: PdfDocument, root: PdfValue | undefined): number {
  const waiting: PdfValue[] = root === undefined ? [] : [root];
  const visited = new Set<number>();
  let count = 0;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node instanceof Ref) {
      if (visited.has(node.number)) continue;
      visited.add(node.number);
    }
    const dictionary = document.dictionary(node);
    const names = document.resolve(dictionary?.get('Names'));
    if (isArray(names)) count += Math.floor(names.length / 2);
    const kids = document.resolve(dictionary?.get('Kids'));
    if (isArray(kids)) for (const kid of kids) waiting.push(kid);
  }
  return count;
}
