import { afterEach, beforeEach, expect, test } from 'vitest';
import { listCallOffs } from '../../src/contract/call-off.ts';
import { closeCallOff } from '../../src/contract/close-call-off.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { addCallOff, addContract, createLedger, type Ledger } from '../support/ledger.ts';

const day = (date: string) => date as CalendarDate;

let ledger: Ledger;
beforeEach(async () => {
  ledger = await createLedger();
  await addContract(ledger);
  await addCallOff(ledger, { number: 'A-1', on: '2021-03-01', pages: 1000 });
});
afterEach(() => ledger.remove());

test('a call-off ends on its own day at the earliest', async () => {
  await expect(closeCallOff(ledger.workspace, 'A-1', day('2021-02-28'))).rejects.toMatchObject({
    code: 'call-off.closed-before-order',
    exitCode: 2,
  });
  expect((await listCallOffs(ledger.workspace.db))[0]?.closed_on).toBeNull();
  await closeCallOff(ledger.workspace, 'A-1', day('2021-03-01'));
  expect((await listCallOffs(ledger.workspace.db))[0]?.closed_on).toBe('2021-03-01');
});
