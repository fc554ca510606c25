import type { ByteSource } from '../byte-source.ts';
import { uint } from './jp2-boxes.ts';

/** What the codestream of a JPEG 2000 picture says (ISO/IEC 15444-1, annex A). */
export interface Codestream {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Bits of each sample, of the first component. */
  readonly bits: number;
  /** Depth and sign of the samples as A.5.1 writes them; undefined where components differ. */
  readonly depth: number | undefined;
  readonly tiles: number;
  /** Quality layers, decomposition levels, and whether the wavelet loses nothing; undefined without the COD marker. */
  readonly coding: { readonly layers: number; readonly levels: number; readonly reversible: boolean } | undefined;
  /** How it ends: at its end mark, too early, or at something senseless. */
  readonly end: { readonly kind: 'complete' | 'truncated' | 'damaged' | 'tiles-missing'; readonly offset: number };
}

const [SOC, SIZ, COD, SOT, EOC] = [0xff4f, 0xff51, 0xff52, 0xff90, 0xffd9];
const mostMarkers = 10_000;
const mostTileParts = 1_000_000;
/** Tile indices have 16 bits (A.4.2). */
const mostTiles = 65_535;

/** Reads the main header and goes from tile-part to tile-part, by their lengths. @returns undefined without a size */
export function readCodestream(source: ByteSource, start: number, end: number): Codestream | undefined {
  if (uint(source, start, 2) !== SOC || uint(source, start + 2, 2) !== SIZ) return undefined;
  const size = readSize(source, start + 4);
  if (!size) return undefined;
  const main = passMainHeader(source, start + 2, end);
  const ending =
    main.kind === 'complete' ? passTileParts(source, main.offset, Math.min(end, source.size), size.tiles) : main;
  return { ...size, coding: main.coding, end: { kind: ending.kind, offset: ending.offset } };
}

/** SIZ (A.5.1): the size is that of the reference grid less its offset. @param at its length field */
function readSize(source: ByteSource, at: number) {
  const grid = (index: number) => uint(source, at + 4 + index * 4, 4);
  const [right = 0, bottom = 0, left = 0, top = 0, tileWidth = 0, tileHeight = 0, tileLeft = 0, tileTop = 0] =
    Array.from({ length: 8 }, (_, index) => grid(index));
  const components = uint(source, at + 36, 2);
  const [width, height] = [right - left, bottom - top];
  const tiles = Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((bottom - tileTop) / tileHeight);
  const isSound = width > 0 && height > 0 && components > 0 && components <= 16_384 && tiles > 0 && tiles <= mostTiles;
  if (!isSound) return undefined;
  const first = uint(source, at + 38, 1);
  const isUniform = Array.from({ length: components }, (_, index) => uint(source, at + 38 + index * 3, 1)).every(
    (depth) => depth === first,
  );
  return { width, height, components, bits: (first & 0x7f) + 1, depth: isUniform ? first : undefined, tiles };
}

interface Ending {
  readonly kind: Codestream['end']['kind'];
  readonly offset: number;
}

/** Goes to the first tile-part; `offset` is its place. */
function passMainHeader(source: ByteSource, from: number, end: number): Ending & Pick<Codestream, 'coding'> {
  let coding: Codestream['coding'];
  let at = from;
  for (let count = 0; count < mostMarkers; count += 1) {
    const marker = uint(source, at, 2);
    if (marker === SOT) return { kind: 'complete', offset: at, coding };
    if (at + 4 > Math.min(source.size, end)) return { kind: 'truncated', offset: at, coding };
    const length = uint(source, at + 2, 2);
    if (marker < 0xff00 || length < 2) return { kind: 'damaged', offset: at, coding };
    if (marker === COD) {
      // Scod, progression (1), layers (2), transformation of components (1), levels, …, wavelet (A.6.1).
      const reversible = uint(source, at + 13, 1) === 1;
      coding ??= { layers: uint(source, at + 6, 2), levels: uint(source, at + 9, 1), reversible };
    }
    at += 2 + length;
  }
  return { kind: 'damaged', offset: at, coding };
}

/** Tile-parts follow each other by their lengths (A.4.2), then the end mark; every tile must have one at least. */
function passTileParts(source: ByteSource, from: number, end: number, tiles: number): Ending {
  const seen = new Set<number>();
  let at = from;
  for (let count = 0; count < mostTileParts; count += 1) {
    const marker = uint(source, at, 2);
    if (marker === EOC) return { kind: seen.size === tiles ? 'complete' : 'tiles-missing', offset: at };
    if (at + 12 > end) return { kind: 'truncated', offset: at };
    if (marker !== SOT) return { kind: 'damaged', offset: at };
    seen.add(uint(source, at + 4, 2));
    const length = uint(source, at + 6, 4);
    // Length 0: the last tile-part goes to the end mark, which ends the codestream.
    const next = length === 0 ? end - 2 : at + length;
    if (length !== 0 && length < 14) return { kind: 'damaged', offset: at };
    if (next + 2 > end) return { kind: 'truncated', offset: at };
    at = next;
  }
  return { kind: 'damaged', offset: at };
}
