import { type ActiveKind, actionKinds, inOrder } from './actions.ts';
import { attempt, PdfDamage } from './damage.ts';
import type { PdfDocument } from './document.ts';
import { type FormFacts, readForm } from './form.ts';
import { type Metadata, readInfo, readXmp, type XmpFacts } from './metadata.ts';
import { Name } from './names.ts';
import { type Dictionary, isArray, isDictionary, type PdfValue, Ref } from './values.ts';

/** What the catalog tells beside the pages. */
export interface CatalogFacts {
  /** /Version, which overrides the header's where it is later (7.2.2). */
  readonly version: string | undefined;
  /** Embedded files listed in the name tree. */
  readonly attachments: number;
  /** Actions that start by themselves with the document, and scripts of the document. */
  readonly active: readonly ActiveKind[];
  /** All actions that start with the document, by their names in the file. */
  readonly actions: ReadonlySet<string>;
  readonly form: FormFacts | null;
  /** Why metadata could not be read, where they could not. */
  readonly metadataDamage: PdfDamage | undefined;
  readonly info: Metadata;
  readonly xmp: XmpFacts | undefined;
  /** Whether an output intent for PDF/A says what its device colours mean (ISO 19005-2, 6.2.3). */
  readonly hasPdfaIntent: boolean;
  /** Whether it has a structure tree and says so (14.7, 14.8). */
  readonly isTagged: boolean;
}

/** @throws PdfDamage */
export function readCatalog(document: PdfDocument, catalog: Dictionary): CatalogFacts {
  const version = document.resolve(catalog.get('Version'));
  const names = document.dictionary(catalog.get('Names'));
  const actions = new Set(actionKinds(document, catalog.get('OpenAction')));
  if (countNames(document, names?.get('JavaScript')) > 0) actions.add('JavaScript');
  for (const action of document.dictionary(catalog.get('AA'))?.values() ?? []) {
    for (const kind of actionKinds(document, action)) actions.add(kind);
  }
  const info = attempt(() => readInfo(document));
  const xmp = attempt(() => readXmp(document, catalog));
  const marks = document.dictionary(catalog.get('MarkInfo'));
  return {
    version: version instanceof Name && /^\d\.\d$/.test(version.text) ? version.text : undefined,
    attachments: countNames(document, names?.get('EmbeddedFiles')),
    active: inOrder(actions),
    actions,
    form: readForm(document, catalog.get('AcroForm')),
    metadataDamage: xmp instanceof PdfDamage ? xmp : info instanceof PdfDamage ? info : undefined,
    info: info instanceof PdfDamage ? {} : info,
    xmp: xmp instanceof PdfDamage ? undefined : xmp,
    hasPdfaIntent: hasPdfaIntent(document, catalog.get('OutputIntents')),
    isTagged: catalog.has('StructTreeRoot') && document.resolve(marks?.get('Marked')) === true,
  };
}

function hasPdfaIntent(document: PdfDocument, value: PdfValue | undefined): boolean {
  const intents = document.resolve(value);
  if (!isArray(intents)) return false;
  return intents.some((intent) => {
    const kind = document.resolve(document.dictionary(intent)?.get('S'));
    return kind instanceof Name && kind.text === 'GTS_PDFA1';
  });
}

const kidCost = 16;

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
    const found = document.resolve(node);
    const dictionary = isDictionary(found) ? found : undefined;
    const names = document.resolve(dictionary?.get('Names'));
    if (isArray(names)) count += Math.floor(names.length / 2);
    const kids = document.resolve(dictionary?.get('Kids'));
    if (!isArray(kids)) continue;
    // Nodes may share one long list.
    document.budget.spend(kids.length * kidCost);
    for (const kid of kids) waiting.push(kid);
  }
  return count;
}
