import type { ManifestRow } from '../../delivery/manifest.ts';
import { NotEvaluable, type Scope } from '../../delivery/profile/expression.ts';
import type { RuleOf } from '../../delivery/profile/rule.ts';
import type { Finding, Place } from '../../findings/finding.ts';
import { type CheckContext, placeOfRow } from '../context.ts';
import { type JudgeOf, nothing } from './judge.ts';
import { attempt, tellNotEvaluable, tellRule } from './telling.ts';

/** An expression that must be true of each row. */
export const judgeCheck: JudgeOf<RuleOf<'check'>> = (rule, { context }) => ({
  row: (row, _index, scope) => checkOne(context, rule, placeOfRow(row), scope, row),
  end: nothing,
});

/** Holds one row or file against the expression. */
export function* checkOne(
  context: CheckContext,
  rule: RuleOf<'check'>,
  place: Place,
  scope: Scope,
  row?: ManifestRow,
): Iterable<Finding> {
  const holds = attempt(() => rule.check.evaluate(scope));
  if (holds instanceof NotEvaluable) yield* tellNotEvaluable(context, rule, place, holds, row);
  else if (holds !== true) yield tellRule(rule, 'rule.violated', place, {}, scope);
}
