import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { invoiceXml, type SampleInvoice, type SampleInvoiceLine } from '../../scripts/samples/invoice.ts';
import { readInvoice } from '../../src/finance/invoice/read-invoice.ts';
import { checkInvoice, type InvoiceCheck } from '../../src/finance/invoice-matching/check.ts';
import { readInvoiceBooks } from '../../src/finance/invoice-matching/read-books.ts';
import type { Ledger } from './ledger.ts';

/** A line over pages at EUR 0.10 and 19 %, as the test contract has them; whatever is given stands in its place. */
export function pageLine(quantity: string, more: Partial<SampleInvoiceLine> = {}): SampleInvoiceLine {
  return { buyerItem: 'page', name: 'Seiten', unit: 'ZP', quantity, price: '0.10', rate: 19, ...more };
}

/** An invoice of the test contract's vendor for call-off A-1; whatever is given stands in its place. */
export function vendorInvoice(more: Partial<SampleInvoice> = {}): SampleInvoice {
  return {
    number: 'R-1',
    issueDate: '2021-04-12',
    seller: 'Scan GmbH',
    contract: 'RV-1',
    order: 'A-1',
    lot: 'L1',
    lines: [pageLine('100')],
    ...more,
  };
}

/** Writes an invoice into the ledger's folder. @returns its path */
export function invoiceFile({ root }: Ledger, invoice: SampleInvoice | string, name = 'rechnung.xml'): string {
  const path = join(root, 'eingang', name);
  mkdirSync(join(root, 'eingang'), { recursive: true });
  writeFileSync(path, typeof invoice === 'string' ? invoice : invoiceXml(invoice));
  return path;
}

export async function checkAgainst(
  ledger: Ledger,
  invoice: SampleInvoice | string,
  buyerReference?: string,
): Promise<InvoiceCheck> {
  const books = await readInvoiceBooks(ledger.workspace.db, buyerReference);
  return checkInvoice(readInvoice(invoiceFile(ledger, invoice)), books, 'rechnung.xml');
}
