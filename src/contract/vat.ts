import type { CalendarDate } from '../shared/dates.ts';
import { type BasisPoints, type Cents, vatOn } from '../shared/money.ts';
import { type VatCategory, type VatPeriod, vatRates } from './vat-rates.ts';

/** What a contract says of VAT; without it the standard rate of the law holds. */
export interface VatTerms {
  readonly category: VatCategory;
  /** Further rates of that category, newest first; each holds from its day until another one begins. */
  readonly rates?: readonly VatPeriod[];
}

const standard: VatTerms = { category: 'standard' };

/** The rate on the day of performance; the dates of contract and invoice do not matter. @throws RangeError before 2007 */
export function vatRateOn(performedOn: CalendarDate, { category, rates = [] }: VatTerms = standard): BasisPoints {
  const begun = [...rates, ...vatRates[category]].filter(({ from }) => from <= performedOn);
  // Of two that begin on one day the contract's, which stands first.
  const period = begun.sort((a, b) => (a.from === b.from ? 0 : a.from < b.from ? 1 : -1))[0];
  if (!period) throw new RangeError(`no VAT rate known for ${performedOn}`);
  return period.rate;
}

/** A net amount with its VAT; gross is always the sum of the two. */
export interface Priced {
  readonly net: Cents;
  readonly vat: Cents;
  readonly gross: Cents;
}

export function withVat(net: Cents, performedOn: CalendarDate, terms?: VatTerms): Priced {
  const vat = vatOn(net, vatRateOn(performedOn, terms));
  return { net, vat, gross: (net + vat) as Cents };
}
