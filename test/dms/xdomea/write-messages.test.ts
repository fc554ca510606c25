import fs, { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readMessage } from '../../../src/dms/xdomea/read-message.ts';
import { type WriteOptions, writeMessages } from '../../../src/dms/xdomea/write-messages.ts';
import { messageXml } from '../../../src/dms/xdomea/write-xml.ts';
import { readOwnZip } from '../../../src/reporting/document/zip-file.ts';
import type { Ledger } from '../../support/ledger.ts';
import { runCli } from '../../support/run-cli.ts';
import { acceptedBatch, batch, type Documents, documentPath } from './accepted-batch.ts';
import { hasSchemas, schemaMistakes } from './schema.ts';

const files: readonly Documents[] = [
  { 'scans/1/Bußgeld & Co <1>.pdf': 'first scan', 'scans/1/b.TIF': 'second' },
  { 'scans/2/c.pdf': 'third scan' },
  { 'scans/3/ohne-endung': 'x'.repeat(5000) },
];

let folder: string;
let ledger: Ledger | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-xdomea-out-'));
});
afterEach(async () => {
  await ledger?.remove();
  ledger = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function write(more: Partial<WriteOptions> = {}) {
  if (!ledger) throw new Error('no ledger');
  const signal = new AbortController().signal;
  const options = { batch, folder, recipient: 'Stadt „X“ & Co', version: '3.0', limit: 1e9, signal } as const;
  return writeMessages(ledger.workspace, { ...options, ...more });
}

const read = (path: string) => readMessage(path, new AbortController().signal);

describe('a hand-over message', () => {
  it.skipIf(!hasSchemas).each(['3.0', '3.1'] as const)('of %s is valid by its schema', async (version) => {
    ledger = await acceptedBatch(files);
    const { messages } = await write({ version });
    const [xml] = readOwnZip(readFileSync(messages[0]?.path ?? ''));
    expect(await schemaMistakes(Buffer.from(xml?.content as Uint8Array).toString('utf8'), version)).toEqual([]);
  });

  it.skipIf(!hasSchemas)('is held against a schema that notices mistakes', async () => {
    ledger = await acceptedBatch(files);
    const [xml] = readOwnZip(readFileSync((await write()).messages[0]?.path ?? ''));
    const wrong = Buffer.from(xml?.content as Uint8Array)
      .toString('utf8')
      .replace('<code>0401</code>', '<code>9</code>');
    expect(await schemaMistakes(wrong, '3.0')).not.toEqual([]);
  });

  it('is read again as it was written, with every file and nothing else', async () => {
    ledger = await acceptedBatch(files);
    const { messages, leftOut } = await write({ version: '3.1' });
    expect(leftOut).toEqual([]);
    expect(messages).toHaveLength(1);
    const [written] = messages;
    const { message, findings, files: named, entry, unnamed } = await read(written?.path ?? '');
    expect({ findings, unnamed }).toEqual({ findings: [], unnamed: [] });
    expect(message).toMatchObject({ version: '3.1.0', code: '0401' });
    expect(message.head).toMatchObject({
      processId: written?.message.processId,
      statedCode: '0401',
      createdAt: '2021-03-01T12:00:00.000Z',
      sender: { institution: 'Landkreis Test' },
      recipient: { institution: 'Stadt „X“ & Co' },
    });
    expect(entry).toBe(`${message.head.processId}_Abgabe.Abgabe.0401.xml`);
    expect(basename(written?.path ?? '')).toBe(`${message.head.processId}_Abgabe.Abgabe.0401.zip`);
    expect(message.objects.map(({ kind, reference, objects }) => [kind, reference, objects.length])).toEqual([
      ['file', `${batch}/1`, 2],
      ['file', `${batch}/2`, 1],
      ['file', `${batch}/3`, 1],
    ]);
    expect(named.map(({ originalName, present, size }) => [originalName, present, size])).toEqual([
      ['Bußgeld & Co <1>.pdf', true, 10],
      ['b.TIF', true, 6],
      ['c.pdf', true, 10],
      ['ohne-endung', true, 5000],
    ]);
    expect(named.map(({ name }) => /\.[a-z]+$/.exec(name)?.[0])).toEqual(['.pdf', '.tif', '.pdf', undefined]);
  });

  it('holds the accepted bytes', async () => {
    ledger = await acceptedBatch(files);
    const parts = readOwnZip(readFileSync((await write()).messages[0]?.path ?? ''));
    const contents = parts.slice(1).map(({ content }) => Buffer.from(content as Uint8Array).toString());
    expect(contents).toEqual(files.flatMap((documents) => Object.values(documents)));
  });

  it('is split by the size of its documents, never within a file, each part a process of its own', async () => {
    ledger = await acceptedBatch(files);
    const { messages } = await write({ limit: 30 });
    expect(messages.map(({ message }) => message.records.length)).toEqual([2, 1]);
    expect(messages.map(({ message }) => message.bytes)).toEqual([26, 5000]);
    expect(new Set(messages.map(({ message }) => message.processId)).size).toBe(2);
    for (const { path } of messages) expect((await read(path)).findings).toEqual([]);
  });

  it('is the same whenever it is written, and another for other content or another recipient', async () => {
    ledger = await acceptedBatch(files);
    const first = await write();
    const bytes = readFileSync(first.messages[0]?.path ?? '');
    const again = await write();
    expect(again.messages[0]?.path).toBe(first.messages[0]?.path);
    expect(readFileSync(again.messages[0]?.path ?? '').equals(bytes)).toBe(true);
    const other = await write({ recipient: 'Landesarchiv' });
    expect(other.messages[0]?.message.processId).not.toBe(first.messages[0]?.message.processId);
    expect(other.messages[0]?.message.records[0]?.id).toBe(first.messages[0]?.message.records[0]?.id);
  });

  it('leaves nothing behind when the bytes are no longer those accepted, or are gone', async () => {
    ledger = await acceptedBatch(files);
    writeFileSync(documentPath(ledger, 'scans/2/c.pdf'), 'third SCAN');
    await expect(write()).rejects.toMatchObject({ code: 'dms.source-changed' });
    rmSync(documentPath(ledger, 'scans/2/c.pdf'));
    await expect(write()).rejects.toMatchObject({ code: 'dms.source-unreadable' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('stops when asked to, and leaves nothing behind', async () => {
    ledger = await acceptedBatch(files);
    await expect(write({ signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not begun where its name is taken by a folder, which stays as it is', async () => {
    ledger = await acceptedBatch(files);
    const path = (await write()).messages[0]?.path ?? '';
    rmSync(path);
    mkdirSync(join(path, 'x'), { recursive: true });
    await expect(write()).rejects.toMatchObject({ code: 'file.not-written', exitCode: 13 });
    expect(readdirSync(folder)).toEqual([basename(path)]);
    expect(readdirSync(path)).toEqual(['x']);
  });

  it('tells a disk that takes no more, and leaves nothing behind', async () => {
    ledger = await acceptedBatch(files);
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    const spy = vi.spyOn(fs, 'write').mockImplementation((...args: readonly unknown[]) => {
      const done = args.at(-1) as (error: Error) => void;
      setImmediate(() => done(full));
    });
    try {
      await expect(write()).rejects.toMatchObject({ code: 'file.not-written', exitCode: 13 });
    } finally {
      spy.mockRestore();
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not written where nothing is accepted', async () => {
    ledger = await acceptedBatch(files);
    await expect(write({ round: 7 })).rejects.toMatchObject({ code: 'xdomea.nothing-accepted', exitCode: 1 });
  });

  it('leaves out a file without documents, and says so', async () => {
    ledger = await acceptedBatch([...files, {}]);
    const { leftOut } = await write();
    expect(leftOut.map(({ reference }) => reference)).toEqual([`${batch}/4`]);
  });
});

describe('the mapping of a delivery profile', () => {
  const profile = (fields: Readonly<Record<string, string>>) => ({
    profile: 'p',
    version: '1',
    title: 'p',
    layout: { manifests: ['index.csv'], files: ['**/*.pdf'] },
    manifest: { columns: { path: 'Datei', reference: 'AZ', fields: { year: 'Jahr', clerk: 'Bearbeiter' } } },
    dms: { objectType: 'Wohngeldakte', fields },
  });

  it.skipIf(!hasSchemas)('fills the elements that it names, in the form of the schema', async () => {
    const mapping = { 'Akte.Laufzeit.Beginn': 'year', 'Akte.Laufzeit.Ende': 'year', 'Dokument.Bearbeiter': 'clerk' };
    ledger = await acceptedBatch(files, { profile: profile(mapping), fields: { year: '1998', clerk: 'Süß & Sohn' } });
    const [written] = (await write()).messages;
    const { message } = await read(written?.path ?? '');
    expect(message.objects[0]?.period).toEqual({ begin: '1998-01-01', end: '1998-12-31' });
    const [part] = readOwnZip(readFileSync(written?.path ?? ''));
    const xml = Buffer.from(part?.content as Uint8Array).toString('utf8');
    expect(xml).toContain('<xdomea:Typ>Wohngeldakte</xdomea:Typ>');
    expect(xml).toContain('<xdomea:Bearbeiter>Süß &amp; Sohn</xdomea:Bearbeiter>');
    expect(await schemaMistakes(xml, '3.0')).toEqual([]);
  });

  it('is refused where a value does not fit, before anything is written', async () => {
    ledger = await acceptedBatch(files, {
      profile: profile({ 'Akte.Laufzeit.Beginn': 'year' }),
      fields: { year: 'um 1998' },
    });
    await expect(write()).rejects.toMatchObject({ code: 'xdomea.value-unfit', exitCode: 1 });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is refused where it names an element that is not filled; other names belong to another system', async () => {
    ledger = await acceptedBatch(files, { profile: profile({ 'Akte.Farbe': 'year', Jahr: 'year' }) });
    await expect(write()).rejects.toMatchObject({ code: 'xdomea.mapping-wrong', exitCode: 2 });
  });
});

describe('words in a message', () => {
  it('are read as they were written, whatever they are, but for characters that XML does not know', async () => {
    ledger = await acceptedBatch([{ 'a.pdf': 'a' }]);
    const { message } = (await write()).messages[0] ?? {};
    if (!message) throw new Error('nothing was written');
    const { readXmlTree } = await import('../../../src/shared/xml/read-tree.ts');
    const { interpretMessage } = await import('../../../src/dms/xdomea/interpret.ts');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
        const frame = {
          version: '3.1',
          createdAt: new Date(0),
          sender: `[${name}]`,
          recipient: 'x',
          toolVersion: '1',
        } as const;
        const found = interpretMessage(readXmlTree(Buffer.from([...messageXml(message, frame)].join(''))));
        const told = 'message' in found ? found.message.head.sender.institution : undefined;
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
        expect(told).toBe(`[${name.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')}]`);
      }),
      { numRuns: 100 },
    );
  });
});

describe('scanlot xdomea write', () => {
  it('writes, and xdomea show reads it', async () => {
    ledger = await acceptedBatch(files);
    const { root, workspace } = ledger;
    await workspace.close();
    const args = ['xdomea', 'write', batch, '--out', folder, '--recipient', 'Landesarchiv'];
    const { exitCode, stdout, stderr } = await runCli([...args, '--json'], root);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [{ path, overLimit, objects }] = JSON.parse(stdout).messages;
    expect({ overLimit, objects: objects.length }).toEqual({ overLimit: false, objects: 3 });
    const shown = await runCli(['xdomea', 'show', path, '--lang', 'de'], folder);
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toContain('Genannte Dateien: 4, es fehlen 0.');
    const told = await runCli([...args, '--lang', 'de'], root);
    expect(told.stdout).toContain('Geschriebene Nachrichten: 1, Akten darin: 3.');
  });

  it('refuses the versions whose schemas were not at hand, and says which there are', async () => {
    const args = ['xdomea', 'write', batch, '--out', folder, '--recipient', 'Landesarchiv'];
    for (const asked of ['4.0', '4']) {
      const { exitCode, stderr } = await runCli([...args, '--xdomea', asked, '--lang', 'de'], folder);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`xdomea ${asked} wird gelesen, aber nicht geschrieben`);
      expect(stderr).toContain('3.0, 3.1');
    }
    const { stderr } = await runCli([...args, '--xdomea', '2.4', '--lang', 'de'], folder);
    expect(stderr).toContain('Erwartet: 3.0, 3.1.');
  });
});
