import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf, shownDecimals, totalsOf } from '../../src/reporting/figures.ts';
import type { Cell, Column, ReportTable, Row, Rule } from '../../src/reporting/model.ts';
import { verbatim } from '../../src/shared/language.ts';

const title = verbatim('x');
const money = (key: string): Column => ({ key, title, type: 'money' });
const count = (key: string): Column => ({ key, title, type: 'count' });

function tableOf(columns: readonly Column[], rows: readonly Row[]): ReportTable {
  return { key: 't', title, columns, rows };
}

function computed(type: Column['type'], formula: Rule, row: Row, decimals?: number): Cell {
  const column: Column = { key: 'c', title, type, formula, ...(decimals === undefined ? {} : { decimals }) };
  const table = tableOf([money('a'), money('b'), count('pages'), { key: 'm', title, type: 'metres' }, column], [row]);
  return cellsOf(table, row).at(-1) ?? null;
}

describe('computed columns', () => {
  it('give a cost per page in millionths, rounded to four decimals', () => {
    expect(computed('price', { ratio: ['a', 'pages'] }, { a: 27_873_398, pages: 8_250_821 })).toBe(33_800);
    expect(computed('price', { ratio: ['a', 'pages'] }, { a: 27_873_398, pages: 8_250_821 }, 6)).toBe(33_783);
  });

  it('give shares in millionths of the whole', () => {
    expect(computed('percent', { ratio: ['a', 'b'] }, { a: 5_011_020, b: 9_300_000 })).toBe(538_819);
    expect(computed('percent', { ratio: ['a', 'b'] }, { a: -1, b: 3 })).toBe(-333_333);
    expect(computed('percent', { ratio: ['a', 'b'] }, { a: 1, b: -2_000_000 })).toBe(-1);
  });

  it('know that metres are kept in millimetres', () => {
    expect(computed('price', { ratio: ['a', 'm'] }, { a: 33_000, m: 330_000 })).toBe(1_000_000);
    expect(computed('count', { ratio: ['pages', 'm'] }, { pages: 3_000_000, m: 330_000 })).toBe(9091);
  });

  it('are null where there is nothing to divide by, and never a division by zero', () => {
    expect(computed('percent', { ratio: ['a', 'b'] }, { a: 1, b: 0 })).toBeNull();
    expect(computed('percent', { ratio: ['a', 'b'] }, { a: 1, b: null })).toBeNull();
    expect(computed('percent', { ratio: ['a', 'b'] }, { b: 1 })).toBeNull();
  });

  it('count a missing operand of a difference or sum as 0, so that columns still add up', () => {
    expect(computed('money', { difference: ['a', 'b'] }, { b: 500 })).toBe(-500);
    expect(computed('money', { difference: ['a', 'b'] }, { a: 500 })).toBe(500);
    expect(computed('money', { sum: ['a', 'b'] }, { a: 500, b: 1 })).toBe(501);
    expect(computed('money', { sum: ['a', 'b'] }, {})).toBeNull();
  });

  it('refuse operands of another unit, unknown ones and computed ones', () => {
    expect(() => computed('money', { sum: ['a', 'pages'] }, { a: 1, pages: 1 })).toThrow(TypeError);
    expect(() => computed('money', { sum: ['a', 'z'] }, { a: 1 })).toThrow(/no column "z"/);
    expect(() => computed('money', { sum: ['a', 'c'] }, { a: 1 })).toThrow(/computed/);
  });

  it('round ratios exactly as integer arithmetic does, whatever the numbers', () => {
    const amounts = fc.integer({ min: -1e11, max: 1e11 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 1e9 }), (a, pages) => {
        const result = BigInt(Number(computed('price', { ratio: ['a', 'pages'] }, { a, pages }, 6)));
        // |result - a·10^4/pages| ≤ 1/2, without a fraction: |2·(result·pages - a·10^4)| ≤ pages
        const twice = 2n * (result * BigInt(pages) - BigInt(a) * 10_000n);
        expect((twice < 0n ? -twice : twice) <= BigInt(pages)).toBe(true);
      }),
    );
  });
});

