import type { CalendarDate } from '../../shared/dates.ts';

/**
 * An invoice in one form, whatever syntax it came in. Members follow the business terms of EN 16931-1 (BT, BG numbers
 * beside them). Amounts, quantities, prices and rates are decimal strings as stated: "529.87"; amounts have two decimals
 * at least. What an invoice does not state is null, or an empty list.
 */
export interface Invoice {
  readonly syntax: InvoiceSyntax;
  /** BT-24: what the sender says it conforms to. */
  readonly specification: string | null;
  /** BT-23. */
  readonly process: string | null;
  /** BT-1. */
  readonly number: string | null;
  /** BT-3, UNTDID 1001: 380 invoice, 381 credit note, 384 correction, 326 part invoice, 875–877 construction … */
  readonly type: string | null;
  /** What `type` means for us: who owes whom. */
  readonly kind: 'invoice' | 'creditNote' | 'correction';
  /** BT-2. */
  readonly issueDate: CalendarDate | null;
  /** BT-9. */
  readonly dueDate: CalendarDate | null;
  /** BT-7. */
  readonly taxPointDate: CalendarDate | null;
  /** BT-72: when the last of it was delivered. */
  readonly deliveryDate: CalendarDate | null;
  /** BG-14. */
  readonly period: Period | null;
  /** BT-5. */
  readonly currency: string | null;
  /** BT-6: the currency in which VAT is accounted for, where it is another one. */
  readonly taxCurrency: string | null;
  /** BG-1: subject BT-21 (UNTDID 4451: ADU, REG …) and text BT-22. */
  readonly notes: readonly { readonly subject: string | null; readonly text: string }[];
  readonly references: References;
  /** BG-4. */
  readonly seller: Party;
  /** BG-7. */
  readonly buyer: Party;
  /** BG-10. */
  readonly payee: Party | null;
  readonly payment: Payment;
  /** BG-20 and BG-21. */
  readonly allowances: readonly Allowance[];
  /** BG-25, in the order of the document; of lines inside lines the outer one stands first. */
  readonly lines: readonly InvoiceLine[];
  /** BG-23. */
  readonly vat: readonly VatBreakdown[];
  /** BG-22. */
  readonly totals: Totals;
  /** BG-24. */
  readonly attachments: readonly SupportingDocument[];
}

/** `entry`: an invoice on paper, recorded by hand. */
export type InvoiceSyntax = 'ubl-invoice' | 'ubl-credit-note' | 'cii' | 'entry';

export interface Period {
  readonly start: CalendarDate | null;
  readonly end: CalendarDate | null;
}

export interface References {
  /** BT-10: the Leitweg-ID of a German public buyer. */
  readonly buyerReference: string | null;
  /** BT-11. */
  readonly project: string | null;
  /** BT-12. */
  readonly contract: string | null;
  /** BT-13: the call-off. */
  readonly order: string | null;
  /** BT-14. */
  readonly salesOrder: string | null;
  /** BT-15. */
  readonly receipt: string | null;
  /** BT-16. */
  readonly deliveryNote: string | null;
  /** BT-17: tender or lot. */
  readonly lot: string | null;
  /** BT-18. */
  readonly object: string | null;
  /** BT-19: the buyer's account. */
  readonly account: string | null;
  /** BG-3: invoices that this one continues or corrects. */
  readonly preceding: readonly { readonly number: string; readonly date: CalendarDate | null }[];
}

export interface Party {
  /** BT-27, BT-44, BT-59. */
  readonly name: string | null;
  /** BT-28, BT-45. */
  readonly tradingName: string | null;
  /** BT-29, BT-46, BT-60. */
  readonly identifiers: readonly string[];
  /** BT-30, BT-47, BT-61. */
  readonly legalIdentifier: string | null;
  /** BT-31, BT-48. */
  readonly vatIdentifier: string | null;
  /** BT-32. */
  readonly taxNumber: string | null;
  /** BT-34, BT-49. */
  readonly electronicAddress: string | null;
  readonly address: Address | null;
}

