/** An invoice on paper as it is recorded, schemas/invoice-entry-1.schema.json. Empty texts count as not stated. */
export interface InvoiceEntry {
  readonly number: string;
  readonly issueDate: string;
  readonly type?: string;
  readonly dueDate?: string;
  readonly deliveryDate?: string;
  readonly period?: EntryPeriod;
  readonly currency?: string;
  readonly note?: string;
  readonly references?: {
    readonly buyerReference?: string;
    readonly contract?: string;
    readonly order?: string;
    readonly deliveryNote?: string;
    readonly lot?: string;
    readonly preceding?: readonly { readonly number: string; readonly date?: string }[];
  };
  readonly seller: { readonly name: string; readonly vatIdentifier?: string; readonly taxNumber?: string };
  readonly buyer?: { readonly name?: string };
  readonly payment?: {
    readonly remittance?: string;
    readonly accounts?: readonly string[];
    readonly terms?: string;
    readonly discounts?: readonly EntryDiscount[];
  };
  readonly allowances?: readonly EntryAllowance[];
  readonly lines: readonly EntryLine[];
  /** Percent, where a line states none. */
  readonly vatRate?: string;
  readonly totals?: EntryTotals;
}

/** So many percent within so many days after the invoice's date. */
export interface EntryDiscount {
  readonly days: number;
  readonly percent: string;
  readonly base?: string;
}

export interface EntryPeriod {
  readonly start?: string;
  readonly end?: string;
}

export interface EntryAllowance {
  readonly kind: 'allowance' | 'charge';
  readonly amount: string;
  readonly vatRate?: string;
  readonly reason?: string;
}

export interface EntryLine {
  readonly id?: string;
  readonly buyerItem?: string;
  readonly name?: string;
  readonly period?: EntryPeriod;
  readonly quantity: string;
  readonly unit?: string;
  readonly price: string;
  readonly baseQuantity?: string;
  readonly allowances?: readonly EntryAllowance[];
  readonly net?: string;
  readonly vatRate?: string;
}

export interface EntryTotals {
  readonly lineNet?: string;
  readonly net?: string;
  readonly tax?: string;
  readonly gross?: string;
  readonly prepaid?: string;
  readonly rounding?: string;
  readonly payable?: string;
}
