import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewObject } from '../../src/dms/adapter.ts';
import { createOcflAdapter } from '../../src/dms/ocfl/adapter.ts';
import { diskOperations, type FileOperations } from '../../src/dms/ocfl/file-operations.ts';
import { objectFolders, objectId } from '../../src/dms/ocfl/layout.ts';
import { collect, fileOf, noise, writeDocuments } from './documents.ts';
import { dyingDisk, watchedDisk } from './faulty-disk.ts';
import { expectSoundStore } from './ocfl-system.ts';

const large = 300_000;
let folder: string;
let store: { root: string; staging: string };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-group-'));
  store = { root: join(folder, 'store'), staging: join(folder, 'staging') };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const documents = (contents: Readonly<Record<string, string | Uint8Array>>) =>
  writeDocuments(join(folder, 'accepted'), contents);
const storedFile = (key: string, name: string): string =>
  join(store.root, ...objectFolders(objectId(key)), 'v1', 'content', 'documents', name);

async function someObjects(count: number): Promise<readonly NewObject[]> {
  const objects: NewObject[] = [];
  for (let at = 0; at < count; at++) {
    objects.push(fileOf(`A ${at}`, await documents({ 'a.pdf': `a ${at}`, [`Band ${at}/b.pdf`]: `b ${at}` })));
  }
  return objects;
}

/** A disk that lets nothing be moved of which a file or a folder is not yet synced. */
function strictDisk(disk: FileOperations): { readonly disk: FileOperations; readonly syncs: Record<string, number> } {
  const unsynced = new Set<string>();
  const syncs = { all: 0, each: 0, moved: 0 };
  return {
    syncs,
    disk: {
      ...disk,
      async writeTree(tree) {
        for (const path of [...tree.folders, ...tree.files.map(({ path: file }) => file)]) unsynced.add(path);
        await disk.writeTree(tree);
      },
      async syncFile(path) {
        await disk.syncFile(path);
        unsynced.delete(path);
        syncs.each += 1;
      },
      async syncFolder(path) {
        await disk.syncFolder(path);
        unsynced.delete(path);
      },
      async syncAll(path) {
        const before = [...unsynced];
        const isDone = await disk.syncAll(path);
        if (isDone) for (const one of before) unsynced.delete(one);
        if (isDone) syncs.all += 1;
        return isDone;
      },
      async rename(from, to) {
        expect([...unsynced].filter((path) => path.startsWith(from))).toEqual([]);
        syncs.moved += 1;
        await disk.rename(from, to);
      },
    },
  };
}

