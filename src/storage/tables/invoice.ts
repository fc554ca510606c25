import type { Generated } from 'kysely';
import type { CalendarDate } from '../../shared/dates.ts';
import type { Cents, Micros } from '../../shared/money.ts';
import type { Bit } from '../bit.ts';

/** An invoice of the vendor. Amounts of credit notes are negative; those of a rejected invoice are 0 but for what it states. */
export interface InvoiceTable {
  id: Generated<number>;
  /** BT-1, as stated. */
  number: string;
  seller: string;
  /** The seller's name in the form in which names are compared. */
  seller_key: string;
  contract_id: number | null;
  kind: 'invoice' | 'creditNote' | 'correction';
  /** Name of the file that it came in. */
  file: string;
  /** sha256 of what it says, but for its number and syntax. */
  content_hash: string;
  issued_on: CalendarDate | null;
  due_on: CalendarDate | null;
  recorded_on: CalendarDate;
  stated_gross: Cents;
  /** What is approved of it. */
  net: Cents;
  vat: Cents;
  gross: Cents;
  /** What is to be paid: gross, less what the invoice says was paid before. */
  payable: Cents;
  partial: Bit;
  /** checked: waits for a second pair of eyes. */
  state: 'checked' | 'approved' | 'paid' | 'rejected';
  /** Why it was rejected. */
  reason: string;
  checked_by: string | null;
  approved_on: CalendarDate | null;
  approved_by: string | null;
  paid_on: CalendarDate | null;
}

export interface InvoiceLineTable {
  id: Generated<number>;
  invoice_id: number;
  /** BT-126. */
  line: string;
  name: string;
  /** Thousandths of the unit; negative for credits. */
  quantity: number;
  net: Cents;
  /** 0 for lines that a partial approval left out. */
  approved: Bit;
}

/** What an approved line takes of an acceptance; negative for what a credit gives back. */
export interface InvoiceUseTable {
  id: Generated<number>;
  invoice_line_id: number;
  call_off_id: number;
  /** Null for positions that are agreed in the call-off and not counted at acceptance. */
  decision_id: number | null;
  position: string;
  price: Micros;
  /** Thousandths of the unit. */
  quantity: number;
  net: Cents;
  performed_on: CalendarDate;
  /** Hundredths of a percent. */
  vat_rate: number;
}

/** A cash discount that an approved invoice grants. */
export interface InvoiceDiscountTable {
  id: Generated<number>;
  invoice_id: number;
  last_day: CalendarDate;
  /** Hundredths of a percent; null where only the amount is stated. */
  percent: number | null;
  /** Of the amount that is approved; negative for credits. */
  amount: Cents;
}

/** How an invoice was paid, where scanlot was told the amount or a discount was taken. */
export interface InvoicePaymentTable {
  id: Generated<number>;
  invoice_id: number;
  paid_on: CalendarDate;
  amount: Cents;
  /** The cash discount that it took. */
  discount: Cents;
  /** Why it is not what was due on that day; '' where it is. */
  reason: string;
}

/** An earlier invoice that an invoice names (BT-25). */
export interface InvoiceReferenceTable {
  id: Generated<number>;
  invoice_id: number;
  number: string;
  /** The earlier invoice, where this one takes its place (final and corrected invoices); null where it is only named. */
  replaced_id: number | null;
  /** The line by which this one takes back what that one billed. */
  line_id: number | null;
}
