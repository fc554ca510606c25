import type { Transaction } from 'kysely';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { Database } from '../storage/schema.ts';
import { emptySeal, type Seal } from '../storage/seal.ts';
import type { Workspace } from '../storage/workspace.ts';
import { chainStart, entryHash } from './chain.ts';

/** What was done, to what, and how it looked before and after; plain data without secrets. */
export interface AuditEntry {
  readonly action: string;
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface Change {
  readonly db: Transaction<Database>;
  /** Adds an entry to the audit log; it is written when the change commits. */
  record(entry: AuditEntry): void;
  /**
   * Leaves work outside the database for the last moment: all rows are written, only the commit is missing. What it does
   * may stay behind when that very commit fails, and has to be harmless then.
   */
  beforeCommit(step: () => Promise<void>): void;
}

/**
 * The one way to change the ledger: the work and its audit entries commit in one transaction, or not at all. A change
 * that touches a table without recording an entry is refused as a mistake of the program.
 * @returns what the work returns
 */
export async function change<T>(workspace: Workspace, work: (change: Change) => Promise<T>): Promise<T> {
  workspace.requireWritable();
  const { db, seals } = workspace.database;
  return db.transaction().execute(async (transaction) => {
    seals.reset();
    const entries: AuditEntry[] = [];
    const last: (() => Promise<void>)[] = [];
    const result = await work({
      db: transaction,
      record: (entry) => void entries.push(entry),
      beforeCommit: (step) => void last.push(step),
    });
    const changed = await writeSeals(transaction, seals.changed);
    if (changed.size > 0 && entries.length === 0) throw new Error('a change without an audit entry');
    await appendEntries(workspace, transaction, entries, changed);
    for (const step of last) await step();
    // Long work may have outlived the lock: then another machine writes, and nothing of ours may follow.
    workspace.requireWritable();
    return result;
  });
}

async function writeSeals(
  transaction: Transaction<Database>,
  changedSeals: (previous: (table: string) => Seal) => Map<string, Seal>,
): Promise<Map<string, Seal>> {
  const rows = await transaction.selectFrom('seal').selectAll().execute();
  const previous = new Map(rows.map((row) => [row.table_name, { rows: row.row_count, digest: row.digest }]));
  const changed = changedSeals((table) => previous.get(table) ?? emptySeal);
  for (const [table_name, { rows: row_count, digest }] of changed) {
    await transaction
      .insertInto('seal')
      .values({ table_name, row_count, digest })
      .onConflict((conflict) => conflict.column('table_name').doUpdateSet({ row_count, digest }))
      .execute();
  }
  return changed;
}

async function appendEntries(
  workspace: Workspace,
  transaction: Transaction<Database>,
  entries: readonly AuditEntry[],
  seals: Map<string, Seal>,
): Promise<void> {
  const head = await transaction
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  let seq = head?.seq ?? 0;
  let previous = head?.hash ?? chainStart;
  for (const [index, entry] of entries.entries()) {
    seq += 1;
    const isLast = index === entries.length - 1;
    const row = {
      seq,
      at: workspace.now().toISOString(),
      actor: workspace.actor,
      action: entry.action,
      subject: entry.subject,
      before: entry.before === undefined ? null : canonicalJson(entry.before),
      after: entry.after === undefined ? null : canonicalJson(entry.after),
      seals: isLast && seals.size > 0 ? canonicalJson(Object.fromEntries(seals)) : null,
      previous_hash: previous,
    };
    const hash = entryHash(row);
    await transaction
      .insertInto('audit')
      .values({ ...row, hash })
      .execute();
    previous = hash;
  }
}
