import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BytesColumn, IntColumn, NumberTable, SmallIntColumn } from '../../src/shared/columns/numbers.ts';
import { TextColumn, TextTable } from '../../src/shared/columns/texts.ts';

/** Any text, halves of surrogate pairs included. */
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', 'Müller', '\ud800', 'Łódź', '文書'),
);

describe('columns outside of the heap', () => {
  test('hold any texts, and tell them from any other', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 50 }), anyText, (texts, other) => {
        const column = new TextColumn();
        for (const text of texts) column.push(text);
        expect(texts.map((_, number) => column.at(number))).toEqual(texts);
        expect(texts.map((_, number) => column.is(number, other))).toEqual(texts.map((text) => text === other));
      }),
    );
  });

  test('hold texts longer than their chunks', () => {
    const long = 'x'.repeat(3_000_000);
    const column = new TextColumn();
    for (const text of ['a', long, 'b', `${long}ł`]) column.push(text);
    expect([0, 1, 2, 3].map((number) => column.at(number))).toEqual(['a', long, 'b', `${long}ł`]);
  });

  test('number each different text once, as a Map would', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 3000 }), (texts) => {
        const table = new TextTable();
        const map = new Map<string, number>();
        for (const text of texts) {
          expect(table.find(text)).toBe(map.get(text) ?? -1);
          if (!map.has(text)) map.set(text, map.size);
          expect(table.numberOf(text)).toBe(map.get(text));
        }
        for (const [text, number] of map) expect(table.at(number)).toBe(text);
        expect(table.length).toBe(map.size);
      }),
      { numRuns: 30 },
    );
  });

  test('have nothing at places that were never set, or were forgotten', () => {
    const column = new IntColumn(7);
    column.set(1000, -5);
    expect([column.get(-1), column.get(0), column.get(1000), column.get(5000), column.length]).toEqual([
      7, 7, -5, 7, 1001,
    ]);
    column.truncate(500);
    expect([column.get(1000), column.length]).toEqual([7, 500]);
  });

  test('hold numbers by place as a Map would, whatever stands for none', () => {
    const places = fc.array(fc.tuple(fc.nat(30_000), fc.nat(255)), { maxLength: 500 });
    fc.assert(
      fc.property(places, fc.constantFrom(-1, 0, 7), (pairs, none) => {
        const [column, small] = [new IntColumn(none), new SmallIntColumn()];
        for (const [place, value] of pairs) {
          column.set(place, value);
          small.set(place, value);
        }
        const map = new Map(pairs);
        for (const place of [0, 8191, 8192, 30_001, ...map.keys()]) {
          expect(column.get(place)).toBe(map.get(place) ?? none);
          expect(small.get(place)).toBe(map.get(place) ?? 0);
        }
        expect(column.length).toBe(Math.max(0, ...pairs.map(([place]) => place + 1)));
      }),
      { numRuns: 50 },
    );
  });

  test('hold digests of one width', () => {
    const column = new BytesColumn(20);
    for (let place = 0; place < 1000; place += 1) column.setHex(place, String(place % 10).repeat(40));
    expect(column.hex(3)).toBe('3'.repeat(40));
    expect(column.hex(999)).toBe('9'.repeat(40));
  });

  test('map numbers of any size to small ones, as a Map would', () => {
    const key = fc.oneof(fc.nat(2000), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.integer({ min: 1, max: 255 })), { maxLength: 2000 }), (pairs) => {
        const table = new NumberTable();
        for (const [number, value] of pairs) table.set(number, value);
        const map = new Map(pairs);
        for (const [number, value] of map) expect(table.get(number)).toBe(value);
        expect(table.get(-1)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});
