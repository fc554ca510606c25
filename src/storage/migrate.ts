import { type Kysely, sql } from 'kysely';
import { exitCodes, ScanlotError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import * as first from './migrations/0001-first.ts';
import * as invoices from './migrations/0002-invoices.ts';
import * as imports from './migrations/0003-import.ts';
import * as prices from './migrations/0004-prices.ts';
import * as budget from './migrations/0005-budget.ts';
import * as payments from './migrations/0006-payments.ts';
import * as complaints from './migrations/0007-complaints.ts';
import * as rescans from './migrations/0008-rescans.ts';
import type { Database } from './schema.ts';

/** Every change of the tables' shape, oldest first. A released migration is never edited. */
const migrations: readonly { name: string; up(db: Kysely<unknown>): Promise<void> }[] = [
  { name: '0001-first', up: first.up },
  { name: '0002-invoices', up: invoices.up },
  { name: '0003-import', up: imports.up },
  { name: '0004-prices', up: prices.up },
  { name: '0005-budget', up: budget.up },
  { name: '0006-payments', up: payments.up },
  { name: '0007-complaints', up: complaints.up },
  { name: '0008-rescans', up: rescans.up },
];

/**
 * Brings the tables to the shape that this version knows; each step and its record commit together.
 * @throws ScanlotError (exit 12) when the workspace was made by a newer scanlot
 */
export async function migrate(db: Kysely<Database>, now: Date): Promise<void> {
  await db.schema
    .createTable('migration')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('applied_at', 'text', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute();
  for (const migration of migrations) {
    await db.transaction().execute(async (transaction) => {
      // Looked up here, where nobody else can write: two that open an older workspace at once do not both change it.
      if ((await appliedMigrations(transaction)).has(migration.name)) return;
      await migration.up(transaction as unknown as Kysely<unknown>);
      await transaction
        .insertInto('migration')
        .values({ name: migration.name, applied_at: now.toISOString() })
        .execute();
    });
  }
}

/** Whether the tables are in the shape that this version knows. */
export async function isCurrent(db: Kysely<Database>): Promise<boolean> {
  const applied = await appliedMigrations(db);
  return migrations.every(({ name }) => applied.has(name));
}

async function appliedMigrations(db: Kysely<Database>): Promise<Set<string>> {
  const rows = await db.selectFrom('migration').select('name').execute();
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = rows.find(({ name }) => !known.has(name));
  if (unknown) {
    throw new ScanlotError(exitCodes.workspaceBroken, 'workspace.too-new', {
      message: text({
        de: `Der Arbeitsbereich wurde mit einer neueren scanlot-Version angelegt (unbekannter Stand ${unknown.name}).`,
        en: `The workspace was made by a newer version of scanlot (unknown state ${unknown.name}).`,
      }),
      remedy: text({
        de: 'Mindestens die scanlot-Version verwenden, mit der zuletzt gearbeitet wurde.',
        en: 'Use at least the version of scanlot that last worked with it.',
      }),
    });
  }
  return new Set(rows.map(({ name }) => name));
}
