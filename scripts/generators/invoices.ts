import { createHash } from 'node:crypto';
import { change } from '../../src/audit/change.ts';
import { vatRateOn } from '../../src/contract/vat.ts';
import { readLedger } from '../../src/finance/accepted.ts';
import { acceptedItems } from '../../src/finance/invoice-matching/billable-items.ts';
import type { BillableItem } from '../../src/finance/invoice-matching/books.ts';
import { groupBy } from '../../src/finance/invoice-matching/postings.ts';
import { addDays, type CalendarDate } from '../../src/shared/dates.ts';
import { type Cents, vatOn } from '../../src/shared/money.ts';
import type { Workspace } from '../../src/storage/workspace.ts';
import { insertRows } from './insert-rows.ts';

/** Acceptances at the end that are not invoiced, and invoices at the end that wait: for payment, for a second look. */
const notInvoiced = 6;
const unpaid = 8;
const unapproved = 2;

/** Invoices for what was accepted, one for each acceptance, oldest first: paid but for the last ones. @returns their number */
export async function generateInvoices(workspace: Workspace, most: number): Promise<number> {
  const groups = [...groupBy(acceptedItems(await readLedger(workspace.db)), (item) => String(item.decisionId)).values()]
    .sort(([a], [b]) => ((a?.performedOn ?? '') < (b?.performedOn ?? '') ? -1 : 1))
    .slice(0, -notInvoiced)
    .slice(-most);
  const contract = await workspace.db.selectFrom('contract').select(['id', 'vendor']).executeTakeFirstOrThrow();
  const rows = groups.map((items, index) => invoiceRow(items, index + 1, groups.length, contract));
  const lines = groups.flatMap((items, index) => items.map((item) => ({ invoice: index + 1, item })));
  await change(workspace, async ({ db, record }) => {
    await insertRows(db, 'invoice', rows);
    await insertRows(
      db,
      'invoice_line',
      lines.map(({ invoice, item }, index) => ({
        id: index + 1,
        invoice_id: invoice,
        line: item.position.key,
        name: item.position.title,
        quantity: item.quantity,
        net: item.net,
        approved: 1 as const,
      })),
    );
    await insertRows(
      db,
      'invoice_use',
      lines.map(({ item }, index) => ({
        invoice_line_id: index + 1,
        call_off_id: item.callOff.id,
        decision_id: item.decisionId,
        position: item.position.key,
        price: item.position.price,
        quantity: item.quantity,
        net: item.net,
        performed_on: item.performedOn,
        vat_rate: item.vatRate,
      })),
    );
    record({ action: 'invoice.approved', subject: 'invoice', after: { invoices: rows.length } });
  });
  return rows.length;
}

function invoiceRow(
  items: readonly BillableItem[],
  id: number,
  count: number,
  contract: { readonly id: number; readonly vendor: string },
) {
  const performedOn = items[0]?.performedOn ?? ('2020-01-01' as CalendarDate);
  const net = items.reduce((sum, item) => sum + item.net, 0) as Cents;
  const vat = vatOn(net, vatRateOn(performedOn));
  const gross = (net + vat) as Cents;
  const recordedOn = addDays(performedOn, 10);
  const state = id > count - unapproved ? 'checked' : id > count - unpaid ? 'approved' : 'paid';
  return {
    id,
    number: `R-${String(id).padStart(4, '0')}`,
    seller: contract.vendor,
    seller_key: contract.vendor.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''),
    contract_id: contract.id,
    kind: 'invoice' as const,
    file: `R-${id}.xml`,
    content_hash: createHash('sha256').update(`invoice ${id}`).digest('hex'),
    issued_on: recordedOn,
    due_on: addDays(recordedOn, 30),
    recorded_on: recordedOn,
    stated_gross: gross,
    net,
    vat,
    gross,
    payable: gross,
    partial: 0 as const,
    state: state as 'checked' | 'approved' | 'paid',
    reason: '',
    checked_by: 'generator',
    approved_on: state === 'checked' ? null : addDays(recordedOn, 4),
    approved_by: state === 'checked' ? null : 'generator',
    paid_on: state === 'paid' ? addDays(recordedOn, 25) : null,
  };
}
