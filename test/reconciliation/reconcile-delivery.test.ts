import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listAudit } from '../../src/audit/list.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { batchLedger, openBreaks, reconcileDelivery } from '../../src/reconciliation/reconcile-delivery.ts';
import { ledgerTotals } from '../../src/reconciliation/totals.ts';
import { openWorkspace, type Workspace } from '../../src/storage/workspace.ts';
import { addBatch, addDelivery, type CustodyWorkspace, custodyWorkspace, edit, picked } from '../support/custody.ts';

let custody: CustodyWorkspace;
let workspace: Workspace;
beforeEach(async () => {
  custody = await custodyWorkspace();
  workspace = custody.workspace;
});
afterEach(() => custody.remove());

const stored = (deliveryId: number) =>
  workspace.db.selectFrom('delivery_finding').selectAll().where('delivery_id', '=', deliveryId).orderBy('id').execute();

async function waive(deliveryId: number, code: string): Promise<void> {
  await edit(workspace, async (db) => {
    const { id } = await db
      .insertInto('waiver')
      .values({
        delivery_id: deliveryId,
        code,
        reference: null,
        reason: 'r',
        waived_by: 'test',
        waived_at: '2021-03-05',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .updateTable('delivery_finding')
      .set({ waiver_id: id })
      .where('delivery_id', '=', deliveryId)
      .where('code', '=', code)
      .execute();
  });
}

test('the breaks of the newest delivery are stored with it, with audit, and survive reopening', async () => {
  const batch = await addBatch(workspace, 'B-1', [picked('A 1'), picked('A 2', { volume: '3' })]);
  const delivery = await addDelivery(workspace, batch.id, 1, [
    { reference: 'A 1', fileId: batch.files[0]!, declared: 40 },
    { reference: 'X 9' },
  ]);
  const ledger = await reconcileDelivery(workspace, 'B-1');
  expect(ledger.rounds[0]?.reconciled_at).not.toBeNull();
  const again = await openWorkspace(custody.root, { mode: 'read' });
  const rows = await again.db.selectFrom('delivery_finding').selectAll().orderBy('code').execute();
  expect(
    rows.map(({ code, source, severity, reference, delivery_file_id }) => [
      code,
      source,
      severity,
      reference,
      delivery_file_id,
    ]),
  ).toEqual([
    ['ledger.file-missing', 'reconciliation', 'error', 'A 2', null],
    ['ledger.file-unordered', 'reconciliation', 'error', 'X 9', delivery.files[1]],
    ['ledger.pages-above-estimate', 'reconciliation', 'warning', 'A 1', delivery.files[0]],
  ]);
  expect((await verifyAudit(again)).breaks).toEqual([]);
  expect((await listAudit(again, { subject: 'delivery/B-1/1', limit: 9 }))[0]?.action).toBe('delivery.reconciled');
  await again.close();
});

test('reconciling again changes no row, keeps waivers, and takes away what is mended', async () => {
  const batch = await addBatch(workspace, 'B-1', [picked('A 1'), picked('A 2')]);
  const { id } = await addDelivery(workspace, batch.id, 1, [{ reference: 'X 9' }]);
  await reconcileDelivery(workspace, 'B-1');
  await waive(id, 'ledger.file-unordered');
  const before = await stored(id);
  const ledger = await reconcileDelivery(workspace, 'B-1');
  expect(await stored(id)).toEqual(before);
  expect(openBreaks(ledger).map(({ finding }) => finding.code)).toEqual(['ledger.file-missing', 'ledger.file-missing']);
  await edit(workspace, (db) =>
    db
      .updateTable('delivery_file')
      .set({ file_id: batch.files[1]!, reference: 'A 2' })
      .where('delivery_id', '=', id)
      .execute(),
  );
  await reconcileDelivery(workspace, 'B-1');
  expect((await stored(id)).map(({ code, reference }) => [code, reference])).toEqual([['ledger.file-missing', 'A 1']]);
});

test('a waiver does not hold for a break that has changed', async () => {
  const batch = await addBatch(workspace, 'B-1', [picked('A 1')]);
  const { id } = await addDelivery(workspace, batch.id, 1, [
    { reference: 'A 1', fileId: batch.files[0]!, declared: 40 },
  ]);
  await reconcileDelivery(workspace, 'B-1');
  await waive(id, 'ledger.pages-above-estimate');
  await edit(workspace, (db) =>
    db.updateTable('delivery_file').set({ declared_pages: 90, received_pages: 90 }).execute(),
  );
  const ledger = await reconcileDelivery(workspace, 'B-1');
  expect(ledger.breaks).toMatchObject([{ waived: false, finding: { code: 'ledger.pages-above-estimate' } }]);
  expect(await stored(id)).toMatchObject([{ waiver_id: null }]);
});

test('an earlier round is reconciled by what was known with it', async () => {
  const batch = await addBatch(workspace, 'B-1', [picked('A 1'), picked('A 2')]);
  const first = await addDelivery(workspace, batch.id, 1, [{ reference: 'A 1', fileId: batch.files[0]! }]);
  const second = await addDelivery(workspace, batch.id, 2, [{ reference: 'A 2', fileId: batch.files[1]! }]);
  expect((await reconcileDelivery(workspace, 'B-1', 1)).breaks).toHaveLength(1);
  expect((await reconcileDelivery(workspace, 'B-1')).breaks).toEqual([]);
  expect(await stored(first.id)).toHaveLength(1);
  expect(await stored(second.id)).toEqual([]);
  const [own] = (await ledgerTotals(workspace.db)).batches;
  expect(own).toMatchObject({ state: 'delivered', rounds: 2, openBreaks: [] });
});

test('batch, round and delivery must exist', async () => {
  await addBatch(workspace, 'B-1', [picked('A 1')]);
  await expect(reconcileDelivery(workspace, 'B-2')).rejects.toMatchObject({ code: 'batch.unknown', exitCode: 2 });
  await expect(reconcileDelivery(workspace, 'B-1')).rejects.toMatchObject({
    code: 'reconcile.nothing-delivered',
    exitCode: 2,
  });
  const { id } = await workspace.db.selectFrom('batch').select('id').executeTakeFirstOrThrow();
  await addDelivery(workspace, id, 1, []);
  await expect(reconcileDelivery(workspace, 'B-1', 3)).rejects.toMatchObject({
    code: 'reconcile.round-unknown',
    exitCode: 2,
  });
});

test('the profile of the lot says how strictly sheets are taken, and how severe a break is', async () => {
  mkdirSync(workspace.paths.profiles, { recursive: true });
  const profile = {
    profile: 'p',
    version: '1',
    title: 'P',
    layout: { manifests: ['*.csv'], files: ['**/*.pdf'] },
    manifest: { columns: { path: 'Datei', sheets: 'Blatt', pages: 'Seiten', removedBlanks: 'Leer' } },
    pages: { sheetsTimesTwo: true },
    severity: { 'ledger.page-shortage': { severity: 'warning', reason: 'as agreed' } },
  };
  writeFileSync(join(workspace.paths.profiles, 'p.json'), JSON.stringify(profile));
  await edit(workspace, (db) => db.updateTable('lot').set({ delivery_profile: 'p.json' }).execute());
  const batch = await addBatch(workspace, 'B-1', [picked('A 1')]);
  await addDelivery(workspace, batch.id, 1, [{ reference: 'A 1', fileId: batch.files[0]!, declared: 19 }]);
  expect((await reconcileDelivery(workspace, 'B-1')).breaks).toMatchObject([
    { finding: { code: 'ledger.page-shortage', severity: 'warning', args: { sheets: 10, pages: 19 } } },
  ]);
});

test('documents that are waived one and all count as waived', async () => {
  const batch = await addBatch(workspace, 'B-1', [picked('A 1')]);
  const { id } = await addDelivery(workspace, batch.id, 1, [
    {
      reference: 'A 1',
      fileId: batch.files[0]!,
      documents: [
        { path: 'a.pdf', state: 'failed' },
        { path: 'b.pdf', state: 'failed' },
        { path: 'c.pdf', state: 'errored' },
        { path: 'd.pdf' },
      ],
    },
  ]);
  await edit(workspace, async (db) => {
    for (const path of ['a.pdf', 'b.pdf', 'c.pdf']) {
      await db
        .insertInto('delivery_finding')
        .values({
          delivery_id: id,
          delivery_file_id: null,
          source: 'check',
          code: path === 'b.pdf' ? 'pages.none' : 'file.empty',
          severity: 'error',
          path,
          page: null,
          row: null,
          reference: null,
          args: '{}',
          waiver_id: null,
        })
        .execute();
    }
  });
  await waive(id, 'file.empty');
  const { identities } = await batchLedger(workspace, 'B-1');
  expect(identities[0]).toMatchObject({ identity: 'documents', left: 4, right: 4, holds: true });
});

test('a manifest that states no pages declares none, which is not 0', async () => {
  const batch = await addBatch(workspace, 'B-1', [picked('A 1'), picked('A 2')]);
  await addDelivery(workspace, batch.id, 1, [
    { reference: 'A 1', fileId: batch.files[0]!, declared: 0, received: 20, documents: [{ declared: null }] },
    { reference: 'A 2', fileId: batch.files[1]!, declared: 9, received: 20, documents: [{}, { declared: null }] },
  ]);
  expect((await batchLedger(workspace, 'B-1')).breaks).toEqual([]);
});

test('a document state that nobody knows breaks the sum', async () => {
  const batch = await addBatch(workspace, 'B-1', [picked('A 1')]);
  await addDelivery(workspace, batch.id, 1, [
    { reference: 'A 1', fileId: batch.files[0]!, documents: [{ state: 'forgotten' }, {}] },
  ]);
  expect((await batchLedger(workspace, 'B-1')).identities[0]).toMatchObject({ left: 2, right: 1, holds: false });
});

test('a file of another batch is named with it, that of the own department first', async () => {
  await addBatch(workspace, 'B-3', [picked('A 7')], 'A-3');
  await addBatch(workspace, 'B-2', [picked('A 7')], 'A-2');
  const batch = await addBatch(workspace, 'B-1', [picked('A 1')]);
  await addDelivery(workspace, batch.id, 1, [{ reference: 'A 1', fileId: batch.files[0]! }, { reference: 'A  7' }]);
  expect((await batchLedger(workspace, 'B-1')).breaks).toMatchObject([
    { finding: { code: 'ledger.file-misfiled', args: { batch: 'B-2', lot: 'L2' } } },
  ]);
});

const content = (...digests: readonly string[]) => digests.map((sha256) => ({ sha256 }));

test('content delivered before in another batch is found, whole files and single documents', async () => {
  const other = await addBatch(workspace, 'B-1', [picked('A 1'), picked('A 2')]);
  await addDelivery(workspace, other.id, 1, [
    { reference: 'A 1', fileId: other.files[0]!, documents: content('x', 'y', 'z') },
    { reference: 'A 2', fileId: other.files[1]!, documents: content('x', 'u') },
  ]);
  const batch = await addBatch(workspace, 'B-2', [picked('A 3'), picked('A 4')]);
  await addDelivery(workspace, batch.id, 1, [
    { reference: 'A 3', fileId: batch.files[0]!, documents: content('u', 'x') },
    { reference: 'A 4', fileId: batch.files[1]!, documents: content('z', 'new') },
  ]);
  expect((await batchLedger(workspace, 'B-2')).breaks).toMatchObject([
    {
      finding: {
        code: 'ledger.duplicate-file',
        reference: 'A 3',
        args: { otherReference: 'A 2', batch: 'B-1', round: 1 },
      },
    },
    { finding: { code: 'ledger.document-known', reference: 'A 4', args: { otherReference: 'A 1' } } },
  ]);
  // The earlier batch is not told of the later one, only of the document that two of its own files share.
  expect((await batchLedger(workspace, 'B-1')).breaks).toMatchObject([
    { finding: { code: 'ledger.document-known', reference: 'A 2', args: { otherReference: 'A 1', batch: 'B-1' } } },
  ]);
});

test('a file delivered twice under two references in one delivery is told once, with the later', async () => {
  const batch = await addBatch(workspace, 'B-1', [picked('A 1'), picked('A 2')]);
  await addDelivery(workspace, batch.id, 1, [
    { reference: 'A 1', fileId: batch.files[0]!, documents: content('x', 'y') },
    { reference: 'A 2', fileId: batch.files[1]!, documents: content('y', 'x') },
  ]);
  expect((await batchLedger(workspace, 'B-1')).breaks).toMatchObject([
    { finding: { code: 'ledger.duplicate-file', reference: 'A 2', args: { otherReference: 'A 1' } } },
  ]);
});

test('what was rejected, replaced or delivered with the wrong batch may be delivered again', async () => {
  const batch = await addBatch(workspace, 'B-1', [picked('A 1'), picked('A 2')]);
  const other = await addBatch(workspace, 'B-2', [picked('A 3')]);
  await addDelivery(workspace, other.id, 1, [{ reference: 'A 2', documents: content('right') }]);
  await addDelivery(workspace, batch.id, 1, [
    { reference: 'A 1', fileId: batch.files[0]!, documents: content('right'), decision: { outcome: 'rejected' } },
  ]);
  await addDelivery(workspace, batch.id, 2, [
    { reference: 'A 1', fileId: batch.files[0]!, documents: content('other') },
    { reference: 'A 2', fileId: batch.files[1]!, documents: content('right') },
  ]);
  expect((await batchLedger(workspace, 'B-1')).breaks).toEqual([]);
});

test('empty and absent documents are not taken for copies of one another', async () => {
  const batch = await addBatch(workspace, 'B-1', [picked('A 1'), picked('A 2')]);
  await addDelivery(workspace, batch.id, 1, [
    { reference: 'A 1', fileId: batch.files[0]!, documents: content('empty').concat({ sha256: null as never }) },
    { reference: 'A 2', fileId: batch.files[1]!, documents: content('empty').concat({ sha256: null as never }) },
  ]);
  await edit(workspace, (db) => db.updateTable('delivery_document').set({ size: 0 }).execute());
  expect((await batchLedger(workspace, 'B-1')).breaks).toEqual([]);
});

test('a failure in the middle leaves neither breaks nor a date of reconciliation', async () => {
  const batch = await addBatch(workspace, 'B-1', [picked('A 1')]);
  const { id } = await addDelivery(workspace, batch.id, 1, []);
  const broken: Workspace = {
    ...workspace,
    now: () => {
      throw new Error('no clock');
    },
  };
  await expect(reconcileDelivery(broken, 'B-1')).rejects.toThrow('no clock');
  expect(await stored(id)).toEqual([]);
  const row = await workspace.db.selectFrom('delivery').select('reconciled_at').executeTakeFirst();
  expect(row?.reconciled_at).toBeNull();
});
