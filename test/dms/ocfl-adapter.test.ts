import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DmsAdapter, NewObject } from '../../src/dms/adapter.ts';
import { createOcflAdapter } from '../../src/dms/ocfl/adapter.ts';
import { objectFolders, objectId } from '../../src/dms/ocfl/layout.ts';
import { verifyStorageRoot } from '../../src/dms/ocfl/verify.ts';
import { describeAdapter } from './adapter-contract.ts';
import { collect, fileOf, writeDocuments } from './documents.ts';
import { dyingDisk, watchedDisk } from './faulty-disk.ts';
import { createOcflSystem, expectSoundStore } from './ocfl-system.ts';

describeAdapter('the embedded store', createOcflSystem);

describe('the embedded store', () => {
  let folder: string;
  let store: { root: string; staging: string };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scanlot-ocfl-'));
    store = { root: join(folder, 'store'), staging: join(folder, 'staging') };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const documents = (contents: Readonly<Record<string, string>>) => writeDocuments(join(folder, 'accepted'), contents);
  const objectRoot = (key: string): string => join(store.root, ...objectFolders(objectId(key)));

  it('lays out the example of the layout extension as it is printed there', () => {
    expect(objectFolders('object-01')).toEqual([
      ...['3c0', 'ff4', '240'],
      '3c0ff4240c1e116dba14c7627f2319b58aa3d77606d0d90dfc6161608ac987d4',
    ]);
  });

  it('declares itself as an OCFL 1.1 storage root with its layout', async () => {
    await createOcflAdapter(store).create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
    expect(await readFile(join(store.root, '0=ocfl_1.1'), 'utf8')).toBe('ocfl_1.1\n');
    expect(JSON.parse(await readFile(join(store.root, 'ocfl_layout.json'), 'utf8'))).toMatchObject({
      extension: '0004-hashed-n-tuple-storage-layout',
    });
  });

  it('keeps index data and documents readable without scanlot', async () => {
    const object = fileOf('A 1', await documents({ 'Übersicht.pdf': 'content' }), { Betreff: 'Wohngeld' });
    await createOcflAdapter(store).create(object);
    const content = join(objectRoot('A 1'), 'v1', 'content');
    const index: unknown = JSON.parse(await readFile(join(content, 'metadata', 'index.json'), 'utf8'));
    expect(index).toMatchObject({ key: 'A 1', index: { Aktenzeichen: 'A 1', Betreff: 'Wohngeld' } });
    const [name] = await readdir(join(content, 'documents'));
    expect(name).toMatch(/^Ubersicht~[0-9a-f]{8}\.pdf$/);
    expect(await readFile(join(content, 'documents', name ?? ''), 'utf8')).toBe('content');
  });

  it('uses only portable names on the disk, whatever the documents are called', async () => {
    const hostile = { 'CON.pdf': '1', 'a:b.pdf': '2', [`${'x'.repeat(300)}.pdf`]: '3', 'dot.': '4', 'ü/ö.pdf': '5' };
    await createOcflAdapter(store).create(fileOf('A 1', await documents({ ...hostile, 'A.pdf': '6', 'a.PDF': '7' })));
    const names = await readdir(join(objectRoot('A 1'), 'v1', 'content', 'documents'), { recursive: true });
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_~/-][A-Za-z0-9._~/-]{0,118}[A-Za-z0-9]$/);
    for (const name of names) expect(name).not.toMatch(/^(con|aux|nul)\b(?!~)/i);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('stores content once that several documents share', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'same', 'b.pdf': 'same' }));
    await createOcflAdapter(store).create(object);
    expect(await readdir(join(objectRoot('A 1'), 'v1', 'content', 'documents'))).toEqual(['a.pdf']);
  });

  it('addresses content by SHA-256 where it is told to, also in later versions', async () => {
    const adapter = createOcflAdapter({ ...store, digest: 'sha256' });
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': 'b' }));
    const { id } = await adapter.create(object);
    const corrected = fileOf('A 1', await documents({ 'a.pdf': 'a', 'c.pdf': 'c' }));
    // Another process with the usual setting: what is there keeps its own.
    await createOcflAdapter(store).update(id, corrected);
    const inventory = JSON.parse(await readFile(join(objectRoot('A 1'), 'inventory.json'), 'utf8'));
    expect(inventory).toMatchObject({ digestAlgorithm: 'sha256', head: 'v2' });
    for await (const verdict of verifyStorageRoot(store.root)) {
      expect(verdict.valid).toBe(true);
      expect(verdict.problems.map(({ code }) => code).filter((code) => code !== 'W004')).toEqual([]);
    }
    expect(await adapter.lookUp('A 1')).toMatchObject({ documents: [{ sha256: corrected.documents[0]?.sha256 }, {}] });
  });

  it('stores content once that several versions share, and keeps the earlier ones', async () => {
    const adapter = createOcflAdapter(store);
    const { id } = await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': 'b' })));
    await adapter.update(id, fileOf('A 1', await documents({ 'c.pdf': 'a', 'b.pdf': 'new' })));
    expect(await readdir(join(objectRoot('A 1'), 'v1', 'content', 'documents'))).toEqual(['a.pdf', 'b.pdf']);
    expect(await readdir(join(objectRoot('A 1'), 'v2', 'content', 'documents'))).toEqual(['b.pdf']);
    await expectSoundStore(store.root, ['A 1']);
  });

  it('is in the old state or the new one, and completes, whichever step of a correction was the last', async () => {
    const old = fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': 'b' }));
    const corrected = fileOf('A 1', await documents({ 'a.pdf': 'a', 'c.pdf': 'c' }));
    const states = [old, corrected].map(({ documents: all }) => all.map(({ name }) => name).sort());
    for (let steps = 0, isDone = false; !isDone; steps++) {
      const own = { root: join(folder, `s${steps}`, 'store'), staging: join(folder, `s${steps}`, 'staging') };
      const { id } = await createOcflAdapter(own).create(old);
      isDone = await createOcflAdapter({ ...own, disk: dyingDisk(steps) })
        .update(id, corrected)
        .then(
          () => true,
          () => false,
        );
      const found = await createOcflAdapter(own).lookUp('A 1');
      expect(states).toContainEqual(found?.documents.map(({ name }) => name));
      await expectSoundStore(own.root, ['A 1']);
      await createOcflAdapter(own).update(id, corrected);
      const names = (await collect(createOcflAdapter(own).readBack(id))).map(({ name }) => name);
      expect(names).toEqual(states[1]);
      await expectSoundStore(own.root, ['A 1']);
    }
  });

  it('is there or gone, and completes, whichever step of a removal was the last', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    for (let steps = 0, isDone = false; !isDone; steps++) {
      const own = { root: join(folder, `r${steps}`, 'store'), staging: join(folder, `r${steps}`, 'staging') };
      const { id } = await createOcflAdapter(own).create(object);
      isDone = await createOcflAdapter({ ...own, disk: dyingDisk(steps) })
        .remove(id, { reason: 'test' })
        .then(
          () => true,
          () => false,
        );
      // The next process that stores anything completes what was begun.
      const other = fileOf('A 2', await documents({ 'a.pdf': 'b' }));
      await createOcflAdapter(own).create(other);
      const isThere = (await createOcflAdapter(own).lookUp('A 1')) !== undefined;
      await expectSoundStore(own.root, isThere ? ['A 1', 'A 2'] : ['A 2']);
      await createOcflAdapter(own).remove(id, { reason: 'test' });
      await expectSoundStore(own.root, ['A 2']);
      expect(await readdir(own.staging)).toEqual([]);
    }
  });

  it('leaves the staging folder empty behind it', async () => {
    const adapter = createOcflAdapter(store);
    await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
    await adapter.create(fileOf('A 2', await documents({ 'a.pdf': 'b' })));
    expect(await readdir(store.staging)).toEqual([]);
  });

  it('takes an empty folder for its root', async () => {
    await mkdir(store.root);
    await createOcflAdapter(store).create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
    await expectSoundStore(store.root, ['A 1']);
  });

  it.each([
    ['holds other things', { 'letter.txt': 'x' }],
    ['declares another version', { '0=ocfl_1.0': 'ocfl_1.0\n' }],
    ['is an OCFL root with another layout', { '0=ocfl_1.1': 'ocfl_1.1\n', 'ocfl_layout.json': '{}' }],
  ])('refuses a folder that %s, and leaves it alone', async (_what, content) => {
    await mkdir(store.root);
    for (const [name, text] of Object.entries(content)) await writeFile(join(store.root, name), text);
    const creating = createOcflAdapter(store).create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
    await expect(creating).rejects.toMatchObject({ code: 'dms.store-unusable', scope: 'system' });
    expect(await readdir(store.root)).toEqual(Object.keys(content));
  });

  it.each([
    ['a changed inventory', 'inventory.json', '{}'],
    ['a changed digest of the inventory', 'inventory.json.sha512', 'abc inventory.json'],
    ['an inventory that is no JSON', 'inventory.json', 'lost'],
  ])('calls an object with %s damaged, and never writes over it', async (_what, name, content) => {
    const adapter = createOcflAdapter(store);
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    await adapter.create(object);
    await writeFile(join(objectRoot('A 1'), name), content);
    const damaged = { code: 'dms.object-damaged', scope: 'object' };
    await expect(adapter.lookUp('A 1')).rejects.toMatchObject(damaged);
    await expect(adapter.create(object)).rejects.toMatchObject(damaged);
    expect(await readFile(join(objectRoot('A 1'), name), 'utf8')).toBe(content);
  });

  it('reads back what really lies there, not what the inventory promises', async () => {
    const adapter = createOcflAdapter(store);
    const object = fileOf('A 1', await documents({ 'a.pdf': 'accepted' }));
    const { id } = await adapter.create(object);
    await writeFile(join(objectRoot('A 1'), 'v1', 'content', 'documents', 'a.pdf'), 'rotten!!');
    const [stored] = await collect(adapter.readBack(id));
    expect(stored).toMatchObject({ name: 'a.pdf', size: 8 });
    expect(stored?.sha256).not.toBe(object.documents[0]?.sha256);
  });

  it('calls an object damaged whose content is gone', async () => {
    const adapter = createOcflAdapter(store);
    const { id } = await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
    await rm(join(objectRoot('A 1'), 'v1', 'content', 'documents'), { recursive: true });
    await expect(collect(adapter.readBack(id))).rejects.toMatchObject({ code: 'dms.object-damaged' });
    await expect(adapter.lookUp('A 1')).rejects.toMatchObject({ code: 'dms.object-damaged' });
  });

  describe('after a crash', () => {
    it('is valid and completes, whichever step was the last', async () => {
      const objects = [
        fileOf('A 1', await documents({ 'a.pdf': 'one', 'Band 2/b.pdf': 'two' })),
        fileOf('A 2', await documents({ 'a.pdf': 'three' })),
      ];
      const steps = await countSteps(objects);
      expect(steps).toBeGreaterThan(60);
      for (let last = 0; last < steps; last++) {
        const place = { root: join(folder, String(last), 'store'), staging: join(folder, String(last), 'staging') };
        const confirmed = await createUntilCrash(place, last, objects);
        const present = await presentKeys(place, objects);
        expect(present).toEqual(expect.arrayContaining([...confirmed]));
        if (present.length > 0) await expectSoundStore(place.root, present);

        const restarted = createOcflAdapter(place);
        for (const object of objects) await restarted.create(object);
        await expectSoundStore(place.root, ['A 1', 'A 2']);
        expect(await readdir(place.staging)).toEqual([]);
      }
    }, 60_000);

    async function countSteps(objects: readonly NewObject[]): Promise<number> {
      let steps = 0;
      const disk = watchedDisk(() => {
        steps++;
      });
      const adapter = createOcflAdapter({ root: join(folder, 'r'), staging: join(folder, 's'), disk });
      for (const object of objects) await adapter.create(object);
      return steps;
    }

    /** @returns the keys whose storing was confirmed before the disk died */
    async function createUntilCrash(
      place: { root: string; staging: string },
      steps: number,
      objects: readonly NewObject[],
    ): Promise<readonly string[]> {
      const dying = createOcflAdapter({ ...place, disk: dyingDisk(steps) });
      const confirmed: string[] = [];
      for (const object of objects) {
        await dying.create(object).then(
          () => confirmed.push(object.key),
          (error: unknown) => expect(error).toMatchObject({ code: 'dms.store-failed' }),
        );
      }
      return confirmed;
    }

    async function presentKeys(
      place: { root: string; staging: string },
      objects: readonly NewObject[],
    ): Promise<readonly string[]> {
      const adapter = createOcflAdapter(place);
      const present: string[] = [];
      for (const { key, documents } of objects) {
        const found = await adapter.lookUp(key);
        if (found) present.push(key);
        if (found) expect(found.documents).toHaveLength(documents.length);
      }
      return present;
    }

    const storing = async (adapter: DmsAdapter) => {
      await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
    };
    it.each([
      ['stores', storing],
      ['has nothing more to store', async (adapter: DmsAdapter) => adapter.settle?.()],
    ])('removes what ended processes left in the staging folder, and nothing else, when it %s', async (_, work) => {
      const host = hostname().replace(/[^A-Za-z0-9-]/g, '_');
      const ended = `object.${host}.999999999.0.0123456789abcdef`;
      const running = `object.${host}.1.0.0123456789abcdef`;
      const elsewhere = 'object.other-machine.4711.0.0123456789abcdef';
      for (const name of [ended, running, elsewhere, 'leftover.0123456789abcdef', 'not-ours']) {
        await mkdir(join(store.staging, name, 'half'), { recursive: true });
      }
      await work(createOcflAdapter(store));
      expect((await readdir(store.staging)).sort()).toEqual(['not-ours', running, elsewhere].sort());
    });

    it('fails rather than storing half an object when its staging folder is taken away', async () => {
      const disk = watchedDisk(async (step, path) => {
        if (step === 'sync' && path.endsWith('index.json')) await rm(store.staging, { recursive: true });
      });
      const creating = createOcflAdapter({ ...store, disk }).create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
      await expect(creating).rejects.toMatchObject({ code: 'dms.store-failed' });
      await expectSoundStore(store.root, []);
    });
  });
});
