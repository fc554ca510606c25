import type { PricePosition } from '../../contract/pricing/price-position.ts';
import { compareDecimals, type Decimal, dividedBy, parseDecimal } from '../../shared/decimal.ts';
import { type Cents, parseCents, parseScaled } from '../../shared/money.ts';
import type { Allowance, Invoice, InvoiceLine } from '../invoice/normal-form.ts';
import type { InvoiceBooks } from './books.ts';
import type { InvoiceScope } from './head.ts';
import type { Pool } from './pool.ts';

/** What a line is checked in. */
export interface LineContext {
  readonly invoice: Invoice;
  readonly scope: InvoiceScope;
  readonly books: InvoiceBooks;
  readonly pool: Pool;
  readonly path: string;
  /** Lines (BT-126) whose own arithmetic is wrong: what they credit is not given back. */
  readonly miscalculated: ReadonlySet<string>;
}

/** A line whose numbers can be read. Quantities are thousandths; negative, with the amounts, for what is credited. */
export interface StatedLine {
  readonly line: InvoiceLine;
  readonly id: string;
  readonly quantity: number;
  readonly net: Cents;
  /** For one unit. */
  readonly price: Decimal;
  readonly allowances: Cents;
}

const one: Decimal = { units: 1n, scale: 0 };

/** The numbers of a line; or the terms of those that cannot be read. */
export function readStated(line: InvoiceLine, { kind }: Invoice): StatedLine | { missing: string[]; net: Cents } {
  const sign = kind === 'creditNote' ? -1 : 1;
  const quantity = line.quantity === null ? undefined : parseScaled(line.quantity, 3);
  const net = line.net === null ? undefined : parseCents(line.net);
  const price = line.price === null ? undefined : parseDecimal(line.price);
  const base = line.baseQuantity === null ? one : parseDecimal(line.baseQuantity);
  const unitPrice = price && base && base.units !== 0n ? dividedBy(price, base, 9) : undefined;
  if (quantity === undefined || net === undefined || !unitPrice) {
    const missing = [
      ...(quantity === undefined ? ['BT-129'] : []),
      ...(net === undefined ? ['BT-131'] : []),
      ...(unitPrice ? [] : ['BT-146']),
    ];
    return { missing, net: (sign * (net ?? 0)) as Cents };
  }
  return {
    line,
    id: line.id ?? '?',
    quantity: signed(sign, quantity),
    net: signed(sign, net) as Cents,
    price: unitPrice,
    allowances: signed(sign, sumOfAllowances(line.allowances)) as Cents,
  };
}

/** Charges less allowances; what cannot be read counts nothing here, the arithmetic tells it. */
function sumOfAllowances(allowances: readonly Allowance[]): number {
  return allowances.reduce((sum, { kind, amount }) => {
    const read = (amount === null ? undefined : parseCents(amount)) ?? 0;
    return sum + (kind === 'charge' ? read : -read);
  }, 0);
}

function signed(sign: number, value: number): number {
  return value === 0 ? 0 : sign * value;
}

/** The price positions of the lots that the invoice may bill. */
export function positionsOf({ scope, books }: LineContext): PricePosition[] {
  return scope.lots.flatMap(({ id }) => books.prices.get(id) ?? []);
}

/** Hundredths of a percent. */
export function rateOf({ vatRate }: InvoiceLine): number | undefined {
  return vatRate === null ? 0 : parseScaled(vatRate, 2);
}

/** Below 0 where the stated price is below the agreed one. */
export function comparePrice(price: Decimal, { price: agreed }: PricePosition): number {
  return compareDecimals(price, { units: BigInt(agreed), scale: 6 });
}
