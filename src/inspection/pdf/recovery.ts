import type { ByteSource } from '../byte-source.ts';
import { asBuffer, isDigit, isWhitespace } from './characters.ts';
import { CrossReference, kinds } from './cross-reference.ts';
import { attempt, PdfDamage } from './damage.ts';
import { PdfDocument } from './document.ts';
import { limits, type WorkBudget } from './limits.ts';
import { Name } from './names.ts';
import { readObjectAt, readValueAt } from './objects.ts';
import { endsAfter } from './stream-data.ts';
import { type Dictionary, isCount, isDictionary, PdfStream, type PdfValue, Ref } from './values.ts';
import { isXrefDictionary } from './xref-stream.ts';

export interface RecoveredDocument {
  readonly document: PdfDocument;
  /**
   * Whether the objects found may not be the newest state of the document: one of them is unreadable, or there are
   * traces of several states, of which the newest may be what is damaged.
   */
  readonly isDoubtful: boolean;
}

interface Definition {
  readonly number: number;
  readonly offset: number;
  readonly isObjectStream: boolean;
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
    if (found !== undefined) throw new PdfDamage('root-missing');
    found = ref;
  }
  if (found === undefined) throw new PdfDamage('root-missing');
  return found;
}

export function isCatalog(value: PdfValue | PdfDamage | undefined): value is Dictionary {
  if (value instanceof PdfDamage || !isDictionary(value)) return false;
  const type = value.get('Type');
  return type instanceof Name && type.text === 'Catalog';
}

const windowBytes = 2 ** 18;
const overlap = 16;

const words = ['obj', 'trailer', 'startxref'] as const;
type Word = (typeof words)[number];

function firstWord(window: Buffer, from: number): { word: Word; at: number } | undefined {
  let first: { word: Word; at: number } | undefined;
  for (const word of words) {
    const at = window.indexOf(word, from);
    if (at >= 0 && (first === undefined || at < first.at)) first = { word, at };
  }
  return first;
}

/** Finds "12 0 obj" and trailers from the beginning of the file to its end. */
class ObjectScan {
  readonly definitions: Definition[] = [];
  /** The last dictionary that names a root: a trailer, or that of a cross-reference stream. */
  trailer: Dictionary | undefined;
  hasUnreadable = false;
  #ends = 0;
  #hasPrevious = false;
  readonly #source: ByteSource;
  readonly #budget: WorkBudget;

  constructor(source: ByteSource, budget: WorkBudget) {
    this.#source = source;
    this.#budget = budget;
  }

  /** Whether the document was updated, or written in two parts: it has several ends, or refers to an earlier one. */
  get hasUpdates(): boolean {
    return this.#hasPrevious || this.#ends > 1;
  }

  run(): void {
    let position = 0;
    while (position < this.#source.size) position = this.#scanWindow(position);
  }

  /** Looks through one window and returns where the next begins. */
  #scanWindow(start: number): number {
    // Copied, because reading the objects found in it overwrites the view.
    const window = Buffer.from(this.#source.read(start, windowBytes + overlap));
    let at = 0;
    for (;;) {
      const found = firstWord(window, at);
      if (found === undefined || found.at >= windowBytes) return start + windowBytes;
      const next = this.#readWord(found.word, start + found.at);
      at = next - start;
      if (at >= window.length) return next;
    }
  }

  #readWord(word: Word, offset: number): number {
    if (word === 'obj') return this.#readObject(offset);
    if (word === 'trailer') return this.#readTrailer(offset);
    this.#ends += 1;
    return offset + word.length;
  }

  #keepTrailer(trailer: Dictionary): void {
    if (trailer.has('Prev')) this.#hasPrevious = true;
    if (trailer.has('Root')) this.trailer = trailer;
  }

  /** Reads the trailer whose keyword stands at `offset`; returns where to go on. */
  #readTrailer(offset: number): number {
    const behind = offset + 'trailer'.length;
    const read = attempt(() => readValueAt(this.#source, behind, this.#budget));
    if (read instanceof PdfDamage) return behind;
    if (isDictionary(read.value)) this.#keepTrailer(read.value);
    return read.end;
  }

  /** Reads the object whose keyword "obj" stands at `keyword`; returns where to go on. */
  #readObject(keyword: number): number {
    const behind = keyword + 'obj'.length;
    const header = this.#headerBefore(keyword);
    if (header === undefined || header.number >= limits.objects) return behind;
    const read = attempt(() => readObjectAt(this.#source, header.offset, this.#budget));
    if (read instanceof PdfDamage) {
      if (read.reason === 'too-complex') throw read;
      this.hasUnreadable = true;
      this.#define(header.number, header.offset, false);
      return behind;
    }
    if (!(read.value instanceof PdfStream)) {
      this.#define(header.number, header.offset, false);
      return read.end;
    }
    const { dictionary, start } = read.value;
    const type = dictionary.get('Type');
    this.#define(header.number, header.offset, type instanceof Name && type.text === 'ObjStm');
    if (isXrefDictionary(dictionary)) this.#keepTrailer(dictionary);
    const length = dictionary.get('Length');
    return isCount(length) && endsAfter(this.#source, start, length) ? start + length : start;
  }

  #define(number: number, offset: number, isObjectStream: boolean): void {
    if (this.definitions.length === limits.objects) throw new PdfDamage('too-complex');
    this.definitions.push({ number, offset, isObjectStream });
  }

  /** The object number before the keyword "obj", and where it begins. */
  #headerBefore(keyword: number): { number: number; offset: number } | undefined {
    const start = Math.max(0, keyword - 32);
    const bytes = asBuffer(this.#source.read(start, keyword - start));
    let at = bytes.length;
    const skip = (test: (byte: number | undefined) => boolean): number => {
      const from = at;
      while (at > 0 && test(bytes[at - 1])) at -= 1;
      return from - at;
    };
    const isHeader = skip(isWhitespace) > 0 && skip(isDigit) > 0 && skip(isWhitespace) > 0 && skip(isDigit) > 0;
    if (!isHeader) return undefined;
    return { number: Number.parseInt(bytes.toString('latin1', at), 10), offset: start + at };
  }
}
