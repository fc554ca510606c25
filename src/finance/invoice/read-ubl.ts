import { elementAt, elementsAt, textAt, textsAt } from '../../shared/xml/element.ts';
import type { XmlElement } from '../../shared/xml/read-tree.ts';
import { statedDiscounts } from './cash-discount.ts';
import type { Address, Allowance, Invoice, InvoiceLine, Party, SupportingDocument } from './normal-form.ts';
import { kindOf } from './type-codes.ts';
import { base64Bytes, type ValueReader } from './value-reader.ts';

/** First and last day of a period. */
const days = ['StartDate', 'EndDate'] as const;

/**
 * Reads an invoice or credit note in UBL 2.1 by the binding of EN 16931 (CEN/TS 16931-3-2).
 * @param root the element Invoice or CreditNote
 */
export function readUbl(root: XmlElement, values: ValueReader): Invoice {
  const isCreditNote = root.name === 'CreditNote';
  const type = textAt(root, 'InvoiceTypeCode', 'CreditNoteTypeCode');
  const currency = textAt(root, 'DocumentCurrencyCode');
  const total = elementAt(root, 'LegalMonetaryTotal');
  const taxTotal = taxTotalIn(root, currency);
  const delivery = elementAt(root, 'Delivery');
  const issueDate = values.date(root, 'IssueDate', 'BT-2');
  const terms = textAt(root, 'PaymentTerms/Note');
  return {
    syntax: isCreditNote ? 'ubl-credit-note' : 'ubl-invoice',
    specification: textAt(root, 'CustomizationID'),
    process: textAt(root, 'ProfileID'),
    number: textAt(root, 'ID'),
    type,
    kind: isCreditNote && type === null ? 'creditNote' : kindOf(type),
    issueDate,
    // A credit note has its due date among the means of payment.
    dueDate: values.date(root, 'DueDate', 'BT-9') ?? values.date(root, 'PaymentMeans/PaymentDueDate', 'BT-9'),
    taxPointDate: values.date(root, 'TaxPointDate', 'BT-7'),
    deliveryDate: values.date(delivery, 'ActualDeliveryDate', 'BT-72'),
    period: values.period(elementAt(root, 'InvoicePeriod'), days, ['BT-73', 'BT-74']),
    currency,
    taxCurrency: textAt(root, 'TaxCurrencyCode'),
    notes: textsAt(root, 'Note').map(readNote),
    references: readReferences(root, values),
    seller: readParty(elementAt(root, 'AccountingSupplierParty/Party')),
    buyer: readParty(elementAt(root, 'AccountingCustomerParty/Party')),
    payee: optionalParty(elementAt(root, 'PayeeParty')),
    payment: {
      means: textAt(root, 'PaymentMeans/PaymentMeansCode'),
      remittance: textAt(root, 'PaymentMeans/PaymentID'),
      accounts: textsAt(root, 'PaymentMeans/PayeeFinancialAccount/ID'),
      terms,
      discounts: statedDiscounts(terms, issueDate).discounts,
    },
    allowances: elementsAt(root, 'AllowanceCharge').map((element) =>
      readAllowance(element, values, ['BT-92', 'BT-99']),
    ),
    lines: readLines(root, isCreditNote ? 'CreditNoteLine' : 'InvoiceLine', null, values),
    vat: elementsAt(taxTotal, 'TaxSubtotal').map((element) => ({
      category: textAt(element, 'TaxCategory/ID'),
      rate: values.decimal(element, 'TaxCategory/Percent', 'BT-119'),
      taxable: values.amount(element, 'TaxableAmount', 'BT-116'),
      tax: values.amount(element, 'TaxAmount', 'BT-117'),
      exemption: textAt(element, 'TaxCategory/TaxExemptionReason', 'TaxCategory/TaxExemptionReasonCode'),
    })),
    totals: {
      lineNet: values.amount(total, 'LineExtensionAmount', 'BT-106'),
      allowances: values.amount(total, 'AllowanceTotalAmount', 'BT-107') ?? '0.00',
      charges: values.amount(total, 'ChargeTotalAmount', 'BT-108') ?? '0.00',
      net: values.amount(total, 'TaxExclusiveAmount', 'BT-109'),
      tax: values.amount(taxTotal, 'TaxAmount', 'BT-110'),
      gross: values.amount(total, 'TaxInclusiveAmount', 'BT-112'),
      prepaid: values.amount(total, 'PrepaidAmount', 'BT-113') ?? '0.00',
      rounding: values.amount(total, 'PayableRoundingAmount', 'BT-114') ?? '0.00',
      payable: values.amount(total, 'PayableAmount', 'BT-115'),
    },
    attachments: elementsAt(root, 'AdditionalDocumentReference')
      .filter((element) => textAt(element, 'DocumentTypeCode') !== '130')
      .map(readAttachment),
  };
}

