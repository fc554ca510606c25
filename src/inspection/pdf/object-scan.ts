import type { ByteSource } from '../byte-source.ts';
import { asBuffer, isDigit, isWhitespace } from './characters.ts';
import { attempt, PdfDamage } from './damage.ts';
import { limits, type WorkBudget } from './limits.ts';
import { Name } from './names.ts';
import { readObjectAt, readValueAt } from './objects.ts';
import { endsAfter } from './stream-data.ts';
import { type Dictionary, isCount, isDictionary, PdfStream } from './values.ts';
import { isXrefDictionary } from './xref-stream.ts';

/** An object as it was found in the file. */
export interface Definition {
  readonly number: number;
  readonly offset: number;
  readonly isObjectStream: boolean;
}

const windowBytes = 2 ** 18;
/** Longest keyword that may lie across the border of two windows. */
const overlap = 16;
/** Longest "12 0 " before the keyword "obj" that is looked at. */
const headerBytes = 32;
/** What a keyword costs of the budget, and an object beside its bytes: a hostile file has millions of them. */
const keywordCost = 32;
const objectCost = 256;

/** Finds all objects and trailers, from the beginning of the file to its end. */
export class ObjectScan {
  readonly definitions: Definition[] = [];
  /** The last dictionary that names a root: a trailer, or that of a cross-reference stream. */
  trailer: Dictionary | undefined;
  hasUnreadable = false;
  #trailers = 0;
  #hasPrevious = false;
  readonly #source: ByteSource;
  readonly #budget: WorkBudget;

  constructor(source: ByteSource, budget: WorkBudget) {
    this.#source = source;
    this.#budget = budget;
  }

  /** Whether the document was updated or written in two parts: it has several trailers, or refers to an earlier one. */
  get hasUpdates(): boolean {
    return this.#hasPrevious || this.#trailers > 1;
  }

  run(): void {
    let position = 0;
    while (position < this.#source.size) position = this.#scanWindow(position);
  }

  /** Looks through one window and returns where the next begins. */
  #scanWindow(start: number): number {
    // Copied, because reading the objects found in it overwrites the view.
    const window = Buffer.from(this.#source.read(start, windowBytes + overlap));
    const keywords = new KeywordSearch(window);
    let at = 0;
    for (;;) {
      const found = keywords.next(at);
      if (found === undefined || found.at >= windowBytes) return start + windowBytes;
      this.#budget.spend(keywordCost);
      const next = found.isTrailer ? this.#readTrailer(start + found.at) : this.#readObject(window, start, found.at);
      at = next - start;
      if (at >= windowBytes) return next;
    }
  }

  /** Reads the trailer whose keyword stands at `offset`; returns where to go on. */
  #readTrailer(offset: number): number {
    this.#budget.spend(objectCost);
    const behind = offset + trailerKeyword.length;
    const read = attempt(() => readValueAt(this.#source, behind, this.#budget));
    if (read instanceof PdfDamage) return continueBehind(read, behind);
    if (isDictionary(read.value)) this.#keepTrailer(read.value);
    return read.end;
  }

  #keepTrailer(trailer: Dictionary): void {
    this.#trailers += 1;
    if (trailer.has('Prev')) this.#hasPrevious = true;
    if (trailer.has('Root')) this.trailer = trailer;
  }

  /** Reads the object whose keyword "obj" was found in the window; returns where to go on. */
  #readObject(window: Buffer, start: number, found: number): number {
    const behind = start + found + objectKeyword.length;
    const header = this.#headerBefore(window, start, found);
    if (header === undefined || header.number >= limits.objects) return behind;
    this.#budget.spend(objectCost);
    const read = attempt(() => readObjectAt(this.#source, header.offset, this.#budget));
    if (read instanceof PdfDamage) {
      this.hasUnreadable = true;
      this.definitions.push({ ...header, isObjectStream: false });
      return continueBehind(read, behind);
    }
    const isStream = read.value instanceof PdfStream;
    this.definitions.push({ ...header, isObjectStream: isStream && isObjectStream(read.value.dictionary) });
    return isStream ? this.#behindStream(read.value) : read.end;
  }

  /** Where to go on behind a stream: behind its data, where their length can be relied on. */
  #behindStream({ dictionary, start }: PdfStream): number {
    if (isXrefDictionary(dictionary)) this.#keepTrailer(dictionary);
    const length = dictionary.get('Length');
    return isCount(length) && endsAfter(this.#source, start, length) ? start + length : start;
  }

  /** The object number before the keyword "obj", and where it begins. */
  #headerBefore(window: Buffer, start: number, found: number): { number: number; offset: number } | undefined {
    if (found >= headerBytes || start === 0) return readHeaderBackwards(window, found, start);
    const from = Math.max(0, start + found - headerBytes);
    const bytes = asBuffer(this.#source.read(from, start + found - from));
    return readHeaderBackwards(bytes, bytes.length, from);
  }
}

const objectKeyword = 'obj';
const trailerKeyword = 'trailer';

/** Looks for both keywords at once without going over the same bytes again. */
class KeywordSearch {
  readonly #window: Buffer;
  #object = -1;
  #trailer = -1;

  constructor(window: Buffer) {
    this.#window = window;
  }

  /** The first keyword from `from` on, which must not go back. */
  next(from: number): { at: number; isTrailer: boolean } | undefined {
    if (this.#object < from) this.#object = this.#find(objectKeyword, from);
    if (this.#trailer < from) this.#trailer = this.#find(trailerKeyword, from);
    const isTrailer = this.#trailer < this.#object;
    const at = isTrailer ? this.#trailer : this.#object;
    return at === Number.POSITIVE_INFINITY ? undefined : { at, isTrailer };
  }

  #find(keyword: string, from: number): number {
    const found = this.#window.indexOf(keyword, from);
    return found < 0 ? Number.POSITIVE_INFINITY : found;
  }
}

/** Damage of one object does not end the scan; used up limits do. */
function continueBehind(damage: PdfDamage, position: number): number {
  if (damage.reason === 'too-complex') throw damage;
  return position;
}

function isObjectStream(dictionary: Dictionary): boolean {
  const type = dictionary.get('Type');
  return type instanceof Name && type.text === 'ObjStm';
}

function readHeaderBackwards(bytes: Buffer, end: number, base: number): { number: number; offset: number } | undefined {
  const lowest = Math.max(0, end - headerBytes);
  let at = end;
  const skip = (test: (byte: number | undefined) => boolean): number => {
    const from = at;
    while (at > lowest && test(bytes[at - 1])) at -= 1;
    return from - at;
  };
  const isHeader = skip(isWhitespace) > 0 && skip(isDigit) > 0 && skip(isWhitespace) > 0 && skip(isDigit) > 0;
  if (!isHeader) return undefined;
  return { number: Number.parseInt(bytes.toString('latin1', at, end), 10), offset: base + at };
}
