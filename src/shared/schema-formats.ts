import { parseDate, parseIsoDate } from './dates.ts';

/** The formats that our dialect of JSON Schema adds: dates as this domain writes them. */
export const formats: Readonly<Record<'date' | 'german-date', (value: string) => boolean>> = {
  date: (value) => parseIsoDate(value) !== undefined,
  'german-date': (value) => parseDate(value) !== undefined,
};
