import type { Severity } from '../../findings/definition.ts';
import type { Expression } from './expression.ts';
import type { ReferenceList } from './lists.ts';
import type { LedgerDemand } from './rule-source.ts';
import type { WordingTemplate } from './wording.ts';

/** A value that a rule takes from each row. */
export interface Operand {
  /** The column as the manifest heads it, or the expression. */
  readonly label: string;
  readonly expression: Expression;
}

/** A limit of a number. */
export interface Bound {
  readonly comparison: 'equals' | 'minimum' | 'maximum';
  readonly limit: Expression | bigint | number;
}

interface Common {
  readonly id: string;
  readonly severity: Severity;
  readonly where: Expression | undefined;
  readonly message: WordingTemplate | undefined;
  readonly remedy: WordingTemplate | undefined;
}

interface Grouped {
  readonly within: readonly Operand[];
}

/** A rule that is fit for use. What each kind demands: rule-source.ts. */
export type Rule =
  | (Common & { readonly kind: 'check'; readonly check: Expression; readonly each: 'row' | 'file' })
  | (Common & Grouped & { readonly kind: 'unique'; readonly values: readonly Operand[] })
  | (Common & Grouped & { readonly kind: 'sequence'; readonly value: Operand; readonly from: number | undefined })
  | (Common & Grouped & { readonly kind: 'sum'; readonly value: Operand; readonly bounds: readonly Bound[] })
  | (Common & Grouped & { readonly kind: 'count'; readonly of: Operand | undefined; readonly bounds: readonly Bound[] })
  | (Common & Grouped & { readonly kind: 'order'; readonly values: readonly Operand[] })
  | (Common & {
      readonly kind: 'list';
      readonly list: ReferenceList;
      /** Each with the place of its column in the list. */
      readonly values: readonly (Operand & { readonly index: number })[];
      readonly ignoreCase: boolean;
    })
  | (Common & { readonly kind: 'ledger'; readonly demand: LedgerDemand });

export type RuleKind = Rule['kind'];
export type RuleOf<Kind extends RuleKind> = Extract<Rule, { readonly kind: Kind }>;
