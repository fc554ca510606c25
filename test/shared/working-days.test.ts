import { expect, test } from 'vitest';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { periodEnd } from '../../src/shared/working-days.ts';

test.each<[from: string, days: number, end: string, why: string]>([
  ['2021-03-01', 14, '2021-03-15', 'a Monday'],
  ['2021-03-06', 14, '2021-03-22', 'a Saturday becomes the Monday after'],
  ['2021-03-07', 14, '2021-03-22', 'a Sunday becomes the Monday after'],
  ['2021-03-19', 14, '2021-04-06', 'Good Friday, the weekend and Easter Monday are passed over'],
  ['2021-04-29', 14, '2021-05-14', 'Ascension Day becomes the Friday after'],
  ['2021-05-10', 14, '2021-05-25', 'Whit Monday becomes the Tuesday after'],
  ['2020-12-11', 14, '2020-12-28', 'Christmas and the weekend after it are passed over'],
  ['2021-12-18', 14, '2022-01-03', 'New Year is in another year'],
  ['2021-09-19', 14, '2021-10-04', 'German Unity Day on a Sunday'],
  ['2024-02-15', 14, '2024-02-29', 'a leap day is a day'],
])('a period from %s of %i days ends on %s: %s', (from, days, end) => {
  expect(periodEnd(from as CalendarDate, days).end).toBe(end);
});

test('it is told whether the last day was moved', () => {
  expect(periodEnd('2021-03-01' as CalendarDate, 14).moved).toBe(false);
  expect(periodEnd('2021-03-06' as CalendarDate, 14).moved).toBe(true);
});
