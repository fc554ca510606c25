import { PdfDamage } from './damage.ts';
import { Lexer, tokens } from './lexer.ts';
import { Name } from './names.ts';
import { readValue } from './objects.ts';
import { type Dictionary, isCount, type PdfValue } from './values.ts';

/** A decoded object stream (ISO 32000-2, 7.5.7): objects behind a list of their numbers and places. */
export class ObjectStream {
  readonly #data: Uint8Array;
  readonly #first: number;
  /** Number and offset of each object, alternating. */
  readonly #list: Float64Array;

  /** @throws PdfDamage 'stream-unreadable' when /N, /First and the list do not fit each other. */
  constructor(dictionary: Dictionary, data: Uint8Array) {
    const count = dictionary.get('N');
    const first = dictionary.get('First');
    const type = dictionary.get('Type');
    const isObjectStream = type instanceof Name && type.text === 'ObjStm';
    if (!isObjectStream || !isCount(count) || !isCount(first) || first > data.length || count > data.length) {
      throw PdfDamage.of('stream-unreadable');
    }
    this.#data = data;
    this.#first = first;
    this.#list = readList(data.subarray(0, first), count);
  }

  get bytes(): number {
    return this.#data.length + this.#list.byteLength;
  }

  get count(): number {
    return this.#list.length / 2;
  }

  /** The object number at an index. */
  numberAt(index: number): number | undefined {
    return this.#list[index * 2];
  }

  /** Parses the object at an index and tells the bytes it took. */
  valueAt(index: number): { value: PdfValue; size: number } {
    const offset = this.#first + (this.#list[index * 2 + 1] ?? this.#data.length);
    if (offset >= this.#data.length) throw PdfDamage.of('object-unreadable');
    const lexer = new Lexer(this.#data, offset);
    return { value: readValue(lexer), size: lexer.position - offset };
  }
}

function readList(head: Uint8Array, count: number): Float64Array {
  const list = new Float64Array(count * 2);
  const lexer = new Lexer(head);
  for (let at = 0; at < list.length; at += 1) {
    if (lexer.next() !== tokens.number || !isCount(lexer.number)) throw PdfDamage.of('stream-unreadable');
    list[at] = lexer.number;
  }
  // Another number here means that /N or /First is wrong, and the places with it.
  if (lexer.next() !== tokens.end) throw PdfDamage.of('stream-unreadable');
  return list;
}
