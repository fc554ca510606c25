import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DmsAdapter, NewDocument, NewObject, StoredDocument } from '../../src/dms/adapter.ts';
import { DmsError } from '../../src/dms/errors.ts';
import { itBearsTroubles, type Troubles } from './adapter-troubles.ts';
import { collect, fileOf, noise, writeDocuments } from './documents.ts';

/** A system to hold to the contract. */
export interface SystemUnderTest {
  readonly adapter: DmsAdapter;
  /** Another adapter on the same system, as a second process or a restarted one would have it. */
  another(): DmsAdapter;
  /** Runs once, when the first bytes of the next document reach the system; what it throws is the system's failure. */
  whileSending(action: () => void | Promise<void>): void;
  /** What can go wrong with this one. */
  readonly troubles?: Troubles;
  /** Rejects when the system holds anything that is not whole, or anything beside the keys. */
  expectSound(keys: readonly string[]): Promise<void>;
  dispose(): Promise<void>;
}

/** The contract of `DmsAdapter`, the same for every system. */
export function describeAdapter(name: string, create: (folder: string) => Promise<SystemUnderTest>): void {
  describe(`the adapter contract, kept by ${name}`, () => {
    let folder: string;
    let system: SystemUnderTest;
    let adapter: DmsAdapter;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'scanlot-dms-'));
      system = await create(join(folder, 'system'));
      adapter = system.adapter;
    });
    afterEach(async () => {
      await system.dispose();
      await rm(folder, { recursive: true, force: true });
    });

    const documents = (contents: Readonly<Record<string, string | Uint8Array>>): Promise<readonly NewDocument[]> =>
      writeDocuments(join(folder, 'accepted'), contents);
    const expectRefused = async (object: NewObject, code: string): Promise<DmsError> => {
      const error = await adapter.create(object).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(DmsError);
      expect(error).toMatchObject({ code });
      return error as DmsError;
    };

    itBearsTroubles(() => ({ system, documents }));

    it('finds nothing under a key that was never stored', async () => {
      expect(await adapter.lookUp('32.4-2020/0815')).toBeUndefined();
    });

    it('stores a file with its documents and finds it by its key, here and after a restart', async () => {
      const object = fileOf('32.4-2020/0815', await documents({ 'Bescheid.pdf': 'a', 'Band 2/Antrag.pdf': 'bb' }));
      const { id } = await adapter.create(object);
      for (const reader of [adapter, system.another()]) {
        const found = await reader.lookUp('32.4-2020/0815');
        expect(found).toMatchObject({ id, complete: true });
        expect(found?.documents.map((document) => document.name)).toEqual(['Band 2/Antrag.pdf', 'Bescheid.pdf']);
        if (reader.capabilities.reportsHash) {
          expect(found?.documents).toEqual(entriesOf(object.documents));
        }
      }
      await system.expectSound(['32.4-2020/0815']);
    });

    it('reads back exactly the bytes that were accepted', async () => {
      const object = fileOf('A 1', await documents({ 'a.pdf': noise(10_000), 'b.pdf': noise(3, 2), 'c.tif': 'x' }));
      const { id } = await adapter.create(object);
      expect(await readAll(system.another(), id)).toEqual(entriesOf(object.documents));
    });

    it('reads back anew with every call', async () => {
      const object = fileOf('A 1', await documents({ 'a.pdf': 'content' }));
      const { id } = await adapter.create(object);
      expect(await readAll(adapter, id)).toEqual(await readAll(adapter, id));
    });

    it('refuses to read back what it does not hold', async () => {
      await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'content' })));
      await expect(readAll(adapter, 'no-such-object')).rejects.toMatchObject({ code: 'dms.object-missing' });
    });

    it('stores an empty document', async () => {
      const object = fileOf('A 1', await documents({ 'leer.txt': '', 'b.txt': 'b' }));
      const { id } = await adapter.create(object);
      expect(await readAll(adapter, id)).toEqual(entriesOf(object.documents));
    });

    it('stores a document of several megabytes', async () => {
      const object = fileOf('A 1', await documents({ 'gross.pdf': noise(5 * 1024 * 1024 + 7) }));
      const { id } = await adapter.create(object);
      expect(await readAll(adapter, id)).toEqual(entriesOf(object.documents));
    });

    it('stores documents of equal content under each of their names', async () => {
      const object = fileOf('A 1', await documents({ 'a.pdf': 'same', 'b.pdf': 'same', 'c.pdf': 'other' }));
      const { id } = await adapter.create(object);
      expect(await readAll(adapter, id)).toEqual(entriesOf(object.documents));
    });

    it('keeps names as they were written: umlauts, both Unicode forms, blanks, quotes, reserved names', async () => {
      const names = ['Übersicht.pdf', 'Ubergabe\u0308.pdf', 'Band 1/Größe „groß“.pdf', "O'Neil & Söhne; 50 %.pdf"];
      const hostile = ['CON.pdf', 'aux', '-rf', '.hidden', 'a\\b.pdf', 'a:b?.pdf', ' blank .pdf', 'dot.', '$(id).pdf'];
      const long = [
        `${'Verfügung'.repeat(24)}.pdf`,
        `${'sehr tief/'.repeat(30)}a.pdf`,
        '文書.pdf',
        '😀.pdf',
        'a\tb\n.pdf',
      ];
      const contents = Object.fromEntries([...names, ...hostile, ...long].map((path, at) => [path, `content ${at}`]));
      const object = fileOf('32.4-Ü "x" \\ ../..', await documents(contents));
      const { id } = await adapter.create(object);
      expect(await readAll(adapter, id)).toEqual(entriesOf(object.documents));
      await system.expectSound([object.key]);
    });

    it('tells names apart that differ only in letter case', async () => {
      const object = fileOf(
        'A 1',
        await documents({ 'a.PDF': 'one', 'A.pdf': 'two', 'a.pdf': 'three', 'A/x': 'four' }),
      );
      const { id } = await adapter.create(object);
      expect(await readAll(adapter, id)).toEqual(entriesOf(object.documents));
    });

    it('takes keys for the same that differ only in Unicode normalisation', async () => {
      const object = fileOf('Grün'.normalize('NFC'), await documents({ 'a.pdf': 'a' }));
      const { id } = await adapter.create(object);
      expect(await adapter.create({ ...object, key: 'Grün'.normalize('NFD') })).toEqual({ id });
      expect(await adapter.lookUp('Grün'.normalize('NFD'))).toMatchObject({ id });
    });

    it.each([
      ['no documents', []],
      ['a path out of the object', ['../a.pdf']],
      ['an absolute path', ['/etc/a.pdf']],
      ['an empty folder name', ['a//b.pdf']],
      ['a folder named "."', ['a/./b.pdf']],
      ['a path that ends in a folder', ['a/']],
      ['an empty name', ['']],
      ['a NUL', ['a\0.pdf']],
      ['half a character', ['a\ud800.pdf']],
      ['one name twice', ['a.pdf', 'a.pdf']],
      ['one name in two Unicode forms', ['Größe.pdf'.normalize('NFC'), 'Größe.pdf'.normalize('NFD')]],
      ['a document that is the folder of another', ['a', 'a/b.pdf']],
    ])('refuses %s', async (_what, names) => {
      const [document] = await documents({ 'a.pdf': 'content' });
      const object = fileOf(
        'A 1',
        names.map((name) => ({ ...(document as NewDocument), name })),
      );
      expect((await expectRefused(object, 'dms.object-invalid')).scope).toBe('object');
      expect(await adapter.lookUp('A 1')).toBeUndefined();
    });

    it('returns the same id when the same object is stored again, also by a restarted process', async () => {
      const object = fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': 'b' }), { Betreff: 'x', Jahr: 2020 });
      const { id } = await adapter.create(object);
      const again: NewObject = { ...object, documents: [...object.documents].reverse() };
      expect(await adapter.create(again)).toEqual({ id });
      expect(
        await system.another().create({ ...again, metadata: { Jahr: 2020, Betreff: 'x', Aktenzeichen: 'A 1' } }),
      ).toEqual({ id });
      await system.expectSound(['A 1']);
    });

    it('finds the stored object even when the source is gone by now', async () => {
      const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
      const { id } = await adapter.create(object);
      await rm(join(folder, 'accepted'), { recursive: true });
      expect(await adapter.create(object)).toEqual({ id });
    });

    it('refuses the same key with other content, index data or names, and leaves what is there', async () => {
      const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
      const { id } = await adapter.create(object);
      const [other] = await documents({ 'a.pdf': 'b' });
      const [renamed] = await documents({ 'c.pdf': 'a' });
      await expectRefused({ ...object, documents: [other as NewDocument] }, 'dms.object-differs');
      await expectRefused({ ...object, documents: [renamed as NewDocument] }, 'dms.object-differs');
      await expectRefused(
        { ...object, documents: [...object.documents, renamed as NewDocument] },
        'dms.object-differs',
      );
      const error = await expectRefused({ ...object, metadata: { Betreff: 'other' } }, 'dms.object-differs');
      expect(error.scope).toBe('object');
      expect(await readAll(adapter, id)).toEqual(entriesOf(object.documents));
    });

    it('refuses a source whose bytes have changed since acceptance, and leaves nothing behind', async () => {
      const object = fileOf('A 1', await documents({ 'a.pdf': 'untouched', 'b.pdf': 'accepted' }));
      await writeFile(object.documents[1]?.source ?? '', 'tampered');
      expect((await expectRefused(object, 'dms.source-changed')).scope).toBe('object');
      expect(await adapter.lookUp('A 1')).toBeUndefined();
      await system.expectSound([]);
    });

    it.each([
      ['shorter', (path: string) => truncate(path, 2)],
      ['longer', (path: string) => writeFile(path, 'accepted and more')],
    ])('refuses a source that has become %s', async (_what, change) => {
      const object = fileOf('A 1', await documents({ 'a.pdf': 'accepted' }));
      await change(object.documents[0]?.source ?? '');
      await expectRefused(object, 'dms.source-changed');
      await system.expectSound([]);
    });

    it('refuses a source that changes while it is sent, and leaves nothing behind', async () => {
      const object = fileOf('A 1', await documents({ 'a.pdf': noise(6 * 1024 * 1024) }));
      const source = object.documents[0]?.source ?? '';
      const changed = await readFile(source);
      changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
      system.whileSending(() => writeFile(source, changed));
      await expectRefused(object, 'dms.source-changed');
      expect(await adapter.lookUp('A 1')).toBeUndefined();
      await system.expectSound([]);
    });

    it('refuses a source that has vanished or is a folder; the next object is stored', async () => {
      const [vanished, kept] = await documents({ 'a.pdf': 'a', 'b.pdf': 'b' });
      await rm(vanished?.source ?? '');
      const error = await expectRefused(fileOf('A 1', [vanished as NewDocument]), 'dms.source-unreadable');
      expect(error.scope).toBe('object');
      const asFolder = { ...(vanished as NewDocument), source: folder };
      await expectRefused(fileOf('A 1', [asFolder]), 'dms.source-unreadable');
      await adapter.create(fileOf('A 2', [kept as NewDocument]));
      await system.expectSound(['A 2']);
    });

    it('leaves nothing behind when the system fails in mid-stream, and completes when it is called again', async () => {
      const object = fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': noise(3 * 1024 * 1024) }));
      system.whileSending(() => {
        throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: 'write' });
      });
      const error = await expectRefused(object, 'dms.store-failed');
      expect(error.scope).toBe('system');
      expect(error.message).toContain('no space left');
      await system.expectSound([]);
      const { id } = await adapter.create(object);
      expect(await readAll(adapter, id)).toEqual(entriesOf(object.documents));
    });

    it('stops in mid-stream when it is cancelled, with the reason given, and leaves nothing behind', async () => {
      const object = fileOf('A 1', await documents({ 'a.pdf': noise(6 * 1024 * 1024) }));
      const controller = new AbortController();
      const reason = new Error('enough for today');
      system.whileSending(() => controller.abort(reason));
      await expect(adapter.create(object, controller.signal)).rejects.toBe(reason);
      expect(await adapter.lookUp('A 1')).toBeUndefined();
      await system.expectSound([]);
    });

    it('does nothing when it is cancelled before it begins', async () => {
      const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
      const signal = AbortSignal.abort(new Error('too late'));
      await expect(adapter.create(object, signal)).rejects.toThrow('too late');
      await expect(adapter.lookUp('A 1', signal)).rejects.toThrow('too late');
      expect(await adapter.lookUp('A 1')).toBeUndefined();
      const { id } = await adapter.create(object);
      await expect(readAll(adapter, id, signal)).rejects.toThrow('too late');
    });

    it('lets two writers store the same object at once: both get the one id', async () => {
      const object = fileOf('A 1', await documents({ 'a.pdf': noise(200_000), 'b.pdf': 'b' }));
      const writers = [adapter, system.another(), system.another(), adapter];
      const results = await Promise.all(writers.map((writer) => writer.create(object)));
      expect(new Set(results.map((result) => result.id)).size).toBe(1);
      expect(await readAll(adapter, results[0]?.id ?? '')).toEqual(entriesOf(object.documents));
      await system.expectSound(['A 1']);
    });

    it('lets exactly one of two writers win that store different objects under one key', async () => {
      const candidates: NewObject[] = [];
      for (const content of ['first', 'second', 'third']) {
        candidates.push(fileOf('A 1', await documents({ 'a.pdf': content, 'b.pdf': noise(100_000, content.length) })));
      }
      const results = await Promise.allSettled(candidates.map((object) => system.another().create(object)));
      const won = results.flatMap((result, at) => (result.status === 'fulfilled' ? [candidates[at]] : []));
      expect(won).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'dms.object-differs' });
      }
      const found = await adapter.lookUp('A 1');
      expect(await readAll(adapter, found?.id ?? '')).toEqual(entriesOf(won[0]?.documents ?? []));
      await system.expectSound(['A 1']);
    });

    const correctable = (): boolean => adapter.capabilities.update;
    const removable = (): boolean => adapter.capabilities.remove;

    it('brings a stored file into a corrected state, found and read back by whoever asks', async (context) => {
      if (!correctable()) return context.skip();
      const first = fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': 'b', 'Band 2/c.pdf': 'c' }), {
        Betreff: 'x',
      });
      const second = fileOf(
        'A 1',
        await documents({ 'a.pdf': 'a, corrected', 'Band 2/c.pdf': 'c', 'Ü neu.pdf': noise(200_000) }),
        { Betreff: 'y' },
      );
      const { id } = await adapter.create(first);
      const updated = await adapter.update(id, second);
      for (const reader of [adapter, system.another()]) {
        const found = await reader.lookUp('A 1');
        expect(found).toMatchObject({ id: updated.id, complete: true });
        expect(found?.documents.map(({ name }) => name)).toEqual(['Band 2/c.pdf', 'a.pdf', 'Ü neu.pdf']);
        expect(await readAll(reader, updated.id)).toEqual(entriesOf(second.documents));
      }
      expect(await adapter.create(second)).toEqual(updated);
      await expectRefused(first, 'dms.object-differs');
      await system.expectSound(['A 1']);
    });

    it('does nothing when the corrected state is there already', async (context) => {
      if (!correctable()) return context.skip();
      const object = fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': 'b' }), { Betreff: 'x' });
      const { id } = await adapter.create(object);
      await rm(join(folder, 'accepted'), { recursive: true });
      const again: NewObject = { ...object, documents: [...object.documents].reverse() };
      expect(await adapter.update(id, again)).toEqual({ id });
      expect(await system.another().update(id, object)).toEqual({ id });
      expect(await readAll(adapter, id)).toEqual(entriesOf(object.documents));
      await system.expectSound(['A 1']);
    });

    it('goes back to an earlier state as to any other', async (context) => {
      if (!correctable()) return context.skip();
      const [first, second] = [
        fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': 'b' })),
        fileOf('A 1', await documents({ 'b.pdf': 'a', 'a.pdf': 'b' })),
      ];
      let { id } = await adapter.create(first);
      for (const state of [second, first, second, first]) {
        ({ id } = await adapter.update(id, state));
        expect(await readAll(adapter, id)).toEqual(entriesOf(state.documents));
      }
      await system.expectSound(['A 1']);
    });

    it('corrects index data alone', async (context) => {
      if (!correctable()) return context.skip();
      const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }), { Betreff: 'x' });
      const { id } = await adapter.create(object);
      const corrected = { ...object, metadata: { ...object.metadata, Betreff: 'y' } };
      const updated = await adapter.update(id, corrected);
      expect(await adapter.create(corrected)).toEqual(updated);
      await expectRefused(object, 'dms.object-differs');
      await system.expectSound(['A 1']);
    });

    it('refuses to correct what it does not hold', async (context) => {
      if (!correctable()) return context.skip();
      const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
      const { id } = await adapter.create(object);
      if (removable()) {
        await adapter.remove(id, { reason: 'test' });
        await expect(adapter.update(id, object)).rejects.toMatchObject({ code: 'dms.object-missing', scope: 'object' });
        await system.expectSound([]);
      } else await expect(adapter.update('no-such-object', object)).rejects.toBeInstanceOf(DmsError);
    });

    it('refuses to give a file the content of another key', async (context) => {
      if (!correctable()) return context.skip();
      const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
      const { id } = await adapter.create(object);
      await expect(adapter.update(id, { ...object, key: 'A 2' })).rejects.toMatchObject({ code: 'dms.object-invalid' });
      await system.expectSound(['A 1']);
    });

    it('leaves the earlier state when a correction fails, and completes it when it is called again', async (context) => {
      if (!correctable()) return context.skip();
      const first = fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': 'b' }));
      const second = fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': noise(3 * 1024 * 1024) }));
      const { id } = await adapter.create(first);
      system.whileSending(() => {
        throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: 'write' });
      });
      await expect(adapter.update(id, second)).rejects.toMatchObject({ code: 'dms.store-failed' });
      expect(await readAll(adapter, id)).toEqual(entriesOf(first.documents));
      await system.expectSound(['A 1']);
      await writeFile(second.documents[1]?.source ?? '', noise(3 * 1024 * 1024, 2));
      await expect(adapter.update(id, second)).rejects.toMatchObject({ code: 'dms.source-changed' });
      expect(await readAll(adapter, id)).toEqual(entriesOf(first.documents));
      await system.expectSound(['A 1']);
      await writeFile(second.documents[1]?.source ?? '', noise(3 * 1024 * 1024));
      const controller = new AbortController();
      system.whileSending(() => controller.abort(new Error('enough for today')));
      await expect(adapter.update(id, second, controller.signal)).rejects.toThrow('enough for today');
      const updated = await adapter.update(id, second);
      expect(await readAll(adapter, updated.id)).toEqual(entriesOf(second.documents));
      await system.expectSound(['A 1']);
    });

    it('lets several writers correct a file at once: it is in the state of one of them', async (context) => {
      if (!correctable()) return context.skip();
      const { id } = await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
      const states: NewObject[] = [];
      for (const content of ['one', 'two', 'three']) {
        states.push(fileOf('A 1', await documents({ 'a.pdf': content, 'b.pdf': 'b' })));
      }
      const results = await Promise.allSettled(states.map((state) => system.another().update(id, state)));
      const done = results.flatMap((result, at) => (result.status === 'fulfilled' ? [states[at]] : []));
      expect(done.length).toBeGreaterThan(0);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'dms.object-busy' });
      }
      const found = await adapter.lookUp('A 1');
      const stored = await readAll(adapter, found?.id ?? '');
      expect(done.map((state) => entriesOf(state?.documents ?? []))).toContainEqual(stored);
      await system.expectSound(['A 1']);
    });

    it('says so when it cannot correct', async (context) => {
      if (correctable()) return context.skip();
      const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
      const { id } = await adapter.create(object);
      await expect(adapter.update(id, object)).rejects.toMatchObject({ code: 'dms.not-supported', scope: 'object' });
    });

    it('removes a file with all that belongs to it; its key is free again', async (context) => {
      if (!removable()) return context.skip();
      const [object, other] = [
        fileOf('A 1', await documents({ 'a.pdf': 'a', 'Band 2/b.pdf': 'b' })),
        fileOf('A 2', await documents({ 'a.pdf': 'a' })),
      ];
      const { id } = await adapter.create(object);
      const kept = await adapter.create(other);
      await adapter.remove(id, { reason: 'Falsche Akte – „geprüft“' });
      for (const reader of [adapter, system.another()]) expect(await reader.lookUp('A 1')).toBeUndefined();
      await expect(readAll(adapter, id)).rejects.toMatchObject({ code: 'dms.object-missing' });
      await system.expectSound(['A 2']);
      expect(await readAll(adapter, kept.id)).toEqual(entriesOf(other.documents));
      const again = await adapter.create({ ...object, metadata: { Betreff: 'other' } });
      expect(await readAll(adapter, again.id)).toEqual(entriesOf(object.documents));
      await system.expectSound(['A 1', 'A 2']);
    });

    it('is content to remove what is gone', async (context) => {
      if (!removable()) return context.skip();
      const { id } = await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
      await adapter.remove(id, { reason: 'test' });
      await adapter.remove(id, { reason: 'test' });
      await system.another().remove(id, { reason: 'test' });
      await system.expectSound([]);
    });

    it('lets several remove a file at once while others are stored', async (context) => {
      if (!removable()) return context.skip();
      const { id } = await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
      const others: NewObject[] = [];
      for (let at = 0; at < 5; at++) others.push(fileOf(`B ${at}`, await documents({ 'a.pdf': `content ${at}` })));
      await Promise.all([
        ...[adapter, system.another(), adapter].map((one) => one.remove(id, { reason: 'test' })),
        ...others.map((object) => adapter.create(object)),
      ]);
      await system.expectSound(others.map(({ key }) => key));
    });

    it('says so when it cannot remove', async (context) => {
      if (removable()) return context.skip();
      const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
      const { id } = await adapter.create(object);
      await expect(adapter.remove(id, { reason: 'test' })).rejects.toMatchObject({ code: 'dms.not-supported' });
      expect(await readAll(adapter, id)).toEqual(entriesOf(object.documents));
    });

    it('stores many objects at once', async () => {
      const objects: NewObject[] = [];
      for (let at = 0; at < 40; at++) objects.push(fileOf(`A ${at}`, await documents({ 'a.pdf': `content ${at}` })));
      const another = system.another();
      await Promise.all(objects.map((object, at) => (at % 2 ? adapter : another).create(object)));
      await system.expectSound(objects.map((object) => object.key));
    });

    it('waits for what is under way when it is closed, refuses what comes later, and may be closed twice', async () => {
      const object = fileOf('A 1', await documents({ 'a.pdf': noise(500_000) }));
      const creating = adapter.create(object);
      await Promise.all([adapter.close(), adapter.close()]);
      const { id } = await creating;
      await expect(adapter.lookUp('A 1')).rejects.toMatchObject({ code: 'dms.closed' });
      await expect(adapter.create(object)).rejects.toMatchObject({ code: 'dms.closed' });
      await expect(readAll(adapter, id)).rejects.toMatchObject({ code: 'dms.closed' });
      await adapter.close();
      expect(await system.another().lookUp('A 1')).toMatchObject({ id });
    });
  });
}

function readAll(adapter: DmsAdapter, id: string, signal?: AbortSignal): Promise<readonly StoredDocument[]> {
  return collect(adapter.readBack(id, signal));
}

function entriesOf(documents: readonly NewDocument[]): readonly StoredDocument[] {
  return documents.map(({ name, size, sha256 }) => ({ name, size, sha256 })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
