import { change } from '../../audit/change.ts';
import { type CalendarDate, daysBetween } from '../../shared/dates.ts';
import { type Cents, centsToDecimal, zero } from '../../shared/money.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { sellerKey } from './books.ts';
import { discountOn, vatShare } from './cash-discount.ts';
import { discountsOf, insertPayment } from './payment-store.ts';
import { notPayable, otherAmount, severalSellers, unknownInvoice } from './refusals.ts';
import { type InvoiceRow, listInvoices, updateInvoice } from './store.ts';

export interface PayRequest {
  readonly number: string;
  readonly on: CalendarDate;
  /** What is paid; without it what is due on that day. */
  readonly amount?: Cents | undefined;
  /** Why another amount is paid than is due. */
  readonly reason?: string | undefined;
  /** Where several sellers have an invoice of that number. */
  readonly seller?: string | undefined;
}

export interface PaidInvoice {
  readonly invoice: InvoiceRow;
  readonly amount: Cents;
  /** The cash discount that was taken, and the VAT in it; zero for none. */
  readonly discount: Cents;
  readonly discountVat: Cents;
  readonly reason: string;
}

/**
 * Closes an approved invoice as paid, less the cash discount that holds on the day of payment.
 * @throws GateError when it is not approved, paid already, or another amount than is due is paid without a reason;
 * UsageError when unknown
 */
export async function payInvoice(workspace: Workspace, request: PayRequest): Promise<PaidInvoice> {
  const { number, on, seller } = request;
  return change(workspace, async ({ db, record }) => {
    const invoice = chooseInvoice(await listInvoices(db), number, seller);
    if (invoice.state !== 'approved') throw notPayable(invoice);
    const discounts = (await discountsOf(db)).get(invoice.id) ?? [];
    const granted = discountOn(discounts, on)?.amount ?? zero;
    const due = (invoice.payable - granted) as Cents;
    const amount = request.amount ?? due;
    const reason = request.reason?.trim() ?? '';
    if (amount !== due && reason === '') throw otherAmount(invoice, { amount, due, on, discounts });
    const discount = amount === due ? granted : zero;
    const columns = { state: 'paid', paid_on: on } as const;
    await updateInvoice(db, invoice.id, columns);
    await insertPayment(db, { invoice_id: invoice.id, paid_on: on, amount, discount, reason });
    const discountVat = vatShare(discount, invoice);
    record({
      action: 'invoice.paid',
      subject: `invoice/${invoice.number}`,
      before: { state: invoice.state },
      after: {
        ...columns,
        payable: centsToDecimal(invoice.payable),
        amount: centsToDecimal(amount),
        discount: centsToDecimal(discount),
        discountVat: centsToDecimal(discountVat),
        ...(reason === '' ? {} : { reason }),
      },
    });
    return { invoice: { ...invoice, ...columns }, amount, discount, discountVat, reason };
  });
}

/** The invoice of that number; one that was rejected only when there is no other. */
function chooseInvoice(all: readonly InvoiceRow[], number: string, seller: string | undefined): InvoiceRow {
  const found = all.filter(
    (one) => one.number === number && (seller === undefined || one.seller_key === sellerKey(seller)),
  );
  const standing = found.filter(({ state }) => state !== 'rejected');
  const [first = found.at(-1)] = standing;
  if (!first) throw unknownInvoice(number, [...new Set(all.map((one) => one.number))]);
  if (standing.length > 1)
    throw severalSellers(
      number,
      standing.map((one) => one.seller),
    );
  return first;
}

/** Days since an invoice was recorded, until it was paid or, while it is open, until today; null once it is rejected. */
export function ageOf({ recorded_on, paid_on, state }: InvoiceRow, today: CalendarDate): number | null {
  return state === 'rejected' ? null : daysBetween(recorded_on, paid_on ?? today);
}
