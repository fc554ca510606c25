import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLzw } from '../../../src/inspection/pdf/lzw.ts';
import { decodeRunLength } from '../../../src/inspection/pdf/run-length.ts';

/** Encodes with a table that grows to 12 bits and is cleared when it is full (ISO 32000-2, 7.4.4.2). */
function encodeLzw(data: Uint8Array, early: boolean): Buffer {
  let table = new Map<string, number>();
  let width = 9;
  let bits = '';
  const clear = () => {
    bits += (256).toString(2).padStart(width, '0');
    table = new Map(Array.from({ length: 256 }, (_, code) => [String.fromCharCode(code), code]));
    width = 9;
  };
  clear();
  let next = 258;
  let current = '';
  for (const byte of data) {
    const longer = current + String.fromCharCode(byte);
    if (table.has(longer)) {
      current = longer;
      continue;
    }
    bits += (table.get(current) ?? 0).toString(2).padStart(width, '0');
    table.set(longer, next);
    next += 1;
    if (next + (early ? 1 : 0) > 1 << width) width += 1;
    if (next === 4094) {
      clear();
      next = 258;
    }
    current = String.fromCharCode(byte);
  }
  if (current !== '') bits += (table.get(current) ?? 0).toString(2).padStart(width, '0');
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Buffer.from(bytes.map((eight) => Number.parseInt(eight.padEnd(8, '0'), 2)));
}

describe('LZW data', () => {
  test('of the example in the standard are decoded', () => {
    const example = Buffer.from('800b6050220c0c8501', 'hex');
    expect([...decodeLzw(example, true)]).toEqual([45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
  });

  test.each([true, false])('of any length come back as they were, with early change %s', (early) => {
    const chunk = fc.oneof(
      fc.uint8Array({ maxLength: 3000 }),
      fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 9000 })).map(([byte, count]) => new Uint8Array(count).fill(byte)),
      fc.constantFrom(Buffer.from('Sehr geehrte Damen und Herren. '.repeat(200))),
    );
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 4 }), (chunks) => {
        const data = Buffer.concat(chunks);
        expect(Buffer.from(decodeLzw(encodeLzw(data, early), early)).equals(data)).toBe(true);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  test('of any bytes end, decoded or with damage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        try {
          expect(decodeLzw(bytes, true).length).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toMatchObject({ reason: 'stream-unreadable' });
        }
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe('run-length data', () => {
  test('are copied and repeated up to their end mark', () => {
    const data = Uint8Array.from([2, 65, 66, 67, 254, 90, 128, 7, 7]);
    expect(Buffer.from(decodeRunLength(data)).toString()).toBe('ABCZZZ');
  });

  test('that grow beyond the limit are refused without taking the memory', () => {
    const data = new Uint8Array(600_000).fill(129);
    expect(() => decodeRunLength(data)).toThrow(expect.objectContaining({ reason: 'too-complex' }));
  });
});