/** UBL has no place for the subject of a note: it stands before the text as "#ADU#". */
function readNote(words: string): Invoice['notes'][number] {
  const [, subject = null, text = words] = /^#([A-Z]{3})#(.*)$/s.exec(words) ?? [];
  return { subject, text };
}

/** The VAT total in the invoice's currency: BT-110; that in the accounting currency (BT-111) has no breakdown. */
function taxTotalIn(root: XmlElement, currency: string | null): XmlElement | undefined {
  const totals = elementsAt(root, 'TaxTotal');
  const inCurrency = totals.filter((total) => elementAt(total, 'TaxAmount')?.attributes.currencyID === currency);
  const candidates = inCurrency.length > 0 ? inCurrency : totals;
  return candidates.find((total) => elementAt(total, 'TaxSubtotal')) ?? candidates[0];
}

function readReferences(root: XmlElement, values: ValueReader): Invoice['references'] {
  const object = elementsAt(root, 'AdditionalDocumentReference').find((e) => textAt(e, 'DocumentTypeCode') === '130');
  return {
    buyerReference: textAt(root, 'BuyerReference'),
    // A credit note names its project among the additional documents (type 50).
    project: textAt(root, 'ProjectReference/ID'),
    contract: textAt(root, 'ContractDocumentReference/ID'),
    order: textAt(root, 'OrderReference/ID'),
    salesOrder: textAt(root, 'OrderReference/SalesOrderID'),
    receipt: textAt(root, 'ReceiptDocumentReference/ID'),
    deliveryNote: textAt(root, 'DespatchDocumentReference/ID'),
    lot: textAt(root, 'OriginatorDocumentReference/ID'),
    object: textAt(object, 'ID'),
    account: textAt(root, 'AccountingCost'),
    preceding: elementsAt(root, 'BillingReference/InvoiceDocumentReference').flatMap((element) => {
      const number = textAt(element, 'ID');
      return number === null ? [] : [{ number, date: values.date(element, 'IssueDate', 'BT-26') }];
    }),
  };
}

function optionalParty(element: XmlElement | undefined): Party | null {
  return element ? readParty(element) : null;
}

function readParty(element: XmlElement | undefined): Party {
  const schemes = elementsAt(element, 'PartyTaxScheme');
  const numberBy = (isVat: boolean) =>
    textAt(
      schemes.find((scheme) => (textAt(scheme, 'TaxScheme/ID')?.toUpperCase() === 'VAT') === isVat),
      'CompanyID',
    );
  const registered = textAt(element, 'PartyLegalEntity/RegistrationName');
  const called = textAt(element, 'PartyName/Name');
  return {
    name: registered ?? called,
    tradingName: registered === null ? null : called,
    // The bank's creditor identifier (BT-90, scheme SEPA) belongs to the payment.
    identifiers: elementsAt(element, 'PartyIdentification/ID')
      .filter(({ attributes }) => attributes.schemeID !== 'SEPA')
      .map(({ text }) => text.trim()),
    legalIdentifier: textAt(element, 'PartyLegalEntity/CompanyID'),
    vatIdentifier: numberBy(true),
    taxNumber: numberBy(false),
    electronicAddress: textAt(element, 'EndpointID'),
    address: readAddress(elementAt(element, 'PostalAddress')),
  };
}

