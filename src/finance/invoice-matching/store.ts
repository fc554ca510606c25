import type { Kysely, Selectable, Transaction } from 'kysely';
import type { ContractDocument } from '../../contract/contract-document.ts';
import { contractVersions, listContracts } from '../../contract/store.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import type { BasisPoints, Cents } from '../../shared/money.ts';
import type { Database } from '../../storage/schema.ts';
import type { InvoiceContract, RecordedInvoice, RecordedUse } from './books.ts';
import type { CheckedLine } from './check-line.ts';
import { splitNet } from './pool.ts';
import { dropReferences, replacedInvoices, selectReferences, takingBackLines } from './reference-store.ts';

export type InvoiceRow = Selectable<Database['invoice']>;
export type InvoiceLineRow = Selectable<Database['invoice_line']>;

/** All contracts with their vendors as the present version states them. */
export async function selectInvoiceContracts(db: Kysely<Database>): Promise<InvoiceContract[]> {
  return Promise.all(
    (await listContracts(db)).map(async ({ id, number, vendor }) => {
      const document = (await contractVersions(db, id)).at(-1)?.document ?? '{}';
      const { vendor: stated, penalties, lots } = JSON.parse(document) as Partial<ContractDocument>;
      const reductions = [penalties, ...(lots ?? []).map((lot) => lot.penalties)].flatMap((own) => own ?? []);
      return { id, number, vendor, vatId: stated?.vatId ?? null, reductions };
    }),
  );
}

/** Invoices that were taken and not rejected. */
export async function selectRecordedInvoices(db: Kysely<Database>): Promise<RecordedInvoice[]> {
  const rows = await listInvoices(db);
  const numbers = new Map(rows.map(({ id, number }) => [id, number]));
  const references = await selectReferences(db);
  return rows.flatMap(({ id, kind, number, seller_key, content_hash, recorded_on, state, net, vat, gross }) => {
    if (state === 'rejected') return [];
    const by = references.find(({ replaced_id }) => replaced_id === id)?.invoice_id ?? null;
    return [
      {
        ...{ id, kind, number, state, net, vat, gross },
        sellerKey: seller_key,
        contentHash: content_hash,
        recordedOn: recorded_on,
        names: references.filter(({ invoice_id }) => invoice_id === id).map((one) => one.number),
        replacedBy: by === null ? null : (numbers.get(by) ?? null),
        replacedById: by,
      },
    ];
  });
}

/** What approved lines used of acceptances, oldest first, with what final and corrected invoices took back of it. */
export async function selectUses(db: Kysely<Database>): Promise<RecordedUse[]> {
  return (await useRows(db).execute()).map(recordedUse);
}

/** The same as it stands: without invoices that were replaced, and without what took them back. */
export async function selectStandingUses(db: Kysely<Database>): Promise<RecordedUse[]> {
  const rows = await useRows(db)
    .where('invoice.id', 'not in', replacedInvoices(db))
    .where('invoice_line.id', 'not in', takingBackLines(db))
    .execute();
  return rows.map(recordedUse);
}

function useRows(db: Kysely<Database>) {
  return db
    .selectFrom('invoice_use')
    .innerJoin('invoice_line', 'invoice_line.id', 'invoice_use.invoice_line_id')
    .innerJoin('invoice', 'invoice.id', 'invoice_line.invoice_id')
    .selectAll('invoice_use')
    .select(['invoice.number as invoice', 'invoice.id as invoice_id'])
    .orderBy('invoice_use.id');
}

type UseRow = Awaited<ReturnType<ReturnType<typeof useRows>['execute']>>[number];

function recordedUse(row: UseRow): RecordedUse {
  return {
    invoice: row.invoice,
    invoiceId: row.invoice_id,
    callOffId: row.call_off_id,
    decisionId: row.decision_id,
    position: row.position,
    price: row.price,
    quantity: row.quantity,
    net: row.net,
    performedOn: row.performed_on,
    vatRate: row.vat_rate as BasisPoints,
  };
}

/** What an approved invoice used, and where that is charged. */
export interface ChargedUse {
  readonly invoiceId: number;
  /** Number of the invoice's line. */
  readonly line: string;
  /** Of the whole invoice: net, and gross. */
  readonly invoiceNet: Cents;
  readonly gross: Cents;
  readonly approvedOn: CalendarDate | null;
  readonly paidOn: CalendarDate | null;
  readonly isPaid: boolean;
  /** Of the whole invoice: what was due and not paid, as a cash discount; 0 as long as it is open. */
  readonly unpaid: Cents;
  readonly callOffId: number;
  readonly decisionId: number | null;
  readonly position: string;
  /** Thousandths of the unit. */
  readonly quantity: number;
  readonly account: string;
  readonly costCentre: string;
  readonly performedOn: CalendarDate;
  readonly vatRate: BasisPoints;
  readonly net: Cents;
}

/**
 * The uses of all invoices that are approved or paid.
 * @param asOf as it was at the end of that day
 */
