import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DmsAdapter } from '../../src/dms/adapter.ts';
import { claimName } from '../../src/dms/claim.ts';
import { createFileDropAdapter } from '../../src/dms/enaio/file-drop/adapter.ts';
import type { FileDropSettings } from '../../src/dms/enaio/file-drop/settings.ts';
import { runImport } from '../support/enaio-server/importer.ts';
import { type EnaioServer, startEnaioServer } from '../support/enaio-server/server.ts';
import { failFiles } from '../support/faulty-files.ts';
import { collect, fileOf, noise, writeDocuments } from './documents.ts';
import { canary } from './enaio-system.ts';

const seenAs = 'D:\\drop';
let folder: string;
let drop: string;
let server: EnaioServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-drop-'));
  drop = join(folder, 'drop');
  await mkdir(drop);
  server = await startEnaioServer('scanlot', canary);
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function open(more: Partial<FileDropSettings> = {}): DmsAdapter {
  const settings: FileDropSettings = {
    type: 'enaio',
    service: 'file-drop',
    dropFolder: drop,
    dropFolderInEnaio: seenAs,
    names: { cabinet: 'Akten', file: 'Akte', document: 'Schriftstück' },
    keyField: 'ScanlotKey',
    documentKeyField: 'ScanlotDocument',
    fields: { file: { Titel: 'title' }, document: { Name: 'name' } },
    ...more,
  };
  return createFileDropAdapter({ settings, environment: { SCANLOT_DMS_PASSWORD: canary } });
}
const readable = (): Partial<FileDropSettings> => ({
  url: server.url,
  user: 'scanlot',
  types: { document: '262146' },
});
const documents = (contents: Readonly<Record<string, string | Uint8Array>>) =>
  writeDocuments(join(folder, 'accepted'), contents);
const imported = () =>
  runImport(server.archive, {
    dropFolder: drop,
    seenAs,
    fileFields: ['ScanlotKey', 'Titel'],
    documentFields: ['ScanlotDocument', 'Name'],
  });
const visible = async () => (await readdir(drop)).filter((name) => name !== 'scanlot');

describe.each(['text', 'xml'] as const)('files for the automatic import as %s', (dropFormat) => {
  it('appear whole, are taken, and are read back by the DMS service', async () => {
    const adapter = open({ dropFormat, ...readable() });
    const both = { 'Müller <1>.pdf': noise(5000), 'b.tif': '', ['Größe.pdf'.normalize('NFD')]: 'decomposed' };
    const object = fileOf('32.4/Übersicht', await documents(both), {
      title: 'Grün & Söhne',
    });
    const { id } = await adapter.create(object);
    expect(await visible()).toEqual([`${id}.${dropFormat === 'text' ? 'txt' : 'xml'}`]);
    await expect(collect(adapter.readBack(id))).rejects.toMatchObject({ code: 'dms.object-busy', scope: 'object' });
    await imported();
    const stored = await collect(adapter.readBack(id));
    const expected = object.documents.map(({ name, size, sha256 }) => ({ name, size, sha256 }));
    expect(stored).toEqual(expected.sort((a, b) => (a.name < b.name ? -1 : 1)));
    expect(
      server.archive
        .all()
        .find(({ type }) => type === '3')
        ?.values.get('Titel'),
    ).toBe('Grün & Söhne');
    await adapter.close();
  });

  it('are laid down once, whoever does it and however often, also after the import has taken them', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }), { title: 'x' });
    const ids = await Promise.all([open, open, open].map((one) => one({ dropFormat }).create(object)));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
    await imported();
    expect(await open({ dropFormat }).create(object)).toEqual(ids[0]);
    expect(await open({ dropFormat }).lookUp('A 1')).toMatchObject({ id: ids[0]?.id, complete: true });
    await imported();
    expect(server.archive.all()).toHaveLength(2);
    await expect(open({ dropFormat }).create({ ...object, metadata: { title: 'y' } })).rejects.toMatchObject({
      code: 'dms.object-differs',
    });
  });

  it('notice other bytes in enaio, and documents that are missing there or twice', async () => {
    const adapter = open({ dropFormat, ...readable() });
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    const { id } = await adapter.create(object);
    await imported();
    const stored = server.archive.all().find(({ type }) => type === '262146');
    server.archive.update(stored?.id ?? '', { values: new Map(), files: [Buffer.from('b')] });
    expect((await collect(adapter.readBack(id)))[0]?.sha256).not.toBe(object.documents[0]?.sha256);
    server.archive.insert({ type: '262146', parent: stored?.parent ?? '', values: stored?.values ?? new Map() });
    await expect(collect(adapter.readBack(id))).rejects.toMatchObject({ code: 'dms.object-duplicate' });
    server.archive.forget();
    await expect(collect(adapter.readBack(id))).rejects.toMatchObject({ code: 'dms.object-damaged' });
    await adapter.close();
  });

  it('prove nothing of the bytes by the log alone', async () => {
    const adapter = open({ dropFormat });
    const { id } = await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
    await imported();
    const reading = collect(adapter.readBack(id));
    await expect(reading).rejects.toMatchObject({ code: 'dms.not-supported', scope: 'object' });
    await expect(reading).rejects.toThrow(/does not prove the bytes/);
  });
});

