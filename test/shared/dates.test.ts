import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMonths,
  type CalendarDate,
  calendarDate,
  daysBetween,
  localDate,
  parseDate,
  parseIsoDate,
  yearOf,
} from '../../src/shared/dates.ts';
import { formats } from '../../src/shared/format.ts';

const day = (value: string) => value as CalendarDate;

/** Days of the Gregorian calendar by its rule, not by the clock of the machine. */
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lengthOf = (year: number, month: number) => (month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 0));

const anyDay = fc
  .record({ year: fc.integer({ min: 1800, max: 2800 }), month: fc.integer({ min: 1, max: 12 }), at: fc.nat(30) })
  .map(({ year, month, at }) => iso(year, month, 1 + (at % lengthOf(year, month))));

function iso(year: number, month: number, date: number): CalendarDate {
  const two = (value: number) => String(value).padStart(2, '0');
  return day(`${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`);
}

const monthsFromStart = (date: CalendarDate) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));

describe('a calendar day', () => {
  test('is one exactly when the calendar has it', () => {
    const number = fc.integer({ min: -1, max: 33 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), number, number, (year, month, date) => {
        const exists = year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= lengthOf(year, month);
        expect(calendarDate(year, month, date)).toBe(exists ? iso(year, month, date) : undefined);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['2000-02-29', true],
    ['1900-02-29', false],
    ['2020-02-29', true],
    ['2021-02-29', false],
    ['2021-04-31', false],
    ['2021-13-01', false],
    ['0000-01-01', false],
    ['0004-02-29', true],
  ])('%s exists: %s', (value, exists) => expect(parseIsoDate(value)).toBe(exists ? value : undefined));

  test('survives being written for people and read again, in German and English', () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        expect(parseDate(formats.de.date(date))).toBe(date);
        expect(parseDate(formats.en.date(date))).toBe(date);
        expect(parseIsoDate(date)).toBe(date);
      }),
    );
  });

  test('is not read from what only looks like one', () => {
    for (const wrong of [
      '1.2.21',
      '01/02/2021',
      '2021-1-2',
      '31.4.2021',
      '2021-02-30',
      '1.2.2021 10:00',
      '',
      '20210201',
    ]) {
      expect(parseDate(wrong)).toBeUndefined();
    }
    expect(parseDate(' 1.2.2021 ')).toBe('2021-02-01');
  });

  test('of an instant is the one on the wall here, at any time of the day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 86_399 }), (date, second) => {
        const [year = 0, month = 0, at = 0] = date.split('-').map(Number);
        expect(localDate(new Date(year, month - 1, at, 0, 0, second))).toBe(date);
      }),
    );
  });
});

describe('periods', () => {
  test('days between are counted by the calendar, without summer time', () => {
    fc.assert(
      fc.property(anyDay, anyDay, anyDay, (one, two, three) => {
        expect(Number.isInteger(daysBetween(one, two))).toBe(true);
        expect(daysBetween(one, two) + daysBetween(two, one)).toBe(0);
        expect(daysBetween(one, two) + daysBetween(two, three)).toBe(daysBetween(one, three));
        expect(Math.sign(daysBetween(one, two))).toBe(one < two ? 1 : one > two ? -1 : 0);
      }),
    );
  });

  test('a year has 365 days, a leap year 366', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1800, max: 2800 }), (year) => {
        expect(daysBetween(iso(year, 1, 1), iso(year + 1, 1, 1))).toBe(isLeap(year) ? 366 : 365);
        expect(yearOf(iso(year, 12, 31))).toBe(year);
      }),
    );
  });

  test('months are added by the calendar; only a day that the month lacks is clipped to its last', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -2400, max: 2400 }), (date, months) => {
        const moved = addMonths(date, months);
        expect(monthsFromStart(moved) - monthsFromStart(date)).toBe(months);
        const [year = 0, month = 0, at = 0] = moved.split('-').map(Number);
        expect(at).toBe(Math.min(Number(date.slice(8)), lengthOf(year, month)));
      }),
    );
  });

  test.each([
    ['2021-01-31', 1, '2021-02-28'],
    ['2020-01-31', 1, '2020-02-29'],
    ['2020-02-29', 12, '2021-02-28'],
    ['2021-03-31', -1, '2021-02-28'],
    ['2021-12-15', 1, '2022-01-15'],
  ])('%s and %i months is %s', (from, months, expected) => expect(addMonths(day(from), months)).toBe(expected));
});
