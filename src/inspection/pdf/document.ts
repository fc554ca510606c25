import type { ByteSource } from '../byte-source.ts';
import { type CrossReference, kinds } from './cross-reference.ts';
import { PdfDamage } from './damage.ts';
import { readSecurity, type Security } from './encryption.ts';
import { decodeStream, filtersOf, type Resolve } from './filters.ts';
import { limits, WorkBudget } from './limits.ts';
import { ObjectStream } from './object-stream.ts';
import { readObjectAt } from './objects.ts';
import { endsAfter, lengthByEndMark } from './stream-data.ts';
import { type Dictionary, isCount, isDictionary, PdfStream, type PdfValue, Ref } from './values.ts';

export interface DocumentParts {
  readonly source: ByteSource;
  readonly entries: CrossReference;
  readonly trailer: Dictionary;
  readonly budget: WorkBudget;
  /** Whether the cross-reference was rebuilt from the objects found; then generations do not count. */
  readonly isRebuilt: boolean;
}

/** The objects of one PDF by number. Keeps some parsed objects and decoded object streams, within limits. */
export class PdfDocument {
  readonly source: ByteSource;
  readonly entries: CrossReference;
  readonly trailer: Dictionary;
  /** Undefined where the document is not encrypted. */
  readonly security: Security | undefined;
  readonly #isRebuilt: boolean;
  readonly #objects = new Map<number, PdfValue>();
  readonly #streams = new Map<number, ObjectStream>();
  readonly #opening = new Set<number>();
  /** Where the streams lie that were found damaged: pages may share them. */
  readonly #undecodable = new Set<number>();
  readonly #undecodableBudget: WorkBudget;
  #budget: WorkBudget;
  #streamBytes = 0;
  #wrongLengths = 0;

  constructor(parts: DocumentParts) {
    this.source = parts.source;
    this.entries = parts.entries;
    this.trailer = parts.trailer;
    this.#budget = parts.budget;
    this.#isRebuilt = parts.isRebuilt;
    const { base, perByte } = limits.undecodable;
    this.#undecodableBudget = new WorkBudget(base + perByte * parts.source.size);
    // The dictionary that tells how the document is encrypted is itself never encrypted.
    this.security = readSecurity(parts.trailer, this.resolve);
  }

  get budget(): WorkBudget {
    return this.#budget;
  }

  /** Takes the work of a step from another budget: what is read of contents must not cost the count of the pages. */
  spendingFrom<Result>(budget: WorkBudget, step: () => Result): Result {
    const own = this.#budget;
    this.#budget = budget;
    try {
      return step();
    } finally {
      this.#budget = own;
    }
  }

  /** Whether object streams can be read: not in a document that asks for a password. */
  get canReadStreams(): boolean {
    return this.security?.canReadStreams ?? true;
  }

  /** Streams met so far whose /Length was not where they end. */
  get wrongLengths(): number {
    return this.#wrongLengths;
  }

  /**
   * Follows references to the value itself; undefined for an object that does not exist.
   * @throws PdfDamage when the object is not where the cross-reference puts it, or cannot be read.
   */
  readonly resolve: Resolve = (value) => {
    let current = value;
    for (let hops = 0; current instanceof Ref; hops += 1) {
      if (hops === 32) throw PdfDamage.of('object-unreadable');
      current = this.object(current);
    }
    return current === null ? undefined : current;
  };

  /** The dictionary that a value is or refers to; of a stream, its dictionary. */
  dictionary(value: PdfValue | undefined): Dictionary | undefined {
    const found = this.resolve(value);
    if (found instanceof PdfStream) return found.dictionary;
    return isDictionary(found) ? found : undefined;
  }

  /** The object that a reference names; undefined where there is none. @throws PdfDamage as `resolve`. */
  object(ref: Ref): PdfValue | undefined {
    const known = this.#objects.get(ref.number);
    if (known !== undefined) return known;
    const value = this.#readObject(ref);
    if (value === undefined) return undefined;
    if (this.#objects.size === limits.cachedObjects) dropOldest(this.#objects);
    this.#objects.set(ref.number, value);
    return value;
  }

