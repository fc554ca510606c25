import type { Kysely } from 'kysely';
import { type ColumnSpec, createIndex, createTable } from './tables.ts';

const line = { fiscal_year: 'integer', account: 'text', cost_centre: 'text' } as const;

const tables: Readonly<Record<string, Readonly<Record<string, ColumnSpec>>>> = {
  budget_rule: { ...line, section: 'text', transferable: 'text' },
  budget_change: { ...line, kind: 'text', amount: 'integer', decided_on: 'text', reference: 'text', reason: 'text' },
  commitment_authority: { ...line, for_year: 'integer', amount: 'integer' },
  funding: {
    key: 'text',
    title: 'text',
    share: 'integer',
    ceiling: 'integer?',
    starts_on: 'text',
    ends_on: 'text',
    accounts: 'text',
  },
  cost_share: {
    key: 'text',
    title: 'text',
    account: 'text',
    cost_centre: 'text?',
    department: 'text',
    weight: 'integer',
  },
};

/** What budgets know beside appropriations: rules of carrying over, changes, authorities, funding, keys of sharing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, columns] of Object.entries(tables)) await createTable(db, name, columns);
  await createIndex(db, 'budget_rule', ['fiscal_year', 'account', 'cost_centre'], true);
  await createIndex(db, 'budget_change', ['reference', 'fiscal_year', 'account', 'cost_centre'], true);
  await createIndex(db, 'commitment_authority', ['fiscal_year', 'account', 'cost_centre', 'for_year'], true);
  await createIndex(db, 'funding', ['key'], true);
  await createIndex(db, 'cost_share', ['key', 'department'], true);
}
