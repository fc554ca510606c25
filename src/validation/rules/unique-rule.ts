import type { RuleOf } from '../../delivery/profile/rule.ts';
import { placeOfRow } from '../context.ts';
import { createGroups } from './groups.ts';
import { type JudgeOf, nothing } from './judge.ts';
import { keyOf } from './keys.ts';
import { showValues, tellRule } from './telling.ts';

/** Values that together occur once, in the delivery or in each group. */
export const judgeUnique: JudgeOf<RuleOf<'unique'>> = (rule, { context, scopes }) => {
  const operands = [...rule.within, ...rule.values];
  const { rows } = context;
  const groups = createGroups((index) => {
    const row = rows.at(index);
    return row ? keyOf(operands, scopes.ofRow(row)) : '';
  });
  return {
    *row(row, index, scope) {
      const before = groups.size;
      const first = rows.at(groups.firstOf(groups.idOf(index, keyOf(operands, scope))));
      if (groups.size > before || !first) return;
      const value = showValues(rule.values, scope);
      const group = showValues(rule.within, scope);
      const own = {
        columns: rule.values.map(({ label }) => label),
        value,
        group,
        firstRow: first.row,
        firstManifest: first.manifest,
      };
      const more = { ...scope, value: value.de, group: group.de, first: String(first.row), expected: '' };
      yield tellRule(rule, 'rule.not-unique', placeOfRow(row), own, more);
    },
    end: nothing,
  };
};
