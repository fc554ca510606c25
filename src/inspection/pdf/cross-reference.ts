import { PdfDamage } from './damage.ts';
import { limits } from './limits.ts';

export const kinds = { unknown: 0, free: 1, inFile: 2, inStream: 3 } as const;

/** Where an object stands: at an offset of the file, or in an object stream at an index. */
export type Location =
  | { readonly kind: typeof kinds.inFile; readonly offset: number; readonly generation: number }
  | { readonly kind: typeof kinds.inStream; readonly stream: number; readonly index: number };

/** The merged cross-reference: object number → where it stands. Held in typed arrays, some 13 bytes an object. */
export class CrossReference {
  #kinds = new Uint8Array(256);
  /** Offset in the file, or the number of the object stream. */
  #positions = new Float64Array(256);
  /** Generation, or the index in the object stream. */
  #details = new Uint32Array(256);
  #length = 0;

  /** Highest object number known, plus one. */
  get length(): number {
    return this.#length;
  }

  /** Objects in use. */
  get used(): number {
    let count = 0;
    for (let number = 0; number < this.#length; number += 1) {
      if ((this.#kinds[number] ?? 0) >= kinds.inFile) count += 1;
    }
    return count;
  }

  get hasObjectStreams(): boolean {
    return this.#kinds.includes(kinds.inStream);
  }

  knows(number: number): boolean {
    return (this.#kinds[number] ?? kinds.unknown) !== kinds.unknown;
  }

  locate(number: number): Location | undefined {
    const position = this.#positions[number] ?? 0;
    const detail = this.#details[number] ?? 0;
    if (this.#kinds[number] === kinds.inFile) return { kind: kinds.inFile, offset: position, generation: detail };
    if (this.#kinds[number] === kinds.inStream) return { kind: kinds.inStream, stream: position, index: detail };
    return undefined;
  }

  /** Sets an entry, whatever was there. @throws PdfDamage 'too-complex' for numbers above the limit. */
  set(number: number, kind: number, position: number, detail: number): void {
    if (number >= limits.objects) throw PdfDamage.of('too-complex');
    if (number >= this.#kinds.length) this.#grow(number + 1);
    this.#kinds[number] = kind;
    this.#positions[number] = position;
    this.#details[number] = detail;
    if (number >= this.#length) this.#length = number + 1;
  }

  #grow(needed: number): void {
    const capacity = Math.min(limits.objects, Math.max(needed, this.#kinds.length * 2));
    const [oldKinds, oldPositions, oldDetails] = [this.#kinds, this.#positions, this.#details];
    this.#kinds = new Uint8Array(capacity);
    this.#positions = new Float64Array(capacity);
    this.#details = new Uint32Array(capacity);
    this.#kinds.set(oldKinds);
    this.#positions.set(oldPositions);
    this.#details.set(oldDetails);
  }
}
