import type { Name } from './names.ts';

/** "12 0 R": a reference to an indirect object (ISO 32000-2, 7.3.10). */
export class Ref {
  readonly number: number;
  readonly generation: number;
  constructor(number: number, generation: number) {
    this.number = number;
    this.generation = generation;
  }
}

/** Entries by key without the slash. A null entry is an absent one (7.3.7). */
export type Dictionary = ReadonlyMap<string, PdfValue>;

/** A stream object: its dictionary, and where its data begin in the file. */
export class PdfStream {
  readonly dictionary: Dictionary;
  readonly start: number;
  constructor(dictionary: Dictionary, start: number) {
    this.dictionary = dictionary;
    this.start = start;
  }
}

/** Strings are bytes: what they mean (text, date, digest, encrypted) depends on where they stand. */
export type PdfValue = null | boolean | number | Name | Uint8Array | Ref | readonly PdfValue[] | Dictionary | PdfStream;

export function isDictionary(value: PdfValue | undefined): value is Dictionary {
  return value instanceof Map;
}

export function isArray(value: PdfValue | undefined): value is readonly PdfValue[] {
  return Array.isArray(value);
}

/** A whole number of zero or more that arithmetic can hold: a length, count or position. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
