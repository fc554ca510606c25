import { parseIsoDate } from '../shared/dates.ts';

/** The longest IBAN (ISO 13616-1). */
const MAXIMUM_IBAN = 34;

/** Whether a value is an IBAN with right check digits (ISO 13616-1, mod 97-10 of ISO 7064); blanks may group it. */
export function isIban(value: string): boolean {
  const plain = value.replaceAll(' ', '').toUpperCase();
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$/.test(plain) || plain.length > MAXIMUM_IBAN) return false;
  if (plain.startsWith('DE') && !/^DE[0-9]{20}$/.test(plain)) return false;
  return remainder97(plain.slice(4) + plain.slice(0, 4)) === 1;
}

/**
 * Whether a value is a Leitweg-ID with right check digits: coarse address of 2, 3, 5, 8, 9 or 12 digits, optional fine
 * address of up to 30 letters and digits, two check digits (Koordinierungsstelle für IT-Standards, Formatspezifikation
 * Leitweg-ID 2.0, sections 2.2 to 2.4).
 */
export function isLeitwegId(value: string): boolean {
  const match = /^([0-9]{2,12})(?:-([A-Za-z0-9]{1,30}))?-([0-9]{2})$/.exec(value);
  if (!match?.[1] || !match[3]) return false;
  if (![2, 3, 5, 8, 9, 12].includes(match[1].length)) return false;
  return remainder97(`${match[1]}${match[2] ?? ''}${match[3]}`.toUpperCase()) === 1;
}

/** Digits and letters (A = 10 … Z = 35) as one number, modulo 97. */
function remainder97(characters: string): number {
  let remainder = 0;
  for (const character of characters) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

/** Whether a value is an instant or a local time of ISO 8601: 2020-12-31T23:59:59, with fraction and offset or without. */
export function isDateTime(value: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:Z|[+-](\d{2}):(\d{2}))?$/.exec(value);
  if (!match?.[1] || parseIsoDate(match[1]) === undefined) return false;
  const [hour, minute, second, offsetHours = 0, offsetMinutes = 0] = match.slice(2).map((part) => Number(part ?? 0));
  const inTime = (hour ?? 99) < 24 && (minute ?? 99) < 60 && (second ?? 99) < 60;
  return inTime && offsetHours <= 14 && offsetMinutes < 60;
}

/** Whether a value is an absolute URI (RFC 3986). */
export function isUri(value: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%-]+$/.test(value) && URL.canParse(value);
}