describe('totals', () => {
  it('say nothing of a column in which no value is known', () => {
    const columns = [count('pages'), { key: 'm', title, type: 'metres' } as const];
    expect(totalsOf(tableOf(columns, [{ pages: 1 }, { pages: 2 }]))).toEqual([3, null]);
    expect(totalsOf(tableOf(columns, [{ pages: 1 }, { pages: 2, m: 0 }]))).toEqual([3, 0]);
  });

  const columns: Column[] = [
    { key: 'lot', title, type: 'text' },
    { key: 'year', title, type: 'year' },
    money('budget'),
    money('cost'),
    { key: 'left', title, type: 'money', formula: { difference: ['budget', 'cost'] } },
    { key: 'share', title, type: 'percent', formula: { ratio: ['cost', 'budget'] } },
    count('pages'),
    { key: 'price', title, type: 'price', total: { ratio: ['cost', 'pages'] } },
    { key: 'files', title, type: 'count', total: 'none' },
  ];
  const rows: Row[] = [
    { lot: 'A', year: 2020, budget: 10_000, cost: 2_500, pages: 1000, price: 25_000, files: 3 },
    { lot: 'B', year: 2021, budget: null, cost: 1_000, pages: 100, price: 100_000, files: 4 },
  ];

  it('add up amounts and counts, and apply the rules to the sums instead of adding shares', () => {
    expect(totalsOf(tableOf(columns, rows))).toEqual([null, null, 10_000, 3_500, 6_500, 350_000, 1100, 31_800, null]);
  });

  it('of a difference equal the sum of its column even when a row has no budget', () => {
    const table = tableOf(columns, rows);
    const sum = rows.reduce((total, row) => total + Number(cellsOf(table, row)[4]), 0);
    expect(totalsOf(table)?.[4]).toBe(sum);
  });

  it('are absent for a table without rows, without summable columns, or switched off', () => {
    expect(totalsOf(tableOf(columns, []))).toBeUndefined();
    expect(totalsOf(tableOf([{ key: 'lot', title, type: 'text' }], rows))).toBeUndefined();
    expect(totalsOf({ ...tableOf(columns, rows), totals: false })).toBeUndefined();
  });

  it('are refused rather than inexact', () => {
    const big = Number.MAX_SAFE_INTEGER;
    expect(() => totalsOf(tableOf([money('a')], [{ a: big }, { a: big }]))).toThrow(RangeError);
  });

  it('are refused for a rule over a column that has no sum', () => {
    const price: Column = { key: 'p', title, type: 'price' };
    const share: Column = { key: 's', title, type: 'price', total: { ratio: ['p', 'a'] } };
    expect(() => totalsOf(tableOf([price, money('a'), share], [{ p: 1, a: 1, s: 1 }]))).toThrow(/no sum/);
  });
});

describe('cells', () => {
  const dateColumn: Column = { key: 'd', title, type: 'date' };

  it('of the wrong kind are a mistake of the program, and named', () => {
    expect(() => cellsOf(tableOf([money('a')], []), { a: 1.5 })).toThrow(/"a" \(money\) cannot hold 1.5/);
    expect(() => cellsOf(tableOf([money('a')], []), { a: '12' })).toThrow(TypeError);
    expect(() => cellsOf(tableOf([dateColumn], []), { d: '2020-02-30' })).toThrow(TypeError);
    expect(() => cellsOf(tableOf([{ key: 't', title, type: 'text' }], []), { t: 1 })).toThrow(TypeError);
  });

  it('of one price column share the decimals of the finest price, so that digits stand below one another', () => {
    const price: Column = { key: 'p', title, type: 'price' };
    expect(shownDecimals(tableOf([price], [{ p: 15_000_000 }]))).toEqual([2]);
    expect(shownDecimals(tableOf([price], [{ p: 15_000_000 }, { p: 23_500 }, { p: null }]))).toEqual([4]);
    expect(shownDecimals(tableOf([price], [{ p: 1 }]))).toEqual([6]);
  });
});