export async function selectChargedUses(db: Kysely<Database>, asOf?: CalendarDate): Promise<ChargedUse[]> {
  const isKnown = (day: CalendarDate | null) => day !== null && (asOf === undefined || day <= asOf);
  const rows = await db
    .selectFrom('invoice_use')
    .innerJoin('invoice_line', 'invoice_line.id', 'invoice_use.invoice_line_id')
    .innerJoin('invoice', 'invoice.id', 'invoice_line.invoice_id')
    .innerJoin('call_off', 'call_off.id', 'invoice_use.call_off_id')
    .leftJoin('invoice_payment', 'invoice_payment.invoice_id', 'invoice.id')
    .selectAll('invoice_use')
    .select(['invoice.payable', 'invoice_payment.amount as paid_amount'])
    .select(['invoice.id as invoice_id', 'invoice.net as invoice_net', 'invoice.gross'])
    .select(['invoice.approved_on', 'invoice.paid_on', 'invoice_line.line'])
    .select(['call_off.account', 'call_off.cost_centre'])
    .where('invoice.state', 'in', ['approved', 'paid'])
    .orderBy('invoice_use.id')
    .execute();
  return rows
    .filter(({ approved_on }) => isKnown(approved_on))
    .map((row) => ({
      invoiceId: row.invoice_id,
      line: row.line,
      invoiceNet: row.invoice_net,
      gross: row.gross,
      approvedOn: row.approved_on,
      paidOn: isKnown(row.paid_on) ? row.paid_on : null,
      isPaid: isKnown(row.paid_on),
      unpaid: (isKnown(row.paid_on) && row.paid_amount !== null ? row.payable - row.paid_amount : 0) as Cents,
      callOffId: row.call_off_id,
      decisionId: row.decision_id,
      position: row.position,
      quantity: row.quantity,
      account: row.account,
      costCentre: row.cost_centre,
      performedOn: row.performed_on,
      vatRate: row.vat_rate as BasisPoints,
      net: row.net,
    }));
}

/** All invoices, in the order in which they were recorded. */
export async function listInvoices(db: Kysely<Database>): Promise<InvoiceRow[]> {
  return db.selectFrom('invoice').selectAll().orderBy('id').execute();
}

/** The invoice of that seller and content that waits for a second pair of eyes. */
export async function findWaiting(
  db: Kysely<Database>,
  seller: string,
  contentHash: string,
): Promise<InvoiceRow | undefined> {
  return db
    .selectFrom('invoice')
    .selectAll()
    .where('seller_key', '=', seller)
    .where('content_hash', '=', contentHash)
    .where('state', '=', 'checked')
    .executeTakeFirst();
}

export async function invoiceLines(db: Kysely<Database>, invoiceId: number): Promise<InvoiceLineRow[]> {
  return db.selectFrom('invoice_line').selectAll().where('invoice_id', '=', invoiceId).orderBy('id').execute();
}

/** Gives back what the lines of an invoice used: none of them is approved any more. */
export async function releaseUses(db: Transaction<Database>, invoiceId: number): Promise<void> {
  await dropReferences(db, invoiceId);
  const lines = (await invoiceLines(db, invoiceId)).map(({ id }) => id);
  if (lines.length === 0) return;
  await db.deleteFrom('invoice_use').where('invoice_line_id', 'in', lines).execute();
  await db.updateTable('invoice_line').set({ approved: 0 }).where('id', 'in', lines).execute();
}

/** Writes an invoice with its lines. @param isApproved whether a line is approved: only then its uses are written */
export async function insertInvoice(
  db: Transaction<Database>,
  row: Omit<InvoiceRow, 'id'>,
  lines: readonly CheckedLine[],
  isApproved: (line: CheckedLine) => boolean,
): Promise<InvoiceRow> {
  const invoice = await db.insertInto('invoice').values(row).returningAll().executeTakeFirstOrThrow();
  for (const line of lines) await insertLine(db, invoice.id, line, isApproved(line));
  return invoice;
}

async function insertLine(
  db: Transaction<Database>,
  invoiceId: number,
  { id: line, line: { name }, quantity, net, uses }: CheckedLine,
  isApproved: boolean,
): Promise<void> {
  const { id } = await db
    .insertInto('invoice_line')
    .values({ invoice_id: invoiceId, line, name: name ?? '', quantity, net, approved: isApproved ? 1 : 0 })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (!isApproved) return;
  const nets = splitNet(uses, net);
  for (const [index, { item, quantity: used }] of uses.entries()) {
    await db
      .insertInto('invoice_use')
      .values({
        invoice_line_id: id,
        call_off_id: item.callOff.id,
        decision_id: item.decisionId,
        position: item.position.key,
        price: item.position.price,
        quantity: used,
        net: nets[index] ?? net,
        performed_on: item.performedOn,
        vat_rate: item.vatRate,
      })
      .execute();
  }
}

export async function updateInvoice(
  db: Transaction<Database>,
  id: number,
  columns: Partial<Omit<InvoiceRow, 'id'>>,
): Promise<void> {
  await db.updateTable('invoice').set(columns).where('id', '=', id).execute();
}
