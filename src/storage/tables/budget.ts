import type { Generated } from 'kysely';
import type { CalendarDate } from '../../shared/dates.ts';
import type { Cents } from '../../shared/money.ts';

export interface BudgetLineTable {
  id: Generated<number>;
  fiscal_year: number;
  account: string;
  cost_centre: string;
  department: string;
  title: string;
  appropriation: Cents;
  carry_over: Cents;
}

/** What holds for a budget line, where it differs from the usual. */
export interface BudgetRuleTable {
  id: Generated<number>;
  fiscal_year: number;
  account: string;
  cost_centre: string;
  /** Ergebnishaushalt, Finanzhaushalt. */
  section: 'result' | 'finance';
  /** What of it may be carried over at the end of the year. */
  transferable: 'none' | 'committed' | 'all';
}

/** A change of a budget line in the course of the year; a transfer has two, of opposite sign and the same reference. */
export interface BudgetChangeTable {
  id: Generated<number>;
  fiscal_year: number;
  account: string;
  cost_centre: string;
  kind: 'supplement' | 'transfer';
  amount: Cents;
  decided_on: CalendarDate;
  reference: string;
  reason: string;
}

/** Verpflichtungsermächtigung: what may be ordered in a year at the cost of a later one. */
export interface CommitmentAuthorityTable {
  id: Generated<number>;
  fiscal_year: number;
  account: string;
  cost_centre: string;
  for_year: number;
  amount: Cents;
}

/** Money of others towards the cost charged to some accounts. */
export interface FundingTable {
  id: Generated<number>;
  key: string;
  title: string;
  /** Millionths of the eligible cost. */
  share: number;
  ceiling: Cents | null;
  starts_on: CalendarDate;
  ends_on: CalendarDate;
  /** JSON list of accounts. */
  accounts: string;
}

/** One department's part of a key by which the cost of an account is shared. */
export interface CostShareTable {
  id: Generated<number>;
  key: string;
  title: string;
  account: string;
  /** Null: all cost centres of the account. */
  cost_centre: string | null;
  department: string;
  weight: number;
}
