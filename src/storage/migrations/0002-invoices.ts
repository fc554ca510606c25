import { type Kysely, sql } from 'kysely';
import { type ColumnSpec, createIndex, createTable } from './tables.ts';

const tables: Readonly<Record<string, Readonly<Record<string, ColumnSpec>>>> = {
  invoice: {
    number: 'text',
    seller: 'text',
    seller_key: 'text',
    contract_id: '->? contract',
    kind: 'text',
    file: 'text',
    content_hash: 'text',
    issued_on: 'text?',
    due_on: 'text?',
    recorded_on: 'text',
    stated_gross: 'integer',
    net: 'integer',
    vat: 'integer',
    gross: 'integer',
    payable: 'integer',
    partial: 'integer',
    state: 'text',
    reason: 'text',
    checked_by: 'text?',
    approved_on: 'text?',
    approved_by: 'text?',
    paid_on: 'text?',
  },
  invoice_line: {
    invoice_id: '-> invoice',
    line: 'text',
    name: 'text',
    quantity: 'integer',
    net: 'integer',
    approved: 'integer',
  },
  invoice_use: {
    invoice_line_id: '-> invoice_line',
    call_off_id: '-> call_off',
    decision_id: '->? decision',
    position: 'text',
    price: 'integer',
    quantity: 'integer',
    net: 'integer',
    performed_on: 'text',
    vat_rate: 'integer',
  },
};

/** Invoices, their lines, and the accepted quantities that each line uses. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, columns] of Object.entries(tables)) await createTable(db, name, columns);
  await createIndex(db, 'invoice_line', ['invoice_id'], false);
  await createIndex(db, 'invoice_use', ['invoice_line_id'], false);
  await createIndex(db, 'invoice_use', ['call_off_id'], false);
  // The database itself refuses to take the same invoice twice; one that was rejected may come again.
  await uniqueUnlessRejected(db, 'invoice_number_once', ['seller_key', 'number']);
  await uniqueUnlessRejected(db, 'invoice_content_once', ['content_hash']);
}

async function uniqueUnlessRejected(db: Kysely<unknown>, name: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(name)
    .on('invoice')
    .columns(columns)
    .unique()
    .where(sql.ref('state'), '<>', sql.lit('rejected'))
    .execute();
}
