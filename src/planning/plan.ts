import type { Priced } from '../contract/vat.ts';
import type { Holding } from '../holdings/holding.ts';
import type { Text } from '../shared/language.ts';
import type { Cents } from '../shared/money.ts';
import type { Criterion, Gate } from './config.ts';

/** Why a holding cannot be digitised in the planned year, and what would have to be done. */
export interface GateHit {
  readonly gate: Gate;
  readonly reason: Text;
  readonly remedy: Text;
}

/** What one criterion says of a holding. */
export interface CriterionScore {
  readonly criterion: Criterion;
  /** 0 to 1000. */
  readonly score: number;
  readonly weight: number;
  /** score × weight: what it adds to the holding's points. */
  readonly points: number;
  readonly reason: Text;
}

/** What is to be digitised of a holding. */
export interface Portion {
  readonly millimetres: number;
  readonly pages: number;
  readonly files: number | null;
  readonly cost: Priced;
}

interface EntryBase {
  readonly holding: Holding;
  /** One sentence that says why the holding stands where it stands. */
  readonly explanation: Text;
}

/** A holding that a gate keeps out. */
export interface ExcludedEntry extends EntryBase {
  readonly state: 'excluded';
  /** All gates that it fails, the weightiest first. */
  readonly gates: readonly GateHit[];
}

/** A holding that could be digitised: its rank, and whether the money reaches it. */
export interface RankedEntry extends EntryBase {
  readonly state: 'planned' | 'partly' | 'does-not-fit';
  readonly rank: number;
  /** Sum of the criteria's points. */
  readonly points: number;
  readonly criteria: readonly CriterionScore[];
  /** The whole holding. */
  readonly cost: Priced;
  /** What the plan takes of it; null when it takes nothing. */
  readonly planned: Portion | null;
  /** What was left of the budget when it was this holding's turn. */
  readonly restBefore: Cents;
}

export type PlanEntry = RankedEntry | ExcludedEntry;

export interface Budget {
  readonly amount: Cents;
  /** Budgets of authorities are gross as a rule: they cannot deduct input VAT. */
  readonly basis: 'net' | 'gross';
}

/** What to digitise in a year, and why. */
export interface Plan {
  readonly year: number;
  readonly budget: Budget;
  /** What the planned holdings cost together. */
  readonly cost: Priced;
  /** What is left of the budget, in its basis. */
  readonly rest: Cents;
  readonly pages: number;
  readonly millimetres: number;
  /** By rank. */
  readonly ranked: readonly RankedEntry[];
  /** By key. */
  readonly excluded: readonly ExcludedEntry[];
  /** Points that a holding with the full score in all criteria would have. */
  readonly fullPoints: number;
}
