import type { CalendarDate } from '../../shared/dates.ts';
import type { Cents, Micros } from '../../shared/money.ts';
import type { VatTerms } from '../vat.ts';
import type { ClassChoice } from './page-class.ts';

/** Over what quantities are added up; year: of the day of performance, in the lot; contract: over all of its lots. */
export const scopes = ['delivery', 'order', 'year', 'lot', 'contract'] as const;
export type Scope = (typeof scopes)[number];

/** A price that holds from a volume on. */
export interface TierStep {
  /** Thousandths of the unit: the price holds for what comes after this volume. */
  readonly from: number;
  readonly price: Micros;
}

/**
 * Prices by volume. graduated: each price for the units between its step and the next. wholeVolume: the price of the step
 * that is reached holds for all units of the scope; the difference on what was accepted before comes with the acceptance
 * that reaches it.
 */
export interface Tiers {
  readonly kind: 'graduated' | 'wholeVolume';
  readonly scope: Scope;
  /** Ascending; the position's own price holds before the first. */
  readonly steps: readonly TierStep[];
}

/** What changes a unit price: index adjustments, surcharges, discounts. */
export interface Adjustment {
  readonly key: string;
  readonly title: string;
  /**
   * index: the price times `millionths`. percent: `millionths` of the indexed price more, or less. amount: so much more for
   * each unit, or less; not indexed.
   */
  readonly kind: 'index' | 'percent' | 'amount';
  readonly millionths: number;
  readonly validFrom: CalendarDate | null;
  readonly validTo: CalendarDate | null;
  /** Holds only where the call-off orders it. */
  readonly isOption: boolean;
}

/** What a price position says beside its unit price. Nothing of it: quantity × price, rounded by itself. */
export interface PriceTerms {
  readonly tiers?: Tiers;
  /** Units free of charge, the first ones of the scope; they count towards the tiers. */
  readonly free?: { readonly quantity: number; readonly scope: Scope };
  /** The least that the position costs within the scope, once anything of it was performed. */
  readonly minimum?: { readonly amount: Cents; readonly scope: Scope };
  /** Pages of these classes only. */
  readonly pages?: ClassChoice;
  /** Removed blank sides are charged like pages. */
  readonly chargesBlanks?: boolean;
  /** Charged only where the call-off orders it. */
  readonly isOption?: boolean;
  /** Its quantity is stated with the acceptance, although its unit is one that is counted. */
  readonly isEntered?: boolean;
  /** Index fields whose characters are counted; all of them where none is named. */
  readonly fields?: readonly string[];
  readonly adjustments?: readonly Adjustment[];
  /** Round once on the sum of the lines; without it each line by itself. */
  readonly roundsTotal?: boolean;
  readonly vat?: VatTerms;
}
