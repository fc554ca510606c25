import { NotEvaluable } from '../../delivery/profile/expression.ts';
import type { RuleOf } from '../../delivery/profile/rule.ts';
import { placeOfRow } from '../context.ts';
import { groupsOf } from './grouping.ts';
import type { JudgeOf } from './judge.ts';
import { attempt, tellNotEvaluable, tellRule } from './telling.ts';

/** Runs of consecutive numbers as they came: from, to, from, to … */
type Runs = number[];

/** Gaps that are named one by one. */
const MAXIMUM_GAPS = 20;

/** Whole numbers without a gap, in the delivery or in each group; the order of the rows does not matter. */
export const judgeSequence: JudgeOf<RuleOf<'sequence'>> = (rule, { context, scopes }) => {
  const groups = groupsOf(rule.within, context, scopes);
  const runs: Runs[] = [];
  return {
    *row(row, index, scope) {
      const value = attempt(() => wholeNumber(rule.value.expression.evaluate(scope)));
      if (value instanceof NotEvaluable) {
        yield* tellNotEvaluable(context, rule, placeOfRow(row), value, row);
        return;
      }
      const id = groups.idOf(index, scope);
      (runs[id] ??= []).push(...extend(runs[id], Number(value)));
    },
    *end() {
      for (const [id, found] of runs.entries()) {
        const gaps = gapsIn(found, rule.from);
        const first = gaps.length > 0 ? groups.first(id) : undefined;
        if (!first) continue;
        const missing = showGaps(gaps);
        const own = { column: rule.value.label, missing, group: first.label };
        const more = {
          ...first.scope,
          value: missing,
          expected: '',
          group: first.label.de,
          first: String(first.row.row),
        };
        yield tellRule(rule, 'rule.sequence-gap', placeOfRow(first.row), own, more);
      }
    },
  };
};

function wholeNumber(value: unknown): number {
  if (typeof value === 'bigint') return Number(value);
  const digits = String(value).trim();
  if (/^-?[0-9]{1,15}$/.test(digits)) return Number(digits);
  throw new NotEvaluable('unfit', digits.slice(0, 60));
}

/** Makes the last run longer where the number follows it. @returns a run of its own otherwise */
function extend(runs: Runs | undefined, value: number): Runs {
  if (!runs || runs.length === 0) return [value, value];
  const end = runs.length - 1;
  if (runs[end] !== value - 1) return [value, value];
  runs[end] = value;
  return [];
}

/** What is missing between the numbers, as runs; before them too where it is known with which they begin. */
function gapsIn(runs: Runs, from: number | undefined): Runs {
  const starts = Array.from({ length: runs.length / 2 }, (_, index) => index * 2);
  starts.sort((a, b) => (runs[a] ?? 0) - (runs[b] ?? 0));
  const gaps: Runs = [];
  let next = from ?? runs[starts[0] ?? 0] ?? 0;
  for (const at of starts) {
    const [start = 0, end = 0] = [runs[at], runs[at + 1]];
    if (start > next) gaps.push(next, start - 1);
    next = Math.max(next, end + 1);
  }
  return gaps;
}

function showGaps(gaps: Runs): string {
  const shown: string[] = [];
  for (let at = 0; at < gaps.length && shown.length < MAXIMUM_GAPS; at += 2) {
    shown.push(gaps[at] === gaps[at + 1] ? String(gaps[at]) : `${gaps[at]}–${gaps[at + 1]}`);
  }
  return shown.join(', ') + (gaps.length / 2 > MAXIMUM_GAPS ? ', …' : '');
}
