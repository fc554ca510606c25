import type { Kysely } from 'kysely';
import type { CalendarDate } from '../shared/dates.ts';
import type { Cents } from '../shared/money.ts';
import type { Database } from '../storage/schema.ts';
import { type BudgetChange, type BudgetKey, type BudgetLine, budgetKey } from './budget-line.ts';

/** All budget lines, by year, account and cost centre. */
export async function selectBudgetLines(db: Kysely<Database>): Promise<BudgetLine[]> {
  const rules = new Map(
    (await db.selectFrom('budget_rule').selectAll().execute()).map((row) => [budgetKey(keyOf(row)), row]),
  );
  const rows = await db
    .selectFrom('budget_line')
    .selectAll()
    .orderBy('fiscal_year')
    .orderBy('account')
    .orderBy('cost_centre')
    .execute();
  return rows.map((row) => {
    const rule = rules.get(budgetKey(keyOf(row)));
    return {
      ...keyOf(row),
      department: row.department,
      title: row.title,
      appropriation: row.appropriation,
      carryOver: row.carry_over,
      ...(rule ? { section: rule.section, transferable: rule.transferable } : {}),
    };
  });
}

/** Writes a budget line that is new, or puts it in the place of the one with the same key. */
export async function putBudgetLine(db: Kysely<Database>, line: BudgetLine): Promise<void> {
  const columns = {
    department: line.department,
    title: line.title,
    appropriation: line.appropriation,
    carry_over: line.carryOver,
  };
  await db
    .insertInto('budget_line')
    .values({ ...keyColumns(line), ...columns })
    .onConflict((conflict) => conflict.columns(['fiscal_year', 'account', 'cost_centre']).doUpdateSet(columns))
    .execute();
  if (line.section === undefined && line.transferable === undefined) return;
  const rule = { section: line.section ?? 'result', transferable: line.transferable ?? 'committed' } as const;
  await db
    .insertInto('budget_rule')
    .values({ ...keyColumns(line), ...rule })
    .onConflict((conflict) => conflict.columns(['fiscal_year', 'account', 'cost_centre']).doUpdateSet(rule))
    .execute();
}

/** Supplements and transfers, oldest first. @param asOf those decided by the end of that day */
export async function selectBudgetChanges(db: Kysely<Database>, asOf?: CalendarDate): Promise<BudgetChange[]> {
  const rows = await db.selectFrom('budget_change').selectAll().orderBy('decided_on').orderBy('id').execute();
  return rows
    .filter(({ decided_on }) => asOf === undefined || decided_on <= asOf)
    .map((row) => ({
      ...keyOf(row),
      kind: row.kind,
      amount: row.amount,
      decidedOn: row.decided_on,
      reference: row.reference,
      reason: row.reason,
    }));
}

/** Writes a change, or puts it in the place of the one with the same reference on the same line. */
export async function putBudgetChange(db: Kysely<Database>, one: BudgetChange): Promise<void> {
  const columns = { kind: one.kind, amount: one.amount, decided_on: one.decidedOn, reason: one.reason };
  await db
    .insertInto('budget_change')
    .values({ ...keyColumns(one), reference: one.reference, ...columns })
    .onConflict((conflict) =>
      conflict.columns(['reference', 'fiscal_year', 'account', 'cost_centre']).doUpdateSet(columns),
    )
    .execute();
}

/** Verpflichtungsermächtigung: what the year's budget lets be ordered at the cost of a later year. */
export interface CommitmentAuthority extends BudgetKey {
  readonly forYear: number;
  readonly amount: Cents;
}

export async function selectAuthorities(db: Kysely<Database>): Promise<CommitmentAuthority[]> {
  const rows = await db
    .selectFrom('commitment_authority')
    .selectAll()
    .orderBy('fiscal_year')
    .orderBy('account')
    .orderBy('cost_centre')
    .orderBy('for_year')
    .execute();
  return rows.map((row) => ({ ...keyOf(row), forYear: row.for_year, amount: row.amount }));
}

export async function putAuthority(db: Kysely<Database>, one: CommitmentAuthority): Promise<void> {
  await db
    .insertInto('commitment_authority')
    .values({ ...keyColumns(one), for_year: one.forYear, amount: one.amount })
    .onConflict((conflict) =>
      conflict.columns(['fiscal_year', 'account', 'cost_centre', 'for_year']).doUpdateSet({ amount: one.amount }),
    )
    .execute();
}

/** A grant: a share of what is charged to some accounts in a period, at most so much. */
export interface Funding {
  readonly key: string;
  readonly title: string;
  /** Millionths of the eligible cost. */
  readonly share: number;
  readonly ceiling: Cents | null;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
  readonly accounts: readonly string[];
}

export async function selectFundings(db: Kysely<Database>): Promise<Funding[]> {
  const rows = await db.selectFrom('funding').selectAll().orderBy('key').execute();
  return rows.map((row) => ({
    key: row.key,
    title: row.title,
    share: row.share,
    ceiling: row.ceiling,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    accounts: JSON.parse(row.accounts) as string[],
  }));
}

export async function putFunding(db: Kysely<Database>, one: Funding): Promise<void> {
  const columns = {
    title: one.title,
    share: one.share,
    ceiling: one.ceiling,
    starts_on: one.startsOn,
    ends_on: one.endsOn,
    accounts: JSON.stringify(one.accounts),
  };
  await db
    .insertInto('funding')
    .values({ key: one.key, ...columns })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(columns))
    .execute();
}

/** A key by which the cost of an account (or one cost centre of it) is shared between departments. */
export interface SharingKey {
  readonly key: string;
  readonly title: string;
  readonly account: string;
  /** Null: all of the account. */
  readonly costCentre: string | null;
  readonly shares: readonly { readonly department: string; readonly weight: number }[];
}

export async function selectSharingKeys(db: Kysely<Database>): Promise<SharingKey[]> {
  const rows = await db.selectFrom('cost_share').selectAll().orderBy('key').orderBy('id').execute();
  const keys = new Map<string, SharingKey>();
  for (const { key, title, account, cost_centre: costCentre, department, weight } of rows) {
    const before = keys.get(key)?.shares ?? [];
    keys.set(key, { key, title, account, costCentre, shares: [...before, { department, weight }] });
  }
  return [...keys.values()];
}

export async function putSharingKey(db: Kysely<Database>, one: SharingKey): Promise<void> {
  const { key, title, account, costCentre } = one;
  await db.deleteFrom('cost_share').where('key', '=', key).execute();
  const rows = one.shares.map((share) => ({ key, title, account, cost_centre: costCentre, ...share }));
  await db.insertInto('cost_share').values(rows).execute();
}

interface KeyColumns {
  readonly fiscal_year: number;
  readonly account: string;
  readonly cost_centre: string;
}

function keyOf({ fiscal_year, account, cost_centre }: KeyColumns): BudgetKey {
  return { fiscalYear: fiscal_year, account, costCentre: cost_centre };
}

function keyColumns({ fiscalYear, account, costCentre }: BudgetKey): KeyColumns {
  return { fiscal_year: fiscalYear, account, cost_centre: costCentre };
}
