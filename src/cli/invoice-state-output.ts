import type { InvoiceLineRow, InvoiceRow } from '../finance/invoice-matching/store.ts';
import { type Text, text } from '../shared/language.ts';
import { centsToDecimal } from '../shared/money.ts';

/** What documents about recorded invoices hold of each. */
export const invoiceRowMembers =
  'number, seller, kind, state (checked, approved, paid, rejected), partial, issuedOn, dueOn, recordedOn, checkedBy, approvedOn, approvedBy, paidOn, reason, file; statedGross, net, vat, gross, payable (what is approved; decimal EUR, negative for credits)';

export function invoiceRowData(row: InvoiceRow) {
  return {
    number: row.number,
    seller: row.seller,
    kind: row.kind,
    state: row.state,
    partial: row.partial === 1,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    recordedOn: row.recorded_on,
    checkedBy: row.checked_by,
    approvedOn: row.approved_on,
    approvedBy: row.approved_by,
    paidOn: row.paid_on,
    reason: row.reason,
    file: row.file,
    statedGross: centsToDecimal(row.stated_gross),
    net: centsToDecimal(row.net),
    vat: centsToDecimal(row.vat),
    gross: centsToDecimal(row.gross),
    payable: centsToDecimal(row.payable),
  };
}

export function invoiceLineData({ line, name, quantity, net }: InvoiceLineRow) {
  return { line, name, quantity: quantity / 1000, net: centsToDecimal(net) };
}

export const stateWords: Readonly<Record<InvoiceRow['state'], Text>> = {
  checked: text({ de: 'geprüft', en: 'checked' }),
  approved: text({ de: 'freigegeben', en: 'approved' }),
  paid: text({ de: 'bezahlt', en: 'paid' }),
  rejected: text({ de: 'zurückgewiesen', en: 'rejected' }),
};
