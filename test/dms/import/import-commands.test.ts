import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.ts';
import { createFolderAdapter } from '../../../src/dms/folder/adapter.ts';
import { importObjects } from '../../../src/dms/import/store.ts';
import { withdrawObjects } from '../../../src/dms/import/withdraw.ts';
import { openWorkspace } from '../../../src/storage/workspace.ts';
import { edit, type Ledger } from '../../support/ledger.ts';
import { runCli } from '../../support/run-cli.ts';
import { acceptedBatch, batch, documentPath } from '../xdomea/accepted-batch.ts';

let ledger: Ledger;
const scanlot = (...argv: readonly string[]) => runCli([...argv, '--workspace', ledger.root], ledger.root);
const json = async (...argv: readonly string[]) => {
  const { stdout, exitCode, stderr } = await scanlot(...argv, '--json');
  return { exitCode, stderr, data: JSON.parse(stdout) };
};
const configure = (rules: object) =>
  writeFileSync(join(ledger.root, 'scanlot.json'), JSON.stringify({ county: 'Landkreis Test', import: rules }));

beforeEach(async () => {
  ledger = await acceptedBatch([{ '0/a.pdf': 'a' }, { '1/b.pdf': 'b' }, { '2/c.pdf': 'c' }]);
  await ledger.workspace.close();
});
afterEach(() => ledger.remove());

it('shows the plan as a table, as JSON and as a workbook', async () => {
  const { data } = await json('import', 'plan', '--format', 'xlsx');
  expect(data).toMatchObject({ schema: 'urn:scanlot:schemas/import-plan-1', version: 2 });
  expect(data.objects.map(({ action }: { action: string }) => action)).toEqual(['create', 'create', 'create']);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(data.file);
  const cells = workbook.worksheets
    .flatMap((sheet) => sheet.getSheetValues())
    .flat()
    .map(String);
  expect(cells).toContain(data.objects[2].objectKey);
  expect((await scanlot('import', 'plan')).stdout).toContain('3 of 3 accepted files to import.');
});

it('tells for every file what happened, on the screen and in a file', async () => {
  writeFileSync(documentPath(ledger, '1/b.pdf'), 'x');
  const out = join(ledger.root, 'protocol.csv');
  const run = await scanlot('import', 'run', '--out', out);
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain('no longer has the content that was accepted');
  expect(run.stdout).toContain('2 files imported and read back');
  const protocol = readFileSync(out, 'utf8');
  expect(protocol.split('\n').filter((line) => line.includes('imported and read back'))).toHaveLength(2);
  expect(protocol).toContain('no longer has the content');
});

it('takes withdrawn files out of the index although the process that withdrew them ended before it did so', async () => {
  const dms = { type: 'folder', path: 'tree', index: { per: 'batch' } } as const;
  writeFileSync(join(ledger.root, 'scanlot.json'), JSON.stringify({ county: 'Landkreis Test', dms }));
  expect((await scanlot('import', 'run')).exitCode).toBe(0);
  const index = join(ledger.root, 'tree', `index-${batch}.csv`);
  expect(readFileSync(index, 'utf8').split('\r\n')).toHaveLength(5);
  const workspace = await openWorkspace(ledger.root, { mode: 'write', actor: 'test' });
  const ended = createFolderAdapter({ settings: { ...dms, path: join(ledger.root, 'tree') } });
  const objects = [...(await importObjects(workspace.db)).values()];
  await withdrawObjects(workspace, ended, objects, { reason: 'x', signal: new AbortController().signal });
  await workspace.close();
  expect(existsSync(index)).toBe(true);
  const { data } = await json('import', 'withdraw', batch, '--reason', 'x', '--yes');
  expect(data.error.code).toBe('import.nothing-to-withdraw');
  expect(existsSync(index)).toBe(false);
});

it('tries failed files again, alone', async () => {
  writeFileSync(documentPath(ledger, '1/b.pdf'), 'x');
  await scanlot('import', 'run');
  writeFileSync(documentPath(ledger, '1/b.pdf'), 'b');
  const { data, exitCode } = await json('import', 'retry');
  expect(exitCode).toBe(0);
  expect(data.objects).toMatchObject([{ outcome: 'imported', how: 'created' }]);
  expect((await json('import', 'retry')).data.objects).toEqual([]);
  expect((await json('import', 'retry', 'unknown')).data.error.code).toBe('usage.unknown-id');
});

it('tells later why a file failed, in the language asked for, and what earlier versions recorded as it stands', async () => {
  writeFileSync(documentPath(ledger, '1/b.pdf'), 'x');
  await scanlot('import', 'run');
  const status = async (language: string) => (await scanlot('import', 'status', '--lang', language)).stdout;
  expect(await status('de')).toContain('Das Dokument „1/b.pdf“ hat nicht mehr den abgenommenen Inhalt.');
  expect(await status('en')).toContain('Document "1/b.pdf" no longer has the content that was accepted.');
  const { data } = await json('import', 'status');
  expect(data.failed).toMatchObject([{ attempts: 1, error: expect.stringContaining('no longer has the content') }]);
  for (const earlier of ['page count differs', '{ not an object', '{"de":1}']) {
    const workspace = await openWorkspace(ledger.root, { mode: 'write', actor: 'test' });
    await edit({ ...ledger, workspace }, (db) =>
      db.updateTable('import_object').set({ error: earlier }).where('error', 'is not', null).execute(),
    );
    await workspace.close();
    expect(await status('de')).toContain(`: ${earlier}`);
  }
});

