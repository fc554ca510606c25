import type { ByteSource } from '../byte-source.ts';
import type { Dpi } from '../page-facts.ts';
import { usableDpi } from './picture-page.ts';

/** What the boxes of a JP2 file say (ISO/IEC 15444-1, annex I). */
export interface Jp2Boxes {
  /** Brand of the file type box. */
  brand: string;
  header: Jp2Header | undefined;
  colourSpace: string | undefined;
  hasPalette: boolean;
  /** Channels that are opacity, not colour. */
  hasAlpha: boolean;
  dpi: Dpi | null;
  /** Codestreams with their extents; the first is the picture. */
  readonly codestreams: { readonly start: number; readonly end: number }[];
  /** Where the boxes end too early, are senseless, or something else than a box follows the picture. */
  broken: { readonly kind: 'truncated' | 'damaged' | 'trailing'; readonly offset: number } | undefined;
}

/** The image header box (I.5.3.1). */
export interface Jp2Header {
  /** Where its content begins. */
  readonly start: number;
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Bits of the samples as the codestream writes them, 255 where components differ. */
  readonly depth: number;
}

const mostBoxes = 10_000;
const METRES_PER_INCH = 0.0254;
/** Boxes that hold others and are looked into: header and resolution. */
const superboxes = new Set(['jp2h', 'res ']);
const enumerated: Readonly<Record<number, string>> = {
  0: 'Bilevel',
  12: 'CMYK',
  14: 'Lab',
  15: 'Bilevel',
  16: 'sRGB',
  17: 'Gray',
  18: 'sYCC',
};
const profiles: Readonly<Record<string, string>> = { GRAY: 'Gray', 'RGB ': 'RGB', CMYK: 'CMYK', 'Lab ': 'Lab' };

/** Reads the boxes in their order; those in superboxes come as if they stood behind them. */
export function readBoxes(source: ByteSource): Jp2Boxes {
  const boxes: Jp2Boxes = {
    brand: '',
    header: undefined,
    colourSpace: undefined,
    hasPalette: false,
    hasAlpha: false,
    dpi: null,
    codestreams: [],
    broken: undefined,
  };
  let position = 0;
  /** Ends of the superboxes that are being read. */
  const ends: number[] = [];
  for (let count = 0; position < source.size; count += 1) {
    while (ends.at(-1) === position) ends.pop();
    const box = readBox(source, position);
    if (!box || count >= mostBoxes || !fits(box, position, ends.at(-1))) {
      boxes.broken = { kind: brokenKind(source.size - position, boxes, ends), offset: position };
      return boxes;
    }
    if (box.end > source.size) boxes.broken = { kind: 'truncated', offset: position };
    readContent(source, box, boxes);
    if (boxes.broken) return boxes;
    if (superboxes.has(box.type)) ends.push(box.end);
    position = superboxes.has(box.type) ? box.start : box.end;
  }
  return boxes;
}

/** Whether a box lies within the superbox around it (I.4). */
function fits({ end }: Box, position: number, parentEnd = Number.POSITIVE_INFINITY): boolean {
  return position + 8 <= parentEnd && end <= parentEnd;
}

function brokenKind(left: number, { codestreams }: Jp2Boxes, parents: readonly number[]) {
  if (parents.length === 0 && codestreams.length > 0) return 'trailing';
  return left < 8 ? 'truncated' : 'damaged';
}

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

function readBox(source: ByteSource, position: number): Box | undefined {
  const head = source.read(position, 8);
  if (head.length < 8) return undefined;
  const type = Buffer.from(head.subarray(4, 8)).toString('latin1');
  const declared = uint(source, position, 4);
  // Length 0: the box goes to the end of the file; 1: the length follows in eight bytes (I.4).
  const length = declared === 1 ? uint(source, position + 8, 8) : declared === 0 ? source.size - position : declared;
  const headLength = declared === 1 ? 16 : 8;
  return length < headLength ? undefined : { type, start: position + headLength, end: position + length };
}

function readContent(source: ByteSource, { type, start, end }: Box, boxes: Jp2Boxes): void {
  switch (type) {
    case 'ftyp':
      boxes.brand = text(source, start, 4);
      return;
    case 'ihdr':
      boxes.header ??= {
        start,
        height: uint(source, start, 4),
        width: uint(source, start + 4, 4),
        components: uint(source, start + 8, 2),
        depth: uint(source, start + 10, 1),
      };
      return;
    case 'colr':
      boxes.colourSpace ??= readColour(source, start);
      return;
    case 'pclr':
      boxes.hasPalette = true;
      return;
    case 'cdef':
      boxes.hasAlpha = hasOpacity(source, start, end);
      return;
    case 'resc':
      boxes.dpi ??= readResolution(source, start);
      return;
    case 'jp2c':
      if (boxes.codestreams.length < 2) boxes.codestreams.push({ start, end });
  }
}

/** Colour specification (I.5.3.3): a number, or an ICC profile, whose header names the space at byte 16. */
function readColour(source: ByteSource, start: number): string | undefined {
  const method = uint(source, start, 1);
  if (method === 1) return enumerated[uint(source, start + 3, 4)];
  return method === 2 || method === 3 ? profiles[text(source, start + 3 + 16, 4)] : undefined;
}

/** Channel definition (I.5.3.6): number, type (1 and 2: opacity), association for each channel. */
function hasOpacity(source: ByteSource, start: number, end: number): boolean {
  const count = Math.min(uint(source, start, 2), Math.floor((end - start - 2) / 6), 64);
  for (let index = 0; index < count; index += 1) {
    const type = uint(source, start + 2 + index * 6 + 2, 2);
    if (type === 1 || type === 2) return true;
  }
  return false;
}

/** Capture resolution (I.5.3.7.1): down, then across, in pixels for a metre. */
function readResolution(source: ByteSource, start: number): Dpi | null {
  const exponent = (at: number) => (uint(source, at, 1) << 24) >> 24;
  const value = (at: number, power: number) =>
    (uint(source, at, 2) / uint(source, at + 2, 2)) * 10 ** exponent(power) * METRES_PER_INCH;
  return usableDpi(value(start + 4, start + 9), value(start, start + 8));
}

function text(source: ByteSource, position: number, length: number): string {
  return Buffer.from(source.read(position, length)).toString('latin1');
}

/** An unsigned big-endian number of up to 8 bytes; 0 beyond the end of the file. */
export function uint(source: ByteSource, position: number, length: number): number {
  const bytes = source.read(position, length);
  return bytes.length < length ? 0 : bytes.reduce((value, byte) => value * 256 + byte, 0);
}
