import type { ManifestRow } from '../../delivery/manifest.ts';
import { NotEvaluable, type Scope } from '../../delivery/profile/expression.ts';
import type { Bound, RuleOf } from '../../delivery/profile/rule.ts';
import type { Finding } from '../../findings/finding.ts';
import { placeOfRow } from '../context.ts';
import { keeps, limitOf, type Millionths, showMillionths, toMillionths } from './bounds.ts';
import { groupsOf, type RowGroups } from './grouping.ts';
import { createGroups } from './groups.ts';
import type { Judge, JudgeOf, Judging } from './judge.ts';
import { keyOf } from './keys.ts';
import { attempt, showValues, tellNotEvaluable, tellRule } from './telling.ts';

type TotalRule = RuleOf<'sum'> | RuleOf<'count'>;

/** What a row adds to its group. @throws NotEvaluable */
type Addend = (row: ManifestRow, index: number, scope: Scope) => Millionths;

/** Sums over the rows of each group. */
export const judgeSum: JudgeOf<RuleOf<'sum'>> = (rule, judging) =>
  judgeTotals(rule, judging, (_row, _index, scope) => toMillionths(rule.value.expression.evaluate(scope)));

const ONE = toMillionths(1n);
const NONE = toMillionths(0n);

/** How many rows, or how many different values, each group has. */
export const judgeCount: JudgeOf<RuleOf<'count'>> = (rule, judging) => {
  const { of } = rule;
  if (!of) return judgeTotals(rule, judging, () => ONE);
  const operands = [...rule.within, of];
  const values = createGroups((index) => {
    const row = judging.context.rows.at(index);
    return row ? keyOf(operands, judging.scopes.ofRow(row)) : '';
  });
  return judgeTotals(rule, judging, (_row, index, scope) => {
    of.expression.evaluate(scope);
    const before = values.size;
    values.idOf(index, keyOf(operands, scope));
    return values.size > before ? ONE : NONE;
  });
};

function judgeTotals(rule: TotalRule, judging: Judging, addend: Addend): Judge {
  const { context, scopes } = judging;
  const groups = groupsOf(rule.within, context, scopes);
  const totals: Millionths[] = [];
  const limits = rule.bounds.map((bound) => createLimits(bound, rule, groups));
  /** Groups of which some row could not be evaluated: that is told, and their total would mean nothing. */
  const spoiled = new Set<number>();
  return {
    *row(row, index, scope) {
      const id = groups.idOf(index, scope);
      totals[id] ??= NONE;
      const added = attempt(() => addend(row, index, scope));
      if (added instanceof NotEvaluable) {
        spoiled.add(id);
        yield* tellNotEvaluable(context, rule, placeOfRow(row), added, row);
        return;
      }
      totals[id] += added as Millionths;
      for (const limit of limits) {
        const told = limit.note(id, row, scope);
        if (!told) continue;
        spoiled.add(id);
        if (told instanceof NotEvaluable) yield* tellNotEvaluable(context, rule, placeOfRow(row), told, row);
        else yield told;
      }
    },
    *end() {
      if (rule.within.length === 0 && totals.length === 0) totals.push(NONE);
      for (const [id, total] of totals.entries()) {
        if (spoiled.has(id)) continue;
        for (const limit of limits) yield* tellTotal(rule, groups, id, total, limit);
      }
    },
  };
}

/** The limits of all groups for one bound. */
interface Limits {
  readonly comparison: Bound['comparison'];
  /** Notes what a row says of the limit of its group. @returns why it says nothing, or that it contradicts another */
  note(id: number, row: ManifestRow, scope: Scope): NotEvaluable | Finding | undefined;
  of(id: number): Millionths | undefined;
}

function createLimits(bound: Bound, rule: TotalRule, groups: RowGroups): Limits {
  const { comparison, limit } = bound;
  if (typeof limit !== 'object') {
    const fixed = toMillionths(limit);
    return { comparison, note: () => undefined, of: () => fixed };
  }
  const known: Millionths[] = [];
  return {
    comparison,
    of: (id) => known[id],
    note: (id, row, scope) => {
      const found = attempt(() => limitOf(bound, scope));
      if (found instanceof NotEvaluable) return found;
      const before = (known[id] ??= found as Millionths);
      if (before === found) return undefined;
      const first = groups.first(id);
      const own = {
        value: showMillionths(found as Millionths),
        first: showMillionths(before),
        firstRow: first?.row.row ?? 0,
        group: showValues(rule.within, scope),
      };
      return tellRule({ ...rule, message: undefined }, 'rule.group-contradictory', placeOfRow(row), own, scope);
    },
  };
}

function* tellTotal(
  rule: TotalRule,
  groups: RowGroups,
  id: number,
  total: Millionths,
  limits: Limits,
): Iterable<Finding> {
  const limit = limits.of(id);
  if (limit === undefined || keeps(total, limits.comparison, limit)) return;
  const first = groups.first(id);
  const place = first ? placeOfRow(first.row) : { path: '' };
  const group = rule.within.length === 0 || !first ? { de: '', en: '' } : first.label;
  const [shown, expected] = [showMillionths(total), showMillionths(limit)];
  const scope = {
    ...first?.scope,
    value: shown.de,
    expected: expected.de,
    group: group.de,
    first: String(first?.row.row ?? ''),
  };
  const own = { group, comparison: limits.comparison, expected };
  yield rule.kind === 'sum'
    ? tellRule<'rule.sum-differs'>(
        rule,
        'rule.sum-differs',
        place,
        { ...own, column: rule.value.label, sum: shown },
        scope,
      )
    : tellRule<'rule.count-differs'>(rule, 'rule.count-differs', place, { ...own, count: Number(total / ONE) }, scope);
}
