import type { CalendarDate } from '../shared/dates.ts';
import { type BasisPoints, basisPoints } from '../shared/money.ts';

/** Which rate a service bears: standard, reduced, or none (small businesses, tax borne by the recipient). */
export const vatCategories = ['standard', 'reduced', 'none'] as const;
export type VatCategory = (typeof vatCategories)[number];

/** A rate from its first day on. */
export interface VatPeriod {
  readonly from: CalendarDate;
  readonly rate: BasisPoints;
}

/**
 * The German rates by date of performance, newest first: § 12 (1) and (2) UStG; 16 % and 5 % in the second half of 2020 by
 * § 28 (1) and (2) UStG. A rate that the law changes later may also stand in the contract document (vatRates).
 */
export const vatRates: Readonly<Record<VatCategory, readonly VatPeriod[]>> = {
  standard: [period('2021-01-01', 1900), period('2020-07-01', 1600), period('2007-01-01', 1900)],
  reduced: [period('2021-01-01', 700), period('2020-07-01', 500), period('2007-01-01', 700)],
  none: [period('2007-01-01', 0)],
};

function period(from: string, rate: number): VatPeriod {
  return { from: from as CalendarDate, rate: basisPoints(rate) };
}
