import type { PricePosition } from '../../contract/prices.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import type { BasisPoints, Cents, Micros } from '../../shared/money.ts';
import type { BudgetUse } from '../budget.ts';
import type { Consumption } from '../consumption.ts';
import type { Invoice } from '../invoice/normal-form.ts';
import type { CallOff, FinanceLot } from '../store.ts';
import type { ReductionReason } from './reduction.ts';

/** What an invoice is held against: contracts, what was accepted under them, and what was invoiced before. */
export interface InvoiceBooks {
  readonly contracts: readonly InvoiceContract[];
  readonly lots: readonly FinanceLot[];
  readonly callOffs: readonly CallOff[];
  /** All price positions of the lots, whatever the day, by lot. */
  readonly prices: ReadonlyMap<number, readonly PricePosition[]>;
  readonly items: readonly BillableItem[];
  readonly uses: readonly RecordedUse[];
  readonly invoices: readonly RecordedInvoice[];
  readonly consumption: Consumption;
  readonly budget: readonly BudgetUse[];
  /** The county's own reference (BT-10, Leitweg-ID), where it is configured. */
  readonly buyerReference: string | undefined;
}

/** A contract with its vendor, who alone may send invoices under it. */
export interface InvoiceContract {
  readonly id: number;
  readonly number: string;
  readonly vendor: string;
  readonly vatId: string | null;
  /** Penalties and deductions that it names, of the whole and of its lots. */
  readonly reductions: readonly ReductionReason[];
}

/** A quantity of one price position that was accepted and may be invoiced once. */
export interface BillableItem {
  readonly callOff: CallOff;
  readonly lot: FinanceLot;
  /** The acceptance; null for positions that are agreed in the call-off and not counted at acceptance. */
  readonly decisionId: number | null;
  readonly batch: string | null;
  readonly round: number | null;
  readonly position: PricePosition;
  readonly performedOn: CalendarDate;
  readonly vatRate: BasisPoints;
  /** Thousandths of the unit. */
  readonly quantity: number;
  /** What the acceptance is worth: rounded to the cent by itself. */
  readonly net: Cents;
}

/** What an item and a recorded use have in common: where a quantity was accepted. */
export interface ItemKey {
  readonly callOffId: number;
  readonly decisionId: number | null;
  readonly position: string;
}

/** A quantity that an earlier invoice used; negative for what a credit gave back. */
export interface RecordedUse extends ItemKey {
  readonly invoice: string;
  readonly invoiceId: number;
  readonly price: Micros;
  readonly quantity: number;
  readonly net: Cents;
  readonly performedOn: CalendarDate;
  readonly vatRate: BasisPoints;
}

/** An invoice that was taken before and not rejected. */
export interface RecordedInvoice {
  readonly id: number;
  readonly kind: Invoice['kind'];
  /** What was approved of it; of a final or corrected one what it adds to those that it replaced. */
  readonly net: Cents;
  readonly vat: Cents;
  readonly gross: Cents;
  /** Numbers of the invoices that it names (BT-25). */
  readonly names: readonly string[];
  /** The final or corrected invoice that stands in its place. */
  readonly replacedBy: string | null;
  readonly replacedById: number | null;
  readonly number: string;
  readonly sellerKey: string;
  readonly contentHash: string;
  readonly recordedOn: CalendarDate;
  readonly state: 'checked' | 'approved' | 'paid';
}

export function itemKey({ callOffId, decisionId, position }: ItemKey): string {
  return JSON.stringify([callOffId, decisionId, position]);
}

export function keyOf(item: BillableItem): string {
  return itemKey({ callOffId: item.callOff.id, decisionId: item.decisionId, position: item.position.key });
}

/** Names of firms are the same when only case, spaces and punctuation differ. */
export function sellerKey(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
