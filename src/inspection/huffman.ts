import { PartDamagedError } from './content.ts';

/** Longest code of deflate in bits (RFC 1951, 3.2.7). */
const longestCode = 15;
/** Codes up to this length are found by one look; longer ones, which are rare, bit by bit. */
export const lookBits = 10;

/** A Huffman code made ready for decoding. */
export interface HuffmanCode {
  /** By the next `lookBits` bits: symbol × 16 + length of its code; 0 where the code is longer or none. */
  readonly look: Uint16Array;
  /** Number of codes by length. */
  readonly counts: Uint16Array;
  /** Symbols in the order of their codes. */
  readonly symbols: Uint16Array;
}

/**
 * Makes a code from the lengths of its symbols' codes; 0 for symbols without one (RFC 1951, 3.2.2).
 * @throws PartDamagedError for lengths that make no code
 */
export function huffmanCode(lengths: Uint8Array): HuffmanCode {
  const counts = new Uint16Array(longestCode + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  assertCode(counts, lengths.length);
  const offsets = new Uint16Array(longestCode + 2);
  const codes = new Uint16Array(longestCode + 2);
  for (let length = 1; length <= longestCode; length += 1) {
    const count = counts[length] ?? 0;
    offsets[length + 1] = (offsets[length] ?? 0) + count;
    codes[length + 1] = ((codes[length] ?? 0) + count) << 1;
  }
  const symbols = new Uint16Array(lengths.length);
  const look = new Uint16Array(1 << lookBits);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const place = offsets[length] ?? 0;
    symbols[place] = symbol;
    offsets[length] = place + 1;
    const code = codes[length] ?? 0;
    codes[length] = code + 1;
    if (length <= lookBits) fillLook(look, code, length, (symbol << 4) | length);
  }
  return { look, counts, symbols };
}

/** Refuses too many codes, and too few but for a code of one symbol (a distance that is never or always the same). */
function assertCode(counts: Uint16Array, size: number): void {
  let left = 1;
  for (let length = 1; length <= longestCode; length += 1) {
    left = left * 2 - (counts[length] ?? 0);
    if (left < 0) throw new PartDamagedError('stream');
  }
  if (left > 0 && (counts[0] ?? 0) + (counts[1] ?? 0) !== size) throw new PartDamagedError('stream');
}

/** Codes come with their first bit lowest: all look-ups that end with the reversed code are filled. */
function fillLook(look: Uint16Array, code: number, length: number, value: number): void {
  let reversed = 0;
  for (let bit = 0; bit < length; bit += 1) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
  for (let index = reversed; index < look.length; index += 1 << length) look[index] = value;
}

/** Decodes bit by bit. @returns symbol × 16 + length of its code @throws PartDamagedError where there is none */
export function slowSymbol({ counts, symbols }: HuffmanCode, bits: number): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= longestCode; length += 1) {
    code |= (bits >>> (length - 1)) & 1;
    const count = counts[length] ?? 0;
    if (code - count < first) return ((symbols[index + code - first] ?? 0) << 4) | length;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new PartDamagedError('stream');
}
