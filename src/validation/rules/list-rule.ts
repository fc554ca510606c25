import { NotEvaluable } from '../../delivery/profile/expression.ts';
import type { RuleOf } from '../../delivery/profile/rule.ts';
import { placeOfRow } from '../context.ts';
import { type JudgeOf, nothing } from './judge.ts';
import { keyPart } from './keys.ts';
import { attempt, showValues, tellRule } from './telling.ts';

const SEPARATOR = '\u001f';

/** Values that stand together in one row of a reference list. */
export const judgeList: JudgeOf<RuleOf<'list'>> = (rule) => {
  const form = (value: string) => (rule.ignoreCase ? value.toLowerCase() : value);
  const agreed = new Set(
    rule.list.rows.map((cells) => rule.values.map(({ index }) => form(cells[index] ?? '')).join(SEPARATOR)),
  );
  return {
    *row(row, _index, scope) {
      const key = rule.values.map(({ expression }) => {
        const value = attempt(() => expression.evaluate(scope));
        return value instanceof NotEvaluable ? '' : form(keyPart(value));
      });
      if (agreed.has(key.join(SEPARATOR))) return;
      const value = showValues(rule.values, scope);
      const own = { columns: rule.values.map(({ label }) => label), value, list: rule.list.name };
      const more = { ...scope, value: value.de, expected: rule.list.name, group: '', first: '' };
      yield tellRule(rule, 'rule.not-in-list', placeOfRow(row), own, more);
    },
    end: nothing,
  };
};
