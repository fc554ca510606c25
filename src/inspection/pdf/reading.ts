import type { ByteSource } from '../byte-source.ts';
import { type CatalogFacts, readCatalog } from './catalog.ts';
import { attempt, PdfDamage } from './damage.ts';
import type { PdfDocument } from './document.ts';
import { WorkBudget } from './limits.ts';
import { PageSurvey } from './page-survey.ts';
import { type PageTree, walkPageTree } from './page-tree.ts';
import { isCatalog, recoverDocument } from './recovery.ts';
import { Ref } from './values.ts';

/** What the pages and the catalog of one document say. */
export interface Reading {
  readonly document: PdfDocument;
  readonly tree: PageTree;
  readonly survey: PageSurvey;
  readonly catalog: CatalogFacts | PdfDamage;
}

/**
 * @param described whether the facts of each page are told, and not only what was observed
 * @throws PdfDamage where the way from the catalog to the pages is broken.
 */
export function readDocument(document: PdfDocument, described: boolean): Reading {
  const catalog = document.resolve(document.trailer.get('Root'));
  if (!isCatalog(catalog)) throw PdfDamage.of('root-missing');
  const root = catalog.get('Pages');
  if (!(root instanceof Ref)) throw PdfDamage.of('root-missing');
  const survey = new PageSurvey(document, described);
  const tree = walkPageTree(document, root, (page) => survey.add(page));
  return { document, tree, survey, catalog: attempt(() => readCatalog(document, catalog)) };
}

/** Whether every branch of the tree was followed to its leaves. */
export function isWhole(tree: PageTree): boolean {
  return !tree.hasLoop && !tree.isTooDeep && tree.missing === undefined && tree.invalid === undefined;
}

/** A reading, and how far it can be relied on. */
export interface Settled {
  /** The last reading there was; undefined where the document could not be read at all. */
  readonly reading: Reading | undefined;
  readonly pages: number | null;
  /** Why the cross-reference was rebuilt, where it was. */
  readonly recoveredFrom: PdfDamage | undefined;
  /** Why there is no reading. */
  readonly failure: PdfDamage | undefined;
}

/** Decides between what the cross-reference says and, where that is damaged, what a rebuilt one says. */
export function settle(source: ByteSource, first: Reading | PdfDamage, described: boolean): Settled {
  const isFinal =
    first instanceof PdfDamage
      ? first.reason === 'too-complex' || first.reason === 'encrypted'
      : isWhole(first.tree) || first.tree.hasLoop || first.tree.isTooDeep;
  if (isFinal) return asItIs(first);
  const recoveredFrom = first instanceof PdfDamage ? first : PdfDamage.of('object-missing');
  const second = attempt(() => recover(source, recoveredFrom, described));
  if (second instanceof PdfDamage) return asItIs(first instanceof PdfDamage && isLimit(second) ? second : first);
  const { reading, pages } = second;
  // The rebuilt cross-reference may know no more than the first: then the first one's findings are the plainer ones.
  if (pages === null && !(first instanceof PdfDamage)) return asItIs(first);
  return { reading, pages, recoveredFrom, failure: undefined };
}

function asItIs(first: Reading | PdfDamage): Settled {
  if (first instanceof PdfDamage) {
    return { reading: undefined, pages: null, recoveredFrom: undefined, failure: first };
  }
  const pages = isWhole(first.tree) ? first.tree.leaves : null;
  return { reading: first, pages, recoveredFrom: undefined, failure: undefined };
}

function isLimit(damage: PdfDamage): boolean {
  return damage.reason === 'too-complex';
}

/** A count from a rebuilt cross-reference is given only where nothing contradicts it. */
function recover(source: ByteSource, from: PdfDamage, described: boolean): { reading: Reading; pages: number | null } {
  const { document, isDoubtful } = recoverDocument(source, new WorkBudget());
  const reading = readDocument(document, described);
  const { tree } = reading;
  // Where the end of the file is lost, an update may be lost with it.
  const hasLostEnd = from.reason === 'startxref-missing' || from.reason === 'update-broken';
  const isConsistent = isWhole(tree) && tree.wrongCount === undefined && tree.leaves > 0;
  return { reading, pages: isConsistent && !isDoubtful && !hasLostEnd ? tree.leaves : null };
}
