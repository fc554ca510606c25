import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Barcode, barcodeOf } from '../../src/reporting/barcode.ts';
import { readCode128 } from './code128.ts';

function read(code: Barcode | undefined): string {
  if (code?.kind !== 'bars') throw new Error('not Code 128');
  const widths: number[] = [];
  let end = 0;
  for (const [start, width] of code.bars) {
    if (start > end) widths.push(start - end);
    widths.push(width);
    end = start + width;
  }
  expect(end).toBe(code.modules);
  return readCode128(widths);
}

describe('a barcode', () => {
  it('of printable ASCII is a Code 128 that reads as the text', () => {
    for (const text of ['K-2020-00001', '32.4-1998/000123', 'a b', '000012345678', '^ECI{}\\~']) {
      expect(read(barcodeOf(text, 1000))).toBe(text);
    }
    const ascii = fc.string({
      unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
      minLength: 1,
    });
    fc.assert(fc.property(ascii, (text) => read(barcodeOf(text, 10_000)) === text));
  });

  it('of other letters is a QR code, as Code 128 has no agreed way to say them', () => {
    for (const text of ['32.4-Müller', 'Łódź', '漢', 'a^b-ä']) {
      const code = barcodeOf(text, 1000);
      expect(code?.kind).toBe('matrix');
      // Sizes of a QR code are 21, 25, 29 … modules (ISO/IEC 18004), and its corner is seven dark modules wide.
      expect(((code?.modules ?? 0) - 17) % 4).toBe(0);
      expect(code?.kind === 'matrix' && code.runs[0]).toEqual([0, 0, 7]);
    }
  });

  it('that would be wider than its place becomes a QR code', () => {
    expect(barcodeOf('A-1', 200)?.kind).toBe('bars');
    expect(barcodeOf('A'.repeat(40), 200)?.kind).toBe('matrix');
  });

  it('is left out where there is nothing to say, or too much', () => {
    expect(barcodeOf('', 1000)).toBeUndefined();
    expect(barcodeOf('ä'.repeat(101), 1000)).toBeUndefined();
    expect(barcodeOf('x'.repeat(500), 200)).toBeUndefined();
  });
});
