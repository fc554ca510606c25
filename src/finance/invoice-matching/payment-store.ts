import type { Insertable, Kysely, Transaction } from 'kysely';
import type { Cents } from '../../shared/money.ts';
import type { Database } from '../../storage/schema.ts';
import type { GrantedDiscount } from './cash-discount.ts';

/** The cash discounts of all recorded invoices by invoice, each by its last day. */
export async function discountsOf(db: Kysely<Database>): Promise<Map<number, GrantedDiscount[]>> {
  const rows = await db.selectFrom('invoice_discount').selectAll().orderBy('last_day').orderBy('id').execute();
  const discounts = new Map<number, GrantedDiscount[]>();
  for (const { invoice_id, last_day, percent, amount } of rows) {
    const own = discounts.get(invoice_id) ?? [];
    discounts.set(invoice_id, own);
    own.push({ lastDay: last_day, percent, amount });
  }
  return discounts;
}

export async function insertDiscounts(
  db: Transaction<Database>,
  invoiceId: number,
  discounts: readonly GrantedDiscount[],
): Promise<void> {
  const rows = discounts.map(({ lastDay, percent, amount }) => ({
    invoice_id: invoiceId,
    last_day: lastDay,
    percent,
    amount,
  }));
  if (rows.length > 0) await db.insertInto('invoice_discount').values(rows).execute();
}

export async function insertPayment(
  db: Transaction<Database>,
  payment: Insertable<Database['invoice_payment']>,
): Promise<void> {
  await db.insertInto('invoice_payment').values(payment).execute();
}

/** What was paid of each invoice, and the cash discount in it. */
export async function paymentsOf(
  db: Kysely<Database>,
): Promise<Map<number, { readonly amount: Cents; readonly discount: Cents }>> {
  const rows = await db.selectFrom('invoice_payment').select(['invoice_id', 'amount', 'discount']).execute();
  return new Map(rows.map(({ invoice_id, amount, discount }) => [invoice_id, { amount, discount }]));
}
