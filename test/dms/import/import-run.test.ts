import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifyAudit } from '../../../src/audit/verify.ts';
import type { ImportSettings } from '../../../src/dms/import/pace.ts';
import { readImportPlan } from '../../../src/dms/import/read-plan.ts';
import { type RunOptions, runImport } from '../../../src/dms/import/run.ts';
import { importObjects } from '../../../src/dms/import/store.ts';
import { verifyImports } from '../../../src/dms/import/verify.ts';
import { withdrawable, withdrawObjects } from '../../../src/dms/import/withdraw.ts';
import { groupBy } from '../../../src/shared/group-by.ts';
import { edit, type Ledger } from '../../support/ledger.ts';
import { acceptedBatch, batch, documentPath } from '../xdomea/accepted-batch.ts';
import { type Call, type Fault, failure, MemoryDms } from './memory-dms.ts';

let ledger: Ledger;
let dms: MemoryDms;

const contents = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ [`${at}/a.pdf`]: `a ${at}`, [`${at}/b.pdf`]: `b ${at}` }));
const prepare = async (count: number) => {
  ledger = await acceptedBatch(contents(count));
};
const run = (options: Partial<RunOptions> = {}) =>
  runImport(ledger.workspace, dms, { signal: new AbortController().signal, ...options });
const outcomes = async (options: Partial<RunOptions> = {}) =>
  (await run(options)).outcomes.map(({ outcome, how }) => how ?? outcome);
const states = async () => [...(await importObjects(ledger.workspace.db)).values()].map(({ state }) => state);
const keyOf = async (at: number) => (await readImportPlan(ledger.workspace, { adapter: dms }))[at]?.objectKey ?? 'none';
/** Fails once, at this call for this file. */
const once = (call: Call, key: string, fault: Fault) => {
  let isDone = false;
  dms.judge = (at, of) => {
    if (isDone || at !== call || of !== key) return undefined;
    isDone = true;
    return fault;
  };
};
const actions = async () => {
  const rows = await ledger.workspace.db.selectFrom('audit').select(['action', 'subject']).orderBy('seq').execute();
  return rows.filter(({ action }) => action.startsWith('import.')).map(({ action, subject }) => ({ action, subject }));
};

beforeEach(() => {
  dms = new MemoryDms();
});
afterEach(() => ledger.remove());

