import type { ManifestRow } from '../../delivery/manifest.ts';
import { NotEvaluable, type Scope } from '../../delivery/profile/expression.ts';
import type { Rule, RuleOf } from '../../delivery/profile/rule.ts';
import type { Finding } from '../../findings/finding.ts';
import { type CheckContext, documentsOf, placeOfRow } from '../context.ts';
import { checkOne, judgeCheck } from '../rules/check-rule.ts';
import type { Judge, Judging } from '../rules/judge.ts';
import { judgeLedger } from '../rules/ledger-rule.ts';
import { judgeList } from '../rules/list-rule.ts';
import { judgeOrder } from '../rules/order-rule.ts';
import { createScopes } from '../rules/scopes.ts';
import { judgeSequence } from '../rules/sequence-rule.ts';
import { attempt, tellNotEvaluable } from '../rules/telling.ts';
import { judgeCount, judgeSum } from '../rules/total-rules.ts';
import { judgeUnique } from '../rules/unique-rule.ts';

/** The rules of the profile: all of them in one pass over the rows, then those about files. */
export function* profileRules(context: CheckContext): Iterable<Finding> {
  const { rules } = context.profile.rules;
  if (rules.length === 0) return;
  const judging = { context, scopes: createScopes(context) };
  yield* judgeRows(judging, rules);
  for (const rule of rules) {
    if (rule.kind === 'check' && rule.each === 'file') yield* judgeFiles(judging, rule);
  }
}

function* judgeRows(judging: Judging, rules: readonly Rule[]): Iterable<Finding> {
  const judges = rules.flatMap((rule) => {
    const judge = judgeOf(rule, judging);
    return judge ? [{ rule, judge }] : [];
  });
  if (judges.length === 0) return;
  for (const row of judging.context.rows) {
    if (row.broken) continue;
    const { index } = row;
    const scope = judging.scopes.ofRow(row);
    for (const { rule, judge } of judges) yield* judgeRow(judging.context, rule, judge, { row, index, scope });
  }
  for (const { judge } of judges) yield* judge.end();
}

function judgeOf(rule: Rule, judging: Judging): Judge | undefined {
  switch (rule.kind) {
    case 'check':
      return rule.each === 'row' ? judgeCheck(rule, judging) : undefined;
    case 'unique':
      return judgeUnique(rule, judging);
    case 'sequence':
      return judgeSequence(rule, judging);
    case 'sum':
      return judgeSum(rule, judging);
    case 'count':
      return judgeCount(rule, judging);
    case 'order':
      return judgeOrder(rule, judging);
    case 'list':
      return judgeList(rule, judging);
    case 'ledger':
      return judgeLedger(rule, judging);
  }
}

interface JudgedRow {
  readonly row: ManifestRow;
  readonly index: number;
  readonly scope: Scope;
}

function* judgeRow(
  context: CheckContext,
  rule: Rule,
  judge: Judge,
  { row, index, scope }: JudgedRow,
): Iterable<Finding> {
  const applies = rule.where ? attempt(() => rule.where?.evaluate(scope)) : true;
  if (applies instanceof NotEvaluable) yield* tellNotEvaluable(context, rule, placeOfRow(row), applies, row);
  else if (applies === true) yield* judge.row(row, index, scope);
}

function* judgeFiles({ context, scopes }: Judging, rule: RuleOf<'check'>): Iterable<Finding> {
  for (const entry of documentsOf(context)) {
    const scope = scopes.ofFile(entry);
    const place = { path: entry.path };
    const applies = rule.where ? attempt(() => rule.where?.evaluate(scope)) : true;
    if (applies instanceof NotEvaluable) yield* tellNotEvaluable(context, rule, place, applies);
    else if (applies === true) yield* checkOne(context, rule, place, scope);
  }
}
