import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';

test('a transaction that the database has ended by itself, as on a full disk, tells what failed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scanlot-transactions-'));
  const database = await openDatabase(join(folder, 'scanlot.db'), false, new Date('2021-05-01T10:00:00Z'));
  try {
    const failing = database.db.transaction().execute(async (transaction) => {
      await sql`rollback`.execute(transaction);
      throw new Error('database or disk is full');
    });
    await expect(failing).rejects.toThrow('database or disk is full');
    await database.db.transaction().execute((transaction) => sql`select 1`.execute(transaction));
  } finally {
    await database.close();
    await rm(folder, { recursive: true });
  }
});