  #readObject(ref: Ref): PdfValue | undefined {
    const location = this.entries.locate(ref.number);
    if (location === undefined) return undefined;
    if (location.kind === kinds.inStream) {
      const stream = this.objectStream(location.stream);
      if (stream.numberAt(location.index) !== ref.number) throw PdfDamage.of('object-misplaced');
      const { value, size } = stream.valueAt(location.index);
      this.budget.spend(size);
      return value;
    }
    if (location.generation !== ref.generation && !this.#isRebuilt) throw PdfDamage.of('object-misplaced');
    const found = readObjectAt(this.source, location.offset, this.budget);
    const isRight = found.number === ref.number && (this.#isRebuilt || found.generation === ref.generation);
    if (!isRight) throw PdfDamage.of('object-misplaced');
    return found.value;
  }

  /** The object stream with this object number. @throws PdfDamage where there is none, or it cannot be decoded. */
  objectStream(number: number): ObjectStream {
    const known = this.#streams.get(number);
    if (known !== undefined) return known;
    if (!this.canReadStreams) throw PdfDamage.of('encrypted');
    // The length of an object stream may stand in another one, but not in a chain or circle of them.
    if (this.#opening.has(number) || this.#opening.size === 4) throw PdfDamage.of('stream-unreadable');
    this.#opening.add(number);
    try {
      const stream = this.#readObjectStream(number);
      this.#keepStream(number, stream);
      return stream;
    } finally {
      this.#opening.delete(number);
    }
  }

  #readObjectStream(number: number): ObjectStream {
    const location = this.entries.locate(number);
    if (location === undefined || location.kind !== kinds.inFile) throw PdfDamage.of('object-misplaced');
    const found = readObjectAt(this.source, location.offset, this.budget);
    if (found.number !== number) throw PdfDamage.of('object-misplaced');
    if (!(found.value instanceof PdfStream)) throw PdfDamage.of('stream-unreadable');
    return new ObjectStream(found.value.dictionary, this.streamData(found.value, new Ref(number, found.generation)));
  }

  /**
   * The decoded data of the structural stream that is the object `owner`.
   * @throws PdfDamage where they cannot be decoded within the limits.
   */
  streamData(stream: PdfStream, owner: Ref): Uint8Array {
    const declared = this.declaredLength(stream);
    if (declared === undefined) this.#wrongLengths += 1;
    return this.#decode(stream, owner, declared ?? lengthByEndMark(this.source, stream.start));
  }

  /** The same of a stream that is no structure: its wrong /Length is not counted as damage of the structure. */
  contentData(stream: PdfStream, owner: Ref): Uint8Array {
    return this.#decode(stream, owner, this.declaredLength(stream) ?? lengthByEndMark(this.source, stream.start));
  }

  /** The /Length of a stream where its data really end there. */
  declaredLength(stream: PdfStream): number | undefined {
    const declared = this.resolve(stream.dictionary.get('Length'));
    return isCount(declared) && endsAfter(this.source, stream.start, declared) ? declared : undefined;
  }

  /** The bytes of a string in the object `owner`, decrypted where need be. @throws PdfDamage */
  stringData(bytes: Uint8Array, owner: Ref): Uint8Array {
    // Strings in object streams were decrypted with the stream.
    if (this.security === undefined || this.entries.locate(owner.number)?.kind === kinds.inStream) return bytes;
    return this.security.decryptString(bytes, owner.number, owner.generation);
  }

  #decode(stream: PdfStream, owner: Ref, length: number): Uint8Array {
    if (this.#undecodable.has(stream.start)) throw PdfDamage.of('stream-unreadable');
    const filters = filtersOf(stream.dictionary, this.resolve);
    if (length > limits.storedBytes) throw PdfDamage.of('too-complex');
    const stored = this.source.read(stream.start, length);
    const isPlain = this.security?.leavesPlain(stream.dictionary, filters) ?? true;
    const plain = isPlain ? stored : (this.security?.decrypt(stored, owner.number, owner.generation) ?? stored);
    this.budget.spend(length);
    try {
      return decodeStream(plain, filters, this.budget);
    } catch (error) {
      if (error instanceof PdfDamage && error.reason === 'stream-unreadable') this.#noteUndecodable(stream, length);
      throw error;
    }
  }

  /** How far the data were unpacked before they turned out to be damaged is not known: it may have been to the limit. */
  #noteUndecodable({ start }: PdfStream, length: number): void {
    this.#undecodable.add(start);
    this.#undecodableBudget.spend(Math.min(length * limits.deflateRatio, limits.decodedBytes));
  }

  #keepStream(number: number, stream: ObjectStream): void {
    this.#streams.set(number, stream);
    this.#streamBytes += stream.bytes;
    while (this.#streamBytes > limits.cachedStreamBytes && this.#streams.size > 1) {
      this.#streamBytes -= dropOldest(this.#streams)?.bytes ?? 0;
    }
  }
}

function dropOldest<Value>(map: Map<number, Value>): Value | undefined {
  for (const [key, value] of map) {
    map.delete(key);
    return value;
  }
  return undefined;
}
