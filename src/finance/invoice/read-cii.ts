import { elementAt, elementsAt, textAt, textsAt } from '../../shared/xml/element.ts';
import type { XmlElement } from '../../shared/xml/read-tree.ts';
import type { Address, Allowance, Invoice, InvoiceLine, Party, SupportingDocument } from './normal-form.ts';
import { readPaymentTerms } from './read-cii-terms.ts';
import { kindOf } from './type-codes.ts';
import { base64Bytes, type ValueReader } from './value-reader.ts';

/** First and last day of a period. */
const days = ['StartDateTime/DateTimeString', 'EndDateTime/DateTimeString'] as const;

/**
 * Reads an invoice in UN/CEFACT Cross Industry Invoice D16B by the binding of EN 16931 (CEN/TS 16931-3-3); ZUGFeRD and
 * Factur-X are the same with fewer (MINIMUM, BASIC WL) or more elements (EXTENDED).
 * @param root the element CrossIndustryInvoice
 */
export function readCii(root: XmlElement, values: ValueReader): Invoice {
  const document = elementAt(root, 'ExchangedDocument');
  const transaction = elementAt(root, 'SupplyChainTradeTransaction');
  const agreement = elementAt(transaction, 'ApplicableHeaderTradeAgreement');
  const delivery = elementAt(transaction, 'ApplicableHeaderTradeDelivery');
  const settlement = elementAt(transaction, 'ApplicableHeaderTradeSettlement');
  const total = elementAt(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation');
  const currency = textAt(settlement, 'InvoiceCurrencyCode');
  const type = textAt(document, 'TypeCode');
  const issueDate = values.date(document, 'IssueDateTime/DateTimeString', 'BT-2');
  return {
    syntax: 'cii',
    specification: textAt(root, 'ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID'),
    process: textAt(root, 'ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter/ID'),
    number: textAt(document, 'ID'),
    type,
    kind: kindOf(type),
    issueDate,
    dueDate: values.date(settlement, 'SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString', 'BT-9'),
    taxPointDate: values.date(settlement, 'ApplicableTradeTax/TaxPointDate/DateString', 'BT-7'),
    deliveryDate: values.date(delivery, 'ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString', 'BT-72'),
    period: values.period(elementAt(settlement, 'BillingSpecifiedPeriod'), days, ['BT-73', 'BT-74']),
    currency,
    taxCurrency: textAt(settlement, 'TaxCurrencyCode'),
    notes: elementsAt(document, 'IncludedNote').flatMap((note) => {
      const text = textAt(note, 'Content');
      return text === null ? [] : [{ subject: textAt(note, 'SubjectCode'), text }];
    }),
    references: readReferences(agreement, delivery, settlement, values),
    seller: readParty(elementAt(agreement, 'SellerTradeParty')),
    buyer: readParty(elementAt(agreement, 'BuyerTradeParty')),
    payee: optionalParty(elementAt(settlement, 'PayeeTradeParty')),
    payment: {
      means: textAt(settlement, 'SpecifiedTradeSettlementPaymentMeans/TypeCode'),
      remittance: textAt(settlement, 'PaymentReference'),
      accounts: ['IBANID', 'ProprietaryID'].flatMap((id) =>
        textsAt(settlement, `SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/${id}`),
      ),
      ...readPaymentTerms(settlement, issueDate, values),
    },
    allowances: [
      ...elementsAt(settlement, 'SpecifiedTradeAllowanceCharge').map((one) =>
        readAllowance(one, values, ['BT-92', 'BT-99']),
      ),
      ...elementsAt(settlement, 'SpecifiedLogisticsServiceCharge').map((one) => readLogisticsCharge(one, values)),
    ],
    lines: readLines(transaction, values),
    vat: elementsAt(settlement, 'ApplicableTradeTax').map((element) => ({
      category: textAt(element, 'CategoryCode'),
      rate: values.decimal(element, 'RateApplicablePercent', 'BT-119'),
      taxable: values.amount(element, 'BasisAmount', 'BT-116'),
      tax: values.amount(element, 'CalculatedAmount', 'BT-117'),
      exemption: textAt(element, 'ExemptionReason', 'ExemptionReasonCode'),
    })),
    totals: {
      lineNet: values.amount(total, 'LineTotalAmount', 'BT-106'),
      allowances: values.amount(total, 'AllowanceTotalAmount', 'BT-107') ?? '0.00',
      charges: values.amount(total, 'ChargeTotalAmount', 'BT-108') ?? '0.00',
      net: values.amount(total, 'TaxBasisTotalAmount', 'BT-109'),
      tax: readTaxTotal(total, currency, values),
      gross: values.amount(total, 'GrandTotalAmount', 'BT-112'),
      prepaid: values.amount(total, 'TotalPrepaidAmount', 'BT-113') ?? '0.00',
      rounding: values.amount(total, 'RoundingAmount', 'BT-114') ?? '0.00',
      payable: values.amount(total, 'DuePayableAmount', 'BT-115'),
    },
    attachments: elementsAt(agreement, 'AdditionalReferencedDocument')
      .filter((element) => textAt(element, 'TypeCode') === '916')
      .map(readAttachment),
  };
}

/** The total in the invoice's currency (BT-110) beside that in the accounting currency (BT-111). */
function readTaxTotal(total: XmlElement | undefined, currency: string | null, values: ValueReader): string | null {
  const amounts = elementsAt(total, 'TaxTotalAmount');
  const ours = amounts.find(({ attributes }) => attributes.currencyID === currency) ?? amounts[0];
  return ours ? values.amount({ ...ours, children: [ours] }, 'TaxTotalAmount', 'BT-110') : null;
}

function readReferences(
  agreement: XmlElement | undefined,
  delivery: XmlElement | undefined,
  settlement: XmlElement | undefined,
  values: ValueReader,
): Invoice['references'] {
  const additional = (type: string) =>
    textAt(
      elementsAt(agreement, 'AdditionalReferencedDocument').find((element) => textAt(element, 'TypeCode') === type),
      'IssuerAssignedID',
    );
  return {
    buyerReference: textAt(agreement, 'BuyerReference'),
    project: textAt(agreement, 'SpecifiedProcuringProject/ID'),
    contract: textAt(agreement, 'ContractReferencedDocument/IssuerAssignedID'),
    order: textAt(agreement, 'BuyerOrderReferencedDocument/IssuerAssignedID'),
    salesOrder: textAt(agreement, 'SellerOrderReferencedDocument/IssuerAssignedID'),
    receipt: textAt(delivery, 'ReceivingAdviceReferencedDocument/IssuerAssignedID'),
    deliveryNote: textAt(
      delivery,
      'DespatchAdviceReferencedDocument/IssuerAssignedID',
      'DeliveryNoteReferencedDocument/IssuerAssignedID',
    ),
    lot: additional('50'),
    object: additional('130'),
    account: textAt(settlement, 'ReceivableSpecifiedTradeAccountingAccount/ID'),
    preceding: elementsAt(settlement, 'InvoiceReferencedDocument').flatMap((element) => {
      const number = textAt(element, 'IssuerAssignedID');
      const date = values.date(element, 'FormattedIssueDateTime/DateTimeString', 'BT-26');
      return number === null ? [] : [{ number, date }];
    }),
  };
}

function optionalParty(element: XmlElement | undefined): Party | null {
  return element ? readParty(element) : null;
}

function readParty(element: XmlElement | undefined): Party {
  const registered = (scheme: string) =>
    elementsAt(element, 'SpecifiedTaxRegistration/ID')
      .find(({ attributes }) => attributes.schemeID === scheme)
      ?.text.trim() ?? null;
  return {
    name: textAt(element, 'Name'),
    tradingName: textAt(element, 'SpecifiedLegalOrganization/TradingBusinessName'),
    identifiers: ['ID', 'GlobalID'].flatMap((path) => textsAt(element, path)),
    legalIdentifier: textAt(element, 'SpecifiedLegalOrganization/ID'),
    vatIdentifier: registered('VA'),
    taxNumber: registered('FC'),
    electronicAddress: textAt(element, 'URIUniversalCommunication/URIID'),
    address: readAddress(elementAt(element, 'PostalTradeAddress')),
  };
}

function readAddress(element: XmlElement | undefined): Address | null {
  if (!element) return null;
  return {
    lines: ['LineOne', 'LineTwo', 'LineThree'].flatMap((path) => textsAt(element, path)),
    postCode: textAt(element, 'PostcodeCode'),
    city: textAt(element, 'CityName'),
    country: textAt(element, 'CountryID'),
  };
}

function readAllowance(element: XmlElement, values: ValueReader, terms: readonly [string, string]): Allowance {
  const isCharge = ['true', '1'].includes(textAt(element, 'ChargeIndicator/Indicator') ?? '');
  return {
    kind: isCharge ? 'charge' : 'allowance',
    amount: values.amount(element, 'ActualAmount', terms[isCharge ? 1 : 0]),
    base: values.amount(element, 'BasisAmount', isCharge ? 'BT-100' : 'BT-93'),
    percent: values.decimal(element, 'CalculationPercent', isCharge ? 'BT-101' : 'BT-94'),
    vatCategory: textAt(element, 'CategoryTradeTax/CategoryCode'),
    vatRate: values.decimal(element, 'CategoryTradeTax/RateApplicablePercent', isCharge ? 'BT-103' : 'BT-96'),
    reason: textAt(element, 'Reason', 'ReasonCode'),
  };
}

/** Freight and packing of the profile EXTENDED (BG-X-42): a charge on the document. */
function readLogisticsCharge(element: XmlElement, values: ValueReader): Allowance {
  return {
    kind: 'charge',
    amount: values.amount(element, 'AppliedAmount', 'BT-X-272'),
    base: null,
    percent: null,
    vatCategory: textAt(element, 'AppliedTradeTax/CategoryCode'),
    vatRate: values.decimal(element, 'AppliedTradeTax/RateApplicablePercent', 'BT-X-274'),
    reason: textAt(element, 'Description'),
  };
}

function readLines(transaction: XmlElement | undefined, values: ValueReader): InvoiceLine[] {
  return elementsAt(transaction, 'IncludedSupplyChainTradeLineItem').map((element) => readLine(element, values));
}

function readLine(element: XmlElement, values: ValueReader): InvoiceLine {
  const head = elementAt(element, 'AssociatedDocumentLineDocument');
  const product = elementAt(element, 'SpecifiedTradeProduct');
  const agreement = elementAt(element, 'SpecifiedLineTradeAgreement');
  const settlement = elementAt(element, 'SpecifiedLineTradeSettlement');
  const quantity = elementAt(element, 'SpecifiedLineTradeDelivery/BilledQuantity');
  // EXTENDED: groups and information (BT-X-8) have no amounts of their own; nor have the lines of text of ZUGFeRD 1.
  const status = textAt(head, 'LineStatusReasonCode');
  return {
    id: textAt(head, 'LineID'),
    parent: textAt(head, 'ParentLineID'),
    counts: (status === null || status === 'DETAIL') && !(quantity === undefined && settlement === undefined),
    note: textAt(head, 'IncludedNote/Content'),
    name: textAt(product, 'Name'),
    description: textAt(product, 'Description'),
    sellerItem: textAt(product, 'SellerAssignedID'),
    buyerItem: textAt(product, 'BuyerAssignedID'),
    standardItem: textAt(product, 'GlobalID'),
    orderLine: textAt(agreement, 'BuyerOrderReferencedDocument/LineID'),
    account: textAt(settlement, 'ReceivableSpecifiedTradeAccountingAccount/ID'),
    period: values.period(elementAt(settlement, 'BillingSpecifiedPeriod'), days, ['BT-134', 'BT-135']),
    quantity: values.decimal(element, 'SpecifiedLineTradeDelivery/BilledQuantity', 'BT-129'),
    unit: quantity?.attributes.unitCode ?? null,
    price: values.decimal(agreement, 'NetPriceProductTradePrice/ChargeAmount', 'BT-146', 2),
    baseQuantity:
      values.decimal(agreement, 'NetPriceProductTradePrice/BasisQuantity', 'BT-149') ??
      values.decimal(agreement, 'GrossPriceProductTradePrice/BasisQuantity', 'BT-149'),
    allowances: elementsAt(settlement, 'SpecifiedTradeAllowanceCharge').map((one) =>
      readAllowance(one, values, ['BT-136', 'BT-141']),
    ),
    net: values.amount(settlement, 'SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount', 'BT-131'),
    vatCategory: textAt(settlement, 'ApplicableTradeTax/CategoryCode'),
    vatRate: values.decimal(settlement, 'ApplicableTradeTax/RateApplicablePercent', 'BT-152'),
  };
}

function readAttachment(element: XmlElement): SupportingDocument {
  const embedded = elementAt(element, 'AttachmentBinaryObject');
  return {
    id: textAt(element, 'IssuerAssignedID'),
    description: textAt(element, 'Name'),
    location: textAt(element, 'URIID'),
    name: embedded?.attributes.filename ?? null,
    mediaType: embedded?.attributes.mimeCode ?? null,
    bytes: embedded ? base64Bytes(embedded.text) : null,
  };
}
