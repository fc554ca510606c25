import type { Severity } from '../../findings/definition.ts';
import type { Text } from '../../shared/language.ts';

/** What every rule of a profile has, whatever it demands. */
interface RuleBase {
  /** Stable name: "pages-plausible". Rules of a base profile and of a lot are merged by it. */
  readonly id: string;
  /** error where it is left out. */
  readonly severity?: Severity;
  /** Wording with values in braces: "{row.pages} Seiten auf {row.sheets} Blatt". */
  readonly message?: Text;
  readonly remedy?: Text;
  /** What the rule is for; shown in the readable form of the profile. */
  readonly description?: string;
  /** The rows (files) to which the rule applies, as an expression; all of them where it is left out. */
  readonly where?: string;
}

/** Rows that belong together: by what these expressions yield. */
interface Grouped {
  readonly within?: readonly string[];
}

type Bound = number | string;

/** Limits of a number: fixed, or an expression over the rows of the group. */
export interface Bounds {
  readonly equals?: Bound;
  readonly minimum?: Bound;
  readonly maximum?: Bound;
}

/** Must hold for each row, or for each document. */
export interface CheckRule extends RuleBase {
  readonly check: string;
  readonly each?: 'row' | 'file';
}

/** These values together occur once, in the delivery or in each group. */
export interface UniqueRule extends RuleBase, Grouped {
  readonly unique: readonly string[];
}

/** Whole numbers that run without a gap. */
export interface SequenceRule extends RuleBase, Grouped {
  readonly sequence: string;
  readonly from?: number;
}

/** A sum over the rows of each group. */
export interface SumRule extends RuleBase, Grouped, Bounds {
  readonly sum: string;
}

/** How many rows (or, with `of`, different values) each group has. */
export interface CountRule extends RuleBase, Grouped {
  readonly count: Bounds & { readonly of?: string };
}

/** Rows stand in ascending order. */
export interface OrderRule extends RuleBase, Grouped {
  readonly order: readonly string[];
}

/** The values stand together in one row of a reference list. */
export interface ListRule extends RuleBase {
  readonly list: string;
  /** Expression → header of the column of the list. */
  readonly columns: Readonly<Record<string, string>>;
  readonly ignoreCase?: boolean;
}

/** What the ledger knows of the file or of its content. */
export const ledgerDemands = ['ordered', 'picked-up', 'not-delivered-before', 'content-new'] as const;
export type LedgerDemand = (typeof ledgerDemands)[number];

export interface LedgerRule extends RuleBase {
  readonly ledger: LedgerDemand;
}

/** A rule as it is written in a profile. */
export type RuleSource =
  | CheckRule
  | UniqueRule
  | SequenceRule
  | SumRule
  | CountRule
  | OrderRule
  | ListRule
  | LedgerRule;

/** A reference list: a CSV file beside the profile, or written out. */
export type ListSource =
  | { readonly file: string; readonly description?: string }
  | {
      readonly header: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly description?: string;
    };
