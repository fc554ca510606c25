import { basename } from 'node:path';
import { type Change, change } from '../../audit/change.ts';
import type { Vendor } from '../../contract/contract-document.ts';
import { contractVersions } from '../../contract/store.ts';
import type { WrittenDocument } from '../../reporting/document/model.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { zero } from '../../shared/money.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { openWithForm } from '../invoice/formal/open-with-form.ts';
import type { ReadInvoice } from '../invoice/read-invoice.ts';
import { headColumns } from './approve.ts';
import { sellerKey } from './books.ts';
import { checkInvoice, contentHashOf, type InvoiceCheck } from './check.ts';
import { readInvoiceBooks } from './read-books.ts';
import { alreadyApproved, reasonMissing } from './refusals.ts';
import { rejectionLetter } from './rejection-letter.ts';
import { type InvoiceRow, insertInvoice, listInvoices, releaseUses, updateInvoice } from './store.ts';

export interface RejectRequest {
  readonly path: string;
  readonly reason: string;
  readonly on: CalendarDate;
  /** Writes the letter; the rejection commits only when it was written. */
  readonly write: (letter: WrittenDocument) => Promise<void>;
}

export interface Rejection {
  readonly invoice: InvoiceRow;
  readonly check: InvoiceCheck;
}

/**
 * Rejects an invoice and writes the letter that names each deviation. What a first pair of eyes had reserved is given back.
 * Done again, it writes the letter again and records nothing new.
 * @throws GateError when it is approved already; UsageError without a reason, or for no invoice
 */
export async function rejectInvoice(workspace: Workspace, request: RejectRequest): Promise<Rejection> {
  if (request.reason.trim() === '') throw reasonMissing();
  const read = await openWithForm(request.path, workspace.config.invoices?.validator);
  return change(workspace, async (step) => {
    const former = await findFormer(step, read, request);
    if (former && (former.state === 'approved' || former.state === 'paid')) throw alreadyApproved(former);
    if (former?.state === 'checked') await releaseUses(step.db, former.id);
    if (former) await updateInvoice(step.db, former.id, { ...nothingApproved, reason: request.reason });
    const books = await readInvoiceBooks(step.db, workspace.config.invoices?.buyerReference);
    const check = checkInvoice(read, books, basename(request.path));
    const invoice = former
      ? { ...former, ...nothingApproved, reason: request.reason }
      : await insertInvoice(step.db, rowOf(workspace, check, request), check.lines, () => false);
    if (former?.state !== 'rejected') recordRejection(step, invoice, former, check);
    const letter = rejectionLetter(workspace, { check, vendor: await vendorOf(step, check), ...request });
    step.beforeCommit(() => request.write(letter));
    return { invoice, check };
  });
}

/** The same invoice as it was recorded before: one that stands, else one rejected for the same reason. */
async function findFormer(
  { db }: Change,
  { invoice }: ReadInvoice,
  { reason }: RejectRequest,
): Promise<InvoiceRow | undefined> {
  const hash = contentHashOf(invoice);
  const same = (await listInvoices(db)).filter(
    (row) =>
      row.number === invoice.number &&
      row.seller_key === sellerKey(invoice.seller.name ?? '') &&
      row.content_hash === hash,
  );
  return same.find(({ state }) => state !== 'rejected') ?? same.find((row) => row.reason === reason);
}

const nothingApproved = { state: 'rejected', net: zero, vat: zero, gross: zero, payable: zero, partial: 0 } as const;

function rowOf(workspace: Workspace, check: InvoiceCheck, request: RejectRequest): Omit<InvoiceRow, 'id'> {
  const open = { approved_on: null, approved_by: null, paid_on: null };
  return {
    ...headColumns(check, request),
    ...nothingApproved,
    ...open,
    reason: request.reason,
    checked_by: workspace.actor,
  };
}

function recordRejection(
  { record }: Change,
  invoice: InvoiceRow,
  former: InvoiceRow | undefined,
  { findings, contentHash }: InvoiceCheck,
): void {
  record({
    action: 'invoice.rejected',
    subject: `invoice/${invoice.number}`,
    before: former && { state: former.state },
    after: { seller: invoice.seller, contentHash, reason: invoice.reason, findings: findings.map(({ code }) => code) },
  });
}

/** As the contract knows the vendor, else as the invoice tells its seller. */
async function vendorOf({ db }: Change, { scope, invoice }: InvoiceCheck): Promise<Vendor> {
  const document = scope.contract && (await contractVersions(db, scope.contract.id)).at(-1)?.document;
  const { vendor } = JSON.parse(document ?? '{}') as { vendor?: Vendor };
  const { name, address } = invoice.seller;
  if (vendor && sellerKey(vendor.name) === sellerKey(name ?? '')) return vendor;
  return {
    name: name ?? '',
    ...(address?.lines[0] === undefined ? {} : { street: address.lines[0] }),
    ...(address?.postCode ? { postalCode: address.postCode } : {}),
    ...(address?.city ? { town: address.city } : {}),
  };
}
