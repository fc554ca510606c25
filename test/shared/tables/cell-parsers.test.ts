import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarDate } from '../../../src/shared/dates.ts';
import { verbatim } from '../../../src/shared/language.ts';
import type { Cell } from '../../../src/shared/tables/cell.ts';
import {
  type CellParser,
  choiceCell,
  dateCell,
  decimalCell,
  metresCell,
  moneyCell,
  referenceCell,
  textCell,
  wholeNumberCell,
  yesNoCell,
} from '../../../src/shared/tables/cell-parsers.ts';

/** The value, or 'refused'. */
function parsed<T>(parse: CellParser<T>, cell: Cell): T | 'refused' {
  const result = parse(cell);
  return 'value' in result ? result.value : 'refused';
}

describe('a whole number', () => {
  it.each([
    ['1500000', 1_500_000],
    ['1.500.000', 1_500_000],
    ['1,500,000', 1_500_000],
    ['1 500 000', 1_500_000],
    ["1'500'000", 1_500_000],
    ['1.500', 1_500],
    ['1,500', 1_500],
    ['1500,0', 1_500],
    ['1500.00', 1_500],
    ['0', 0],
    ['+7', 7],
    [12, 12],
    [0, 0],
  ])('may be written %s', (cell, value) => {
    expect(parsed(wholeNumberCell(), cell)).toBe(value);
  });

  it.each([
    '1,5',
    '1.5.0',
    '1.50.000',
    '1.500,000.000',
    '12.34',
    'zehn',
    '1e5',
    '-3',
    '',
    '1.',
    '.5',
    '1 5',
    '99999999999999999999',
    1.5,
    -1,
    true,
  ])('is not %s', (cell) => {
    expect(parsed(wholeNumberCell(), cell)).toBe('refused');
  });

  it('lies within its bounds, and the message names them', () => {
    const risk = wholeNumberCell({ min: 0, max: 3 });
    expect([parsed(risk, '3'), parsed(risk, '4')]).toEqual([3, 'refused']);
    expect(risk('4')).toMatchObject({ expected: { de: 'eine ganze Zahl von 0 bis 3' } });
  });

  it('of any size reads the same in every grouping', () => {
    const grouped = (digits: string, separator: string) => digits.replace(/\B(?=(\d{3})+$)/g, separator);
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('', '.', ',', ' ', "'", '\u00a0'), (number, separator) => {
        expect(parsed(wholeNumberCell(), grouped(String(number), separator))).toBe(number);
      }),
    );
  });
});

describe('a length in metres', () => {
  it.each([
    ['12,5', 12_500],
    ['12.5', 12_500],
    ['330', 330_000],
    ['12,5 m', 12_500],
    ['12,5 lfm', 12_500],
    ['3 lfd. m', 3_000],
    ['1.234,75', 1_234_750],
    ['1,234.75', 1_234_750],
    ['0,125', 125],
    ['1500,0', 1_500_000],
    ['3,3333333', 3_333],
    ['0,0005', 1],
    [0.1, 100],
    [3.3000000000000003, 3_300],
    [1.5, 1_500],
  ])('%s is read in millimetres', (cell, millimetres) => {
    expect(parsed(metresCell, cell)).toBe(millimetres);
  });

  it.each(['1.500', '1,500', '330,125'])('%s could be two lengths, and neither is taken', (cell) => {
    expect(metresCell(cell)).toMatchObject({ expected: { de: expect.stringContaining('eindeutig') } });
  });

  it.each(['-1', 'viel', '1,2,3', '12 km', -4])('is not %s', (cell) => {
    expect(parsed(metresCell, cell)).toBe('refused');
  });
});

describe('an amount of money', () => {
  it.each([
    ['1.234,56', 123_456],
    ['1,234.56', 123_456],
    ['1234,5', 123_450],
    ['1.165.000,00 €', 116_500_000],
    ['EUR 260000', 26_000_000],
    ['-12,05', -1_205],
    [260000, 26_000_000],
    [0.1, 10],
  ])('%s is read in cents', (cell, cents) => {
    expect(parsed(moneyCell, cell)).toBe(cents);
  });

  it.each(['12,345', '1.234', '0,0235', 'USD 5', 1.005])('is not guessed from %s', (cell) => {
    expect(parsed(moneyCell, cell)).toBe('refused');
  });

  it('of any size comes back from German and English writing', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom('de-DE', 'en-GB'), (cents, locale) => {
        const shown = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(cents / 100);
        expect(parsed(moneyCell, shown)).toBe(cents);
      }),
    );
  });
});

describe('other cells', () => {
  it.each<[Cell, string]>([
    ['31.12.2020', '2020-12-31'],
    ['1.2.2020', '2020-02-01'],
    ['2020-12-31', '2020-12-31'],
    ['2020-12-31 00:00:00', '2020-12-31'],
    [{ date: '2020-12-31' as CalendarDate, time: '08:00:00' }, '2020-12-31'],
    ['31.02.2020', 'refused'],
    ['01.02.20', 'refused'],
    ['12/31/2020', 'refused'],
    [44196, 'refused'],
  ])('a date is read from %j', (cell, date) => {
    expect(parsed(dateCell, cell)).toBe(date);
  });

  it.each<[Cell, boolean | 'refused']>([
    ['ja', true],
    ['X', true],
    [1, true],
    [true, true],
    ['Yes', true],
    ['nein', false],
    ['N', false],
    [0, false],
    [false, false],
    ['vielleicht', 'refused'],
    [2, 'refused'],
  ])('yes or no is read from %j', (cell, value) => {
    expect(parsed(yesNoCell, cell)).toBe(value);
  });

  it('text is trimmed and in NFC; a reference keeps its original', () => {
    expect(parsed(textCell, ' Mu\u0308ller ')).toBe('Müller');
    expect(parsed(textCell, 17)).toBe('17');
    expect(parsed(referenceCell, ' Ä-\u00411 '.normalize('NFD'))).toEqual({
      value: 'Ä-A1',
      original: ' Ä-A1 '.normalize('NFD'),
    });
  });

  it('a bar code stored as a number of more than 15 digits has lost digits, and is refused as text', () => {
    expect(parsed(textCell, 1.2345678901234568e18)).toBe('refused');
    expect(parsed(textCell, 400638133393)).toBe('400638133393');
  });

  it('a choice knows its values and their words', () => {
    const offer = choiceCell({ open: ['offen'], done: ['erledigt', 'Angeboten'] });
    expect(['OPEN', 'angeboten', 'x'].map((cell) => parsed(offer, cell))).toEqual(['open', 'done', 'refused']);
    expect(offer('x')).toMatchObject({ expected: { de: 'eines von: open, offen, done, erledigt, angeboten' } });
  });

  it('a decimal is scaled to an integer, and more decimals than that are refused', () => {
    const price = decimalCell(6, verbatim('a price'));
    expect([parsed(price, '0,0235'), parsed(price, 0.0235), parsed(price, '0,0000001')]).toEqual([
      23_500,
      23_500,
      'refused',
    ]);
  });

  it('of any kind are read or refused by every parser, never an exception', () => {
    const cells = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('1', '0', '.', ',', ' ', '-', '€'), maxLength: 200 }),
      fc.double(),
      fc.boolean(),
    );
    const parsers: CellParser<unknown>[] = [
      textCell,
      referenceCell,
      dateCell,
      yesNoCell,
      wholeNumberCell(),
      metresCell,
      moneyCell,
    ];
    fc.assert(
      fc.property(cells, (cell) => {
        for (const parse of parsers) expect(Object.keys(parse(cell))).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });
});
