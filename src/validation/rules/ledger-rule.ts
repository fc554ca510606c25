import { fileKey } from '../../custody/reference.ts';
import type { ManifestRow } from '../../delivery/manifest.ts';
import { NotEvaluable, type Scope } from '../../delivery/profile/expression.ts';
import type { RuleOf } from '../../delivery/profile/rule.ts';
import { createFinding, type Finding } from '../../findings/finding.ts';
import { type CheckContext, documentsOfRow, factsOf, placeOfRow } from '../context.ts';
import type { LedgerAnswer, LedgerQuestion } from '../ledger.ts';
import { type JudgeOf, nothing } from './judge.ts';
import { tellNotEvaluable, tellRule } from './telling.ts';

/** What the ledger says of each row's file, or of its content. Without a ledger it is told once that nothing was asked. */
export const judgeLedger: JudgeOf<RuleOf<'ledger'>> = (rule, { context }) => {
  const { ledger } = context;
  if (!ledger) {
    return { row: nothing, end: () => [createFinding('rule.ledger-not-asked', { path: '' }, { rule: rule.id })] };
  }
  return { row: (row, _index, scope) => judgeRow(context, rule, ledger, row, scope), end: nothing };
};

function* judgeRow(
  context: CheckContext,
  rule: RuleOf<'ledger'>,
  ledger: LedgerAnswer,
  row: ManifestRow,
  scope: Scope,
): Iterable<Finding> {
  const place = placeOfRow(row);
  if (rule.demand === 'content-new') {
    for (const document of documentsOfRow(context, row)) {
      const facts = factsOf(context, document.path);
      const known = facts && facts.size > 0 ? ledger.contents.get(facts.sha256) : undefined;
      if (!known) continue;
      const { reference, volume, batch, round, path } = known;
      yield tellRule(rule, 'rule.content-known', place, { reference, volume, batch, round, path }, scope);
    }
    return;
  }
  const { reference, volume = '' } = row.values;
  if (reference === undefined) {
    yield* tellNotEvaluable(context, rule, place, new NotEvaluable('missing', 'reference'), row);
    return;
  }
  const key = fileKey({ reference, volume });
  const file = { reference, volume };
  if (rule.demand === 'ordered' && !ledger.ordered.has(key)) {
    yield tellRule(rule, 'rule.not-ordered', place, file, scope);
  }
  if (rule.demand === 'picked-up' && !ledger.pickedUp.has(key)) {
    yield tellRule(rule, 'rule.not-picked-up', place, file, scope);
  }
  const before = ledger.delivered.get(key);
  if (rule.demand === 'not-delivered-before' && before) {
    const { batch, round } = before;
    yield tellRule(rule, 'rule.delivered-before', place, { ...file, batch, round }, scope);
  }
}

type Asking = Pick<CheckContext, 'profile' | 'index' | 'rows' | 'files'>;

/** What has to be asked of the ledger; undefined where no rule needs it. */
export function ledgerQuestion({ profile, index, rows, files }: Asking) {
  if (!profile.rules.rules.some(({ kind }) => kind === 'ledger')) return undefined;
  const asked = new Map<string, LedgerQuestion['files'][number]>();
  for (const { broken, values } of rows) {
    if (broken || values.reference === undefined) continue;
    const file = { reference: values.reference, volume: values.volume ?? '' };
    asked.set(fileKey(file), file);
  }
  const digests = new Set<string>();
  for (const { path } of index.entries) {
    const facts = files.facts.get(path);
    if (facts && facts.size > 0) digests.add(facts.sha256);
  }
  return { files: [...asked.values()], digests: [...digests] };
}