describe('the logs of a text import', () => {
  it('tell of records that are refused; a corrected file is laid down anew', async () => {
    const adapter = open(readable());
    const [document] = await documents({ 'a.pdf': 'a' });
    const { id } = await adapter.create(fileOf('A 1', [document!], { title: 'x'.repeat(21) }));
    await imported();
    const reading = collect(adapter.readBack(id));
    await expect(reading).rejects.toMatchObject({ code: 'dms.value-refused', scope: 'object' });
    await expect(reading).rejects.toThrow(/refused 1 record of/);
    expect(await adapter.lookUp('A 1')).toMatchObject({ complete: false });
    await adapter.create(fileOf('A 1', [document!], { title: 'x' }));
    await imported();
    expect(await collect(adapter.readBack(id))).toHaveLength(1);
    await adapter.close();
  });

  it('are not taken for those of the next attempt, whatever step of putting the refused one aside a process dies at', async () => {
    const [document] = await documents({ 'a.pdf': 'a' });
    const wrong = fileOf('A 1', [document!], { title: 'x'.repeat(21) });
    const right = fileOf('A 1', [document!], { title: 'x' });
    for (let step = 0; ; step++) {
      await rm(drop, { recursive: true });
      await mkdir(drop);
      server.archive.forget();
      const { id } = await open().create(wrong);
      await imported();
      const disk = failFiles(drop, step, 'dead');
      const isDone = await open()
        .create(right)
        .then(
          () => true,
          () => false,
        );
      disk.restore();
      const adapter = open(readable());
      if (!(await adapter.lookUp('A 1'))?.complete) await adapter.create(right);
      expect(await visible(), `step ${step}`).toEqual([`${id}.txt`, 'osImpLog.xml']);
      await expect(collect(adapter.readBack(id)), `step ${step}`).rejects.toMatchObject({ code: 'dms.object-busy' });
      await imported();
      expect(await collect(adapter.readBack(id)), `step ${step}`).toHaveLength(1);
      await adapter.close();
      if (isDone) break;
      expect(step).toBeLessThan(60);
    }
  });

  it('do not hide a record that is in neither of them', async () => {
    const adapter = open(readable());
    const { id } = await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': 'b' })));
    // Somebody edits the file: one value too many.
    const path = join(drop, `${id}.txt`);
    const lines = (await readFile(path)).toString('utf16le').split('\r\n');
    await writeFile(path, Buffer.from([lines[0], `${lines[1]};more`, ''].join('\r\n'), 'utf16le'));
    await imported();
    const reading = collect(adapter.readBack(id));
    await expect(reading).rejects.toMatchObject({ code: 'dms.object-damaged' });
    await expect(reading).rejects.toThrow(/In no log .*: 1 record of/);
    await adapter.close();
  });

  it.each(['a;b', 'a\nb'])('are not asked for a value that would break a line: %j', async (title) => {
    const creating = open().create(fileOf('A 1', await documents({ 'a.pdf': 'a' }), { title }));
    await expect(creating).rejects.toMatchObject({ code: 'dms.value-refused', scope: 'object' });
    expect(await open().lookUp('A 1')).toBeUndefined();
  });
});

