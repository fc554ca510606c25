import { change } from '../../audit/change.ts';
import { type CalendarDate, daysBetween } from '../../shared/dates.ts';
import { centsToDecimal } from '../../shared/money.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { sellerKey } from './books.ts';
import { notPayable, severalSellers, unknownInvoice } from './refusals.ts';
import { type InvoiceRow, listInvoices, updateInvoice } from './store.ts';

export interface PayRequest {
  readonly number: string;
  readonly on: CalendarDate;
  /** Where several sellers have an invoice of that number. */
  readonly seller?: string | undefined;
}

/** Closes an approved invoice as paid. @throws GateError when it is not approved or paid already; UsageError when unknown */
export async function payInvoice(workspace: Workspace, { number, on, seller }: PayRequest): Promise<InvoiceRow> {
  return change(workspace, async ({ db, record }) => {
    const invoice = chooseInvoice(await listInvoices(db), number, seller);
    if (invoice.state !== 'approved') throw notPayable(invoice);
    const columns = { state: 'paid', paid_on: on } as const;
    await updateInvoice(db, invoice.id, columns);
    record({
      action: 'invoice.paid',
      subject: `invoice/${invoice.number}`,
      before: { state: invoice.state },
      after: { ...columns, payable: centsToDecimal(invoice.payable) },
    });
    return { ...invoice, ...columns };
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
