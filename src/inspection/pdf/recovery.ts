import type { ByteSource } from '../byte-source.ts';
import { CrossReference, kinds } from './cross-reference.ts';
import { attempt, PdfDamage } from './damage.ts';
import { PdfDocument } from './document.ts';
import type { WorkBudget } from './limits.ts';
import { Name } from './names.ts';
import { type Definition, ObjectScan } from './object-scan.ts';
import { type Dictionary, isDictionary, type PdfValue, Ref } from './values.ts';

export interface RecoveredDocument {
  readonly document: PdfDocument;
  /**
   * Whether the objects found may not be the newest state of the document: one of them is unreadable, or there are
   * traces of several states, of which the newest may be what is damaged.
   */
  readonly isDoubtful: boolean;
}

/**
 * Rebuilds the cross-reference of a damaged file from the objects that stand in it: of several with one number the
 * last counts. The whole file is read once, in pieces; the data of streams are passed over where their length holds.
 * @throws PdfDamage 'root-missing' when no object can be the catalog, or more than one.
 */
export function recoverDocument(source: ByteSource, budget: WorkBudget): RecoveredDocument {
  const scan = new ObjectScan(source, budget);
  scan.run();
  const inFile = new CrossReference();
  for (const { number, offset } of scan.definitions) inFile.set(number, kinds.inFile, offset, 0);
  const isRedefined = inFile.used < scan.definitions.length;
  const trailer = scan.trailer ?? new Map<string, PdfValue>();
  const base = { source, budget, isRebuilt: true };
  const { entries, hasLost } = addCompressed(scan.definitions, new PdfDocument({ ...base, entries: inFile, trailer }));
  const document = new PdfDocument({ ...base, entries, trailer });
  const isDoubtful = isRedefined || hasLost || scan.hasUnreadable || scan.hasUpdates;
  if (isCatalog(attempt(() => document.resolve(trailer.get('Root'))))) return { document, isDoubtful };
  const root = onlyCatalog(document);
  const mended = new Map(trailer).set('Root', root);
  return { document: new PdfDocument({ ...base, entries, trailer: mended }), isDoubtful };
}

/** Objects in object streams take their turn where the stream stands in the file. */
function addCompressed(
  definitions: readonly Definition[],
  document: PdfDocument,
): { entries: CrossReference; hasLost: boolean } {
  const entries = new CrossReference();
  let hasLost = false;
  for (const { number, offset, isObjectStream } of definitions) {
    entries.set(number, kinds.inFile, offset, 0);
    const location = document.entries.locate(number);
    const isCurrent = location?.kind === kinds.inFile && location.offset === offset;
    if (!isObjectStream || !isCurrent) continue;
    const stream = attempt(() => document.objectStream(number));
    if (stream instanceof PdfDamage) {
      if (stream.reason === 'too-complex') throw stream;
      hasLost = true;
      continue;
    }
    for (let index = 0; index < stream.count; index += 1) {
      entries.set(stream.numberAt(index) ?? 0, kinds.inStream, number, index);
    }
  }
  return { entries, hasLost };
}

function onlyCatalog(document: PdfDocument): Ref {
  let found: Ref | undefined;
  for (let number = 1; number < document.entries.length; number += 1) {
    const ref = new Ref(number, 0);
    const value = attempt(() => document.object(ref));
    if (value instanceof PdfDamage && value.reason === 'too-complex') throw value;
    if (!isCatalog(value)) continue;
    if (found !== undefined) throw PdfDamage.of('root-missing');
    found = ref;
  }
  if (found === undefined) throw PdfDamage.of('root-missing');
  return found;
}

export function isCatalog(value: PdfValue | PdfDamage | undefined): value is Dictionary {
  if (value instanceof PdfDamage || !isDictionary(value)) return false;
  const type = value.get('Type');
  return type instanceof Name && type.text === 'Catalog';
}
