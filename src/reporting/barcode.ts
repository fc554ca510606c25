import bwipjs from 'bwip-js/node';
import { colours, type PdfPage } from './pdf-page.ts';
import { printable } from './safe-text.ts';

/** A code as geometry, in modules (the width of the narrowest bar). */
export type Barcode =
  | {
      readonly kind: 'bars';
      readonly modules: number;
      readonly bars: readonly (readonly [start: number, width: number])[];
    }
  | {
      readonly kind: 'matrix';
      readonly modules: number;
      readonly runs: readonly (readonly [x: number, y: number, width: number])[];
    };

const mostQrBytes = 200;
/** Clear space on both sides: ten modules for Code 128 (ISO/IEC 15417), four for QR (ISO/IEC 18004). */
const quietZones = { bars: 10, matrix: 4 } as const;

/**
 * The code for a text: Code 128 for printable ASCII, which every hand scanner reads; QR (UTF-8) for anything else, as
 * Code 128 has no agreed way to say "ł" or "ş".
 * @param mostModules how wide Code 128 may get, quiet zones included; beyond it the text becomes QR
 * @returns undefined for an empty text, or one too long for a small QR code
 */
export function barcodeOf(text: string, mostModules: number): Barcode | undefined {
  if (/^[ -~]+$/.test(text)) {
    const bars = code128(text);
    if (bars.modules + 2 * quietZones.bars <= mostModules) return bars;
  }
  const bytes = Buffer.byteLength(text, 'utf8');
  return bytes > 0 && bytes <= mostQrBytes ? qrCode(text) : undefined;
}

/** Length of a side of the code in points, quiet zones included. */
export function barcodeWidth(code: Barcode, module: number): number {
  return (code.modules + 2 * quietZones[code.kind]) * module;
}

/** Draws the code as vector areas; x and y are the top left corner of its quiet zone. */
export function drawBarcode(page: PdfPage, code: Barcode, x: number, y: number, module: number, height: number): void {
  const left = x + quietZones[code.kind] * module;
  const areas =
    code.kind === 'bars'
      ? code.bars.map(([start, width]) => [left + start * module, y, width * module, height] as const)
      : code.runs.map(
          ([column, row, width]) =>
            [left + column * module, y + (quietZones.matrix + row) * module, width * module, module] as const,
        );
  page.areas(areas, colours.black);
}

function code128(text: string): Barcode & { kind: 'bars' } {
  const [symbol] = bwipjs.raw('code128', text, {});
  if (!symbol || !('sbs' in symbol)) throw new Error('no Code 128');
  const bars: (readonly [number, number])[] = [];
  let at = 0;
  // Bars and spaces take turns, a bar first.
  for (const [index, width] of symbol.sbs.entries()) {
    if (index % 2 === 0) bars.push([at, width]);
    at += width;
  }
  return { kind: 'bars', modules: at, bars };
}

function qrCode(text: string): Barcode {
  // ECI 26 says that the bytes are UTF-8: without it readers guess. "^" begins a function character, "^^" is itself.
  // UTF-8 has no halves of surrogate pairs.
  const escaped = `^ECI000026${printable(text).replaceAll('^', '^^')}`;
  // A given mask: trying all eight takes four times as long, and readers accept any.
  const [symbol] = bwipjs.raw('qrcode', escaped, 'eclevel=M mask=1 parsefnc');
  if (!symbol || !('pixs' in symbol)) throw new Error('no QR code');
  const { pixs, pixx } = symbol;
  const runs: [number, number, number][] = [];
  for (const [index, dark] of pixs.entries()) {
    if (!dark) continue;
    const [x, y] = [index % pixx, Math.floor(index / pixx)];
    const last = runs.at(-1);
    if (last && last[1] === y && last[0] + last[2] === x) last[2]++;
    else runs.push([x, y, 1]);
  }
  return { kind: 'matrix', modules: pixx, runs };
}
