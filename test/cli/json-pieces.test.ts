import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPieces } from '../../src/cli/json-pieces.ts';

const written = (document: object) => [...jsonPieces(document)].join('');
const atOnce = (document: object) => `${JSON.stringify(document, undefined, 2)}\n`;

describe('a document written in pieces', () => {
  it('is what JSON.stringify writes, whatever it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()))), (document) => {
        expect(written(document)).toBe(atOnce(document));
      }),
    );
  });

  it('leaves out what has no value, and writes null for it in a list', () => {
    const document = { a: undefined, b: [undefined, () => 1, { c: undefined }], d: [], e: {}, f: new Date(0) };
    expect(written(document)).toBe(atOnce(document));
    expect(written({})).toBe(atOnce({}));
    expect(written({ a: undefined })).toBe(atOnce({ a: undefined }));
  });

  it('comes in pieces where a list is long', () => {
    const items = Array.from({ length: 10_000 }, (_, row) => ({ path: `scans/${row}.pdf`, row }));
    const pieces = [...jsonPieces({ schema: 'x', items })];
    expect(pieces.length).toBeGreaterThan(5);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
    expect(pieces.join('')).toBe(atOnce({ schema: 'x', items }));
  });
});
