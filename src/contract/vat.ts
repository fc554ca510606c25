import type { CalendarDate } from '../shared/dates.ts';
import { type BasisPoints, basisPoints, type Cents, vatOn } from '../shared/money.ts';

/** A rate of German VAT from its first day on. */
interface VatPeriod {
  readonly from: CalendarDate;
  readonly rate: BasisPoints;
}

/** The standard rate by date of performance: § 12 (1) UStG; 16 % in the second half of 2020 by § 28 (1) UStG. Newest first. */
const standardRate: readonly VatPeriod[] = [
  { from: '2021-01-01' as CalendarDate, rate: basisPoints(1900) },
  { from: '2020-07-01' as CalendarDate, rate: basisPoints(1600) },
  { from: '2007-01-01' as CalendarDate, rate: basisPoints(1900) },
];

/** The rate on the day of performance; the dates of contract and invoice do not matter. @throws RangeError before 2007 */
export function vatRateOn(performedOn: CalendarDate): BasisPoints {
  const period = standardRate.find(({ from }) => from <= performedOn);
  if (!period) throw new RangeError(`no VAT rate known for ${performedOn}`);
  return period.rate;
}

/** A net amount with its VAT; gross is always the sum of the two. */
export interface Priced {
  readonly net: Cents;
  readonly vat: Cents;
  readonly gross: Cents;
}

export function withVat(net: Cents, performedOn: CalendarDate): Priced {
  const vat = vatOn(net, vatRateOn(performedOn));
  return { net, vat, gross: (net + vat) as Cents };
}