describe('objects that are stored together', () => {
  it('are on the disk before any of them can be seen, and share the syncs of the file system', async () => {
    const objects = await someObjects(30);
    const { disk, syncs } = strictDisk({ ...diskOperations, syncAll: async () => true });
    const adapter = createOcflAdapter({ ...store, disk });
    await Promise.all(objects.map((object) => adapter.create(object)));
    expect(syncs.moved).toBeGreaterThanOrEqual(objects.length);
    expect(syncs.all).toBeGreaterThan(0);
    expect(syncs.all).toBeLessThan(objects.length / 3);
    await expectSoundStore(
      store.root,
      objects.map(({ key }) => key),
    );
    expect(await readdir(store.staging)).toEqual([]);
  });

  it('are synced file by file where the file system cannot be synced as a whole', async () => {
    const objects = await someObjects(8);
    const { disk, syncs } = strictDisk({ ...diskOperations, syncAll: async () => false });
    const adapter = createOcflAdapter({ ...store, disk });
    await Promise.all(objects.map((object) => adapter.create(object)));
    expect(syncs.all).toBe(0);
    // Two documents, the index data, the declaration, two inventories with their digests.
    expect(syncs.each).toBe(objects.length * 8);
  });

  it('are valid and complete when the disk dies at any step', async () => {
    const objects = await someObjects(6);
    const keys = objects.map(({ key }) => key);
    let steps = 0;
    const counting = watchedDisk(() => void steps++);
    const counted = createOcflAdapter({ root: join(folder, 'r'), staging: join(folder, 's'), disk: counting });
    await Promise.all(objects.map((object) => counted.create(object)));
    for (let last = 0; last < steps; last += 7) {
      const place = { root: join(folder, String(last), 'store'), staging: join(folder, String(last), 'staging') };
      const dying = createOcflAdapter({ ...place, disk: dyingDisk(last) });
      const results = await Promise.allSettled(objects.map((object) => dying.create(object)));
      const confirmed = keys.filter((_, at) => results[at]?.status === 'fulfilled');
      const restarted = createOcflAdapter(place);
      const present: string[] = [];
      for (const key of keys) if (await restarted.lookUp(key)) present.push(key);
      expect(present).toEqual(expect.arrayContaining(confirmed));
      if (present.length > 0) await expectSoundStore(place.root, present);
      await Promise.all(objects.map((object) => restarted.create(object)));
      await expectSoundStore(place.root, keys);
      expect(await readdir(place.staging)).toEqual([]);
    }
  }, 60_000);

  it('do not wait for one that stands still', async () => {
    const objects = await someObjects(3);
    let goOn = (): void => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const disk: FileOperations = {
      ...diskOperations,
      async writeTree(tree) {
        if (tree.files.some(({ bytes }) => Buffer.from(bytes).toString() === 'b 2')) await held;
        await diskOperations.writeTree(tree);
      },
    };
    const adapter = createOcflAdapter({ ...store, disk });
    const [first, second, last] = objects.map((object) => adapter.create(object));
    await Promise.all([first, second]);
    goOn();
    await last;
    await expectSoundStore(store.root, ['A 0', 'A 1', 'A 2']);
  });

  it('are found a place when the folders above it vanish in the meantime', async () => {
    const [object] = await someObjects(1);
    if (!object) throw new Error('no object');
    const folders = objectFolders(objectId(object.key));
    const neighbour = join(store.root, folders[0] ?? '', 'other');
    let isGone = false;
    const disk: FileOperations = {
      ...diskOperations,
      async rename(from, to) {
        if (to.startsWith(join(store.root, folders[0] ?? '')) && !isGone) {
          isGone = true;
          await rm(join(store.root, folders[0] ?? ''), { recursive: true });
        }
        await diskOperations.rename(from, to);
      },
    };
    await createOcflAdapter(store).create(fileOf('other', await documents({ 'x.pdf': 'x' })));
    await createOcflAdapter(store).remove(objectId('other'), { reason: 'test' });
    await diskOperations.makeFolder(neighbour);
    await createOcflAdapter({ ...store, disk }).create(object);
    expect(isGone).toBe(true);
    await expectSoundStore(store.root, [object.key]);
    expect(await readdir(store.staging)).toEqual([]);
  });
});

describe('a large document', () => {
  it('is refused as the fault of the disk when it gives back other bytes than were written', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': noise(large) }));
    const disk: FileOperations = {
      ...diskOperations,
      async createFile(path) {
        const file = await diskOperations.createFile(path);
        return { ...file, write: (bytes) => file.write(Buffer.from(bytes).fill(0, 1_000, 1_001)) };
      },
    };
    await expect(createOcflAdapter({ ...store, disk }).create(object)).rejects.toMatchObject({
      code: 'dms.store-failed',
      scope: 'system',
    });
    expect(await createOcflAdapter(store).lookUp('A 1')).toBeUndefined();
  });

  it('is read once more when its stored file was touched after it was stored', async () => {
    const adapter = createOcflAdapter(store);
    const object = fileOf('A 1', await documents({ 'a.pdf': noise(large) }));
    const { id } = await adapter.create(object);
    const path = storedFile('A 1', 'a.pdf');
    const bytes = await readFile(path);
    bytes[large - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(path, bytes);
    const [stored] = await collect(adapter.readBack(id));
    expect(stored?.size).toBe(large);
    expect(stored?.sha256).not.toBe(object.documents[0]?.sha256);
  });

  it('is read anew with every call, here and by others, after it was stored', async () => {
    const adapter = createOcflAdapter(store);
    const object = fileOf('A 1', await documents({ 'a.pdf': noise(large), 'b.pdf': 'b' }));
    const { id } = await adapter.create(object);
    const expected = object.documents.map(({ name, size, sha256 }) => ({ name, size, sha256 }));
    for (const reader of [adapter, adapter, createOcflAdapter(store)]) {
      expect(await collect(reader.readBack(id))).toEqual(expected);
    }
  });
});
