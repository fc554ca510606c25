import type { InvoiceEntry } from '../../src/finance/invoice/entry/entry.ts';
import { invoiceXml, type SampleInvoice, type SampleInvoiceLine } from './invoice.ts';

const vendor = {
  seller: 'Muster Scan-Dienstleistung GmbH',
  contract: 'RV-2020-017',
  lot: 'L5',
};

const scan = (quantity: string, price: string, rate: number): SampleInvoiceLine => ({
  buyerItem: 'scan',
  name: 'Scannen bis A3, je Bildseite',
  unit: 'ZP',
  quantity,
  price,
  rate,
});
const index = (quantity: string, rate: number): SampleInvoiceLine => ({
  buyerItem: 'index',
  name: 'Erfassen des Aktenzeichens',
  unit: 'C62',
  quantity,
  price: '0.35',
  rate,
});
const trips: SampleInvoiceLine = { name: 'trip', unit: 'C62', quantity: '2', price: '180.00', rate: 19 };

/** For the two accepted rounds of the county's batch, and the two trips of its call-off: it is right. */
export function rightInvoice(pages: number, files: number): SampleInvoice {
  return {
    ...vendor,
    number: 'R-2021-0117',
    issueDate: '2021-04-12',
    deliveryDate: '2021-04-06',
    order: 'A-2021-001',
    lines: [scan(String(pages), '0.115', 19), index(String(files), 19), trips],
  };
}

/**
 * For a call-off of the second half of 2020 of which 1,000 pages in 4 files were accepted: 12 pages too many, half a cent
 * too dear, and 19 % VAT in place of 16 %.
 */
export const wrongInvoice: SampleInvoice = {
  ...vendor,
  number: 'R-2020-0093',
  issueDate: '2020-12-21',
  deliveryDate: '2020-12-15',
  order: 'A-2020-001',
  lines: [scan('1012', '0.12', 19), index('4', 19)],
};

/** The right one as somebody records it who has it on paper: sums are left to scanlot, but for the gross amount. */
export function paperEntry(invoice: SampleInvoice, gross: string): InvoiceEntry {
  return {
    number: invoice.number,
    issueDate: invoice.issueDate,
    deliveryDate: invoice.deliveryDate ?? '',
    references: { contract: invoice.contract ?? '', order: invoice.order ?? '', lot: invoice.lot ?? '' },
    seller: { name: invoice.seller },
    vatRate: '19',
    lines: invoice.lines.map(({ buyerItem, name, quantity, unit, price }) => ({
      ...(buyerItem === undefined ? {} : { buyerItem }),
      name,
      quantity,
      unit,
      price,
    })),
    totals: { gross },
  };
}

const paperUnits: Readonly<Record<string, string>> = { ZP: 'Seiten', C62: 'Stück' };

/** The same as a spreadsheet writes it in German: head rows, then a row for each line. */
function paperCsv({ number, issueDate, seller, references, deliveryDate, lines, totals }: InvoiceEntry): string {
  const german = (decimal: string | undefined) => (decimal ?? '').replace('.', ',');
  const day = (date: string | undefined) => (date ?? '').split('-').reverse().join('.');
  const rows = [
    ['Rechnungsnummer', number],
    ['Rechnungsdatum', day(issueDate)],
    ['Rechnungssteller', seller.name],
    ['Vertrag', references?.contract],
    ['Abruf', references?.order],
    ['Los', references?.lot],
    ['Leistungsdatum', day(deliveryDate)],
    ['Steuersatz', '19 %'],
    ['Rechnungsbetrag', `${german(totals?.gross)} €`],
    [],
    ['Pos.', 'Preisposition', 'Leistung', 'Menge', 'Einheit', 'Einzelpreis'],
    ...lines.map(({ buyerItem, name, quantity, unit, price }, index) => [
      String(index + 1),
      buyerItem,
      name,
      german(quantity),
      paperUnits[unit ?? ''],
      german(price),
    ]),
  ];
  return rows.map((cells) => `${cells.map((cell) => cell ?? '').join(';')}\r\n`).join('');
}

/** The county's invoices by file name. */
export function countyInvoices(pages: number, files: number): [name: string, content: string][] {
  const right = rightInvoice(pages, files);
  const paper = paperEntry(right, '489.23');
  return [
    ['right.xml', invoiceXml(right)],
    ['duplicate.xml', invoiceXml({ ...right, number: 'R-2021-0121' })],
    ['wrong.xml', invoiceXml(wrongInvoice)],
    ['paper.csv', paperCsv(paper)],
    [
      'paper.json',
      `${JSON.stringify({ $schema: '../../../schemas/invoice-entry-1.schema.json', ...paper }, undefined, 2)}\n`,
    ],
  ];
}
