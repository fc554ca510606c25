import type { XmlElement } from '../../shared/xml/read-tree.ts';

/** What ZUGFeRD 1.0 (2014) calls otherwise than the Cross Industry Invoice of EN 16931. */
const names: ReadonlyMap<string, string> = new Map<string, string>([
  ['CrossIndustryDocument', 'CrossIndustryInvoice'],
  ['SpecifiedExchangedDocumentContext', 'ExchangedDocumentContext'],
  ['HeaderExchangedDocument', 'ExchangedDocument'],
  ['SpecifiedSupplyChainTradeTransaction', 'SupplyChainTradeTransaction'],
  ['ApplicableSupplyChainTradeAgreement', 'ApplicableHeaderTradeAgreement'],
  ['ApplicableSupplyChainTradeDelivery', 'ApplicableHeaderTradeDelivery'],
  ['ApplicableSupplyChainTradeSettlement', 'ApplicableHeaderTradeSettlement'],
  ['SpecifiedSupplyChainTradeAgreement', 'SpecifiedLineTradeAgreement'],
  ['SpecifiedSupplyChainTradeDelivery', 'SpecifiedLineTradeDelivery'],
  ['SpecifiedSupplyChainTradeSettlement', 'SpecifiedLineTradeSettlement'],
  ['ApplicablePercent', 'RateApplicablePercent'],
]);

/**
 * An invoice of ZUGFeRD 1.0 with the names of today: the structure is the same. Lines that hold a text alone, which
 * today's profiles do not have, are kept as lines that count nothing.
 */
export function modernise(element: XmlElement, parent = ''): XmlElement {
  const name = nameOf(element.name, parent);
  const children = element.children.map((child) => modernise(child, name));
  return { ...element, name, children: name === headerTotals ? withAmountDue(children) : children };
}

const headerTotals = 'SpecifiedTradeSettlementHeaderMonetarySummation';

/** The profile BASIC knows neither prepayments nor an amount due: the grand total is to be paid. */
function withAmountDue(totals: readonly XmlElement[]): readonly XmlElement[] {
  const grand = totals.find(({ name }) => name === 'GrandTotalAmount');
  const isBasic = !totals.some(({ name }) => name === 'DuePayableAmount' || name === 'TotalPrepaidAmount');
  return isBasic && grand ? [...totals, { ...grand, name: 'DuePayableAmount' }] : totals;
}

function nameOf(name: string, parent: string): string {
  if (name === 'SpecifiedTradeSettlementMonetarySummation') {
    const level = parent === 'ApplicableHeaderTradeSettlement' ? 'Header' : 'Line';
    return `SpecifiedTradeSettlement${level}MonetarySummation`;
  }
  if (name === 'ID' && parent.endsWith('ReferencedDocument')) return 'IssuerAssignedID';
  return names.get(name) ?? name;
}
