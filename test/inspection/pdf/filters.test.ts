import { constants, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeStream, filtersOf } from '../../../src/inspection/pdf/filters.ts';
import { WorkBudget } from '../../../src/inspection/pdf/limits.ts';
import { Name } from '../../../src/inspection/pdf/names.ts';
import type { PdfValue } from '../../../src/inspection/pdf/values.ts';

const text = (value: string) => Buffer.from(value, 'latin1');

function decode(data: Uint8Array, name: string, parameters: Readonly<Record<string, PdfValue>> = {}): Buffer {
  return Buffer.from(decodeStream(data, [{ name, parameters: new Map(Object.entries(parameters)) }], new WorkBudget()));
}

describe('stream filters', () => {
  test('hexadecimal digits, white space in between, a last one alone', () => {
    expect(decode(text('48 65\n6C6c 6F2>rest'), 'ASCIIHexDecode')).toEqual(text('Hello '));
    expect(() => decode(text('4x>'), 'ASCIIHexDecode')).toThrow();
  });

  test('base 85 with z for four zeros and a short last group', () => {
    // As Python's base64.a85encode writes them.
    expect(decode(text('87cUR\nD]i,"Ebo7~>'), 'ASCII85Decode')).toEqual(text('Hello World'));
    expect([...decode(text('s8Mup!<N?~>'), 'ASCII85Decode')]).toEqual([255, 254, 253, 252, 1, 2, 3]);
    expect(decode(text('z!!~>'), 'ASCII85Decode')).toEqual(Buffer.alloc(5));
    expect(() => decode(text('z!~>'), 'ASCII85Decode')).toThrow();
    expect(() => decode(text('{~>'), 'ASCII85Decode')).toThrow();
  });

  test('one after the other, in the order they are named', () => {
    const data = text(`${deflateSync(text('inner')).toString('hex')}>`);
    const filters = ['ASCIIHexDecode', 'FlateDecode'].map((name) => ({ name, parameters: new Map() }));
    expect(Buffer.from(decodeStream(data, filters, new WorkBudget()))).toEqual(text('inner'));
  });

  test('take from their parameters what they know, and not the thousands that may stand beside', () => {
    const beside = Array.from({ length: 5000 }, (_, index) => [`K${index}`, index] as const);
    const parameters = new Map<string, PdfValue>([...beside, ['Predictor', 12], ['Columns', 7]]);
    const resolve = (value: PdfValue | undefined) => value;
    const filters = filtersOf(
      new Map<string, PdfValue>([
        ['Filter', [new Name('FlateDecode')]],
        ['DecodeParms', [parameters]],
      ]),
      resolve,
    );
    expect([...(filters[0]?.parameters ?? [])]).toEqual([
      ['Predictor', 12],
      ['Columns', 7],
    ]);
  });

  test('never share memory with what was read, which is overwritten by the next read', () => {
    const stored = text('plain');
    const decoded = decodeStream(stored, [], new WorkBudget());
    stored.fill(0);
    expect(Buffer.from(decoded)).toEqual(text('plain'));
  });

  test('of images, unknown ones and damaged data are refused', () => {
    expect(() => decode(text(''), 'DCTDecode')).toThrow();
    expect(() => decode(text('no zlib'), 'FlateDecode')).toThrow();
    const cut = deflateSync(Buffer.alloc(1000, 'abc')).subarray(0, 10);
    expect(() => decode(cut, 'FlateDecode')).toThrow();
  });
});

describe('deflated data', () => {
  test('may end with a flush instead of a last block, as Acrobat saves them', () => {
    const flushed = deflateSync(text('entries of a table'), { finishFlush: constants.Z_SYNC_FLUSH });
    expect(flushed.subarray(-4)).toEqual(Buffer.from([0, 0, 0xff, 0xff]));
    expect(decode(flushed, 'FlateDecode')).toEqual(text('entries of a table'));
    expect(() => decode(flushed.subarray(0, -5), 'FlateDecode')).toThrow();
  });

  test('of nothing are nothing', () => {
    expect(decode(text(''), 'FlateDecode')).toHaveLength(0);
  });
});

describe('predictors', () => {
  /** PNG's filters, written from ISO/IEC 15948, 9.2, the other way round. */
  function predict(kind: number, row: Buffer, above: Buffer, pixel: number): Buffer {
    const predicted = row.map((_, at) => {
      const left = row[at - pixel] ?? 0;
      const up = above[at] ?? 0;
      const upLeft = above[at - pixel] ?? 0;
      if (kind === 1) return left;
      if (kind === 2) return up;
      if (kind === 3) return Math.floor((left + up) / 2);
      if (kind === 0) return 0;
      const distances = [left, up, upLeft].map((value) => Math.abs(left + up - upLeft - value));
      return [left, up, upLeft][distances.indexOf(Math.min(...distances))] ?? 0;
    });
    return Buffer.from([kind, ...row.map((value, at) => value - (predicted[at] ?? 0))]);
  }

  test('of PNG are undone, whatever each row chose', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.tuple(fc.nat(4), fc.uint8Array({ minLength: 36, maxLength: 36 })), { minLength: 1, maxLength: 6 }),
        (colors, columns, list) => {
          const rows = list.map(([, bytes]) => Buffer.from(bytes.subarray(0, colors * columns)));
          const zeros = Buffer.alloc(colors * columns);
          const predicted = rows.map((row, at) => predict(list[at]?.[0] ?? 0, row, rows[at - 1] ?? zeros, colors));
          const data = deflateSync(Buffer.concat(predicted));
          const parameters = { Predictor: 15, Colors: colors, Columns: columns };
          expect(decode(data, 'FlateDecode', parameters)).toEqual(Buffer.concat(rows));
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  test('of TIFF are undone along each row', () => {
    const data = deflateSync(Buffer.from([1, 2, 3, 10, 250, 10]));
    expect([...decode(data, 'FlateDecode', { Predictor: 2, Columns: 3 })]).toEqual([1, 3, 6, 10, 4, 14]);
  });

  test('that cannot be are refused', () => {
    const data = deflateSync(Buffer.from([9, 1, 2]));
    const impossible: Readonly<Record<string, number>>[] = [
      { Predictor: 12, Columns: 2 },
      { Predictor: 12, Columns: 0 },
      { Predictor: 12, Columns: 2, Colors: -1 },
      { Predictor: 12, Columns: 1e12 },
      { Predictor: 7, Columns: 3 },
      { Predictor: 2, Columns: 3, BitsPerComponent: 4 },
    ];
    for (const parameters of impossible) {
      expect(() => decode(data, 'FlateDecode', parameters)).toThrow();
    }
  });
});