function readAddress(element: XmlElement | undefined): Address | null {
  if (!element) return null;
  return {
    lines: ['StreetName', 'AdditionalStreetName', 'AddressLine/Line'].flatMap((path) => textsAt(element, path)),
    postCode: textAt(element, 'PostalZone'),
    city: textAt(element, 'CityName'),
    country: textAt(element, 'Country/IdentificationCode'),
  };
}

function readAllowance(element: XmlElement, values: ValueReader, terms: readonly [string, string]): Allowance {
  const isCharge = ['true', '1'].includes(textAt(element, 'ChargeIndicator') ?? '');
  return {
    kind: isCharge ? 'charge' : 'allowance',
    amount: values.amount(element, 'Amount', terms[isCharge ? 1 : 0]),
    base: values.amount(element, 'BaseAmount', isCharge ? 'BT-100' : 'BT-93'),
    percent: values.decimal(element, 'MultiplierFactorNumeric', isCharge ? 'BT-101' : 'BT-94'),
    vatCategory: textAt(element, 'TaxCategory/ID'),
    vatRate: values.decimal(element, 'TaxCategory/Percent', isCharge ? 'BT-103' : 'BT-96'),
    reason: textAt(element, 'AllowanceChargeReason', 'AllowanceChargeReasonCode'),
  };
}

/** Lines of the XRechnung extension may hold lines of their own (SubInvoiceLine, BG-DEX-01). */
function readLines(element: XmlElement, name: string, parent: string | null, values: ValueReader): InvoiceLine[] {
  return elementsAt(element, name).flatMap((line) => {
    const read = readLine(line, parent, values);
    return [read, ...readLines(line, `Sub${name.replace('Sub', '')}`, read.id ?? '', values)];
  });
}

function readLine(element: XmlElement, parent: string | null, values: ValueReader): InvoiceLine {
  const item = elementAt(element, 'Item');
  const quantity = elementAt(element, 'InvoicedQuantity') ?? elementAt(element, 'CreditedQuantity');
  return {
    id: textAt(element, 'ID'),
    parent,
    counts: parent === null,
    note: textAt(element, 'Note'),
    name: textAt(item, 'Name'),
    description: textAt(item, 'Description'),
    sellerItem: textAt(item, 'SellersItemIdentification/ID'),
    buyerItem: textAt(item, 'BuyersItemIdentification/ID'),
    standardItem: textAt(item, 'StandardItemIdentification/ID'),
    orderLine: textAt(element, 'OrderLineReference/LineID'),
    account: textAt(element, 'AccountingCost'),
    period: values.period(elementAt(element, 'InvoicePeriod'), days, ['BT-134', 'BT-135']),
    quantity: values.decimal(element, quantity?.name ?? 'InvoicedQuantity', 'BT-129'),
    unit: quantity?.attributes.unitCode ?? null,
    price: values.decimal(element, 'Price/PriceAmount', 'BT-146', 2),
    baseQuantity: values.decimal(element, 'Price/BaseQuantity', 'BT-149'),
    allowances: elementsAt(element, 'AllowanceCharge').map((one) => readAllowance(one, values, ['BT-136', 'BT-141'])),
    net: values.amount(element, 'LineExtensionAmount', 'BT-131'),
    vatCategory: textAt(item, 'ClassifiedTaxCategory/ID'),
    vatRate: values.decimal(item, 'ClassifiedTaxCategory/Percent', 'BT-152'),
  };
}

function readAttachment(element: XmlElement): SupportingDocument {
  const embedded = elementAt(element, 'Attachment/EmbeddedDocumentBinaryObject');
  return {
    id: textAt(element, 'ID'),
    description: textAt(element, 'DocumentDescription'),
    location: textAt(element, 'Attachment/ExternalReference/URI'),
    name: embedded?.attributes.filename ?? null,
    mediaType: embedded?.attributes.mimeCode ?? null,
    bytes: embedded ? base64Bytes(embedded.text) : null,
  };
}
