import {
  basisPoints,
  type Cents,
  centsToDecimal,
  multiply,
  parseMicros,
  parseScaled,
  vatOn,
} from '../../src/shared/money.ts';

/** One line of a sample invoice; amounts follow from quantity and price. */
export interface SampleInvoiceLine {
  /** BT-156. */
  readonly buyerItem?: string;
  readonly name: string;
  /** UN/ECE code. */
  readonly unit: string;
  readonly quantity: string;
  readonly price: string;
  /** Percent. */
  readonly rate: number;
  /** Further elements behind the line's amount. */
  readonly extra?: string;
  /** Stated in place of quantity × price. */
  readonly net?: string;
}

export interface SampleInvoice {
  readonly number: string;
  readonly issueDate: string;
  readonly deliveryDate?: string;
  readonly kind?: 'invoice' | 'creditNote';
  readonly currency?: string;
  readonly buyerReference?: string;
  readonly contract?: string;
  readonly order?: string;
  readonly lot?: string;
  readonly deliveryNote?: string;
  readonly preceding?: string | readonly string[];
  /** BT-3; without it 380, or 381 for a credit note. */
  readonly type?: string;
  /** BT-20. */
  readonly terms?: string;
  /** BT-113. */
  readonly prepaid?: string;
  readonly seller: string;
  readonly vatId?: string;
  readonly lines: readonly SampleInvoiceLine[];
}

/** An invoice or credit note in UBL 2.1 (XRechnung 3.0) that is right in itself: sums and VAT follow from its lines. */
export function invoiceXml(invoice: SampleInvoice): string {
  const root = invoice.kind === 'creditNote' ? 'CreditNote' : 'Invoice';
  const nets = invoice.lines.map(netOf);
  const net = sum(nets);
  const rates = [...new Set(invoice.lines.map(({ rate }) => rate))];
  const groups = rates.map((rate) => {
    const taxable = sum(nets.filter((_, index) => invoice.lines[index]?.rate === rate));
    return { rate, taxable, tax: vatOn(taxable, basisPoints(rate * 100)) };
  });
  const tax = sum(groups.map((group) => group.tax));
  const prepaid = (parseScaled(invoice.prepaid ?? '0', 2) ?? unreadable(invoice.prepaid ?? '')) as Cents;
  const amount = (name: string, cents: Cents) =>
    `<cbc:${name} currencyID="${invoice.currency ?? 'EUR'}">${centsToDecimal(cents)}</cbc:${name}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${root}-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
  <cbc:ID>${invoice.number}</cbc:ID>
  <cbc:IssueDate>${invoice.issueDate}</cbc:IssueDate>
  <cbc:${root}TypeCode>${invoice.type ?? (root === 'Invoice' ? 380 : 381)}</cbc:${root}TypeCode>
  <cbc:DocumentCurrencyCode>${invoice.currency ?? 'EUR'}</cbc:DocumentCurrencyCode>${references(invoice)}
  <cac:AccountingSupplierParty>${party(invoice.seller, invoice.vatId)}</cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty>${party('Landkreis Musterberg')}</cac:AccountingCustomerParty>${delivery(invoice)}${terms(invoice)}
  <cac:TaxTotal>
    ${amount('TaxAmount', tax)}${groups
      .map(
        (group) => `
    <cac:TaxSubtotal>
      ${amount('TaxableAmount', group.taxable)}
      ${amount('TaxAmount', group.tax)}
      <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>${group.rate}</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>
    </cac:TaxSubtotal>`,
      )
      .join('')}
  </cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    ${amount('LineExtensionAmount', net)}
    ${amount('TaxExclusiveAmount', net)}
    ${amount('TaxInclusiveAmount', (net + tax) as Cents)}
    ${prepaid === 0 ? '' : `${amount('PrepaidAmount', prepaid)}\n    `}${amount('PayableAmount', (net + tax - prepaid) as Cents)}
  </cac:LegalMonetaryTotal>${invoice.lines.map((line, index) => lineXml(root, line, index, amount)).join('')}
</${root}>
`;
}

function netOf({ quantity, price, net }: SampleInvoiceLine): Cents {
  if (net !== undefined) return (parseScaled(net, 2) ?? unreadable(net)) as Cents;
  return multiply(parseScaled(quantity, 3) ?? unreadable(quantity), parseMicros(price) ?? unreadable(price));
}

function unreadable(words: string): never {
  throw new Error(`no number: ${words}`);
}

function sum(amounts: readonly Cents[]): Cents {
  return amounts.reduce((so, amount) => so + amount, 0) as Cents;
}

function references({ buyerReference, order, preceding, deliveryNote, lot, contract }: SampleInvoice): string {
  return [
    buyerReference && `<cbc:BuyerReference>${buyerReference}</cbc:BuyerReference>`,
    order && `<cac:OrderReference><cbc:ID>${order}</cbc:ID></cac:OrderReference>`,
    ...[preceding ?? []]
      .flat()
      .map(
        (number) =>
          `<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>${number}</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>`,
      ),
    deliveryNote && `<cac:DespatchDocumentReference><cbc:ID>${deliveryNote}</cbc:ID></cac:DespatchDocumentReference>`,
    lot && `<cac:OriginatorDocumentReference><cbc:ID>${lot}</cbc:ID></cac:OriginatorDocumentReference>`,
    contract && `<cac:ContractDocumentReference><cbc:ID>${contract}</cbc:ID></cac:ContractDocumentReference>`,
  ]
    .filter(Boolean)
    .map((element) => `\n  ${element}`)
    .join('');
}

function party(name: string, vatId?: string): string {
  const scheme =
    vatId === undefined
      ? ''
      : `<cac:PartyTaxScheme><cbc:CompanyID>${vatId}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>`;
  return `<cac:Party>${scheme}<cac:PartyLegalEntity><cbc:RegistrationName>${name}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>`;
}

function delivery({ deliveryDate }: SampleInvoice): string {
  return deliveryDate === undefined
    ? ''
    : `\n  <cac:Delivery><cbc:ActualDeliveryDate>${deliveryDate}</cbc:ActualDeliveryDate></cac:Delivery>`;
}

function terms({ terms }: SampleInvoice): string {
  return terms === undefined ? '' : `\n  <cac:PaymentTerms><cbc:Note>${terms}</cbc:Note></cac:PaymentTerms>`;
}

function lineXml(
  root: 'Invoice' | 'CreditNote',
  line: SampleInvoiceLine,
  index: number,
  amount: (name: string, cents: Cents) => string,
): string {
  const quantity = root === 'Invoice' ? 'InvoicedQuantity' : 'CreditedQuantity';
  const item =
    line.buyerItem === undefined
      ? ''
      : `<cac:BuyersItemIdentification><cbc:ID>${line.buyerItem}</cbc:ID></cac:BuyersItemIdentification>`;
  return `
  <cac:${root}Line>
    <cbc:ID>${index + 1}</cbc:ID>
    <cbc:${quantity} unitCode="${line.unit}">${line.quantity}</cbc:${quantity}>
    ${amount('LineExtensionAmount', netOf(line))}${line.extra ?? ''}
    <cac:Item><cbc:Name>${line.name}</cbc:Name>${item}<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>${line.rate}</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="EUR">${line.price}</cbc:PriceAmount></cac:Price>
  </cac:${root}Line>`;
}
