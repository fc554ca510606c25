import type { Kysely } from 'kysely';
import { type ColumnSpec, createIndex, createTable } from './tables.ts';

const tables: Readonly<Record<string, Readonly<Record<string, ColumnSpec>>>> = {
  invoice_discount: { invoice_id: '-> invoice', last_day: 'text', percent: 'integer?', amount: 'integer' },
  invoice_payment: {
    invoice_id: '-> invoice',
    paid_on: 'text',
    amount: 'integer',
    discount: 'integer',
    reason: 'text',
  },
  invoice_reference: {
    invoice_id: '-> invoice',
    number: 'text',
    replaced_id: '->? invoice',
    line_id: '->? invoice_line',
  },
};

/** Cash discounts, what was paid, and which earlier invoices an invoice names or replaces. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, columns] of Object.entries(tables)) await createTable(db, name, columns);
  await createIndex(db, 'invoice_discount', ['invoice_id'], false);
  await createIndex(db, 'invoice_payment', ['invoice_id'], true);
  await createIndex(db, 'invoice_reference', ['invoice_id'], false);
  // An invoice is replaced once: what it billed cannot be taken back twice.
  await createIndex(db, 'invoice_reference', ['replaced_id'], true);
}
