import { PdfDamage } from './damage.ts';
import { limits } from './limits.ts';

const clearTable = 256;
const endOfData = 257;
const firstFree = 258;
const widest = 12;

/**
 * Decodes LZW data (ISO 32000-2, 7.4.4). @param early whether codes grow one entry early, as /EarlyChange 1 says
 * @throws PdfDamage 'stream-unreadable' for a code that cannot be, 'too-complex' above the limit
 */
export function decodeLzw(data: Uint8Array, early: boolean): Uint8Array {
  return new LzwDecoder(data, early).decode();
}

class LzwDecoder {
  readonly #data: Uint8Array;
  readonly #early: number;
  /** Of each entry: the one before its last byte, that byte, and how many bytes it has. */
  readonly #prefixes = new Uint16Array(1 << widest);
  readonly #suffixes = new Uint8Array(1 << widest);
  readonly #lengths = new Uint16Array(1 << widest);
  #output: Uint8Array;
  #length = 0;
  #next = firstFree;
  #width = 9;
  #previous = -1;
  #held = 0;
  #bits = 0;
  #at = 0;

  constructor(data: Uint8Array, early: boolean) {
    this.#data = data;
    this.#early = early ? 1 : 0;
    this.#output = new Uint8Array(Math.max(1024, data.length * 4));
    for (let code = 0; code < 256; code += 1) {
      this.#suffixes[code] = code;
      this.#lengths[code] = 1;
    }
  }

  decode(): Uint8Array {
    for (let code = this.#readCode(); code !== endOfData; code = this.#readCode()) {
      if (code === clearTable) {
        this.#next = firstFree;
        this.#width = 9;
        this.#previous = -1;
      } else {
        this.#write(code);
      }
    }
    return this.#output.subarray(0, this.#length);
  }

  /** The next code; the end of the data where there are no more bits. */
  #readCode(): number {
    while (this.#bits < this.#width && this.#at < this.#data.length) {
      this.#held = ((this.#held << 8) | (this.#data[this.#at] ?? 0)) & 0xffffff;
      this.#at += 1;
      this.#bits += 8;
    }
    if (this.#bits < this.#width) return endOfData;
    this.#bits -= this.#width;
    return (this.#held >> this.#bits) & ((1 << this.#width) - 1);
  }

  /** Writes what a code stands for, and makes the table's next entry of it. */
  #write(code: number): void {
    const previous = this.#previous;
    const isNew = code === this.#next && previous >= 0;
    const isKnown = code < 256 || (code < this.#next && previous >= 0);
    if (!isNew && !isKnown) throw PdfDamage.of('stream-unreadable');
    const size = isNew ? (this.#lengths[previous] ?? 0) + 1 : (this.#lengths[code] ?? 0);
    this.#reserve(size);
    let entry = isNew ? previous : code;
    for (let to = this.#length + size - (isNew ? 2 : 1); to >= this.#length; to -= 1) {
      this.#output[to] = this.#suffixes[entry] ?? 0;
      entry = this.#prefixes[entry] ?? 0;
    }
    const first = this.#output[this.#length] ?? 0;
    if (isNew) this.#output[this.#length + size - 1] = first;
    this.#length += size;
    if (previous >= 0 && this.#next < 1 << widest) this.#addEntry(previous, first);
    this.#previous = code;
  }

  #addEntry(prefix: number, suffix: number): void {
    this.#prefixes[this.#next] = prefix;
    this.#suffixes[this.#next] = suffix;
    this.#lengths[this.#next] = (this.#lengths[prefix] ?? 0) + 1;
    this.#next += 1;
    if (this.#next + this.#early >= 1 << this.#width && this.#width < widest) this.#width += 1;
  }

  #reserve(size: number): void {
    const needed = this.#length + size;
    if (needed > limits.decodedBytes) throw PdfDamage.of('too-complex');
    if (needed <= this.#output.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#output.length * 2));
    larger.set(this.#output);
    this.#output = larger;
  }
}
