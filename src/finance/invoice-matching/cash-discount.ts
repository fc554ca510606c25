import type { CalendarDate } from '../../shared/dates.ts';
import { type Decimal, decimalText, dividedBy, parseDecimal, times } from '../../shared/decimal.ts';
import { type Cents, divideHalfUp, parseCents, parseScaled } from '../../shared/money.ts';
import type { CashDiscount, Invoice } from '../invoice/normal-form.ts';

/** A cash discount in cents of what is approved; negative for credits. */
export interface GrantedDiscount {
  readonly lastDay: CalendarDate;
  /** Hundredths of a percent; null where the invoice states the amount alone. */
  readonly percent: number | null;
  readonly amount: Cents;
}

/** What a cash discount is reckoned from. */
export interface DiscountBasis {
  /** What is to be paid; negative for credits. */
  readonly payable: Cents;
  /** The amount due as the invoice states it: more than `payable` where only a part was approved. */
  readonly stated: Cents;
}

const hundred: Decimal = { units: 100n, scale: 0 };

/**
 * The discounts that an invoice grants, by their last day: percent of the amount due, or of the base that the invoice
 * states (in proportion where only a part is approved), rounded to the cent. Terms without a day or of 0 % grant none.
 */
export function grantedDiscounts({ payment, kind }: Invoice, basis: DiscountBasis): GrantedDiscount[] {
  const sign = kind === 'creditNote' ? -1 : 1;
  const granted = payment.discounts.flatMap((discount): GrantedDiscount[] => {
    const amount = amountOf(discount, sign, basis);
    if (discount.lastDay === null || amount === 0) return [];
    const percent = discount.percent === null ? null : (hundredths(discount.percent) ?? null);
    return [{ lastDay: discount.lastDay, percent, amount }];
  });
  return granted.sort((a, b) => (a.lastDay < b.lastDay ? -1 : a.lastDay > b.lastDay ? 1 : 0));
}

function amountOf({ percent, base, amount }: CashDiscount, sign: 1 | -1, basis: DiscountBasis): Cents {
  const rate = percent === null ? undefined : parseDecimal(percent);
  const stated = base === null ? undefined : parseCents(base);
  const of = stated === undefined ? basis.payable : inProportion(sign * stated, basis);
  if (rate) return percentOf(of, rate);
  return inProportion(sign * ((amount === null ? undefined : parseCents(amount)) ?? 0), basis);
}

function percentOf(cents: number, rate: Decimal): Cents {
  return Number(dividedBy(times({ units: BigInt(cents), scale: 2 }, rate), hundred, 2).units) as Cents;
}

function inProportion(cents: number, { payable, stated }: DiscountBasis): Cents {
  if (payable === stated || stated === 0) return cents as Cents;
  return Number(divideHalfUp(BigInt(cents) * BigInt(payable), BigInt(stated))) as Cents;
}

function hundredths(percent: string): number | undefined {
  const value = parseDecimal(percent);
  return value && parseScaled(decimalText(dividedBy(value, { units: 1n, scale: 0 }, 2)), 2);
}

/** The greatest discount that holds on a day; undefined when none does. */
export function discountOn<Discount extends GrantedDiscount>(
  discounts: readonly Discount[],
  day: CalendarDate,
): Discount | undefined {
  const holding = discounts.filter(({ lastDay }) => day <= lastDay);
  return holding.sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount))[0];
}

/** The VAT in a part of a gross amount: in the proportion of the whole, rounded to the cent. */
export function vatShare(part: Cents, { vat, gross }: { readonly vat: Cents; readonly gross: Cents }): Cents {
  return gross === 0 ? (0 as Cents) : (Number(divideHalfUp(BigInt(part) * BigInt(vat), BigInt(gross))) as Cents);
}
