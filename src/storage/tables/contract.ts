import type { Generated } from 'kysely';
import type { CalendarDate } from '../../shared/dates.ts';
import type { Cents, Micros } from '../../shared/money.ts';

/** The framework contract as it stands now; `contract_version` keeps every state it had. */
export interface ContractTable {
  id: Generated<number>;
  number: string;
  title: string;
  vendor: string;
  starts_on: CalendarDate;
  ends_on: CalendarDate;
  /** Whether the contract states its values (maximum, estimates) with or without VAT. */
  value_basis: 'net' | 'gross';
  maximum_value: Cents | null;
  maximum_pages: number | null;
  version: number;
}

export interface ContractVersionTable {
  id: Generated<number>;
  contract_id: number;
  version: number;
  effective_on: CalendarDate;
  reason: string;
  /** The contract document as imported, canonical JSON. */
  document: string;
  recorded_at: string;
}

export interface LotTable {
  id: Generated<number>;
  contract_id: number;
  key: string;
  title: string;
  department: string;
  estimate_pages: number | null;
  maximum_pages: number | null;
  estimate_millimetres: number | null;
  maximum_millimetres: number | null;
  /** In the contract's value basis. */
  estimate_value: Cents | null;
  maximum_value: Cents | null;
  /** File name in the workspace's profiles folder. */
  delivery_profile: string | null;
  cure_days: number | null;
}

export interface PricePositionTable {
  id: Generated<number>;
  lot_id: number;
  key: string;
  title: string;
  unit: string;
  price: Micros;
  valid_from: CalendarDate | null;
  valid_to: CalendarDate | null;
}

/** Tiers, allowances, page classes and the like of a position; none for a plain unit price. */
export interface PriceTermsTable {
  id: Generated<number>;
  price_position_id: number;
  /** PriceTerms of src/contract/pricing, JSON. */
  terms: string;
}

/** What a contract had consumed before it was tracked here; taken over from the former records, with their source. */
export interface OpeningBalanceTable {
  id: Generated<number>;
  lot_id: number;
  performed_on: CalendarDate;
  account: string;
  cost_centre: string;
  pages: number;
  files: number;
  millimetres: number;
  net: Cents;
  source: string;
}

export interface CallOffTable {
  id: Generated<number>;
  number: string;
  lot_id: number;
  ordered_on: CalendarDate;
  fiscal_year: number;
  account: string;
  cost_centre: string;
  department: string;
  pages: number;
  files: number;
  millimetres: number;
  net: Cents;
  gross: Cents;
  /** Set when nothing more will come: what was not accepted is no longer committed. */
  closed_on: CalendarDate | null;
  note: string;
}

export interface CallOffPositionTable {
  id: Generated<number>;
  call_off_id: number;
  position: string;
  unit: string;
  /** Thousandths of the unit. */
  quantity: number;
  price: Micros;
  net: Cents;
}

/** An optional price position or surcharge that a call-off orders. */
export interface CallOffOptionTable {
  id: Generated<number>;
  call_off_id: number;
  option: string;
}
