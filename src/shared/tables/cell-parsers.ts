import { type CalendarDate, parseDate } from '../dates.ts';
import { type Text, text } from '../language.ts';
import { type Cents, divideHalfUp } from '../money.ts';
import { type Cell, cellText } from './cell.ts';
import { type Decimal, readDecimal } from './decimal.ts';

/** A value, or what should have stood in the cell. */
export type Parsed<T> = { readonly value: T } | { readonly expected: Text };

/** Reads a cell that is not blank. */
export type CellParser<T> = (cell: Cell) => Parsed<T>;

/** A text that is compared in its normal form, and shown and written back as it was given. */
export interface Reference {
  /** Trimmed, in Unicode NFC. */
  readonly value: string;
  readonly original: string;
}

/** Spreadsheets keep 15 digits of a number: a longer one (a bar code) has lost its last digits. */
const lostDigits = text({
  de: 'ein Text; als Zahl gespeichert gehen bei mehr als 15 Stellen Ziffern verloren (Zelle als Text formatieren)',
  en: 'a text; stored as a number, digits beyond 15 are lost (format the cell as text)',
});

/** Text, trimmed and in Unicode NFC. */
export const textCell: CellParser<string> = (cell) => {
  if (typeof cell === 'number' && Math.abs(cell) >= 1e15) return { expected: lostDigits };
  return { value: cellText(cell).trim().normalize('NFC') };
};

/** A text with its original: file references, bar codes, names. */
export const referenceCell: CellParser<Reference> = (cell) => {
  const parsed = textCell(cell);
  return 'expected' in parsed ? parsed : { value: { value: parsed.value, original: cellText(cell) } };
};

/** Calendar dates: 31.12.2020, 2020-12-31, or a date cell. Two-digit years are refused: they guess. */
export const dateCell: CellParser<CalendarDate> = (cell) => {
  if (typeof cell === 'object' && 'date' in cell) return { value: cell.date };
  const date = typeof cell === 'string' ? parseDate(cell.trim().replace(/[ T]00:00(:00)?$/, '')) : undefined;
  if (date) return { value: date };
  return { expected: text({ de: 'ein Datum wie 31.12.2020', en: 'a date such as 2020-12-31 or 31.12.2020' }) };
};

const yesWords = ['ja', 'j', 'yes', 'y', 'x', '1', 'wahr', 'true'];
const noWords = ['nein', 'n', 'no', '0', 'falsch', 'false', '-'];

/** Yes or no in the words of both languages, an x, 1 or 0, or a truth value. */
export const yesNoCell: CellParser<boolean> = (cell) => {
  const word = cellText(cell).trim().toLowerCase();
  if (yesWords.includes(word)) return { value: true };
  if (noWords.includes(word)) return { value: false };
  return { expected: text({ de: 'ja oder nein', en: 'yes or no' }) };
};

/** One of several values, each with the words that stand for it, compared without case. */
export function choiceCell<Value extends string>(words: Readonly<Record<Value, readonly string[]>>): CellParser<Value> {
  const values = new Map<string, Value>();
  for (const value of Object.keys(words) as Value[]) {
    for (const word of [value, ...words[value]]) values.set(word.toLowerCase().normalize('NFC'), value);
  }
  const accepted = [...values.keys()].join(', ');
  return (cell) => {
    const value = values.get(cellText(cell).trim().toLowerCase().normalize('NFC'));
    return value === undefined
      ? { expected: text({ de: `eines von: ${accepted}`, en: `one of: ${accepted}` }) }
      : { value };
  };
}

