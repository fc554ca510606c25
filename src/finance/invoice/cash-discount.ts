import { addDays, type CalendarDate } from '../../shared/dates.ts';
import { decimalText, parseDecimal } from '../../shared/decimal.ts';
import type { CashDiscount } from './normal-form.ts';

/** Cash discounts that a text of payment terms (BT-20) holds, and the lines that mean one and cannot be read. */
export interface StatedDiscounts {
  readonly discounts: readonly CashDiscount[];
  readonly malformed: readonly string[];
}

/** XRechnung 3.0, BT-20 and BR-DE-18; default interest (VERZUG) is stated alike and is no discount. */
const discountLine = /^#SKONTO#TAGE=(\d{1,4})#PROZENT=(\d{1,2}\.\d{2})(?:#BASISBETRAG=(-?\d{1,12}\.\d{2}))?#$/;
const interestLine = /^#VERZUG#TAGE=\d{1,4}#PROZENT=\d{1,2}\.\d{2}(?:#BASISBETRAG=-?\d{1,12}\.\d{2})?#$/;

/** Reads the lines of payment terms that begin with "#". @param issueDate from which the days are counted */
export function statedDiscounts(terms: string | null, issueDate: CalendarDate | null): StatedDiscounts {
  const discounts: CashDiscount[] = [];
  const malformed: string[] = [];
  const lines = (terms ?? '').split(/\r\n|\r|\n/).map((line) => line.trim());
  for (const line of lines.filter((words) => words.startsWith('#'))) {
    const [, days, percent, base = null] = discountLine.exec(line) ?? [];
    if (days !== undefined && percent !== undefined) {
      discounts.push(discountOf({ days: Number(days), percent, base, from: issueDate }));
    } else if (!interestLine.test(line) && malformed.length < 20) malformed.push(line.slice(0, 100));
  }
  return { discounts, malformed };
}

/** A discount of so many percent within so many days. */
export function discountOf({
  days,
  percent,
  base,
  from,
}: {
  readonly days: number;
  readonly percent: string;
  readonly base: string | null;
  readonly from: CalendarDate | null;
}): CashDiscount {
  return {
    days,
    lastDay: from && addDays(from, days),
    percent: normal(percent),
    base: base && normal(base),
    amount: null,
  };
}

function normal(decimal: string): string {
  const value = parseDecimal(decimal);
  return value ? decimalText(value, 2) : decimal;
}
