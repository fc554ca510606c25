import { afterEach, beforeEach, expect, test } from 'vitest';
import { listAudit } from '../../src/audit/list.ts';
import { listCallOffs } from '../../src/contract/call-off.ts';
import { type CallOffRequest, createCallOff } from '../../src/contract/create-call-off.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { acceptPages, addBatch, addBudget, addContract, createLedger, type Ledger } from '../support/ledger.ts';

let ledger: Ledger;
beforeEach(async () => {
  ledger = await createLedger();
  await addContract(ledger);
  // Left for orders at EUR 0.10 a page and 19 % VAT: exactly 10,000 pages.
  await addBudget(ledger, { year: 2021, appropriation: '1000.00', carryOver: '190.00' });
});
afterEach(() => ledger.remove());

const order = (pages: number, more: Partial<CallOffRequest> = {}) =>
  createCallOff(ledger.workspace, {
    lot: 'L1',
    pages,
    files: 0,
    documents: 0,
    millimetres: 0,
    orderedOn: '2021-02-01' as CalendarDate,
    quantities: new Map(),
    ...more,
  });

test('a call-off may take all that is left of appropriation and carry-over, and not a page more', async () => {
  await expect(order(10_001)).rejects.toMatchObject({
    exitCode: 1,
    code: 'call-off.budget-exceeded',
    text: { de: expect.stringContaining('1.190,00'), en: expect.stringContaining('1,190.00') },
    remedy: { de: expect.stringContaining('--over-budget'), en: expect.stringContaining('--over-budget') },
  });
  expect(await listCallOffs(ledger.workspace.db)).toEqual([]);
  await order(10_000);
  await expect(order(1)).rejects.toMatchObject({ text: { de: expect.stringContaining('noch 0,00') } });
});

test('what was ordered and accepted before counts once', async () => {
  await order(6_000, { number: 'A-1' });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 1 });
  await acceptPages(ledger, 'B-1', '2021-03-01', 5_000);
  await expect(order(4_001)).rejects.toMatchObject({ code: 'call-off.budget-exceeded' });
  await order(4_000);
});

test('it may exceed the line for a reason, which the audit log keeps with what was left', async () => {
  await order(20_000, { overBudget: 'Nachtragshaushalt beschlossen' });
  expect(await listAudit(ledger.workspace, { limit: 1 })).toMatchObject([
    {
      action: 'call-off.created',
      after: { overBudget: { reason: 'Nachtragshaushalt beschlossen', available: '1190.00' } },
    },
  ]);
});

test('a reason is not recorded where none is needed, and must say something', async () => {
  await order(10, { overBudget: 'vorsorglich' });
  const [entry] = await listAudit(ledger.workspace, { limit: 1 });
  expect(entry?.after).not.toHaveProperty('overBudget');
  await expect(order(20_000, { overBudget: ' ' })).rejects.toMatchObject({
    code: 'call-off.reason-missing',
    exitCode: 2,
  });
});

test.each([
  { account: 'K9', costCentre: 'S1' },
  { account: 'K1', costCentre: 'S1', fiscalYear: 2022 },
])('what has no budget line cannot be ordered without a reason: %j', async (line) => {
  await expect(order(1, line)).rejects.toMatchObject({ code: 'call-off.no-appropriation', exitCode: 1 });
  await order(1, { ...line, overBudget: 'Ansatz folgt im Nachtrag' });
});
