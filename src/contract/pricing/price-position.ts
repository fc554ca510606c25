import type { CalendarDate } from '../../shared/dates.ts';
import type { BasisPoints, Cents, Micros } from '../../shared/money.ts';
import type { PriceUnit } from '../price-unit.ts';
import type { Adjustment, PriceTerms } from './price-terms.ts';

/** One price of a lot's price sheet, with the days of performance on which it holds. */
export interface PricePosition {
  readonly key: string;
  readonly title: string;
  readonly unit: PriceUnit;
  /** Net, for one unit. */
  readonly price: Micros;
  readonly validFrom: CalendarDate | null;
  readonly validTo: CalendarDate | null;
  readonly terms?: PriceTerms | undefined;
}

/** One line of a price calculation. */
export interface PriceLine {
  /** With the unit price that holds for this line: that of its tier, adjusted. */
  readonly position: PricePosition;
  /** Thousandths of the unit; 0 where the line only changes an amount. */
  readonly quantity: number;
  /** Rounded to the cent. */
  readonly net: Cents;
  /**
   * free: within the allowance. minimum: what is missing to the minimum charge, or, negative, what of it was charged before
   * its time. correction: what a tier that was reached changes in what was accepted before. Absent: quantity × price.
   */
  readonly kind?: 'free' | 'minimum' | 'correction';
  /** The volume of the scope, in thousandths, between which the line lies; null: without end. */
  readonly tier?: { readonly from: number; readonly upTo: number | null };
  readonly adjustments?: readonly Adjustment[];
  /** Where it is another one than that of the day: corrections bear the rate of what they correct (§ 17 UStG). */
  readonly vatRate?: BasisPoints;
}

/** A line before it is rounded. */
export interface DraftLine extends Omit<PriceLine, 'net'> {
  /** Billionths of a euro: thousandths of a unit × millionths of a euro. */
  readonly exact: bigint;
}

/** Billionths of a euro in a cent. */
export const BILLIONTHS_PER_CENT = 10_000_000n;
