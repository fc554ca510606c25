import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formats } from '../../src/shared/format.ts';

describe('numbers for people', () => {
  it.each([
    ['de', 'de-DE', '13.000.000'],
    ['en', 'en-GB', '13,000,000'],
  ] as const)('are grouped as the language does: %s', (language, locale, thirteenMillion) => {
    expect(formats[language].number(13_000_000)).toBe(thirteenMillion);
    const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    const value = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -10_000, max: 10_000 }), fc.double());
    const property = fc.property(value, (number) => {
      expect(formats[language].number(number)).toBe(whole.format(number));
    });
    fc.assert(property, { numRuns: 500 });
  });
});
