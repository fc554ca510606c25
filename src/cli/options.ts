import { type CalendarDate, parseDate } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import { type Cents, parseCents } from '../shared/money.ts';

/** A positional argument; `read` turns the typed word into its value. */
export interface Argument<T> {
  readonly kind: 'argument';
  readonly placeholder: string;
  readonly summary: Text;
  readonly required: boolean;
  readonly variadic: boolean;
  read(raw: unknown): T;
}

/** An option; its long name is the key under which the command declares it, in kebab case. */
export interface Option<T> {
  readonly kind: 'option';
  /** "" for a flag. */
  readonly placeholder: string;
  readonly summary: Text;
  readonly required: boolean;
  readonly repeatable: boolean;
  /** For help and completion. */
  readonly choices?: readonly string[];
  read(raw: unknown, name: string): T;
}

type Reader<T> = (raw: string, name: string) => T;

export function argument(placeholder: string, summary: Text): Argument<string> {
  return { kind: 'argument', placeholder, summary, required: true, variadic: false, read: (raw) => String(raw) };
}

export function optionalArgument(placeholder: string, summary: Text): Argument<string | undefined> {
  return {
    kind: 'argument',
    placeholder,
    summary,
    required: false,
    variadic: false,
    read: (raw) => (raw === undefined ? undefined : String(raw)),
  };
}

/** An argument that may be given several times, at least once; it must be the last. */
export function severalArguments(placeholder: string, summary: Text): Argument<readonly string[]> {
  return {
    kind: 'argument',
    placeholder,
    summary,
    required: true,
    variadic: true,
    read: (raw) => (raw as readonly unknown[]).map(String),
  };
}

/** An argument that may be given several times, or not at all; it must be the last. */
export function anyArguments(placeholder: string, summary: Text): Argument<readonly string[]> {
  return {
    kind: 'argument',
    placeholder,
    summary,
    required: false,
    variadic: true,
    read: (raw) => ((raw as readonly unknown[] | undefined) ?? []).map(String),
  };
}

export function flag(summary: Text): Option<boolean> {
  return { kind: 'option', placeholder: '', summary, required: false, repeatable: false, read: (raw) => raw === true };
}

/** An option with a value that may be left out. */
export function value(placeholder: string, summary: Text): Option<string | undefined>;
export function value<T>(placeholder: string, summary: Text, read: Reader<T>): Option<T | undefined>;
export function value<T>(
  placeholder: string,
  summary: Text,
  read: Reader<T> = String as unknown as Reader<T>,
): Option<T | undefined> {
  return {
    kind: 'option',
    placeholder,
    summary,
    required: false,
    repeatable: false,
    read: (raw, name) => (raw === undefined ? undefined : read(String(raw), name)),
  };
}

/** An option with a value that must be given. */
export function requiredValue(placeholder: string, summary: Text): Option<string>;
export function requiredValue<T>(placeholder: string, summary: Text, read: Reader<T>): Option<T>;
export function requiredValue<T>(
  placeholder: string,
  summary: Text,
  read: Reader<T> = String as unknown as Reader<T>,
): Option<T> {
  return {
    kind: 'option',
    placeholder,
    summary,
    required: true,
    repeatable: false,
    read: (raw, name) => read(String(raw), name),
  };
}

/** An option that may be given several times. */
export function repeated(placeholder: string, summary: Text): Option<readonly string[]>;
export function repeated<T>(placeholder: string, summary: Text, read: Reader<T>): Option<readonly T[]>;
export function repeated<T>(
  placeholder: string,
  summary: Text,
  read: Reader<T> = String as unknown as Reader<T>,
): Option<readonly T[]> {
  return {
    kind: 'option',
    placeholder,
    summary,
    required: false,
    repeatable: true,
    read: (raw, name) => ((raw as readonly unknown[] | undefined) ?? []).map((item) => read(String(item), name)),
  };
}

/** An option with a value out of a few. */
export function choice<const C extends readonly string[]>(choices: C, summary: Text): Option<C[number] | undefined> {
  return {
    ...value<C[number]>(choices.join('|'), summary, (raw, name) => {
      if (choices.includes(raw)) return raw;
      throw badValue(name, raw, text({ de: choices.join(', '), en: choices.join(', ') }));
    }),
    choices,
  };
}

/** Reads a whole number from 0; "1.500.000" and "1500000" alike. */
export const readCount: Reader<number> = (raw, name) => {
  const plain = /^\d{1,3}([.,' ]\d{3})+$/.test(raw) ? raw.replace(/[.,' ]/g, '') : raw;
  const number = /^\d{1,15}$/.test(plain) ? Number(plain) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw badValue(name, raw, text({ de: 'eine ganze Zahl ab 0', en: 'a whole number from 0' }));
};

/** Reads a share such as 5 or 12,5, above 0 and up to 100. @returns percent */
export const readPercent: Reader<number> = (raw, name) => {
  const percent = /^\d{1,3}([.,]\d{1,3})?$/.test(raw) ? Number(raw.replace(',', '.')) : Number.NaN;
  if (percent > 0 && percent <= 100) return percent;
  throw badValue(name, raw, text({ de: 'ein Prozentsatz wie 5', en: 'a percentage such as 5' }));
};

/** Reads a length in running metres with at most three decimals. @returns millimetres */
export const readMetres: Reader<number> = (raw, name) => {
  const match = /^(\d{1,9})(?:[.,](\d{1,3}))?$/.exec(raw.trim());
  if (match) return Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0'));
  throw badValue(name, raw, text({ de: 'laufende Meter wie 330 oder 12,5', en: 'running metres such as 330 or 12.5' }));
};

/** Reads an amount such as 1165000.00 or 1165000,00. */
export const readMoney: Reader<Cents> = (raw, name) => {
  const amount = parseCents(raw.replace(',', '.'));
  if (amount !== undefined) return amount;
  throw badValue(name, raw, text({ de: 'einen Betrag wie 420000,00', en: 'an amount such as 420000.00' }));
};

export const readDate: Reader<CalendarDate> = (raw, name) => {
  const date = parseDate(raw);
  if (date) return date;
  throw badValue(name, raw, text({ de: 'ein Datum wie 31.12.2021', en: 'a date such as 2021-12-31' }));
};

function badValue(name: string, raw: string, expected: Text): UsageError {
  return new UsageError(
    'usage.bad-value',
    text({ de: `${name}: „${raw}“ passt nicht.`, en: `${name}: "${raw}" does not fit.` }),
    text({ de: `Erwartet: ${expected.de}.`, en: `Expected: ${expected.en}.` }),
  );
}
