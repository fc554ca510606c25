import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priceQuantities } from '../../src/contract/prices.ts';
import { vatRateOn, withVat } from '../../src/contract/vat.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { formats } from '../../src/shared/format.ts';
import {
  add,
  basisPoints,
  type Cents,
  cents,
  centsToDecimal,
  divideHalfUp,
  type Micros,
  microsToDecimal,
  multiply,
  parseCents,
  parseMicros,
  parseScaled,
  subtract,
  vatOn,
} from '../../src/shared/money.ts';

const day = (value: string) => value as CalendarDate;
/** Up to ten billion euros: far above any county, far below where integers end. */
const amount = fc.integer({ min: -1e12, max: 1e12 }).map(cents);
const price = fc.integer({ min: 0, max: 1e9 }).map((value) => value as Micros);
const quantity = fc.integer({ min: 0, max: 20_000_000_000 });

describe('rounding', () => {
  test('is half away from zero, and never off by more than half', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.bigInt(1n, 10n ** 9n), (numerator, denominator) => {
        const error = 2n * (divideHalfUp(numerator, denominator) * denominator - numerator);
        expect(error <= denominator && error >= -denominator).toBe(true);
        if (error === denominator) expect(numerator).toBeGreaterThan(0n);
        if (error === -denominator) expect(numerator).toBeLessThan(0n);
        expect(divideHalfUp(-numerator, denominator)).toBe(-divideHalfUp(numerator, denominator));
        expect(divideHalfUp(-numerator, -denominator)).toBe(divideHalfUp(numerator, denominator));
      }),
    );
  });

  test.each([
    [1_000, 5_000, 1],
    [1_000, 4_999, 0],
    [-1_000, 5_000, -1],
    [1_000, 15_000, 2],
    [100_000_000, 23_500, 235_000],
    [250, 60_000_000, 1_500],
  ])('%i thousandths at %i millionths of a euro are %i cents', (thousandths, micros, expected) => {
    expect(multiply(thousandths, micros as Micros)).toBe(expected);
  });

  test('a product is exact before it is rounded once', () => {
    fc.assert(
      fc.property(quantity, price, (thousandths, micros) => {
        const exact = BigInt(thousandths) * BigInt(micros);
        const rounded = BigInt(multiply(thousandths, micros)) * 10_000_000n;
        expect(rounded - exact <= 5_000_000n && exact - rounded < 5_000_000n).toBe(true);
      }),
    );
  });
});

describe('decimals', () => {
  test('amounts survive being written and read', () => {
    fc.assert(fc.property(amount, (value) => parseCents(centsToDecimal(value)) === value));
  });

  test('unit prices survive being written and read', () => {
    fc.assert(fc.property(price, (value) => parseMicros(microsToDecimal(value)) === value));
  });

  test.each(['de', 'en'] as const)('people read the same digits (%s), with sign and two decimals', (language) => {
    fc.assert(
      fc.property(amount, (value) => {
        const words = formats[language].money(value);
        const digits = words.replace(/\D/g, '');
        expect(Number(digits)).toBe(Math.abs(value));
        expect(/[-−]/.test(words)).toBe(value < 0);
        expect(words).toMatch(language === 'de' ? /,\d\d\s€$/ : /\.\d\d$/);
      }),
    );
  });

  test('what is no plain decimal is not read', () => {
    for (const wrong of [
      '',
      ' ',
      '1,5',
      '1e3',
      '0x10',
      '.5',
      '5.',
      '1.005',
      '--1',
      '1 000',
      '9999999999999999',
      'NaN',
      '١',
    ]) {
      expect(parseCents(wrong)).toBeUndefined();
    }
    expect(parseScaled('-0', 2)).toBe(0);
    expect(Object.is(parseScaled('-0.00', 2), 0)).toBe(true);
  });

  test('no text is read as another amount than it states', () => {
    fc.assert(
      fc.property(fc.string(), (words) => {
        const value = parseCents(words);
        if (value !== undefined) expect(Number(words) * 100).toBeCloseTo(value, 0);
      }),
    );
  });
});

describe('sums', () => {
  test('adding and taking away are each other’s reverse', () => {
    fc.assert(fc.property(amount, amount, (one, other) => subtract(add(one, other), other) === one));
  });

  test('an amount beyond exact integers is refused, not approximated', () => {
    expect(() => add(cents(Number.MAX_SAFE_INTEGER), cents(1))).toThrow(RangeError);
    expect(() => multiply(Number.MAX_SAFE_INTEGER, 1_000_000_000 as Micros)).toThrow(RangeError);
    expect(() => cents(0.5)).toThrow(RangeError);
  });

  test('the lines of a calculation add up to its net, and net and VAT to its gross', () => {
    const line = fc.record({ price, unit: fc.constantFrom('page', 'file', 'document') });
    const counts = { min: 0, max: 13_000_000 };
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 5 }),
        fc.record({ pages: fc.integer(counts), files: fc.integer(counts), documents: fc.integer(counts) }),
        fc.constantFrom('2020-06-30', '2020-07-01', '2020-12-31', '2021-01-01'),
        (lines, quantities, performed) => {
          const positions = lines.map((one, index) => ({
            key: `p${index}`,
            title: '',
            validFrom: null,
            validTo: null,
            ...one,
            unit: one.unit as 'page',
          }));
          const calculation = priceQuantities(positions, quantities, day(performed));
          expect(add(...calculation.lines.map(({ net }) => net))).toBe(calculation.net);
          expect(add(calculation.net, calculation.vat)).toBe(calculation.gross);
        },
      ),
    );
  });
});

describe('VAT', () => {
  test.each([
    ['2007-01-01', 1900],
    ['2020-06-30', 1900],
    ['2020-07-01', 1600],
    ['2020-12-31', 1600],
    ['2021-01-01', 1900],
  ])('on %s the rate is %i hundredths of a percent', (on, rate) => expect(vatRateOn(day(on))).toBe(rate));

  test('is told to be unknown before, not guessed', () =>
    expect(() => vatRateOn(day('2006-12-31'))).toThrow(RangeError));

  test('is within half a cent of the exact amount, and the same for a credit', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 2_500 }), (net, rate) => {
        const vat = vatOn(net, basisPoints(rate));
        const error = 2n * (BigInt(vat) * 10_000n - BigInt(net) * BigInt(rate));
        expect(error <= 10_000n && error >= -10_000n).toBe(true);
        expect(vatOn(cents(0 - net), basisPoints(rate)) + vat).toBe(0);
      }),
    );
  });

  test('gross is net and VAT, whatever the day', () => {
    fc.assert(
      fc.property(amount, fc.constantFrom('2019-05-01', '2020-08-01', '2022-02-02'), (net: Cents, on) => {
        const priced = withVat(net, day(on));
        expect(priced.gross).toBe(priced.net + priced.vat);
      }),
    );
  });
});
