import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { disputeComplaint, withdrawComplaint } from '../../src/acceptance/complaint/answer.ts';
import { complaintNotice } from '../../src/acceptance/complaint/notice.ts';
import { type ComplaintRequest, raiseComplaint } from '../../src/acceptance/complaint/raise.ts';
import { complainedFiles } from '../../src/acceptance/complaint/store.ts';
import { acceptDelivery } from '../../src/acceptance/decide.ts';
import type { Decision } from '../../src/acceptance/decision.ts';
import { insertFindings } from '../../src/acceptance/delivery-store.ts';
import { createFinding } from '../../src/findings/finding.ts';
import { openBreaks, reconcileDelivery } from '../../src/reconciliation/reconcile-delivery.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { addBatch, addDelivery, type CustodyWorkspace, custodyWorkspace, edit, picked } from '../support/custody.ts';

const day = (value: string) => value as CalendarDate;
let custody: CustodyWorkspace;
let batch: { readonly id: number; readonly files: readonly number[] };
beforeEach(async () => {
  custody = await custodyWorkspace();
  const { workspace } = custody;
  batch = await addBatch(workspace, 'B-1', [
    picked('A'),
    picked('A', { volume: '2' }),
    picked('B'),
    picked('C'),
    picked('D'),
  ]);
  await addDelivery(workspace, batch.id, 1, [
    { reference: 'A', fileId: batch.files[0]!, decision: { outcome: 'accepted' } },
    { reference: 'A', volume: '2', fileId: batch.files[1]!, decision: { outcome: 'accepted' } },
    { reference: 'B', fileId: batch.files[2]!, decision: { outcome: 'accepted' } },
    { reference: 'C', fileId: batch.files[3]!, decision: { outcome: 'rejected' } },
  ]);
});
afterEach(() => custody.remove());

const raise = (files: readonly string[], more: Partial<ComplaintRequest> = {}) =>
  raiseComplaint(custody.workspace, {
    ...{ batch: 'B-1', files, reason: 'unscharf', raisedOn: day('2021-04-12'), deadline: day('2021-04-26') },
    ...more,
  });
const answer = (files: readonly string[], date = '2021-04-20') => ({
  ...{ batch: 'B-1', files, reason: 'im Original so', date: day(date) },
});
const states = async () =>
  (await complainedFiles(custody.workspace.db)).map(
    ({ reference, volume, state }) => `${reference}#${volume} ${state}`,
  );
const accept = (quantities?: ReadonlyMap<string, number>): Promise<Decision> => {
  const on = { decidedOn: day('2021-05-01'), performedOn: day('2021-05-01') };
  return acceptDelivery(custody.workspace, { batch: 'B-1', selection: { kind: 'faultless' }, ...on, quantities }, 'en');
};

