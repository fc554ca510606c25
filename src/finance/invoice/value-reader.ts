import { type CalendarDate, parseIsoDate } from '../../shared/dates.ts';
import { decimalText, parseDecimal } from '../../shared/decimal.ts';
import { textAt } from '../../shared/xml/element.ts';
import type { XmlElement } from '../../shared/xml/read-tree.ts';
import type { Period } from './normal-form.ts';

/** A value that stands where a number or date belongs and is none. */
export interface MalformedValue {
  /** The business term, "BT-131". */
  readonly term: string;
  readonly value: string;
}

/** Reads numbers and dates, and remembers those that are malformed. */
export class ValueReader {
  readonly malformed: MalformedValue[] = [];

  /** An amount of money, at least two decimals: "12.50". */
  amount(element: XmlElement | undefined, path: string, term: string): string | null {
    return this.decimal(element, path, term, 2);
  }

  /** A quantity, price or rate without needless zeros: "0.0235". */
  decimal(element: XmlElement | undefined, path: string, term: string, decimals = 0): string | null {
    const words = textAt(element, path);
    if (words === null) return null;
    const value = parseDecimal(words);
    if (value) return decimalText(value, decimals);
    this.#note(term, words);
    return null;
  }

  /** "2020-12-31", with or without a time zone (xsd:date), or "20201231" (format 102 of UNTDID 2379). */
  date(element: XmlElement | undefined, path: string, term: string): CalendarDate | null {
    const words = textAt(element, path);
    if (words === null) return null;
    const [day = ''] = /^\d{4}-\d{2}-\d{2}(?=$|[TZ+-])/.exec(words) ?? [];
    const compact = /^(\d{4})(\d{2})(\d{2})(?:\d{4,6})?$/.exec(words);
    const date = parseIsoDate(compact ? `${compact[1]}-${compact[2]}-${compact[3]}` : day);
    if (date) return date;
    this.#note(term, words);
    return null;
  }

  /** A period by the paths of its first and last day; null where neither is stated. */
  period(
    element: XmlElement | undefined,
    [start, end]: readonly [string, string],
    terms: readonly [string, string],
  ): Period | null {
    const period = { start: this.date(element, start, terms[0]), end: this.date(element, end, terms[1]) };
    return period.start === null && period.end === null ? null : period;
  }

  #note(term: string, value: string): void {
    if (this.malformed.length < 1000) this.malformed.push({ term, value: value.slice(0, 100) });
  }
}

/** Bytes that a base64 text stands for; white space in it does not count. */
export function base64Bytes(words: string): number {
  const digits = words.replace(/[\s=]+/g, '').length;
  return Math.floor((digits * 3) / 4);
}
