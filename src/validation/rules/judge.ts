import type { ManifestRow } from '../../delivery/manifest.ts';
import type { Scope } from '../../delivery/profile/expression.ts';
import type { Rule } from '../../delivery/profile/rule.ts';
import type { Finding } from '../../findings/finding.ts';
import type { CheckContext } from '../context.ts';
import type { Scopes } from './scopes.ts';

/** Judges one rule: told every row to which the rule applies, then that there are no more. */
export interface Judge {
  /** @param index place of the row among all rows of the delivery */
  row(row: ManifestRow, index: number, scope: Scope): Iterable<Finding>;
  end(): Iterable<Finding>;
}

/** What judges need to know of the delivery. */
export interface Judging {
  readonly context: CheckContext;
  readonly scopes: Scopes;
}

export type JudgeOf<R extends Rule> = (rule: R, judging: Judging) => Judge;

/** For rules that judge each row for itself. */
export function* nothing(): Iterable<Finding> {}
