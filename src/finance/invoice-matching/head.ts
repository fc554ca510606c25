import { createFinding, type Finding } from '../../findings/finding.ts';
import type { Invoice } from '../invoice/normal-form.ts';
import type { CallOff, FinanceLot } from '../store.ts';
import { type InvoiceBooks, type InvoiceContract, sellerKey } from './books.ts';

/** What an invoice as a whole is about: the contract and those of its call-offs that the lines may bill. */
export interface InvoiceScope {
  readonly contract: InvoiceContract | undefined;
  readonly callOffs: readonly CallOff[];
  readonly lots: readonly FinanceLot[];
}

/** The findings on the head of an invoice, gathered as its references are followed. */
class Head {
  readonly findings: Finding[] = [];
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  add<Code extends Finding['code']>(code: Code, args: Parameters<typeof createFinding<Code>>[2]): undefined {
    this.findings.push(createFinding(code, { path: this.#path }, args));
  }
}

export interface CheckedHead {
  readonly scope: InvoiceScope;
  readonly findings: readonly Finding[];
}

/**
 * Follows contract, order, lot, buyer and seller of an invoice (BT-12, BT-13, BT-17, BT-10, BT-27, BT-31), and looks whether
 * it was taken before.
 * @param contentHash of what it says, see `contentHash`
 */
export function checkHead(invoice: Invoice, contentHash: string, books: InvoiceBooks, path: string): CheckedHead {
  const head = new Head(path);
  const callOff = namedCallOff(invoice, books, head);
  const contract = contractOf(invoice, callOff, books, head);
  if (!contract) head.add('invoice.contract-unclear', {});
  else requireVendor(invoice, contract, head);
  const lots = lotsOf(invoice, callOff, contract, books, head);
  checkBuyer(invoice, books, head);
  checkPreceding(invoice, books, head);
  checkKnown(invoice, contentHash, books, head);
  if (invoice.currency !== null && invoice.currency !== 'EUR') {
    head.add('invoice.currency-not-euro', { currency: invoice.currency });
  }
  if (!invoice.lines.some(({ counts }) => counts)) head.add('invoice.no-lines', {});
  const callOffs = callOff ? [callOff] : books.callOffs.filter(({ lotId }) => lots.some(({ id }) => id === lotId));
  return { scope: { contract, callOffs, lots }, findings: head.findings };
}

function namedCallOff({ references: { order } }: Invoice, { callOffs }: InvoiceBooks, head: Head): CallOff | undefined {
  if (order === null) return head.add('invoice.reference-missing', { term: 'BT-13' });
  const found = callOffs.find(({ number }) => number === order.trim());
  return found ?? head.add('invoice.reference-unknown', { term: 'BT-13', value: order });
}

/** By the contract that is named, else that of the call-off, else the only one with this vendor. */
function contractOf(
  { references, seller }: Invoice,
  callOff: CallOff | undefined,
  { contracts, lots }: InvoiceBooks,
  head: Head,
): InvoiceContract | undefined {
  const stated = references.contract?.trim() ?? null;
  const named = contracts.find(({ number }) => number === stated);
  if (stated !== null && !named) head.add('invoice.reference-unknown', { term: 'BT-12', value: stated });
  const lot = callOff && lots.find(({ id }) => id === callOff.lotId);
  const ordered = contracts.find(({ id }) => id === lot?.contract.id);
  if (named && ordered && named !== ordered) {
    head.add('invoice.reference-contradicts', { term: 'BT-12', value: named.number, expected: ordered.number });
  }
  const own = contracts.filter(({ vendor }) => sellerKey(vendor) === sellerKey(seller.name ?? ''));
  return ordered ?? named ?? (own.length === 1 ? own[0] : undefined);
}

function requireVendor({ seller }: Invoice, { vendor, vatId }: InvoiceContract, head: Head): void {
  const names = [seller.name, seller.tradingName].flatMap((name) => (name === null ? [] : [sellerKey(name)]));
  const isOther =
    vatId !== null && seller.vatIdentifier !== null && sellerKey(vatId) !== sellerKey(seller.vatIdentifier);
  if (!isOther && names.includes(sellerKey(vendor))) return;
  const said = [seller.name, isOther ? seller.vatIdentifier : null].filter(Boolean).join(', ');
  head.add('invoice.seller-differs', { seller: said || '?', vendor: isOther ? `${vendor}, ${vatId}` : vendor });
}

/** The lot of the call-off, else the one that is named, else all of the contract. */
function lotsOf(
  { references }: Invoice,
  callOff: CallOff | undefined,
  contract: InvoiceContract | undefined,
  { lots }: InvoiceBooks,
  head: Head,
): FinanceLot[] {
  const own = lots.filter((lot) => lot.contract.id === contract?.id);
  const ordered = own.find(({ id }) => id === callOff?.lotId);
  const stated = references.lot?.trim() ?? null;
  const named = own.find(({ key, contract: { number } }) => key === stated || `${number}/${key}` === stated);
  if (stated !== null && contract && !named) head.add('invoice.reference-unknown', { term: 'BT-17', value: stated });
  if (named && ordered && named !== ordered) {
    head.add('invoice.reference-contradicts', { term: 'BT-17', value: named.key, expected: ordered.key });
  }
  const lot = ordered ?? named;
  return lot ? [lot] : own;
}

function checkBuyer({ references }: Invoice, { buyerReference }: InvoiceBooks, head: Head): void {
  if (buyerReference === undefined) return;
  const stated = references.buyerReference;
  if (stated === null) head.add('invoice.reference-missing', { term: 'BT-10' });
  else if (stated.trim() !== buyerReference) {
    head.add('invoice.reference-contradicts', { term: 'BT-10', value: stated, expected: buyerReference });
  }
}

function checkPreceding({ kind, references, seller }: Invoice, { invoices }: InvoiceBooks, head: Head): void {
  if (kind !== 'creditNote') return;
  if (references.preceding.length === 0) head.add('invoice.reference-missing', { term: 'BT-25' });
  const own = invoices.filter((one) => one.sellerKey === sellerKey(seller.name ?? ''));
  for (const { number } of references.preceding) {
    const found = own.find((one) => one.number === number);
    if (!found) head.add('invoice.reference-unknown', { term: 'BT-25', value: number });
    else if (found.replacedBy !== null) head.add('invoice.preceding-replaced', { number, by: found.replacedBy });
  }
}

function checkKnown({ number, seller }: Invoice, contentHash: string, { invoices }: InvoiceBooks, head: Head): void {
  const own = invoices.filter((one) => one.sellerKey === sellerKey(seller.name ?? ''));
  const same = own.find((one) => one.number === number);
  if (same) {
    head.add('invoice.number-known', { number: same.number, recordedOn: same.recordedOn });
    return;
  }
  const twin = invoices.find((one) => one.contentHash === contentHash);
  if (twin) head.add('invoice.content-known', { number: twin.number });
}
