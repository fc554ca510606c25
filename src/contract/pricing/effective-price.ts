import type { CalendarDate } from '../../shared/dates.ts';
import { divideHalfUp, type Micros } from '../../shared/money.ts';
import type { Adjustment, PriceTerms } from './price-terms.ts';

const one = 1_000_000n;

/** The index adjustment of the day, and all surcharges and discounts that hold on it. */
export function adjustmentsOn(
  { adjustments = [] }: PriceTerms,
  day: CalendarDate,
  options: ReadonlySet<string>,
): Adjustment[] {
  const holding = adjustments.filter(
    ({ key, validFrom, validTo, isOption }) =>
      (validFrom ?? '') <= day && day <= (validTo ?? '9999') && (!isOption || options.has(key)),
  );
  const isIndex = ({ kind }: Adjustment) => kind === 'index';
  // Each index adjustment states its factor on the price of the sheet: the latest replaces those before.
  const index = holding.filter(isIndex).sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? 1 : -1))[0];
  return [...(index ? [index] : []), ...holding.filter((adjustment) => !isIndex(adjustment))];
}

/**
 * A unit price with its adjustments: times the index factor, plus the sum of all percentages of that, plus the amounts;
 * rounded once, to a millionth of a euro.
 */
export function adjusted(price: Micros, adjustments: readonly Adjustment[]): Micros {
  if (adjustments.length === 0) return price;
  const sum = (kind: Adjustment['kind']) =>
    adjustments.filter((one) => one.kind === kind).reduce((total, { millionths }) => total + BigInt(millionths), 0n);
  const factor = adjustments.some(({ kind }) => kind === 'index') ? sum('index') : one;
  const scaled = BigInt(price) * factor * (one + sum('percent'));
  return Number(divideHalfUp(scaled, one * one) + sum('amount')) as Micros;
}
