import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyAudit } from '../../src/audit/verify.ts';
import { type BatchRequest, createBatch } from '../../src/custody/create-batch.ts';
import { listFiles, requireBatch } from '../../src/custody/store.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { openWorkspace } from '../../src/storage/workspace.ts';
import { type CustodyWorkspace, custodyWorkspace, edit, picked } from '../support/custody.ts';

let custody: CustodyWorkspace;
beforeEach(async () => {
  custody = await custodyWorkspace();
});
afterEach(() => custody.remove());

const create = (files: BatchRequest['pickList']['files'], more: Partial<BatchRequest> = {}) =>
  createBatch(custody.workspace, { order: 'A-1', pickList: { files, ignored: [] }, ...more });
const on = (date: string) => date as CalendarDate;

test('a batch is recorded with boxes, files and an audit entry', async () => {
  const created = await create(
    [picked('A 1', { box: 'K1' }), picked('A 1', { box: 'K1', volume: '2' }), picked('A 2', { expectedSheets: null })],
    { handedOverOn: on('2021-03-01'), millimetres: 12_500, note: 'Fuhre 1' },
  );
  expect(created).toMatchObject({ key: 'B-2021-001', files: 3, boxes: 1, expectedSheets: 20, filesWithoutSheets: 1 });
  const again = await openWorkspace(custody.root, { mode: 'read' });
  const batch = await requireBatch(again.db, 'B-2021-001');
  expect(batch).toMatchObject({ handed_over_on: '2021-03-01', millimetres: 12_500, note: 'Fuhre 1' });
  expect(batch.lot).toMatchObject({ key: 'L1', contract: 'RV-1' });
  expect((await listFiles(again.db, batch.id)).map(({ reference, volume, box }) => [reference, volume, box])).toEqual([
    ['A 1', '', 'K1'],
    ['A 1', '2', 'K1'],
    ['A 2', '', null],
  ]);
  expect((await verifyAudit(again)).breaks).toEqual([]);
  await again.close();
});

test('the key proposed is the next free number of the year', async () => {
  await create([picked('A 1')], { key: 'B-2021-009' });
  expect((await create([picked('A 2')], { handedOverOn: on('2021-05-01') })).key).toBe('B-2021-010');
  expect((await create([picked('A 3')], { handedOverOn: on('2022-01-05') })).key).toBe('B-2022-001');
});

test.each(['b-2021-009', '../escape', 'Größe', 'NUL', 'x.', '', 'x'.repeat(41)])(
  'the key "%s" is refused',
  async (key) => {
    await create([picked('A 1')], { key: 'B-2021-009' });
    await expect(create([picked('A 2')], { key })).rejects.toMatchObject({ exitCode: 2 });
  },
);

test('a file of the department that is out already is refused with its batch, and nothing is recorded', async () => {
  await create([picked('A 1'), picked('A 2', { volume: '1' })], { key: 'B-1' });
  const refused = create([picked('A 9'), picked('A  1', { row: 3 }), picked('A 2', { volume: '2' })], { order: 'A-2' });
  await expect(refused).rejects.toMatchObject({
    code: 'batch.files-out-already',
    exitCode: 1,
    details: [{ en: 'Row 3: A  1: batch B-1' }],
  });
  const { workspace } = custody;
  expect(await workspace.db.selectFrom('batch').select('key').execute()).toEqual([{ key: 'B-1' }]);
  expect(await workspace.db.selectFrom('file').select('id').execute()).toHaveLength(2);
});

test('the same reference in another department is another file', async () => {
  await create([picked('A 1')]);
  await expect(create([picked('A 1')], { order: 'A-3' })).resolves.toMatchObject({ files: 1 });
});

test('more sheets than ordered pages allow are told, not refused', async () => {
  expect((await create([picked('A 1', { expectedSheets: 50_000 })])).findings).toEqual([]);
  const { findings } = await create([picked('A 2', { expectedSheets: 1 })]);
  expect(findings).toMatchObject([
    {
      code: 'ledger.picked-above-order',
      severity: 'warning',
      args: { ordered: 100_000, sheets: 50_001, pages: 100_002 },
    },
  ]);
});

test('nothing is handed over under a closed order, or before it was placed', async () => {
  await expect(create([picked('A 1')], { handedOverOn: on('2021-01-09') })).rejects.toMatchObject({
    code: 'batch.before-order',
  });
  await edit(custody.workspace, (db) =>
    db
      .updateTable('call_off')
      .set({ closed_on: on('2021-06-01') })
      .execute(),
  );
  await expect(create([picked('A 1')])).rejects.toMatchObject({ code: 'batch.order-closed', exitCode: 1 });
});

test('an unknown order or batch is answered with the nearest one', async () => {
  await create([picked('A 1')], { key: 'B-2021-001' });
  await expect(create([picked('A 2')], { order: 'A-11' })).rejects.toMatchObject({
    exitCode: 2,
    remedy: { en: expect.stringContaining('A-1') },
  });
  await expect(requireBatch(custody.workspace.db, 'B-2021-01')).rejects.toMatchObject({
    exitCode: 2,
    remedy: { en: expect.stringContaining('Did you mean "B-2021-001"?') },
  });
});

test('a list of several thousand files is recorded as a whole', async () => {
  const files = Array.from({ length: 2500 }, (_, index) => picked(`A ${index}`, { box: `K${index % 1200}` }));
  expect(await create(files)).toMatchObject({ files: 2500, boxes: 1200 });
  const batch = await requireBatch(
    custody.workspace.db,
    (await custody.workspace.db.selectFrom('batch').select('key').executeTakeFirstOrThrow()).key,
  );
  const rows = await listFiles(custody.workspace.db, batch.id);
  expect(rows.map(({ reference, box }) => [reference, box])).toEqual(
    files.map(({ reference, box }) => [reference, box]),
  );
});
