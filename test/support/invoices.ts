/** One line of a sample invoice. */
export interface SampleLine {
  readonly quantity: string;
  readonly price: string;
  readonly net: string;
  readonly rate?: string;
}

export interface SampleInvoice {
  readonly lines?: readonly SampleLine[];
  /** Rate, taxable amount, tax. */
  readonly vat?: readonly (readonly [rate: string, taxable: string, tax: string])[];
  readonly totals?: Partial<Record<'lineNet' | 'net' | 'tax' | 'gross' | 'payable', string>>;
  /** Put between the head and the parties. */
  readonly extra?: string;
  readonly issueDate?: string;
}

/** A sound invoice over 1,500 pages at 0.0235 and 2 boxes at 15.00, in UBL, with changes. */
export function ublInvoice({ lines, vat, totals, extra = '', issueDate = '2021-03-31' }: SampleInvoice = {}): string {
  const written = lines ?? [
    { quantity: '1500', price: '0.0235', net: '35.25' },
    { quantity: '2', price: '15.00', net: '30.00' },
  ];
  const breakdown = vat ?? [['19', '65.25', '12.40']];
  const sums = { lineNet: '65.25', net: '65.25', tax: '12.40', gross: '77.65', payable: '77.65', ...totals };
  return `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>R-2021-17</cbc:ID><cbc:IssueDate>${issueDate}</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cbc:BuyerReference>03-254-17</cbc:BuyerReference>${extra}
<cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Scan &amp; Co</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Landkreis Musterland</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">${sums.tax}</cbc:TaxAmount>${breakdown
    .map(
      ([rate, taxable, tax]) =>
        `<cac:TaxSubtotal><cbc:TaxableAmount>${taxable}</cbc:TaxableAmount><cbc:TaxAmount>${tax}</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>${rate}</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal>`,
    )
    .join('')}</cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount>${sums.lineNet}</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount>${sums.net}</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount>${sums.gross}</cbc:TaxInclusiveAmount><cbc:PayableAmount>${sums.payable}</cbc:PayableAmount></cac:LegalMonetaryTotal>
${written
  .map(
    ({ quantity, price, net, rate = '19' }, index) =>
      `<cac:InvoiceLine><cbc:ID>${index + 1}</cbc:ID><cbc:InvoicedQuantity unitCode="ZP">${quantity}</cbc:InvoicedQuantity><cbc:LineExtensionAmount>${net}</cbc:LineExtensionAmount><cac:Item><cbc:Name>Seiten</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>${rate}</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item><cac:Price><cbc:PriceAmount>${price}</cbc:PriceAmount></cac:Price></cac:InvoiceLine>`,
  )
  .join('\n')}
</Invoice>`;
}
