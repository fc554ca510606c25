import type { PricePosition } from '../../contract/pricing/price-position.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { type BillableItem, itemKey, keyOf } from './books.ts';
import type { Order, Use } from './pool.ts';
import { comparePrice, type LineContext, rateOf, type StatedLine } from './stated-line.ts';

/** Accepted items of the position that the invoice may bill. Delivery notes narrow the choice where they name batches of ours. */
export function billable(
  { key }: PricePosition,
  { scope, books, invoice }: LineContext,
): (item: BillableItem) => boolean {
  const { receipt, deliveryNote } = invoice.references;
  const noted = [receipt, deliveryNote].flatMap((words) => (words === null ? [] : [words.trim()]));
  const isNoted = ({ batch, round }: BillableItem) =>
    batch !== null && (noted.includes(batch) || noted.includes(`${batch}/${round}`));
  const isNarrow = books.items.some(isNoted);
  const callOffs = new Set(scope.callOffs.map(({ id }) => id));
  return (item) =>
    item.position.key === key && callOffs.has(item.callOff.id) && (!isNarrow || item.batch === null || isNoted(item));
}

/**
 * Quantities, and what a minimum charge or a tier adds to or takes off them: reductions always, additions where the line
 * charges something beside quantity × price.
 */
export function billUses(stated: StatedLine, position: PricePosition, context: LineContext): Use[] {
  const { pool } = context;
  const uses = pool.take(stated.quantity, billable(position, context), preference(stated, context));
  const rate = rateOf(stated.line);
  const amounts = pool.takeAmounts(uses, ({ net, vatRate }) => vatRate === rate && (net < 0 || stated.allowances > 0));
  return [...uses, ...amounts];
}

/** What was billed by the invoices that a credit names; by any, where it names none. */
export function creditUses(stated: StatedLine, position: PricePosition, context: LineContext): Use[] {
  const { invoice, books, pool } = context;
  const numbers = new Set(invoice.references.preceding.map(({ number }) => number));
  const named = books.uses.filter((use) => numbers.size === 0 || numbers.has(use.invoice));
  const keys = new Set(named.map(itemKey));
  const matches = billable(position, context);
  return pool.giveBack(-stated.quantity, (item) => matches(item) && keys.has(keyOf(item)), preference(stated, context));
}

/** Performed in the stated period first, then at the stated rate and price, then the oldest. */
export function preference({ line, price }: StatedLine, { invoice }: LineContext): Order {
  const period = line.period ?? invoice.period ?? { start: invoice.deliveryDate, end: invoice.deliveryDate };
  const rank = (item: BillableItem) => [
    isWithin(item.performedOn, period.start, period.end) ? 0 : 1,
    rateOf(line) === item.vatRate ? 0 : 1,
    comparePrice(price, item.position) === 0 ? 0 : 1,
  ];
  return (a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const first = left.findIndex((value, index) => value !== right[index]);
    if (first >= 0) return (left[first] ?? 0) - (right[first] ?? 0);
    return a.performedOn < b.performedOn ? -1 : a.performedOn > b.performedOn ? 1 : 0;
  };
}

function isWithin(day: CalendarDate, start: CalendarDate | null, end: CalendarDate | null): boolean {
  return (start !== null || end !== null) && (start ?? '') <= day && day <= (end ?? '9999');
}
