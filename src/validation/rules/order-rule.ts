import { NotEvaluable, type Scope } from '../../delivery/profile/expression.ts';
import type { Operand, RuleOf } from '../../delivery/profile/rule.ts';
import { placeOfRow } from '../context.ts';
import { groupsOf } from './grouping.ts';
import { type JudgeOf, nothing } from './judge.ts';
import { keyPart } from './keys.ts';
import { attempt, showValues, tellRule } from './telling.ts';

/** Rows that stand in ascending order, in the delivery or in each group. Equal ones may follow one another. */
export const judgeOrder: JudgeOf<RuleOf<'order'>> = (rule, { context, scopes }) => {
  const groups = groupsOf(rule.within, context, scopes);
  const last: number[] = [];
  // Rows of a group mostly stand together: what the one before held need not be read again.
  let previous: { readonly index: number; readonly scope: Scope } | undefined;
  return {
    *row(row, index, scope) {
      const id = groups.idOf(index, scope);
      const at = last[id] ?? -1;
      const before = context.rows.at(at);
      const known = previous?.index === at ? previous.scope : undefined;
      last[id] = index;
      previous = { index, scope };
      if (!before) return;
      const earlier = known ?? scopes.ofRow(before);
      if (compareValues(rule.values, earlier, scope) <= 0) return;
      const own = {
        columns: rule.values.map(({ label }) => label),
        value: showValues(rule.values, scope),
        before: showValues(rule.values, earlier),
        group: showValues(rule.within, scope),
      };
      const more = {
        ...scope,
        value: own.value.de,
        expected: own.before.de,
        group: own.group.de,
        first: String(before.row),
      };
      yield tellRule(rule, 'rule.out-of-order', placeOfRow(row), own, more);
    },
    end: nothing,
  };
};

/** Numbers in texts count as numbers: "Bd. 9" comes before "Bd. 10". */
let made: Intl.Collator | undefined;
const collator = (): Intl.Collator => (made ??= new Intl.Collator('de', { numeric: true }));

function compareValues(operands: readonly Operand[], before: Scope, after: Scope): number {
  for (const { expression } of operands) {
    const difference = compare(
      attempt(() => expression.evaluate(before)),
      attempt(() => expression.evaluate(after)),
    );
    if (difference !== 0) return difference;
  }
  return 0;
}

function compare(before: unknown, after: unknown): number {
  if (isNumber(before) && isNumber(after)) return before < after ? -1 : Number(before > after);
  const present = [before, after].map((value) => !(value instanceof NotEvaluable));
  if (!present[0] || !present[1]) return Number(present[0]) - Number(present[1]);
  return collator().compare(keyPart(before), keyPart(after));
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || typeof value === 'number';
}
