import type { ByteSource } from '../byte-source.ts';
import { attempt, PdfDamage } from './damage.ts';
import type { PdfDocument } from './document.ts';
import { readHeader } from './file-ends.ts';
import { WorkBudget } from './limits.ts';
import { readLinearisation } from './linearisation.ts';
import { Name } from './names.ts';
import { openDocument } from './open-document.ts';
import { recoverDocument } from './recovery.ts';
import { isArray, isDictionary, PdfStream, type PdfValue, Ref } from './values.ts';

/** A file embedded in a PDF (ISO 32000-2, 7.11.4). */
export interface AttachedFile {
  /** As it is written there: no path of ours, whatever it looks like. */
  readonly name: string;
  /** /AFRelationship of PDF/A-3: "Data", "Alternative", "Source" …; undefined where none is told. */
  readonly relationship: string | undefined;
  /** The decoded bytes. @throws PdfDamage where they cannot be decoded within the limits */
  read(): Uint8Array;
}

const mostFiles = 1000;

/**
 * The files embedded in a PDF: those of the name tree, and those that only the catalog's /AF names. Writes nothing.
 * @throws PdfDamage when the document cannot be read, or asks for a password
 */
export function attachedFiles(source: ByteSource): AttachedFile[] {
  const document = open(source);
  const catalog = document.dictionary(document.trailer.get('Root'));
  const names = document.dictionary(catalog?.get('Names'));
  const specifications = [
    ...namedValues(document, names?.get('EmbeddedFiles')),
    ...asList(document.resolve(catalog?.get('AF'))),
  ];
  const files = new Map<string, AttachedFile>();
  for (const specification of specifications.slice(0, mostFiles)) {
    const file = readSpecification(document, specification);
    if (file) files.set(file.key, file.file);
  }
  return [...files.values()];
}

function open(source: ByteSource): PdfDocument {
  const header = readHeader(source);
  const budget = new WorkBudget();
  const linearisation = readLinearisation(source, header.offset ?? 0, budget);
  const opened = attempt(() => openDocument(source, header, linearisation, budget).document);
  if (!(opened instanceof PdfDamage)) return opened;
  if (opened.reason === 'too-complex' || opened.reason === 'encrypted') throw opened;
  return recoverDocument(source, new WorkBudget()).document;
}

/** The values of a name tree (7.9.6). */
function* namedValues(document: PdfDocument, root: PdfValue | undefined): Iterable<PdfValue> {
  const waiting: PdfValue[] = root === undefined ? [] : [root];
  const visited = new Set<number>();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node instanceof Ref) {
      if (visited.has(node.number)) continue;
      visited.add(node.number);
    }
    const dictionary = document.dictionary(node);
    const names = asList(document.resolve(dictionary?.get('Names')));
    for (let index = 1; index < names.length; index += 2) yield names[index] ?? null;
    for (const kid of asList(document.resolve(dictionary?.get('Kids')))) waiting.push(kid);
  }
}

function asList(value: PdfValue | undefined): readonly PdfValue[] {
  return isArray(value) ? value : [];
}

function readSpecification(
  document: PdfDocument,
  value: PdfValue,
): { readonly key: string; readonly file: AttachedFile } | undefined {
  const specification = document.resolve(value);
  if (!isDictionary(specification)) return undefined;
  const embedded = document.dictionary(specification.get('EF'));
  const owner = ['UF', 'F'].map((key) => embedded?.get(key)).find((found) => found instanceof Ref);
  if (!(owner instanceof Ref)) return undefined;
  const stream = document.resolve(owner);
  if (!(stream instanceof PdfStream)) return undefined;
  const written = ['UF', 'F']
    .map((key) => document.resolve(specification.get(key)))
    .find((found) => found instanceof Uint8Array);
  const relationship = document.resolve(specification.get('AFRelationship'));
  const file: AttachedFile = {
    name: written instanceof Uint8Array ? readTextString(written) : '',
    relationship: relationship instanceof Name ? relationship.text : undefined,
    read: () => document.streamData(stream, owner),
  };
  return { key: String(owner.number), file };
}

/** A text string (7.9.2.2); the few letters in which PDFDocEncoding differs from Latin-1 play no part in file names. */
function readTextString(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes.slice(2));
  if (first === 0xef && second === 0xbb && third === 0xbf) return Buffer.from(bytes.slice(3)).toString('utf8');
  return Buffer.from(bytes).toString('latin1');
}