it('withdraws a batch or a file, with a reason and after a confirmation, and imports it again when it is named', async () => {
  const { data: before } = await json('import', 'run');
  const unconfirmed = await json('import', 'withdraw', batch, '--reason', 'falscher Aktenplan');
  expect(unconfirmed.data.error.code).toBe('usage.not-confirmed');
  const { data: one } = await json('import', 'withdraw', before.objects[0].objectKey, '--reason', 'x', '--yes');
  expect(one.objects).toMatchObject([{ outcome: 'withdrawn', objectKey: before.objects[0].objectKey }]);
  const { data: rest } = await json('import', 'withdraw', batch, '--reason', 'falscher Aktenplan', '--yes');
  expect(rest.objects).toHaveLength(2);
  const store = join(ledger.root, 'store');
  expect(readdirSync(store).filter((name) => /^[0-9a-f]{3}$/.test(name))).toEqual([]);
  expect((await json('store', 'verify', store)).data).toMatchObject({ valid: true, objects: 0 });
  const { data: status } = await json('import', 'status');
  expect(status.states).toContainEqual({ state: 'withdrawn', files: 3, pages: 6 });
  expect((await json('import', 'run')).data.objects.map((row: { outcome: string }) => row.outcome)).toEqual(
    Array(3).fill('skipped'),
  );
  const { data: again } = await json('import', 'retry', before.objects[1].objectKey);
  expect(again.objects).toMatchObject([{ outcome: 'imported' }]);
  expect((await json('import', 'run', '--withdrawn')).data.objects).toHaveLength(3);
  expect((await json('store', 'verify', store)).data).toMatchObject({ valid: true, objects: 3 });
  expect((await json('audit', 'verify')).exitCode).toBe(0);
});

it('reads back a sample, and never none', async () => {
  await scanlot('import', 'run');
  expect((await json('import', 'verify', '--sample', '1')).data).toMatchObject({ objects: 1, differences: [] });
  expect((await json('import', 'verify', '--sample', '50')).data.objects).toBe(2);
  expect((await json('import', 'verify')).data.objects).toBe(3);
});

it('keeps to its window, and passes it with --now', async () => {
  const hour = new Date('2021-05-01T10:00:00Z').getHours();
  const time = (hours: number) => `${String((hour + hours) % 24).padStart(2, '0')}:00`;
  configure({ window: { from: time(1), to: time(2) } });
  expect((await json('import', 'run')).data.error.code).toBe('import.outside-window');
  expect((await json('import', 'run', '--now')).exitCode).toBe(0);
});

it('takes the transfer note along, as scanlot.json says', async () => {
  configure({ transferNote: 'file', parallel: 2 });
  expect((await json('import', 'run')).exitCode).toBe(0);
  expect((await json('import', 'verify')).data.differences).toEqual([]);
  expect(
    existsSync(join(ledger.root, '.transfer-notes')) ? readdirSync(join(ledger.root, '.transfer-notes')) : [],
  ).toEqual([]);
  const { data } = await json('import', 'plan');
  const { data: note } = await json('import', 'note', data.objects[0].objectKey);
  expect(note.notes[0].note.file.key).toBe(data.objects[0].objectKey);
  expect((await scanlot('import', 'note', data.objects[0].objectKey, '--xml')).stdout).toContain('<transferNote ');
});

it('puts the transfer note into the PDFs, and writes such PDFs to look at', async () => {
  configure({ transferNote: 'pdf' });
  const first = await json('import', 'run');
  expect(first.exitCode).toBe(0);
  expect(first.data.objects[0].note).toEqual({
    embedded: 0,
    beside: [{ reason: 'damaged', documents: expect.any(Number), first: expect.any(String) }],
  });
  const key = first.data.objects[0].objectKey;
  const shown = await scanlot('import', 'note', key, '--pdf', join(ledger.root, 'proof'), '--lang', 'de');
  expect(shown.stdout).toMatch(/^Transfervermerk in PDF eingebettet: 0; daneben: \d+ – beschädigtes PDF: /);
  const { data } = await json('import', 'note', key, '--pdf', join(ledger.root, 'proof'));
  expect(data.pdf).toMatchObject({ folder: join(ledger.root, 'proof'), embedded: 0 });
  expect((await scanlot('import', 'run')).stdout).not.toContain('Transfer note');
});

it('addresses content as scanlot.json says', async () => {
  const dms = { type: 'ocfl', digest: 'sha256' };
  writeFileSync(join(ledger.root, 'scanlot.json'), JSON.stringify({ county: 'Landkreis Test', dms }));
  expect((await json('import', 'run')).exitCode).toBe(0);
  const { data } = await json('store', 'verify', join(ledger.root, 'store'));
  expect(data).toMatchObject({ valid: true, objects: 3 });
  expect(data.verdicts[0].problems[0].code).toBe('W004');
});

it('refuses settings that make no sense', async () => {
  configure({ window: { from: '25:00', to: '06:00' } });
  expect((await json('import', 'plan')).exitCode).toBe(2);
});

it('ends with 130 and tells what it did when it was interrupted', async () => {
  const interrupted = AbortSignal.abort();
  let stdout = '';
  const output = { write: (words: string) => void (stdout += words), isTerminal: false, columns: 0 };
  const io = {
    ...{ stdout: output, stderr: { ...output, write: () => {} }, ask: async () => undefined, env: {} },
    ...{ cwd: ledger.root, now: () => new Date('2021-05-01T10:00:00Z') },
  };
  const exitCode = await main(['import', 'run', '--json', '--workspace', ledger.root], io, interrupted);
  expect(exitCode).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({
    stopped: 'interrupted',
    objects: Array(3).fill({ outcome: 'not-begun' }),
  });
});
