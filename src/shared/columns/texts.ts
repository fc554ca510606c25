import { randomInt } from 'node:crypto';
import { IntColumn } from './numbers.ts';

const chunkBits = 20;
const chunkSize = 1 << chunkBits;
const inChunk = chunkSize - 1;
/** Where no text begins: it would be the last byte of a chunk, and the size of a text takes that already. */
const nowhere = -1;
const slotsAtFirst = 1024;

/** Texts in the order of their coming, in memory outside of the JavaScript heap. */
export class TextColumn {
  readonly #chunks: Buffer[] = [];
  /** Bytes used of the last chunk. */
  #used = chunkSize;
  /** Where each text begins: number of the chunk, then place in it. Its size stands there, before the text itself. */
  readonly #starts = new IntColumn(nowhere);

  get length(): number {
    return this.#starts.length;
  }

  /** @returns its number, from 0 on */
  push(text: string): number {
    const isWide = !isNarrow(text);
    const bytes = isWide ? text.length * 2 : text.length;
    const size = bytes * 2 + (isWide ? 1 : 0);
    const start = this.#reserve(sizeBytes(size) + bytes);
    const chunk = this.#chunks[start >>> chunkBits];
    if (chunk) chunk.write(text, writeSize(chunk, start & inChunk, size), bytes, isWide ? 'utf16le' : 'latin1');
    this.#starts.push(start);
    return this.length - 1;
  }

  /** @throws RangeError where there is none of this number */
  at(number: number): string {
    const start = this.#starts.get(number);
    const chunk = this.#chunks[start >>> chunkBits];
    if (start === nowhere || chunk === undefined) throw new RangeError(`no text ${number}`);
    const size = readSize(chunk, start & inChunk);
    const from = (start & inChunk) + sizeBytes(size);
    return chunk.toString(size % 2 === 0 ? 'latin1' : 'utf16le', from, from + (size >>> 1));
  }

  /** Whether the text of this number is this one. */
  is(number: number, text: string): boolean {
    const start = this.#starts.get(number);
    const chunk = this.#chunks[start >>> chunkBits];
    if (start === nowhere || chunk === undefined) return false;
    const size = readSize(chunk, start & inChunk);
    const isWide = size % 2 !== 0;
    if (size >>> 1 !== (isWide ? text.length * 2 : text.length)) return false;
    if (isWide) return this.at(number) === text;
    const from = (start & inChunk) + sizeBytes(size);
    for (let at = 0; at < text.length; at += 1) if (chunk[from + at] !== text.charCodeAt(at)) return false;
    return true;
  }

  /** Forgets the texts from this number on; their memory is not used again. */
  truncate(length: number): void {
    this.#starts.truncate(length);
  }

  #reserve(bytes: number): number {
    if (this.#used + bytes >= chunkSize) {
      this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(chunkSize, bytes)));
      this.#used = 0;
    }
    const start = ((this.#chunks.length - 1) << chunkBits) | this.#used;
    this.#used += bytes;
    return start;
  }
}

/**
 * The size of a text: twice its bytes, one more where each letter takes two. Most texts are short: one byte up to 254,
 * else five, of which the first is 255.
 */
function writeSize(chunk: Buffer, at: number, size: number): number {
  if (size < longSize) return chunk.writeUInt8(size, at);
  chunk.writeUInt8(longSize, at);
  return chunk.writeUInt32LE(size, at + 1);
}

function readSize(chunk: Buffer, at: number): number {
  const size = chunk[at] ?? 0;
  return size < longSize ? size : chunk.readUInt32LE(at + 1);
}

function sizeBytes(size: number): number {
  return size < longSize ? 1 : 5;
}

const longSize = 255;

function isNarrow(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0xff) return false;
  return true;
}

/** A few texts that are told again and again: each is one string, however often it is asked for. */
export class NameTable {
  readonly #names: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of a name, a new one where it had none. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#names.push(name);
    this.#numbers.set(name, this.#names.length - 1);
    return this.#names.length - 1;
  }

  at(number: number): string {
    return this.#names[number] ?? '';
  }
}

/** Different texts by number, outside of the JavaScript heap: each has one, in the order of their coming. */
export class TextTable {
  readonly #texts = new TextColumn();
  /** Number + 1 of the text in each slot, 0 where none is; a power of two of them, at most half of them taken. */
  #slots = new Int32Array(slotsAtFirst);
  /** Differs from run to run, so that nobody can choose texts that all fall into one slot. */
  readonly #seed = randomInt(2 ** 31);

  get length(): number {
    return this.#texts.length;
  }

  /** The number of a text; -1 where it has none. */
  find(text: string): number {
    return (this.#slots[this.#slotOf(text)] ?? 0) - 1;
  }

  /** The number of a text, a new one where it had none. */
  numberOf(text: string): number {
    const slot = this.#slotOf(text);
    const known = this.#slots[slot] ?? 0;
    if (known > 0) return known - 1;
    const number = this.#texts.push(text);
    this.#slots[slot] = number + 1;
    if (this.#texts.length * 2 > this.#slots.length) this.#grow();
    return number;
  }

  /** @throws RangeError where there is none of this number */
  at(number: number): string {
    return this.#texts.at(number);
  }

  /** The slot of a text, or the one that it would have. */
  #slotOf(text: string): number {
    const last = this.#slots.length - 1;
    let slot = this.#hash(text) & last;
    for (;;) {
      const number = this.#slots[slot] ?? 0;
      if (number === 0 || this.#texts.is(number - 1, text)) return slot;
      slot = (slot + 1) & last;
    }
  }

  #hash(text: string): number {
    let hash = this.#seed;
    for (let at = 0; at < text.length; at += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash, 0x85ebca6b);
    return (hash ^ (hash >>> 13)) >>> 0;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    const last = this.#slots.length - 1;
    for (let number = 0; number < this.length; number += 1) {
      let slot = this.#hash(this.at(number)) & last;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & last;
      this.#slots[slot] = number + 1;
    }
  }
}