/** A whole number within bounds, with or without thousands separators: 1500000, 1.500.000, 1,500,000. */
export function wholeNumberCell(bounds: { readonly min?: number; readonly max?: number } = {}): CellParser<number> {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = bounds;
  const limited = bounds.max !== undefined;
  const expected = text({
    de: (format) =>
      `eine ganze Zahl ${limited ? `von ${format.number(min)} bis ${format.number(max)}` : `ab ${format.number(min)}`}`,
    en: (format) =>
      `a whole number ${limited ? `from ${format.number(min)} to ${format.number(max)}` : `of at least ${format.number(min)}`}`,
  });
  return (cell) => {
    const decimal = cellDecimal(cell);
    // "1.500" can only be grouped where decimals are not allowed.
    const number = decimal === 'ambiguous' ? Number(cellText(cell).replace(/\D/g, '')) : wholeOf(decimal);
    return number === undefined || number < min || number > max ? { expected } : { value: number };
  };
}

function wholeOf(decimal: Decimal | undefined): number | undefined {
  if (!decimal || /[^0]/.test(decimal.fraction)) return undefined;
  const number = Number(decimal.whole) * (decimal.negative ? -1 : 1);
  return Number.isSafeInteger(number) ? number + 0 : undefined;
}

const ambiguous = text({
  de: 'eine eindeutige Zahl: 1.500 kann 1500 oder 1,5 heißen; schreiben Sie 1500 oder 1,5',
  en: 'an unambiguous number: 1.500 may be 1500 or 1.5; write 1500 or 1.5',
});

/** A length in metres, to whole millimetres (rounded): 12,5 · 12.5 m · 1.234,75 lfm. */
export const metresCell: CellParser<number> = (cell) => {
  const decimal = cellDecimal(cell, /\s*(lfd\.?\s?m|lfm|lm|m)\.?$/i);
  if (decimal === 'ambiguous') return { expected: ambiguous };
  const millimetres = decimal && !decimal.negative ? scaled(decimal, 3, 'round') : undefined;
  if (millimetres !== undefined) return { value: millimetres };
  return { expected: text({ de: 'eine Länge in Metern wie 12,5', en: 'a length in metres such as 12.5' }) };
};

/** An amount of money with at most two decimals: 1.234,56 · 1,234.56 · EUR 1234 · 1234,5 €. */
export const moneyCell: CellParser<Cents> = (cell) => {
  const decimal = cellDecimal(cell, /\s*(€|eur|euro)$/i, /^(€|eur|euro)\s*/i);
  if (decimal === 'ambiguous') return { expected: ambiguous };
  const amount = decimal && scaled(decimal, 2, 'refuse');
  if (amount !== undefined) return { value: amount as Cents };
  return { expected: text({ de: 'ein Betrag wie 1234,56', en: 'an amount such as 1234.56' }) };
};

/**
 * A decimal number as an integer of 10^-scale: scale 3 reads 1,5 as 1500. More decimals than that are refused.
 * @param expected what to say should have stood there
 */
export function decimalCell(scale: number, expected: Text): CellParser<number> {
  return (cell) => {
    const decimal = cellDecimal(cell);
    if (decimal === 'ambiguous') return { expected: ambiguous };
    const value = decimal && scaled(decimal, scale, 'refuse');
    return value === undefined ? { expected } : { value };
  };
}

function cellDecimal(cell: Cell, ...units: readonly RegExp[]): Decimal | 'ambiguous' | undefined {
  // A number cell is no text that could be read in two ways.
  if (typeof cell === 'number') {
    if (!(Math.abs(cell) < 1e15)) return undefined;
    const [whole = '', fraction = ''] = cellText(Math.abs(cell)).split('.');
    return { negative: cell < 0, whole, fraction };
  }
  if (typeof cell !== 'string' || cell.length > 100) return undefined;
  return readDecimal(units.reduce((words, unit) => words.replace(unit, ''), cell.trim()));
}

function scaled(decimal: Decimal, scale: number, excess: 'round' | 'refuse'): number | undefined {
  const { negative, whole, fraction } = decimal;
  if (excess === 'refuse' && /[^0]/.test(fraction.slice(scale))) return undefined;
  const digits = Math.max(scale, fraction.length);
  const value = divideHalfUp(BigInt(whole + fraction.padEnd(digits, '0')), 10n ** BigInt(digits - scale));
  const number = Number(negative ? -value : value);
  return Number.isSafeInteger(number) ? number : undefined;
}
