import { type HuffmanCode, huffmanCode } from './huffman.ts';

/** Order in which the lengths of the code lengths' code are written. */
export const codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Symbols of lengths (from 257 on) and of distances: how many extra bits follow, and what they are added to (RFC 1951, 3.2.5). */
export const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
export const distanceExtra = Array.from({ length: 30 }, (_, symbol) => Math.max(0, (symbol >> 1) - 1));
export const lengthBase = [...sums(lengthExtra.slice(0, 28), 3), 258];
export const distanceBase = sums(distanceExtra, 1);

/** The smallest value of each symbol: those before it take 2 to the power of their extra bits. */
function sums(extra: readonly number[], first: number): number[] {
  let next = first;
  return extra.map((bits) => {
    const base = next;
    next += 1 << bits;
    return base;
  });
}

let fixed: { lengths: HuffmanCode; distances: HuffmanCode } | undefined;

/** The codes of blocks without codes of their own (RFC 1951, 3.2.6). */
export function fixedCodes() {
  fixed ??= {
    lengths: huffmanCode(Uint8Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8))),
    distances: huffmanCode(new Uint8Array(32).fill(5)),
  };
  return fixed;
}
