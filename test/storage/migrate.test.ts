import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { raiseComplaint } from '../../src/acceptance/complaint/raise.ts';
import { complainedFiles } from '../../src/acceptance/complaint/store.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { ledgerTotals } from '../../src/reconciliation/totals.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { openWorkspace } from '../../src/storage/workspace.ts';
import { acceptPages, addBatch, addCallOff, addContract, createLedger, type Ledger } from '../support/ledger.ts';

let ledger: Ledger;
beforeEach(async () => {
  ledger = await createLedger();
  await addContract(ledger);
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 100, files: 2 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 2 });
  await acceptPages(ledger, 'B-1', '2021-02-01', 12, 30);
});
afterEach(() => ledger.remove());

/** As a workspace was before complaints were known. */
function takeBack(root: string): void {
  const db = new BetterSqlite3(join(root, 'scanlot.db'));
  db.exec(`
    drop table complaint_file;
    drop table complaint;
    drop index decision_file_corrected;
    delete from migration where name = '0007-complaints';
  `);
  db.close();
}

test('a workspace from before complaints keeps what it holds, and takes complaints', async () => {
  const { workspace, root } = ledger;
  const before = await ledgerTotals(workspace.db);
  await workspace.close();
  takeBack(root);

  const again = await openWorkspace(root, { mode: 'write', actor: 'test' });
  expect(await ledgerTotals(again.db)).toEqual(before);
  const days = { raisedOn: '2021-03-01' as CalendarDate, deadline: '2021-03-20' as CalendarDate };
  await raiseComplaint(again, { batch: 'B-1', files: ['B-1/1'], reason: 'unscharf', ...days });
  expect(await complainedFiles(again.db)).toMatchObject([{ reference: 'B-1/1', state: 'open', pages: 12 }]);
  expect((await verifyAudit(again)).breaks).toEqual([]);
  await again.close();
});
