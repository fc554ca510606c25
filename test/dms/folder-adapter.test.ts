import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewObject } from '../../src/dms/adapter.ts';
import { createFolderAdapter } from '../../src/dms/folder/adapter.ts';
import type { FolderSettings, IndexSettings } from '../../src/dms/folder/settings.ts';
import type { MappedObject } from '../../src/dms/mapping/mapped-object.ts';
import { failFiles } from '../support/faulty-files.ts';
import { describeAdapter } from './adapter-contract.ts';
import { collect, fileOf, writeDocuments } from './documents.ts';
import { dyingDisk, watchedDisk } from './faulty-disk.ts';
import { createFolderSystem, expectSoundTree } from './folder-system.ts';

describeAdapter('folders with an index in each', (folder) => createFolderSystem(folder));

describe('folders with an index', () => {
  let folder: string;
  let root: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'scanlot-folder-'));
    root = join(folder, 'tree');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const settingsWith = (index: IndexSettings, more: Partial<FolderSettings> = {}): FolderSettings => ({
    type: 'folder',
    path: root,
    index,
    ...more,
  });
  const open = (index: IndexSettings, more: Partial<FolderSettings> = {}) =>
    createFolderAdapter({ settings: settingsWith(index, more) });

  async function file(key: string, more: Partial<MappedObject> = {}, batch = 'B 1'): Promise<NewObject> {
    const documents = await writeDocuments(join(folder, 'accepted'), {
      'scans/Übersicht.pdf': `${key} a`,
      'b.pdf': `${key} b`,
    });
    const mapped: MappedObject = {
      type: 'Akte',
      folders: [{ type: 'Ordner', key: 'Amt', name: 'Amt/32', fields: [] }],
      name: key,
      fields: [
        { id: 'Betreff', type: 'text', values: [`=SUMME("${key}";1)`] },
        { id: 'Beteiligte', type: 'text', values: ['Müller', 'Büro'] },
      ],
      permissions: 'offen',
      documents: documents.map(({ name }, at) => ({
        document: name,
        type: 'Stück',
        name: name.split('/').at(-1) ?? '',
        fields: [
          { id: 'Seiten', type: 'integer', values: [at + 1] },
          { id: 'Datum', type: 'date', values: at === 0 ? ['2020-12-31'] : [] },
        ],
      })),
      ...more,
    };
    return { ...fileOf(key, documents, { batch }), mapped };
  }
  const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
  const top = () =>
    readdirSync(root)
      .filter((name) => name !== '.scanlot')
      .sort();

  it('lays files where the mapping says, with its fields in the index', async () => {
    const adapter = open({});
    const { id } = await adapter.create(await file('32.4-0815'));
    await adapter.close();
    expect(id).toBe('Amt_32/32.4-0815');
    expect(readdirSync(join(root, 'Amt_32', '32.4-0815')).sort()).toEqual(
      ['b.pdf', 'index.csv', 'Übersicht.pdf'].sort(),
    );
    const lines = read('Amt_32', '32.4-0815', 'index.csv').split('\r\n');
    expect(lines[0]).toBe('\uFEFFpath;key;Betreff;Beteiligte;Seiten;Datum;sha256');
    expect(lines[1]).toMatch(/^b\.pdf;32\.4-0815;"=SUMME\(""32\.4-0815"";1\)";Müller \| Büro;2;;[0-9a-f]{64}$/);
    expect(lines[2]).toMatch(/^Übersicht\.pdf;.*;1;2020-12-31;[0-9a-f]{64}$/);
    expect(lines[3]).toBe('');
  });

  it('writes the columns that are wanted, one row a file, in an old encoding', async () => {
    const columns = {
      Pfad: 'folder',
      Aktenzeichen: 'file.name',
      Größe: 'file:Betreff',
      Rechte: 'permissions',
      Art: 'file.type',
    };
    const adapter = open({ columns, rows: 'file', encoding: 'windows-1252', delimiter: '|', formulas: 'apostrophe' });
    await adapter.create(await file('A 1'));
    await adapter.close();
    const bytes = readFileSync(join(root, 'Amt_32', 'A 1', 'index.csv'));
    expect(iconv.decode(bytes, 'windows-1252')).toBe(
      'Pfad|Aktenzeichen|Größe|Rechte|Art\r\n.|A 1|"\'=SUMME(""A 1"";1)"|offen|Akte\r\n',
    );
  });

  it('refuses a file whose values the encoding cannot write, and a column that comes from nowhere', async () => {
    const adapter = open({ encoding: 'windows-1252' });
    const strange = await file('A 1', { fields: [{ id: 'Betreff', type: 'text', values: ['文書'] }] });
    await expect(adapter.create(strange)).rejects.toMatchObject({ code: 'dms.value-refused', scope: 'object' });
    expectSoundTree(root, []);
    const wrong = open({ columns: { X: 'file.titel' } });
    await expect(wrong.create(await file('A 1'))).rejects.toMatchObject({ code: 'dms.settings-wrong' });
  });

  it('writes JSON and XML', async () => {
    const json = open({ format: 'json', columns: { Datei: 'path', Seiten: 'document:Seiten' } });
    await json.create(await file('A 1'));
    expect(JSON.parse(read('Amt_32', 'A 1', 'index.json'))).toEqual([
      { Datei: 'b.pdf', Seiten: 2 },
      { Datei: 'Übersicht.pdf', Seiten: 1 },
    ]);
    const xml = open({ format: 'xml', columns: { 'Be"treff': 'file:Betreff', Name: 'document.name' } });
    await xml.create(await file('A <2>\u0001'));
    const [name = ''] = readdirSync(join(root, 'Amt_32')).filter((one) => one.startsWith('A _2'));
    expect(read('Amt_32', name, 'index.xml')).toContain(
      '<value name="Be&#34;treff">=SUMME(&#34;A &#60;2&#62;\uFFFD&#34;;1)</value>',
    );
  });

  it('tells all files of a batch in one index, also those of an earlier run, and none that was removed', async () => {
    const index: IndexSettings = { per: 'batch', columns: { Datei: 'path', Schlüssel: 'key' }, rows: 'file' };
    for (const key of ['A 2', 'A 1']) {
      const adapter = open(index, { folder: '/Import/{batch}' });
      await adapter.create(await file(key));
      await adapter.close();
    }
    expect(readdirSync(join(root, 'Import')).sort()).toEqual(['B 1', 'index-B 1.csv']);
    expect(read('Import', 'index-B 1.csv')).toBe(
      '\uFEFFDatei;Schlüssel\r\nB 1/Amt_32/A 1;A 1\r\nB 1/Amt_32/A 2;A 2\r\n',
    );
    const adapter = open(index, { folder: '/Import/{batch}' });
    await adapter.remove('Import/B 1/Amt_32/A 1', { reason: 'test' });
    await adapter.close();
    expect(read('Import', 'index-B 1.csv')).toBe('\uFEFFDatei;Schlüssel\r\nB 1/Amt_32/A 2;A 2\r\n');
  });

  it('tells each file in the index of exactly one run', async () => {
    const index: IndexSettings = { per: 'run', columns: { Schlüssel: 'key' }, rows: 'file', encoding: 'utf-8' };
    for (const keys of [['A 1', 'A 2'], ['A 2', 'A 3'], ['A 3']]) {
      const adapter = open(index);
      for (const key of keys) await adapter.create(await file(key));
      await adapter.close();
    }
    const told = top().filter((name) => name.startsWith('index-'));
    expect(told.map((name) => read(name))).toEqual(['Schlüssel\r\nA 1\r\nA 2\r\n', 'Schlüssel\r\nA 3\r\n']);
  });

  it('knows a file that another system has taken away, and stores it no second time', async () => {
    const adapter = open({});
    const object = await file('A 1');
    const { id } = await adapter.create(object);
    rmSync(join(root, 'Amt_32'), { recursive: true });
    expect(await adapter.lookUp('A 1')).toMatchObject({ id });
    expect(await adapter.create(object)).toEqual({ id });
    await expect(collect(adapter.readBack(id))).rejects.toMatchObject({ code: 'dms.object-damaged' });
  });

  it('refuses a place that another file has, or something else', async () => {
    const adapter = open({});
    await adapter.create(await file('A 1', { name: 'Akte' }));
    await expect(adapter.create(await file('A 2', { name: 'AKTE' }))).rejects.toMatchObject({
      code: 'dms.value-refused',
    });
    expect(await adapter.lookUp('A 2')).toBeUndefined();
    expectSoundTree(root, ['A 1']);
  });

  describe('a correction', () => {
    /** As `file`, with one document of other content. */
    async function corrected(key: string, content: string, more: Partial<MappedObject> = {}): Promise<NewObject> {
      const before = await file(key, more);
      const [first] = await writeDocuments(join(folder, content), { 'b.pdf': content });
      return { ...before, documents: before.documents.map((one) => (one.name === 'b.pdf' && first ? first : one)) };
    }

    it('is handed over beside what it replaces, and its index tells so', async () => {
      const adapter = open({});
      const { id } = await adapter.create(await file('A 1'));
      const before = read('Amt_32', 'A 1', 'index.csv');
      const second = await adapter.update(id, await corrected('A 1', 'better'));
      const third = await adapter.update(second.id, await corrected('A 1', 'best'));
      expect([second.id, third.id]).toEqual(['Amt_32/A 1~2', 'Amt_32/A 1~3']);
      expect(read('Amt_32', 'A 1', 'index.csv')).toBe(before);
      expect(read('Amt_32', 'A 1', 'b.pdf')).toBe('A 1 b');
      expect(read('Amt_32', 'A 1~3', 'b.pdf')).toBe('best');
      const [header, row] = read('Amt_32', 'A 1~3', 'index.csv').split('\r\n');
      expect(header).toMatch(/;sha256;replaces$/);
      expect(row).toMatch(/;\.\.\/A 1~2$/);
      expectSoundTree(root, ['A 1']);
      await adapter.remove(second.id, { reason: 'test' });
      expectSoundTree(root, []);
    });

    it('is told in the index of its run, which leaves the earlier one as it was', async () => {
      const columns = { Schlüssel: 'key', Ordner: 'folder', Ersetzt: 'replaces', Übergabe: 'handOver' };
      const index: IndexSettings = { per: 'run', columns, rows: 'file', encoding: 'utf-8' };
      const first = open(index);
      await first.create(await file('A 1'));
      const { id } = await first.create(await file('A 2'));
      await first.close();
      const second = open(index);
      await second.update(id, await corrected('A 2', 'better'));
      await second.close();
      const header = 'Schlüssel;Ordner;Ersetzt;Übergabe\r\n';
      expect(
        top()
          .filter((name) => name.startsWith('index-'))
          .map((name) => read(name)),
      ).toEqual([`${header}A 1;Amt_32/A 1;;1\r\nA 2;Amt_32/A 2;;1\r\n`, `${header}A 2;Amt_32/A 2~2;Amt_32/A 2;2\r\n`]);
    });

    it('is not possible where the index cannot tell of it', async () => {
      const indices: readonly IndexSettings[] = [{ format: 'none' }, { columns: { Datei: 'path', Schlüssel: 'key' } }];
      for (const [at, index] of indices.entries()) {
        const adapter = open(index, { path: join(root, String(at)) });
        expect(adapter.capabilities.update).toBe(false);
        const { id } = await adapter.create(await file('A 1'));
        await expect(adapter.update(id, await corrected('A 1', 'better'))).rejects.toMatchObject({
          code: 'dms.not-supported',
        });
        expectSoundTree(join(root, String(at)), ['A 1']);
      }
      expect(open({ columns: { Nr: 'handOver' } }).capabilities.update).toBe(true);
    });

    it('of a file that an earlier version handed over, or that another system has taken away, is told as well', async () => {
      const adapter = open({ per: 'batch' });
      const { id } = await adapter.create(await file('A 1'));
      const state = join(root, '.scanlot', 'files');
      const [name = ''] = readdirSync(state);
      const { earlier: _new, ...record } = JSON.parse(readFileSync(join(state, name), 'utf8'));
      writeFileSync(join(state, name), JSON.stringify(record));
      rmSync(join(root, 'Amt_32'), { recursive: true });
      const updated = await adapter.update(id, await corrected('A 1', 'better'));
      await adapter.close();
      expect(updated.id).toBe('Amt_32/A 1~2');
      expect(read('index-B 1.csv').split('\r\n')[1]).toMatch(/^Amt_32\/A 1~2\/b\.pdf;.*;Amt_32\/A 1$/);
    });

    it('is there whole or not at all, whatever step a process dies at', async () => {
      const [first, second] = [await file('A 1'), await corrected('A 1', 'better')];
      for (let steps = 0; ; steps++) {
        const made = open({ per: 'batch' });
        const { id } = await made.create(first);
        await made.close();
        const dying = createFolderAdapter({ settings: settingsWith({ per: 'batch' }), disk: dyingDisk(steps) });
        const outcome = await dying.update(id, second).then(
          () => 'stored' as const,
          () => 'died' as const,
        );
        const found = await open({ per: 'batch' }).lookUp('A 1');
        expect([first.documents, second.documents].map(hashes)).toContainEqual(hashes(found?.documents ?? []));
        const next = open({ per: 'batch' });
        const updated = await next.update(id, second);
        expect(hashes(await collect(next.readBack(updated.id)))).toEqual(hashes(second.documents));
        await next.close();
        expect(updated.id).toBe('Amt_32/A 1~2');
        expectSoundTreeWith(['index-B 1.csv']);
        expect(read('index-B 1.csv').split('\r\n')[1]).toContain('A 1~2');
        const cleaner = open({ per: 'batch' });
        await cleaner.remove(id, { reason: 'test' });
        await cleaner.close();
        expectSoundTree(root, []);
        if (outcome === 'stored') break;
        expect(steps).toBeLessThan(60);
      }
    });

    const hashes = (documents: readonly { readonly sha256: string | null }[]) =>
      documents.map(({ sha256 }) => sha256).sort();
    const expectSoundTreeWith = (indices: readonly string[]) => {
      const kept = indices.map((name) => [join(root, name), readFileSync(join(root, name))] as const);
      for (const [path] of kept) rmSync(path);
      expectSoundTree(root, ['A 1']);
      for (const [path, bytes] of kept) writeFileSync(path, bytes);
    };
  });

  it.each(['batch', 'run'] as const)(
    'has the index of a %s made by the next run, though that stores nothing',
    async (per) => {
      // Ended when all was stored, and nothing told in the index.
      await open({ per }).create(await file('A 1'));
      const indices = () => readdirSync(root).filter((name) => name.startsWith('index'));
      const looking = open({ per });
      expect(await looking.lookUp('A 1')).toMatchObject({ complete: true });
      await looking.close();
      expect(indices()).toEqual([]);
      const next = open({ per });
      await next.settle?.();
      await next.close();
      const [index = '', ...others] = indices();
      expect(others).toEqual([]);
      expect(read(index)).toContain('A 1');
    },
  );

  it.each(['stored', 'removed'] as const)(
    'tells in the index of a batch what is %s while another import writes the index',
    async (what) => {
      const index: IndexSettings = { per: 'batch', columns: { Schlüssel: 'key' }, rows: 'file', encoding: 'utf-8' };
      const object = await file('A 1');
      if (what === 'removed') await open(index).create(object);
      const other = open(index);
      await other.create(await file('A 2'));
      let publishing: Promise<void> | undefined;
      const disk = watchedDisk(async (step) => {
        if (step !== 'rename' || publishing) return;
        publishing = other.close();
        await new Promise((resolve) => setTimeout(resolve, 50));
      });
      const adapter = createFolderAdapter({ settings: settingsWith(index), disk });
      if (what === 'stored') await adapter.create(object);
      else await adapter.remove('Amt_32/A 1', { reason: 'test' });
      await publishing;
      await adapter.close();
      expect(publishing).toBeDefined();
      expect(read('index-B 1.csv')).toBe(`Schlüssel\r\n${what === 'stored' ? 'A 1\r\n' : ''}A 2\r\n`);
    },
  );

  it('leaves a file alone that got the place of one whose removal was interrupted', async () => {
    const adapter = open({});
    const { id } = await adapter.create(await file('A 1', { name: 'Akte' }));
    const state = join(root, '.scanlot');
    // Its record is written in five steps; the sixth would take it away.
    const disk = failFiles(join(state, 'files'), 5, 'dead');
    await expect(adapter.remove(id, { reason: 'test' })).rejects.toMatchObject({ code: 'dms.store-failed' });
    disk.restore();
    expect([readdirSync(join(state, 'places')), readdirSync(join(state, 'files')).length]).toEqual([[], 1]);
    const next = open({});
    await next.create(await file('A 2', { name: 'Akte' }));
    await next.settle?.();
    expect(read('Amt_32', 'Akte', 'b.pdf')).toBe('A 2 b');
    expectSoundTree(root, ['A 2']);
  });

  it('makes no folders to settle what was never stored', async () => {
    const adapter = open({ per: 'batch' });
    await adapter.settle?.();
    await adapter.close();
    expect(existsSync(root)).toBe(false);
  });

  it('stores a file exactly once, whatever step a process dies at', async () => {
    const object = await file('A 1');
    for (let steps = 0; ; steps++) {
      const dying = createFolderAdapter({ settings: settingsWith({ per: 'batch' }), disk: dyingDisk(steps) });
      const outcome = await dying.create(object).then(
        () => 'stored' as const,
        () => 'died' as const,
      );
      const found = await open({ per: 'batch' }).lookUp('A 1');
      if (found) expect(readdirSync(join(root, 'Amt_32', 'A 1'))).toHaveLength(2);
      const next = open({ per: 'batch' });
      await next.create(object);
      await next.close();
      expect(read('index-B 1.csv').split('\r\n')).toHaveLength(4);
      await next.close();
      const cleaner = open({ per: 'batch' });
      await cleaner.remove('Amt_32/A 1', { reason: 'test' });
      await cleaner.close();
      expectSoundTree(root, []);
      if (outcome === 'stored') break;
      expect(steps).toBeLessThan(60);
    }
  });
});
