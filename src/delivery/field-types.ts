import { parseDate } from '../shared/dates.ts';

/** What the values of a field are; a manifest writes all of them as text. */
export const fieldTypes = ['text', 'integer', 'decimal', 'date', 'yes-no'] as const;
export type FieldType = (typeof fieldTypes)[number];

/** A value in its type: texts as they are, whole numbers as bigint, decimals as number, days as Date at 0:00 UTC. */
export type FieldValue = string | bigint | number | Date | boolean;

const readers: Readonly<Record<FieldType, (written: string) => FieldValue | undefined>> = {
  text: (written) => written,
  integer: (written) => (/^-?[0-9]{1,15}$/.test(written) ? BigInt(written) : undefined),
  decimal: readDecimal,
  date: (written) => {
    const day = parseDate(written);
    return day === undefined ? undefined : new Date(day);
  },
  'yes-no': (written) => {
    if (/^(?:ja|j|yes|y|true|wahr|x|1)$/i.test(written)) return true;
    return /^(?:nein|n|no|false|falsch|0)$/i.test(written) ? false : undefined;
  },
};

/** Reads a value of a manifest; undefined when it is none of its type. */
export function readField(type: FieldType, written: string): FieldValue | undefined {
  return readers[type](written);
}

const DECIMAL = /^-?(?:[0-9]{1,3}(?:\.[0-9]{3}){1,6}|[0-9]{1,18})(?:,[0-9]{1,9})?$/;

/** Whether a number is written as in German: 1.234,50 or 1234,5. */
export function isDecimal(written: string): boolean {
  return DECIMAL.test(written);
}

/** Reads a number as written in German; undefined when it is none. For comparing, not for adding up: see `scaledDecimal`. */
export function readDecimal(written: string): number | undefined {
  return isDecimal(written) ? Number(written.replaceAll('.', '').replace(',', '.')) : undefined;
}
