import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPattern } from '../../../src/delivery/glob.ts';
import { compilePattern } from '../../../src/delivery/profile/pattern.ts';
import { isDateTime, isIban, isLeitwegId, isUri } from '../../../src/delivery/value-formats.ts';

describe('values with check digits', () => {
  test('IBAN', () => {
    for (const value of ['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000', 'GB82WEST12345698765432'])
      expect(isIban(value)).toBe(true);
    for (const value of ['DE88370400440532013000', 'DE8937040044053201300', 'DE', '', 'XX00'])
      expect(isIban(value)).toBe(false);
  });

  test('Leitweg-ID', () => {
    for (const value of ['04011000-1234512345-06', '991-33333TEST-33', '992-90009-96'])
      expect(isLeitwegId(value)).toBe(true);
    for (const value of ['04011000-1234512345-07', '0401100-1234512345-06', '04011000', '', 'abc-1-11'])
      expect(isLeitwegId(value)).toBe(false);
  });

  test('one digit changed is found out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 21 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const valid = 'DE89370400440532013000';
        const digit = (Number(valid[at]) + by) % 10;
        expect(isIban(valid.slice(0, at) + digit + valid.slice(at + 1))).toBe(false);
      }),
    );
  });
});

test('instants and addresses', () => {
  for (const value of ['2020-12-31T23:59:59', '2020-02-29T00:00:00.5Z', '2020-01-01T00:00:00+01:00'])
    expect(isDateTime(value)).toBe(true);
  for (const value of ['2021-02-29T00:00:00', '2020-12-31T24:00:00', '2020-12-31', '2020-12-31T23:59:59+15:00'])
    expect(isDateTime(value)).toBe(false);
  for (const value of ['https://example.org/a?b#c', 'file:///x', 'urn:uuid:1']) expect(isUri(value)).toBe(true);
  for (const value of ['example.org', 'http://a b', '', '://x']) expect(isUri(value)).toBe(false);
});

describe('a pattern of the layout with groups', () => {
  test.each([
    ['scans/{reference}/{number}.pdf', 'Scans/ORD-1/0001.PDF', { reference: 'ORD-1', number: '0001' }],
    ['**/{box}_{reference}.{pdf,tif}', 'a/b/K1_X.tif', { box: 'K1', reference: 'X' }],
    ['{box}/**', 'K1/a/b.pdf', { box: 'K1' }],
    ['^(?<box>K[0-9]+)/.*$', 'k12/x.pdf', { box: 'k12' }],
    ['a/{x}/b(1).pdf', 'a/ü/b(1).pdf'.normalize('NFD'), { x: 'ü' }],
  ])('%s in %s', (pattern, path, expected) => {
    const read = readPattern(pattern);
    expect(read.matches(path)).toBe(true);
    expect(read.capture(path)).toEqual(expected);
  });

  test.each([
    ['scans/{reference}/x.pdf', 'scans/x.pdf'],
    ['scans/{reference}/x.pdf', 'scans//x.pdf'],
    ['^scans/(?<a>[0-9]+)$', 'scans/1/2'],
  ])('%s does not fit %s', (pattern, path) => {
    expect(readPattern(pattern).matches(path)).toBe(false);
    expect(readPattern(pattern).capture(path)).toBeUndefined();
  });

  test.each(['{a}/{a}.pdf', '^(', '^(?=x)', `^${'(a{1,900}){1,900}'}`])('%s is refused', (pattern) => {
    expect(() => readPattern(pattern)).toThrowError(SyntaxError);
  });

  test('fits and captures agree for any path', () => {
    const read = readPattern('s/{a}/**/{b}-*.pdf');
    const segment = fc.constantFrom('s', 'x', 'y-1.pdf', '-.pdf', 'q.pdf', '');
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
        const path = segments.join('/');
        if (segments.includes('')) return;
        expect(read.capture(path) !== undefined).toBe(read.matches(path));
      }),
    );
  });
});

test('a pattern takes linear time', () => {
  expect(compilePattern('^(a+)+$').test(`${'a'.repeat(20_000)}!`)).toBe(false);
});
