import { PdfDamage } from './damage.ts';

/**
 * Limits that no honest scan reaches, so that a hostile file ends with a finding and not with a full memory or an
 * endless run. An archive volume of 40,000 pages has some 300,000 objects.
 */
export const limits = {
  /** Highest object number, exclusive. */
  objects: 2_000_000,
  /** Sections of the cross-reference, one for each incremental update. */
  sections: 10_000,
  /** Bytes of one indirect object without its stream. */
  objectBytes: 4 * 2 ** 20,
  /** Bytes of one structural stream (cross-reference, object stream) as it is stored. */
  storedBytes: 16 * 2 ** 20,
  /** The same decoded. */
  decodedBytes: 32 * 2 ** 20,
  /** Deflate makes at most so many bytes of one (RFC 1951: 258 of two bits). */
  deflateRatio: 1032,
  /** Bytes that streams may be unpacked to and be damaged after all: for any file so much, and more for larger ones. */
  undecodable: { base: 2 ** 30, perByte: 16 },
  /** Arrays and dictionaries inside each other. */
  nesting: 100,
  /** Levels of the page tree. */
  treeDepth: 500,
  /** Decoded object streams kept at a time. */
  cachedStreamBytes: 24 * 2 ** 20,
  cachedObjects: 256,
} as const;

/** The work that one file may cost, in bytes parsed and decoded: bounds the time whatever refers to whatever. */
export class WorkBudget {
  #left: number;

  constructor(bytes = 128 * 2 ** 20) {
    this.#left = bytes;
  }

  /** Takes `bytes` from the budget. @throws PdfDamage 'too-complex' when it is used up. */
  spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw PdfDamage.of('too-complex');
  }
}
