/** A decimal number by its digits: no float in between. */
export interface Decimal {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

/**
 * Reads a number as people write it in German, Swiss or English: 1234,5 · 1.234,5 · 1,234.5 · 1 234,5 · 1'234.5.
 * The last separator is the decimal sign where two different ones stand; one that occurs several times groups.
 * @returns 'ambiguous' for a single point or comma before exactly three digits (1.500), which may be either; undefined
 * when it is no number
 */
export function readDecimal(words: string): Decimal | 'ambiguous' | undefined {
  const match = /^([+-]?)(\d[\d.,'’ \u00a0\u2009\u202f]*)$/.exec(words.trim());
  if (!match?.[2]) return undefined;
  const negative = match[1] === '-';
  const digits = match[2];
  const sign = decimalSign(digits);
  if (sign === 'ambiguous') return sign;
  const at = sign === undefined ? digits.length : digits.lastIndexOf(sign);
  const whole = ungroup(digits.slice(0, at));
  const fraction = digits.slice(at + 1);
  if (whole === undefined || !/^\d*$/.test(fraction) || (sign !== undefined && fraction === '')) return undefined;
  return { negative, whole, fraction };
}

/** The character that divides whole and fraction; undefined when the number has none. */
function decimalSign(digits: string): '.' | ',' | 'ambiguous' | undefined {
  const points = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (points > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
  if (points > 1 || commas > 1 || points + commas === 0) return undefined;
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) return 'ambiguous';
  return points === 1 ? '.' : ',';
}

/** The digits without thousands separators: one kind only, every three digits. */
function ungroup(digits: string): string | undefined {
  if (/^\d+$/.test(digits)) return digits;
  const separator = /\D/.exec(digits)?.[0] ?? '';
  const [first = '', ...groups] = digits.split(separator);
  const grouped = /^\d{1,3}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group));
  return grouped ? first + groups.join('') : undefined;
}
