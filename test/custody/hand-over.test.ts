import { afterEach, beforeEach, expect, test } from 'vitest';
import { listAudit } from '../../src/audit/list.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { closeCallOff } from '../../src/contract/close-call-off.ts';
import { handOverBatch } from '../../src/custody/hand-over.ts';
import { requireBatch } from '../../src/custody/store.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { addBatch, addDelivery, type CustodyWorkspace, custodyWorkspace, picked } from '../support/custody.ts';

const day = (value: string) => value as CalendarDate;

let custody: CustodyWorkspace;
beforeEach(async () => {
  custody = await custodyWorkspace();
});
afterEach(() => custody.remove());

test('the day of the hand-over is corrected, and both days are in the log', async () => {
  const { workspace } = custody;
  await addBatch(workspace, 'B-1', [picked('III/1')]);
  expect(await handOverBatch(workspace, 'B-1', day('2021-02-03'))).toEqual({
    batch: 'B-1',
    handedOverOn: '2021-02-03',
    before: '2021-02-01',
  });
  expect((await requireBatch(workspace.db, 'B-1')).handed_over_on).toBe('2021-02-03');
  expect(await listAudit(workspace, { limit: 1 })).toMatchObject([
    {
      action: 'batch.handed-over',
      subject: 'batch/B-1',
      before: { handedOverOn: '2021-02-01' },
      after: { handedOverOn: '2021-02-03' },
    },
  ]);
  expect((await verifyAudit(workspace)).breaks).toEqual([]);
});

test('the same day again changes nothing', async () => {
  const { workspace } = custody;
  await addBatch(workspace, 'B-1', [picked('III/1')]);
  const before = (await verifyAudit(workspace)).entries;
  await handOverBatch(workspace, 'B-1', day('2021-02-01'));
  expect((await verifyAudit(workspace)).entries).toBe(before);
});

test.each([
  ['before the call-off', '2021-01-09', 'batch.before-order'],
  ['in the future', '2999-01-01', 'batch.hand-over-to-come'],
  ['after the end of the call-off', '2021-06-02', 'batch.after-order'],
])('a day %s is refused and changes nothing', async (_what, on, code) => {
  const { workspace } = custody;
  await addBatch(workspace, 'B-1', [picked('III/1')]);
  if (code === 'batch.after-order') await closeCallOff(workspace, 'A-1', day('2021-06-01'));
  await expect(handOverBatch(workspace, 'B-1', day(on))).rejects.toMatchObject({ code, exitCode: 1 });
  expect((await requireBatch(workspace.db, 'B-1')).handed_over_on).toBe('2021-02-01');
});

test('a day after the first delivery is refused', async () => {
  const { workspace } = custody;
  const { id, files } = await addBatch(workspace, 'B-1', [picked('III/1')]);
  await addDelivery(workspace, id, 1, [{ reference: 'III/1', fileId: files[0] ?? 0 }]);
  await expect(handOverBatch(workspace, 'B-1', day('2021-12-31'))).rejects.toMatchObject({
    code: 'batch.hand-over-after-delivery',
  });
});

test('an unknown batch is met with the nearest known one', async () => {
  await addBatch(custody.workspace, 'B-1', [picked('III/1')]);
  await expect(handOverBatch(custody.workspace, 'B-2', day('2021-02-01'))).rejects.toMatchObject({
    code: 'batch.unknown',
    remedy: { en: expect.stringContaining('B-1') },
  });
});
