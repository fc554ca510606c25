/** A day of the calendar, "YYYY-MM-DD". It has no time zone: an acceptance on 2020-12-31 is one everywhere. */
export type CalendarDate = string & { readonly __unit: 'calendarDate' };

/** Reads "YYYY-MM-DD"; undefined when it is no such day. */
export function parseIsoDate(value: string): CalendarDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value.trim());
  return match ? calendarDate(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

/** Reads "D.M.YYYY" as written in German, or ISO; undefined when it is no such day. Two-digit years are refused: they guess. */
export function parseDate(value: string): CalendarDate | undefined {
  const match = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(value.trim());
  return match ? calendarDate(Number(match[3]), Number(match[2]), Number(match[1])) : parseIsoDate(value);
}

/** The day, when year, month (1–12) and day name one. */
export function calendarDate(year: number, month: number, day: number): CalendarDate | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year > 0 ? fromUtc(date) : undefined;
}

/** The day that an instant falls on, here. */
export function localDate(at: Date): CalendarDate {
  return fromUtc(new Date(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate())));
}

/** Adds calendar months; the day is clipped to the month's last (31 January + 1 month = 28 or 29 February). */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const from = new Date(Date.parse(date));
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(from.getUTCDate(), last));
  return fromUtc(first);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return fromUtc(new Date(Date.parse(date) + days * 86_400_000));
}

/** Days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

export function yearOf(date: CalendarDate): number {
  return Number(date.slice(0, 4));
}

function fromUtc(date: Date): CalendarDate {
  return date.toISOString().slice(0, 10) as CalendarDate;
}
