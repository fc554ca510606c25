import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Cents } from '../../shared/money.ts';
import type { Database } from '../../storage/schema.ts';
import type { RecordedInvoice } from './books.ts';

/** The earlier invoices that all invoices name or replace. */
export async function selectReferences(db: Kysely<Database>): Promise<Selectable<Database['invoice_reference']>[]> {
  return db.selectFrom('invoice_reference').selectAll().orderBy('id').execute();
}

/** Ids of invoices in whose place another one stands. */
export function replacedInvoices(db: Kysely<Database>) {
  return db
    .selectFrom('invoice_reference')
    .select('replaced_id')
    .where('replaced_id', 'is not', null)
    .$narrowType<{ replaced_id: number }>();
}

/** Ids of the lines by which final and corrected invoices take back what the earlier ones billed. */
export function takingBackLines(db: Kysely<Database>) {
  return db
    .selectFrom('invoice_reference')
    .select('line_id')
    .where('line_id', 'is not', null)
    .$narrowType<{ line_id: number }>();
}

/** Numbers of the invoices in whose place this one stands. */
export async function replacedBy(db: Kysely<Database>, invoiceId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('invoice_reference')
    .select('number')
    .where('invoice_id', '=', invoiceId)
    .where('replaced_id', 'is not', null)
    .orderBy('id')
    .execute();
  return rows.map(({ number }) => number);
}

/** Records the invoices that one names, and takes back, each in a line of its own, what those billed that it replaces. */
export async function insertReferences(
  db: Transaction<Database>,
  invoiceId: number,
  names: readonly string[],
  replaced: readonly RecordedInvoice[],
): Promise<void> {
  const only = names.filter((number) => !replaced.some((one) => one.number === number));
  for (const number of new Set(only)) {
    await db
      .insertInto('invoice_reference')
      .values({ invoice_id: invoiceId, number, replaced_id: null, line_id: null })
      .execute();
  }
  for (const { id, number } of replaced) {
    const line_id = await takeBack(db, invoiceId, id, number);
    await db
      .insertInto('invoice_reference')
      .values({ invoice_id: invoiceId, number, replaced_id: id, line_id })
      .execute();
  }
}

async function takeBack(
  db: Transaction<Database>,
  invoiceId: number,
  formerId: number,
  number: string,
): Promise<number> {
  const uses = await db
    .selectFrom('invoice_use')
    .innerJoin('invoice_line', 'invoice_line.id', 'invoice_use.invoice_line_id')
    .selectAll('invoice_use')
    .where('invoice_line.invoice_id', '=', formerId)
    .where('invoice_line.id', 'not in', takingBackLines(db))
    .orderBy('invoice_use.id')
    .execute();
  const net = -uses.reduce((sum, use) => sum + use.net, 0) as Cents;
  const { id: line } = await db
    .insertInto('invoice_line')
    .values({ invoice_id: invoiceId, line: 'BT-25', name: number, quantity: 0, net, approved: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const { id: _id, ...use } of uses) {
    const opposite = { quantity: -use.quantity, net: -use.net as Cents };
    await db
      .insertInto('invoice_use')
      .values({ ...use, ...opposite, invoice_line_id: line })
      .execute();
  }
  return line;
}

/** Forgets what an invoice that is rejected would have replaced. */
export async function dropReferences(db: Transaction<Database>, invoiceId: number): Promise<void> {
  const rows = (await selectReferences(db)).filter(({ invoice_id }) => invoice_id === invoiceId);
  const lines = rows.flatMap(({ line_id }) => (line_id === null ? [] : [line_id]));
  await db.deleteFrom('invoice_reference').where('invoice_id', '=', invoiceId).execute();
  if (lines.length === 0) return;
  await db.deleteFrom('invoice_use').where('invoice_line_id', 'in', lines).execute();
  await db.deleteFrom('invoice_line').where('id', 'in', lines).execute();
}
