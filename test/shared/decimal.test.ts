import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareDecimals,
  type Decimal,
  decimalText,
  dividedBy,
  equals,
  minus,
  parseDecimal,
  plus,
  rounded,
  times,
  total,
} from '../../src/shared/decimal.ts';

const decimals = fc.record({
  units: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  scale: fc.integer({ min: 0, max: 12 }),
});

function read(words: string): Decimal {
  const value = parseDecimal(words);
  if (!value) throw new Error(words);
  return value;
}

describe('exact decimals', () => {
  it('add up, more of them than a function may have arguments', () => {
    expect(decimalText(total(Array.from({ length: 300_000 }, () => read('0.10'))))).toBe('30000');
  });

  it('survive being written and read', () => {
    fc.assert(fc.property(decimals, (value) => equals(read(decimalText(value)), value)));
  });

  it('add and subtract without loss, in any order', () => {
    fc.assert(
      fc.property(decimals, decimals, decimals, (a, b, c) => {
        expect(equals(plus(a, b, c), plus(c, plus(b, a)))).toBe(true);
        expect(equals(minus(plus(a, b), b), a)).toBe(true);
      }),
    );
  });

  it('divide to the nearest value, half away from zero', () => {
    fc.assert(
      fc.property(decimals, decimals, fc.integer({ min: 0, max: 6 }), (a, b, scale) => {
        fc.pre(b.units !== 0n);
        const quotient = dividedBy(a, b, scale);
        const error = minus(times(quotient, b), a);
        const half = times(
          { units: b.units < 0n ? -b.units : b.units, scale: b.scale },
          { units: 5n, scale: scale + 1 },
        );
        expect(
          compareDecimals({ ...error, units: error.units < 0n ? -error.units : error.units }, half),
        ).toBeLessThanOrEqual(0);
      }),
    );
  });

  it.each([
    ['1.005', '1.01'],
    ['-1.005', '-1.01'],
    ['1.0049999', '1.00'],
    ['32.741530', '32.74'],
    ['.5', '0.50'],
    ['+3', '3.00'],
  ])('%s rounds to %s', (words, expected) => {
    expect(decimalText(rounded(read(words), 2), 2)).toBe(expected);
  });

  it.each(['', '.', '1,5', '1e5', 'NaN', '0x1', '1 000', '--1', '1.2.3', '9'.repeat(61)])('"%s" is none', (words) => {
    expect(parseDecimal(words)).toBeUndefined();
  });

  it('keep the decimals asked for and drop needless zeros', () => {
    expect(decimalText(read('7.4790'), 2)).toBe('7.479');
    expect(decimalText(read('7.0000'), 2)).toBe('7.00');
    expect(decimalText(read('7.0000'))).toBe('7');
    expect(decimalText(read('-0.00'), 2)).toBe('0.00');
  });
});
