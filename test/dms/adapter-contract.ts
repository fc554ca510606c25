import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DmsAdapter, NewDocument, NewObject, StoredDocument } from '../../src/dms/adapter.ts';
import { DmsError } from '../../src/dms/errors.ts';
import { collect, fileOf, noise, writeDocuments } from './documents.ts';

/** A system to hold to the contract. */
export interface SystemUnderTest {
  readonly adapter: DmsAdapter;
  /** Another adapter on the same system, as a second process or a restarted one would have it. */
  another(): DmsAdapter;
  /** Runs once, when the first bytes of the next document reach the system; what it throws is the system's failure. */
  whileSending(action: () => void | Promise<void>): void;
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
