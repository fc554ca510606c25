import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { change } from '../../src/audit/change.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { createWorkspace, openWorkspace, type Workspace } from '../../src/storage/workspace.ts';

let root: string;
let workspace: Workspace;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'scanlot-'));
  workspace = await createWorkspace(root, { county: 'Test' }, { mode: 'write' });
});
afterEach(async () => {
  await workspace.close();
  rmSync(root, { recursive: true, force: true });
});

const addLine = (account: string) =>
  change(workspace, async ({ db, record }) => {
    await db
      .insertInto('budget_line')
      .values({
        fiscal_year: 2021,
        account,
        cost_centre: '1',
        department: 'd',
        title: 't',
        appropriation: 1 as never,
        carry_over: 0 as never,
      })
      .execute();
    record({ action: 'budget-line.added', subject: `budget/${account}`, after: { account } });
  });

test('a sound log verifies', async () => {
  await addLine('a');
  await addLine('b');
  expect(await verifyAudit(workspace)).toMatchObject({ entries: 2, breaks: [] });
});

test('a row changed outside is found by its table', async () => {
  await addLine('a');
  await workspace.close();
  const raw = new BetterSqlite3(join(root, 'scanlot.db'));
  raw.exec('update budget_line set appropriation = 2');
  raw.close();
  workspace = await openWorkspace(root, { mode: 'write' });
  expect((await verifyAudit(workspace)).breaks).toMatchObject([{ code: 'table-changed', table: 'budget_line' }]);
});

test('an entry changed or removed is found by its number', async () => {
  await addLine('a');
  await addLine('b');
  await addLine('c');
  await workspace.close();
  const raw = new BetterSqlite3(join(root, 'scanlot.db'));
  raw.exec("update audit set actor = 'x' where seq = 2; delete from audit where seq = 1");
  raw.close();
  workspace = await openWorkspace(root, { mode: 'write' });
  expect((await verifyAudit(workspace)).breaks).toMatchObject([
    { code: 'entry-missing', seq: 1 },
    { code: 'entry-changed', seq: 2 },
  ]);
});
