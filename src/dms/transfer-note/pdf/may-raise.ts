import type { PdfDocument } from '../../../inspection/pdf/document.ts';
import { Name } from '../../../inspection/pdf/names.ts';
import { type PdfPage, walkPageTree } from '../../../inspection/pdf/page-tree.ts';
import {
  type Dictionary,
  isArray,
  isDictionary,
  PdfStream,
  type PdfValue,
  Ref,
} from '../../../inspection/pdf/values.ts';
import type { OpenScan } from './open-scan.ts';

const lookCost = 64;

/**
 * Whether a sound PDF/A-1 or PDF/A-2 meets what PDF/A-3 asks for beyond its own part, as far as it shows without a
 * validator. Part 2 allowed attached PDF/A without any relationship to the document (ISO 19005-3, 6.8 asks for one); part 1
 * allowed contents to use the resources of others (ISO 19005-2, 6.2.2) and annotations without appearance (6.3.3).
 */
export function mayBecomePart3({ document, catalog, attachments }: OpenScan, part: number): boolean {
  if (part === 3) return true;
  if (attachments > 0) return false;
  return part !== 1 || pagesMeetPart2(document, catalog);
}

function pagesMeetPart2(document: PdfDocument, catalog: Dictionary): boolean {
  const root = catalog.get('Pages');
  if (!(root instanceof Ref)) return false;
  const forms = new Set<number>();
  let areMet = true;
  walkPageTree(document, root, (page) => {
    areMet &&= hasPlainAnnotations(document, page) && hasOwnResources(document, page.dictionary, forms);
  });
  return areMet;
}

/** Links need no appearance; whether others have a fitting one is not looked at. */
function hasPlainAnnotations(document: PdfDocument, { dictionary }: PdfPage): boolean {
  const annotations = document.resolve(dictionary.get('Annots'));
  if (annotations === undefined) return true;
  if (!isArray(annotations)) return false;
  document.budget.spend(annotations.length * lookCost);
  return annotations.every((annotation) => {
    const kind = document.resolve(document.dictionary(annotation)?.get('Subtype'));
    return kind instanceof Name && kind.text === 'Link';
  });
}

/** The page, the forms it shows and those that these show have their resources themselves. */
function hasOwnResources(document: PdfDocument, page: Dictionary, known: Set<number>): boolean {
  const waiting: Dictionary[] = [page];
  for (let holder = waiting.pop(); holder !== undefined; holder = waiting.pop()) {
    const resources = document.resolve(holder.get('Resources'));
    if (!isDictionary(resources)) return false;
    for (const value of document.dictionary(resources.get('XObject'))?.values() ?? []) {
      document.budget.spend(lookCost);
      const form = unknownForm(document, value, known);
      if (form) waiting.push(form);
    }
  }
  return true;
}

function unknownForm(document: PdfDocument, value: PdfValue, known: Set<number>): Dictionary | undefined {
  if (!(value instanceof Ref) || known.has(value.number)) return undefined;
  known.add(value.number);
  const object = document.resolve(value);
  if (!(object instanceof PdfStream)) return undefined;
  const kind = document.resolve(object.dictionary.get('Subtype'));
  return kind instanceof Name && kind.text === 'Form' ? object.dictionary : undefined;
}
