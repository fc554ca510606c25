import type { Priced } from '../contract/vat.ts';
import type { CalendarDate } from '../shared/dates.ts';
import type { Text } from '../shared/language.ts';
import type { PlanningConfig } from './config.ts';
import type { Budget } from './plan.ts';

/** What is to be priced. */
export interface Demand {
  readonly pages: number;
  readonly files: number | null;
  readonly millimetres: number;
}

/** A maximum of lot or contract. Lots of one contract share its maxima: equal ids are the same maximum. */
export interface Ceiling {
  readonly id: string;
  /** "Los L1: Höchstwert". */
  readonly name: Text;
  readonly measure: 'net' | 'gross' | 'pages' | 'millimetres';
  /** What is not yet ordered; 0 or less when it is reached. */
  readonly free: number;
}

/** A lot as the plan sees it. */
export interface PlanLot {
  readonly key: string;
  readonly ceilings: readonly Ceiling[];
  /** Why nothing can be ordered on the day of performance (contract not in force, no price); undefined when it can. */
  readonly closed: Text | undefined;
  /** Whether a price is by the file or document, so that the number of files must be known. */
  readonly needsFiles: boolean;
  /** What the demand costs on the day of performance; called only when the lot is not closed. */
  price(demand: Demand): Priced;
}

/** Everything that the plan of a year depends on beside the holdings. */
export interface PlanFrame {
  readonly year: number;
  readonly budget: Budget;
  readonly lots: ReadonlyMap<string, PlanLot>;
  readonly config: PlanningConfig;
}

export interface Period {
  readonly first: CalendarDate;
  readonly last: CalendarDate;
}

export function periodOf(year: number): Period {
  const digits = String(year).padStart(4, '0');
  return { first: `${digits}-01-01` as CalendarDate, last: `${digits}-12-31` as CalendarDate };
}
