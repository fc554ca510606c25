import { addDays, type CalendarDate, calendarDate, yearOf } from './dates.ts';

/**
 * The last day of a period of calendar days that begins with an event: the day of the event is not counted (section 187
 * (1) BGB), and where the last day is a Saturday, a Sunday or a public holiday, the next working day takes its place
 * (section 193 BGB). Public holidays are those of all Germany; the additional ones of single states are not known here.
 */
export function periodEnd(event: CalendarDate, days: number): { readonly end: CalendarDate; readonly moved: boolean } {
  const last = addDays(event, days);
  let end = last;
  while (!isWorkingDay(end)) end = addDays(end, 1);
  return { end, moved: end !== last };
}

function isWorkingDay(date: CalendarDate): boolean {
  const weekday = new Date(Date.parse(date)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !publicHolidays(yearOf(date)).includes(date);
}

/** The public holidays of all German states in a year of the Gregorian calendar. */
function publicHolidays(year: number): CalendarDate[] {
  const easter = easterSunday(year);
  const movable = [-2, 1, 39, 50].map((days) => addDays(easter, days));
  const fixed = [
    [1, 1],
    [5, 1],
    [10, 3],
    [12, 25],
    [12, 26],
  ] as const;
  return [...fixed.map(([month, day]) => dayOf(year, month, day)), ...movable];
}

/** Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8). */
function easterSunday(year: number): CalendarDate {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return dayOf(year, Math.floor(days / 31), (days % 31) + 1);
}

function dayOf(year: number, month: number, day: number): CalendarDate {
  const date = calendarDate(year, month, day);
  if (date) return date;
  throw new RangeError(`no day: ${year}-${month}-${day}`);
}