describe('a drop that is interrupted', () => {
  it('leaves nothing that the import could take, and completes when it is called again', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': noise(3_000_000), 'b.pdf': 'b' }));
    const aborted = open().create(object, AbortSignal.abort(new Error('enough')));
    await expect(aborted).rejects.toThrow('enough');
    await writeFile(object.documents[1]?.source ?? '', 'c');
    await expect(open().create(object)).rejects.toMatchObject({ code: 'dms.source-changed' });
    expect(await visible()).toEqual([]);
    expect(await open().lookUp('A 1')).toBeUndefined();
    await writeFile(object.documents[1]?.source ?? '', 'b');
    const { id } = await open().create(object);
    expect(await visible()).toEqual([`${id}.txt`]);
  });

  it('is taken away when its process has ended, also when there is nothing more to lay down', async () => {
    await open().settle?.();
    expect(await readdir(drop)).toEqual([]);
    const workshop = join(drop, 'scanlot', '.new');
    const claim = claimName('drop');
    const dead = claim.name.replace(/-\d+-(\d*)-[0-9a-f]{16}$/, '-999999999-1-0123456789abcdef');
    for (const name of [claim.name, dead]) await mkdir(join(workshop, name), { recursive: true });
    await open().settle?.();
    expect(await readdir(workshop)).toEqual([claim.name]);
    claim.release();
  });

  it('is published when it was laid down but not yet shown to the import', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    const { id } = await open().create(object);
    const { rename } = await import('node:fs/promises');
    await rename(join(drop, `${id}.txt`), join(drop, 'scanlot', id, 'import.txt'));
    expect(await open().lookUp('A 1')).toMatchObject({ complete: false });
    await expect(collect(open(readable()).readBack(id))).rejects.toMatchObject({ code: 'dms.object-busy' });
    expect(await open().create(object)).toEqual({ id });
    expect(await visible()).toEqual([`${id}.txt`]);
  });
});

it('refuses a drop folder that has vanished, and says so when it cannot be written to', async () => {
  const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
  await open().create(fileOf('A 0', await documents({ 'a.pdf': 'a' })));
  await rm(drop, { recursive: true });
  await expect(open().create(object)).rejects.toMatchObject({ code: 'dms.settings-wrong', scope: 'system' });
  await expect(open().create(object)).rejects.toThrow(/mounted/);
  expect(await readdir(folder)).not.toContain('drop');
  await writeFile(drop, 'a file where the folder was');
  await expect(open().create(object)).rejects.toMatchObject({ code: 'dms.store-failed', scope: 'system' });
});

it('ends read-back with a wrong password', async () => {
  const adapter = open({ ...readable(), user: 'somebody' });
  const { id } = await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
  await imported();
  await expect(collect(adapter.readBack(id))).rejects.toMatchObject({ code: 'dms.login-refused', scope: 'system' });
  await adapter.close();
});

it('says what it cannot do', async () => {
  const adapter = open();
  const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
  const { id } = await adapter.create(object);
  expect(adapter.capabilities).toMatchObject({ update: false, remove: false, typesReadable: false });
  await expect(adapter.update(id, object)).rejects.toMatchObject({ code: 'dms.not-supported' });
  await expect(adapter.remove(id, { reason: 'test' })).rejects.toMatchObject({ code: 'dms.not-supported' });
  await expect(collect(adapter.readBack('../A 1'))).rejects.toMatchObject({ code: 'dms.object-missing' });
  await adapter.close();
  await expect(adapter.lookUp('A 1')).rejects.toMatchObject({ code: 'dms.closed' });
});