describe('a complaint', () => {
  it('is about a file with all its volumes, or about one volume', async () => {
    const { files, number } = await raise(['A']);
    expect({ number, volumes: files.map(({ volume }) => volume) }).toEqual({ number: 1, volumes: ['', '2'] });
    await withdrawComplaint(custody.workspace, answer(['A']));
    expect((await raise(['A#2', 'B'])).number).toBe(2);
    expect(await states()).toEqual(['A# withdrawn', 'A#2 withdrawn', 'A#2 open', 'B# open']);
  });

  it.each<[code: string, files: string[], more: Partial<ComplaintRequest>]>([
    ['complaint.unknown-file', ['X'], {}],
    ['complaint.not-accepted', ['C'], {}],
    ['complaint.not-accepted', ['B', 'D'], {}],
    ['complaint.too-early', ['B'], { raisedOn: day('2021-03-04') }],
    ['acceptance.reason-missing', ['B'], { reason: '  ' }],
    ['notice.deadline-past', ['B'], { deadline: day('2021-04-12') }],
    ['notice.no-cure-period', ['B'], { deadline: undefined }],
    ['batch.unknown', ['B'], { batch: 'B-9' }],
  ])('is refused (%s) when it cannot be: %j %j', async (code, files, more) => {
    await expect(raise(files, more)).rejects.toMatchObject({ code });
    expect(await states()).toEqual([]);
  });

  it('is raised once at a time, by the database as well', async () => {
    await raise(['B']);
    await expect(raise(['A', 'B'])).rejects.toMatchObject({ code: 'complaint.pending' });
    expect(await states()).toEqual(['B# open']);
    const twice = edit(custody.workspace, async (db) => {
      const { id: _id, ...row } = await db.selectFrom('complaint_file').selectAll().executeTakeFirstOrThrow();
      const { id: _other, ...head } = await db.selectFrom('complaint').selectAll().executeTakeFirstOrThrow();
      const second = { ...head, number: 2 };
      const { id } = await db.insertInto('complaint').values(second).returning('id').executeTakeFirstOrThrow();
      await db
        .insertInto('complaint_file')
        .values({ ...row, complaint_id: id })
        .execute();
    });
    await expect(twice).rejects.toThrow(/UNIQUE/);
  });

  it('tells of defects that were known and waived at acceptance', async () => {
    const { workspace } = custody;
    const finding = createFinding(
      'pages.count-differs',
      { path: 'a.pdf', reference: 'B' },
      { declared: 20, counted: 19 },
    );
    const { id } = await workspace.db
      .selectFrom('delivery_file')
      .select('id')
      .where('reference', '=', 'B')
      .executeTakeFirstOrThrow();
    const { delivery_id } = await workspace.db
      .selectFrom('delivery_file')
      .select('delivery_id')
      .executeTakeFirstOrThrow();
    await edit(workspace, async (db) => {
      await insertFindings(db, delivery_id, [{ finding, deliveryFileId: id }]);
      // As it was recorded before the delivery was decided.
      const waiver = { delivery_id, code: finding.code, reference: null, reason: 'geklärt' };
      const { id: waiver_id } = await db
        .insertInto('waiver')
        .values({ ...waiver, waived_by: 'test', waived_at: '2021-03-04T10:00:00Z' })
        .returning('id')
        .executeTakeFirstOrThrow();
      await db.updateTable('delivery_finding').set({ waiver_id }).where('code', '=', finding.code).execute();
    });
    expect(await raise(['A', 'B'])).toMatchObject({ knownDefects: 1 });
  });

  it('is withdrawn or disputed only while it is pending, and not before it was raised', async () => {
    const { workspace } = custody;
    await expect(withdrawComplaint(workspace, answer(['B']))).rejects.toMatchObject({ code: 'complaint.not-pending' });
    await raise(['B']);
    await expect(disputeComplaint(workspace, answer(['B'], '2021-04-11'))).rejects.toMatchObject({
      code: 'complaint.too-early',
    });
    await disputeComplaint(workspace, answer(['B']));
    await expect(disputeComplaint(workspace, answer(['B']))).rejects.toMatchObject({ code: 'complaint.disputed' });
    await expect(raise(['B'])).rejects.toMatchObject({ code: 'complaint.pending' });
    await withdrawComplaint(workspace, answer(['B']));
    await expect(withdrawComplaint(workspace, answer(['B']))).rejects.toMatchObject({ code: 'complaint.not-pending' });
    await expect(complaintNotice(workspace, { batch: 'B-1', date: day('2021-04-21') })).rejects.toMatchObject({
      code: 'complaint.nothing-pending',
    });
  });
});

describe('a correction', () => {
  const redeliver = async () => {
    await addDelivery(custody.workspace, batch.id, 2, [{ reference: 'B', fileId: batch.files[2]! }]);
    return openBreaks(await reconcileDelivery(custody.workspace, 'B-1')).map(({ finding }) => finding.code);
  };

  it('may come although the defect is disputed, and settles the complaint', async () => {
    await raise(['B']);
    await disputeComplaint(custody.workspace, answer(['B']));
    await redeliver();
    expect(await accept()).toMatchObject({ accepted: [], corrected: [{ complaint: { number: 1 }, paidPages: 20 }] });
    expect(await complainedFiles(custody.workspace.db)).toMatchObject([
      {
        reference: 'B',
        state: 'corrected',
        statedOn: '2021-05-01',
        statement: 'im Original so',
        correction: { round: 2 },
      },
    ]);
  });

  it('is none without a complaint: the file is settled, and nothing is left to accept', async () => {
    expect(await redeliver()).toContain('ledger.delivered-after-acceptance');
    await expect(accept()).rejects.toMatchObject({ code: 'acceptance.nothing' });
  });

  it('has to be reconciled again when the complaint is withdrawn, or raised, in the meantime', async () => {
    await raise(['B']);
    expect(await redeliver()).not.toContain('ledger.delivered-after-acceptance');
    await withdrawComplaint(custody.workspace, answer(['B']));
    await expect(accept()).rejects.toMatchObject({ code: 'acceptance.not-reconciled' });
    await reconcileDelivery(custody.workspace, 'B-1');
    await expect(accept()).rejects.toMatchObject({ code: 'acceptance.nothing' });
    await raise(['B']);
    await expect(accept()).rejects.toMatchObject({ code: 'acceptance.not-reconciled' });
    await reconcileDelivery(custody.workspace, 'B-1');
    expect((await accept()).corrected).toHaveLength(1);
  });

  it('is not paid, and so takes no quantities', async () => {
    await raise(['B']);
    await redeliver();
    await expect(accept(new Map([['box', 1000]]))).rejects.toMatchObject({ code: 'acceptance.nothing-to-pay' });
    expect(await states()).toEqual(['B# open']);
  });

  it('stays one when the same command is given again, and is not rejected afterwards', async () => {
    await raise(['B']);
    await redeliver();
    const told = async () => (await accept()).corrected.map(({ file, paidPages }) => [file.reference, paidPages]);
    expect(await told()).toEqual([['B', 20]]);
    expect(await told()).toEqual([['B', 20]]);
    const rows = await custody.workspace.db.selectFrom('decision_file').select('outcome').orderBy('id').execute();
    expect(rows.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted', 'rejected', 'corrected']);
  });
});
