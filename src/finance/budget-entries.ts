import type { Change } from '../audit/change.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { UsageError } from '../shared/errors.ts';
import { text, verbatim } from '../shared/language.ts';
import type { BudgetContent } from './budget-document.ts';
import { type BudgetKey, budgetKey, budgetName } from './budget-line.ts';
import {
  putAuthority,
  putBudgetChange,
  putFunding,
  putSharingKey,
  selectAuthorities,
  selectBudgetChanges,
  selectBudgetLines,
  selectFundings,
  selectSharingKeys,
} from './budget-store.ts';

/** What became of a supplement, transfer, authority, grant or key of a document. */
export interface PutEntry {
  readonly kind: 'supplement' | 'transfer' | 'authority' | 'funding' | 'sharing';
  readonly name: string;
  readonly state: 'added' | 'changed' | 'unchanged';
}

interface Candidate {
  readonly kind: PutEntry['kind'];
  readonly name: string;
  /** What identifies it. */
  readonly key: string;
  readonly value: unknown;
  put(): Promise<void>;
}

/**
 * Writes what a document says beside its lines: new entries are added, known ones updated, none is deleted.
 * @throws UsageError for a change or authority of a line that does not exist
 */
export async function saveEntries({ db, record }: Change, content: BudgetContent): Promise<PutEntry[]> {
  const { changes, authorities, fundings, sharing } = content;
  const lines = new Set((await selectBudgetLines(db)).map(budgetKey));
  const missing = [...changes, ...authorities].filter((one) => !lines.has(budgetKey(one)));
  if (missing.length > 0) throw noSuchLine(missing);
  const changeKey = (one: BudgetContent['changes'][number]) => `${one.reference} ${budgetKey(one)}`;
  const authorityKey = (one: BudgetContent['authorities'][number]) => `${budgetKey(one)} ${one.forYear}`;
  const known = new Map<string, unknown>([
    ...(await selectBudgetChanges(db)).map((one) => [`change ${changeKey(one)}`, one] as const),
    ...(await selectAuthorities(db)).map((one) => [`authority ${authorityKey(one)}`, one] as const),
    ...(await selectFundings(db)).map((one) => [`funding ${one.key}`, one] as const),
    ...(await selectSharingKeys(db)).map((one) => [`sharing ${one.key}`, one] as const),
  ]);
  const candidates: Candidate[] = [
    ...changes.map((one) => ({
      kind: one.kind,
      name: `${one.reference}: ${budgetName(one)}`,
      key: `change ${changeKey(one)}`,
      value: one,
      put: () => putBudgetChange(db, one),
    })),
    ...authorities.map((one) => ({
      kind: 'authority' as const,
      name: `${budgetName(one)} → ${one.forYear}`,
      key: `authority ${authorityKey(one)}`,
      value: one,
      put: () => putAuthority(db, one),
    })),
    ...fundings.map((one) => ({
      kind: 'funding' as const,
      name: one.key,
      key: `funding ${one.key}`,
      value: one,
      put: () => putFunding(db, one),
    })),
    ...sharing.map((one) => ({
      kind: 'sharing' as const,
      name: one.key,
      key: `sharing ${one.key}`,
      value: one,
      put: () => putSharingKey(db, one),
    })),
  ];
  const told: PutEntry[] = [];
  for (const { kind, name, key, value, put } of candidates) {
    const before = known.get(key);
    const state =
      before === undefined ? 'added' : canonicalJson(before) === canonicalJson(value) ? 'unchanged' : 'changed';
    told.push({ kind, name, state });
    if (state === 'unchanged') continue;
    await put();
    record({ action: `budget-${kind}.${state}`, subject: `budget/${kind}/${name}`, before, after: value });
  }
  return told;
}

function noSuchLine(keys: readonly BudgetKey[]): UsageError {
  return new UsageError(
    'budget.no-such-line',
    text({
      de: 'Nachträge, Umbuchungen oder Verpflichtungsermächtigungen nennen Ansätze, die es nicht gibt.',
      en: 'Supplements, transfers or commitment authorities name lines that do not exist.',
    }),
    text({
      de: 'Die Ansätze mit aufführen, oder Jahr, Konto und Kostenstelle berichtigen (scanlot budget show).',
      en: 'State the lines as well, or mend year, account and cost centre (scanlot budget show).',
    }),
    [...new Set(keys.map(budgetName))].map(verbatim),
  );
}