describe('an import', () => {
  it('stores every accepted file once, reads it back, and does nothing when it is run again', async () => {
    await prepare(5);
    expect(await outcomes()).toEqual(Array(5).fill('created'));
    expect(dms.held).toHaveLength(5);
    const first = dms.held.find(({ documents }) => documents.has('0/a.pdf'));
    expect(first?.documents.get('0/a.pdf')?.toString()).toBe('a 0');
    dms.calls.length = 0;
    expect(await outcomes()).toEqual(Array(5).fill('already-imported'));
    expect(dms.calls).toEqual([]);
    expect((await verifyAudit(ledger.workspace)).breaks).toEqual([]);
  });

  it('lets the system complete what an ended run left, though nothing is left to store', async () => {
    await prepare(1);
    await run();
    const settled = vi.fn(async () => undefined);
    await runImport(ledger.workspace, Object.assign(dms, { settle: settled }), {
      signal: new AbortController().signal,
    });
    expect(settled).toHaveBeenCalledOnce();
  });

  it('records the intent before the request, the id before the read-back, and success last', async () => {
    await prepare(3);
    const seen: string[] = [];
    dms.judge = async (call, key) => {
      const row = [...(await importObjects(ledger.workspace.db)).values()].find((one) => one.object_key === key);
      seen.push(`${call}: ${row?.state}`);
      return undefined;
    };
    await run();
    expect(seen.sort()).toEqual([...Array(3).fill('create: intended'), ...Array(3).fill('readBack: sent')]);
    const byFile = groupBy(await actions(), ({ subject }) => subject);
    for (const entries of byFile.values()) {
      expect(entries.map(({ action }) => action)).toEqual(['import.intended', 'import.sent', 'import.confirmed']);
    }
  });

  it.each([
    ['lookUp', 'before'],
    ['create', 'before'],
    ['create', 'after'],
    ['readBack', 'before'],
  ] as const)(
    'ends when the system fails at "%s" (%s it is done), and completes when it is run again',
    async (call, when) => {
      await prepare(6);
      const key = await keyOf(2);
      if (call === 'lookUp') {
        once('create', key, { when: 'before', error: failure('dms.unreachable') });
        await expect(run()).rejects.toMatchObject({ code: 'dms.unreachable' });
      }
      once(call, key, { when, error: failure('dms.unreachable') });
      await expect(run()).rejects.toMatchObject({ code: 'dms.unreachable' });
      expect(await outcomes()).toHaveLength(6);
      expect(await states()).toEqual(Array(6).fill('confirmed'));
      expect(dms.held.map((one) => one.key).sort()).toEqual([...new Set(dms.held.map((one) => one.key))].sort());
      expect(dms.held).toHaveLength(6);
    },
  );

  it('never sends a file twice whose first answer was lost', async () => {
    await prepare(2);
    const key = await keyOf(0);
    once('create', key, { when: 'after', error: failure('dms.unreachable') });
    await expect(run({ settings: { parallel: 1 } })).rejects.toMatchObject({ code: 'dms.unreachable' });
    dms.calls.length = 0;
    expect(await outcomes()).toEqual(['found', 'created']);
    expect(dms.calls).not.toContain(`create ${key}`);
  });

  it('goes on with the others when one file fails, and tells why', async () => {
    await prepare(4);
    once('create', await keyOf(1), { when: 'before', error: failure('dms.value-refused') });
    const { outcomes: all } = await run();
    expect(all.map(({ outcome }) => outcome)).toEqual(['imported', 'failed', 'imported', 'imported']);
    expect(all[1]?.error?.de).toBe('dms.value-refused');
    expect(await outcomes()).toEqual(['already-imported', 'created', 'already-imported', 'already-imported']);
  });

  it('does not confirm what is read back otherwise than it was accepted', async () => {
    await prepare(2);
    once('readBack', await keyOf(0), { when: 'falsify' });
    const { outcomes: all } = await run();
    expect(all[0]).toMatchObject({ outcome: 'failed', error: { de: 'anderer Inhalt: 0/a.pdf' } });
    expect(await states()).toEqual(['failed', 'confirmed']);
    expect(await outcomes()).toEqual(['found', 'already-imported']);
  });

  it('does not confirm another number of pages than was accepted, where the system counts', async () => {
    await prepare(1);
    dms.pages = 7;
    const { outcomes: all } = await run();
    expect(all[0]?.error?.en).toBe('page count differs: 0/a.pdf has 7 pages in the DMS instead of 1');
    dms.pages = 1;
    expect(await outcomes()).toEqual(['found']);
  });

  it('refuses a file whose bytes changed after acceptance, and stores nothing of it', async () => {
    await prepare(2);
    writeFileSync(documentPath(ledger, '0/b.pdf'), 'b x');
    const { outcomes: all } = await run();
    expect(all.map(({ outcome }) => outcome)).toEqual(['failed', 'imported']);
    expect(all[0]?.error?.de).toBe('Das Dokument „0/b.pdf“ hat nicht mehr den abgenommenen Inhalt.');
    expect(dms.held.map((one) => one.documents.has('1/a.pdf'))).toEqual([true]);
  });

  it('refuses when the delivery is gone, and says so for every file', async () => {
    await prepare(2);
    await edit(ledger, (db) => db.updateTable('delivery').set({ package_path: 'nowhere' }).execute());
    const { outcomes: all } = await run();
    expect(all.map(({ outcome, reason }) => `${outcome} ${reason}`)).toEqual(Array(2).fill('refused package-missing'));
    expect(dms.calls).toEqual([]);
  });

  it('imports several files at once, those of one box in their order', async () => {
    await prepare(12);
    await edit(ledger, async (db) => {
      const { id: batch_id } = await db.selectFrom('batch').select('id').executeTakeFirstOrThrow();
      await db
        .insertInto('box')
        .values([1, 2].map((id) => ({ id, batch_id, barcode: `K${id}` })))
        .execute();
      const files = await db.selectFrom('file').select('id').orderBy('id').execute();
      for (const [at, { id }] of files.entries()) {
        await db
          .updateTable('file')
          .set({ box_id: at < 6 ? 1 : 2 })
          .where('id', '=', id)
          .execute();
      }
    });
    const plan = await readImportPlan(ledger.workspace, { adapter: dms });
    const boxes = new Map(plan.map(({ objectKey, file }) => [objectKey, file.box]));
    const creating = new Map<string | null | undefined, number>();
    let most = 0;
    dms.judge = async (call, key) => {
      if (call !== 'create') return undefined;
      const box = boxes.get(key);
      expect(creating.get(box) ?? 0).toBe(0);
      creating.set(box, 1);
      most = Math.max(
        most,
        [...creating.values()].reduce((sum, one) => sum + one, 0),
      );
      await new Promise((resolve) => setTimeout(resolve, 2));
      creating.set(box, 0);
      return undefined;
    };
    const { parallel } = await run({ settings: { parallel: 6 } });
    expect(most).toBe(2);
    expect(parallel).toBeGreaterThanOrEqual(2);
    const created = dms.calls.flatMap((call) => (call.startsWith('create ') ? [call.slice(7)] : []));
    for (const box of ['K1', 'K2']) {
      const planned = plan.filter(({ file }) => file.box === box).map(({ objectKey }) => objectKey);
      expect(created.filter((key) => boxes.get(key) === box)).toEqual(planned);
    }
  });

  it('never has more under way than it is allowed', async () => {
    await prepare(10);
    let underWay = 0;
    let most = 0;
    dms.judge = async (call) => {
      if (call !== 'create') return undefined;
      most = Math.max(most, (underWay += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay -= 1;
      return undefined;
    };
    await run({ settings: { parallel: 1 } });
    expect(most).toBe(1);
  });

  it('gives many small files at once, also of one box, to a system that makes objects durable together', async () => {
    await prepare(12);
    let underWay = 0;
    let most = 0;
    dms.judge = async (call) => {
      if (call !== 'create') return undefined;
      most = Math.max(most, (underWay += 1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      underWay -= 1;
      return undefined;
    };
    Object.assign(dms, { group: 10 });
    const { parallel, outcomes: all } = await run({});
    expect([parallel, most]).toEqual([10, 10]);
    expect(all.every(({ outcome }) => outcome === 'imported')).toBe(true);
  });

  it('finishes what is under way when it is interrupted, and begins nothing more', async () => {
    await prepare(8);
    const controller = new AbortController();
    dms.judge = (call) => {
      if (call === 'create') controller.abort();
      return undefined;
    };
    const { outcomes: all, stopped } = await run({ signal: controller.signal, settings: { parallel: 2 } });
    expect(stopped).toBe('interrupted');
    const done = all.filter(({ outcome }) => outcome === 'imported').length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThanOrEqual(2);
    expect(all.filter(({ outcome }) => outcome === 'not-begun')).toHaveLength(8 - done);
    expect(await states()).toEqual(Array(done).fill('confirmed'));
    dms.judge = () => undefined;
    expect(await outcomes()).toHaveLength(8);
    expect(await states()).toEqual(Array(8).fill('confirmed'));
  });

  const at = (time: string) => ({
    now: () => new Date(`2021-03-01T${time}:00`),
    elapsed: () => 0,
    sleep: async () => {},
  });

  it('is refused outside its window, and stops at its end', async () => {
    await prepare(4);
    const settings: ImportSettings = { window: { from: '20:00', to: '06:00' }, parallel: 1 };
    await expect(run({ settings, clock: at('12:00') })).rejects.toMatchObject({ code: 'import.outside-window' });
    expect(dms.calls).toEqual([]);
    let time = '05:59';
    const clock = { ...at(time), now: () => at(time).now() };
    dms.judge = () => {
      time = '06:00';
      return undefined;
    };
    const { stopped, outcomes: all } = await run({ settings, clock });
    expect(stopped).toBe('window');
    expect(all.filter(({ outcome }) => outcome === 'imported')).toHaveLength(1);
  });

  it('stops when too many files fail', async () => {
    await prepare(40);
    dms.judge = (call) => (call === 'create' ? { when: 'before', error: failure('dms.value-refused') } : undefined);
    const { stopped, outcomes: all } = await run({ settings: { stopAtFailedShare: 0.5, parallel: 1 } });
    expect(stopped).toBe('failed-share');
    expect(all.filter(({ outcome }) => outcome === 'failed')).toHaveLength(20);
  });

  it('does less at once when the system asks for less', async () => {
    await prepare(30);
    let underWay = 0;
    const widths: number[] = [];
    dms.judge = async (call) => {
      if (call !== 'create') return undefined;
      widths.push((underWay += 1));
      dms.refusals += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay -= 1;
      return undefined;
    };
    await run({ settings: { parallel: 8 } });
    expect(Math.max(...widths.slice(4))).toBe(1);
  });
});

describe('content accepted anew', () => {
  const acceptAnew = async (content: string) => {
    writeFileSync(documentPath(ledger, '0/a.pdf'), content);
    const { createHash } = await import('node:crypto');
    await edit(ledger, async (db) => {
      const old = await db.selectFrom('delivery_file').selectAll().orderBy('id').executeTakeFirstOrThrow();
      const { id: _delivery, ...delivery } = await db.selectFrom('delivery').selectAll().executeTakeFirstOrThrow();
      const { id: delivery_id } = await db
        .insertInto('delivery')
        .values({ ...delivery, round: 2 })
        .returning('id')
        .executeTakeFirstOrThrow();
      const { id: _file, ...columns } = old;
      const { id } = await db
        .insertInto('delivery_file')
        .values({ ...columns, delivery_id })
        .returning('id')
        .executeTakeFirstOrThrow();
      const { id: _, ...document } = await db
        .selectFrom('delivery_document')
        .selectAll()
        .where('path', '=', '0/a.pdf')
        .executeTakeFirstOrThrow();
      const sha256 = createHash('sha256').update(content).digest('hex');
      await db
        .insertInto('delivery_document')
        .values({ ...document, delivery_file_id: id, sha256, size: content.length })
        .execute();
      await db
        .updateTable('decision_file')
        .set({ delivery_file_id: id })
        .where('delivery_file_id', '=', old.id)
        .execute();
    });
  };

  it('is brought into the stored object, and read back', async () => {
    await prepare(2);
    await run();
    await acceptAnew('corrected');
    expect(await outcomes()).toEqual(['updated', 'already-imported']);
    const key = await keyOf(0);
    const held = dms.held.find((one) => one.key === key);
    expect([...(held?.documents ?? [])].map(([name, bytes]) => `${name}: ${bytes}`)).toEqual(['0/a.pdf: corrected']);
    const verified = await verifyImports(ledger.workspace, dms, { signal: new AbortController().signal });
    expect(verified.map(({ difference }) => difference)).toEqual([null, null]);
    expect(await outcomes()).toEqual(['already-imported', 'already-imported']);
  });

  it.each(['before', 'after'] as const)('completes when the system failed %s it was done', async (when) => {
    await prepare(2);
    await run();
    await acceptAnew('corrected');
    const key = await keyOf(0);
    once('update', key, { when, error: failure('dms.unreachable') });
    await expect(run()).rejects.toMatchObject({ code: 'dms.unreachable' });
    expect(await states()).toEqual(['updating', 'confirmed']);
    once('update', key, { when, error: failure('dms.object-busy') });
    expect(await outcomes()).toEqual(['failed', 'already-imported']);
    expect(await states()).toEqual(['update-failed', 'confirmed']);
    expect(await outcomes()).toEqual(['updated', 'already-imported']);
    const held = dms.held.find((one) => one.key === key);
    expect(held?.documents.get('0/a.pdf')?.toString()).toBe('corrected');
  });

  it('is refused where the system cannot update', async () => {
    await prepare(1);
    await run();
    await acceptAnew('corrected');
    dms.capabilities = { ...dms.capabilities, update: false };
    const { outcomes: all } = await run();
    expect(all[0]).toMatchObject({ outcome: 'refused', reason: 'update-impossible' });
  });
});

describe('a withdrawal', () => {
  const signal = new AbortController().signal;
  const withdraw = async (files?: number) => {
    const plan = await readImportPlan(ledger.workspace, { adapter: dms });
    const ids = new Set(plan.slice(0, files).map(({ file }) => file.fileId));
    const objects = await withdrawable(ledger.workspace, dms, ids);
    return withdrawObjects(ledger.workspace, dms, objects, { reason: 'falscher Aktenplan', signal });
  };

  it('removes what was imported, with its reason in the log; the files are imported again only when asked to', async () => {
    await prepare(3);
    await run();
    expect((await withdraw(2)).map(({ outcome }) => outcome)).toEqual(['withdrawn', 'withdrawn']);
    expect(dms.held).toHaveLength(1);
    const entry = await ledger.workspace.db
      .selectFrom('audit')
      .select('after')
      .where('action', '=', 'import.withdrawing')
      .executeTakeFirstOrThrow();
    expect(entry.after).toContain('falscher Aktenplan');
    expect(await outcomes()).toEqual(['skipped', 'skipped', 'already-imported']);
    expect(await outcomes({ withdrawn: true })).toEqual(['created', 'created', 'already-imported']);
    expect(dms.held).toHaveLength(3);
    const accepted = await ledger.workspace.db.selectFrom('decision_file').select('outcome').execute();
    expect(accepted.map(({ outcome }) => outcome)).toEqual(Array(3).fill('accepted'));
  });

  it.each(['before', 'after'] as const)('completes when the system failed %s it was done', async (when) => {
    await prepare(2);
    await run();
    once('remove', await keyOf(0), { when, error: failure('dms.unreachable') });
    await expect(withdraw()).rejects.toMatchObject({ code: 'dms.unreachable' });
    expect(await states()).toEqual(['withdrawing', 'confirmed']);
    const { outcomes: all } = await run();
    expect(all[0]).toMatchObject({ outcome: 'refused', reason: 'withdrawal-unfinished' });
    await withdraw();
    expect(await states()).toEqual(['withdrawn', 'withdrawn']);
    expect(dms.held).toEqual([]);
    const rows = await ledger.workspace.db.selectFrom('import_withdrawal').selectAll().execute();
    expect(rows).toHaveLength(2);
    expect(rows.every(({ removed_at }) => removed_at !== null)).toBe(true);
  });

  it('removes an object whose first answer was lost, found by its key', async () => {
    await prepare(1);
    once('create', await keyOf(0), { when: 'after', error: failure('dms.unreachable') });
    await expect(run()).rejects.toMatchObject({ code: 'dms.unreachable' });
    expect(dms.held).toHaveLength(1);
    await withdraw();
    expect(dms.held).toEqual([]);
  });

  it('tells what could not be removed, and goes on', async () => {
    await prepare(2);
    await run();
    once('remove', await keyOf(0), { when: 'before', error: failure('dms.permission-denied') });
    expect((await withdraw()).map(({ outcome }) => outcome)).toEqual(['failed', 'withdrawn']);
    expect(dms.held).toHaveLength(1);
  });

  it('is refused where the system cannot remove, and where nothing is imported', async () => {
    await prepare(1);
    await expect(withdraw()).rejects.toMatchObject({ code: 'import.nothing-to-withdraw' });
    await run();
    dms.capabilities = { ...dms.capabilities, remove: false };
    await expect(withdraw()).rejects.toMatchObject({ code: 'import.cannot-remove' });
    expect(dms.held).toHaveLength(1);
  });
});

it('reads the batch only that is asked for', async () => {
  await prepare(1);
  await expect(run({ batch: 'B-1999' })).rejects.toMatchObject({ exitCode: 2 });
  expect(await outcomes({ batch })).toEqual(['created']);
  expect(readFileSync(documentPath(ledger, '0/a.pdf'), 'utf8')).toBe('a 0');
});