export interface Address {
  /** Street and further lines. */
  readonly lines: readonly string[];
  readonly postCode: string | null;
  readonly city: string | null;
  /** ISO 3166-1. */
  readonly country: string | null;
}

export interface Payment {
  /** BT-81, UNTDID 4461. */
  readonly means: string | null;
  /** BT-83. */
  readonly remittance: string | null;
  /** BT-84. */
  readonly accounts: readonly string[];
  /** BT-20. */
  readonly terms: string | null;
  /** Cash discounts that the terms grant, in the order in which they are stated. */
  readonly discounts: readonly CashDiscount[];
}

/** A cash discount (Skonto): the `#SKONTO#` lines of BT-20 in XRechnung, discount terms in CII. */
export interface CashDiscount {
  /** Days after the invoice's date; null where only the last day is stated. */
  readonly days: number | null;
  /** The last day on which it may be taken; null where the terms tell none. */
  readonly lastDay: CalendarDate | null;
  readonly percent: string | null;
  /** What the percentage is of; null: of the amount due (BT-115). */
  readonly base: string | null;
  /** Where the invoice states the discount itself. */
  readonly amount: string | null;
}

export interface Allowance {
  readonly kind: 'allowance' | 'charge';
  /** BT-92, BT-99, BT-136, BT-141. */
  readonly amount: string | null;
  readonly base: string | null;
  readonly percent: string | null;
  readonly vatCategory: string | null;
  readonly vatRate: string | null;
  readonly reason: string | null;
}

export interface InvoiceLine {
  /** BT-126. */
  readonly id: string | null;
  /** Of a line inside another one: the outer one. Its amounts are contained in those of the outer one. */
  readonly parent: string | null;
  /** False for lines that only inform or group: their amounts count nowhere. */
  readonly counts: boolean;
  /** BT-127. */
  readonly note: string | null;
  /** BT-153. */
  readonly name: string | null;
  /** BT-154. */
  readonly description: string | null;
  /** BT-155. */
  readonly sellerItem: string | null;
  /** BT-156. */
  readonly buyerItem: string | null;
  /** BT-157. */
  readonly standardItem: string | null;
  /** BT-132. */
  readonly orderLine: string | null;
  /** BT-133. */
  readonly account: string | null;
  /** BG-26. */
  readonly period: Period | null;
  /** BT-129. */
  readonly quantity: string | null;
  /** BT-130, UN/ECE recommendation 20 or 21: ZP page, ST sheet, MTR metre … */
  readonly unit: string | null;
  /** BT-146, for `baseQuantity` units. */
  readonly price: string | null;
  /** BT-149. */
  readonly baseQuantity: string | null;
  /** BG-27 and BG-28. */
  readonly allowances: readonly Allowance[];
  /** BT-131. */
  readonly net: string | null;
  /** BT-151. */
  readonly vatCategory: string | null;
  /** BT-152, percent. */
  readonly vatRate: string | null;
}

export interface VatBreakdown {
  /** BT-118. */
  readonly category: string | null;
  /** BT-119, percent. */
  readonly rate: string | null;
  /** BT-116. */
  readonly taxable: string | null;
  /** BT-117. */
  readonly tax: string | null;
  /** BT-120, BT-121. */
  readonly exemption: string | null;
}

export interface Totals {
  /** BT-106. */
  readonly lineNet: string | null;
  /** BT-107. */
  readonly allowances: string;
  /** BT-108. */
  readonly charges: string;
  /** BT-109. */
  readonly net: string | null;
  /** BT-110. */
  readonly tax: string | null;
  /** BT-112. */
  readonly gross: string | null;
  /** BT-113. */
  readonly prepaid: string;
  /** BT-114. */
  readonly rounding: string;
  /** BT-115. */
  readonly payable: string | null;
}

export interface SupportingDocument {
  /** BT-122. */
  readonly id: string | null;
  /** BT-123. */
  readonly description: string | null;
  /** BT-124. */
  readonly location: string | null;
  /** BT-125: name, type and size in bytes of what is embedded. */
  readonly name: string | null;
  readonly mediaType: string | null;
  readonly bytes: number | null;
}
