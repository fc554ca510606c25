import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { openWorkspace } from '../../src/storage/workspace.ts';
import { addDelivery, type CustodyWorkspace, custodyWorkspace } from '../support/custody.ts';

let custody: CustodyWorkspace;
beforeEach(async () => {
  custody = await custodyWorkspace();
});
afterEach(async () => {
  await custody.workspace.close();
  rmSync(custody.root, { recursive: true, force: true });
});

async function run(...argv: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const output = (lines: string[]) => ({
    write: (words: string) => void lines.push(words),
    isTerminal: false,
    columns: 0,
  });
  const io = {
    stdout: output(out),
    stderr: output(err),
    ask: async () => undefined,
    env: {},
    cwd: custody.root,
    now: () => new Date('2021-02-15T10:00:00Z'),
  };
  const code = await main([...argv, '--wait', '0'], io, new AbortController().signal);
  return { code, out: out.join(''), err: err.join('') };
}

/** Commands take the workspace's lock themselves. */
async function outside<T>(work: () => Promise<T>): Promise<T> {
  await custody.workspace.close();
  try {
    return await work();
  } finally {
    custody = { ...custody, workspace: await openWorkspace(custody.root, { mode: 'write' }) };
  }
}

function pickList(): string {
  const path = join(custody.root, 'liste.csv');
  writeFileSync(
    path,
    'Aktenzeichen;Band;Karton;Blatt;Betreff;Regal\r\nIII/12;;K1;10;Müller;7\r\nIII/13;2;K1;;=1+1;7\r\n',
  );
  return path;
}

test('a batch is created, listed, shown, exported and reconciled by commands', async () => {
  const path = pickList();
  const created = await outside(() => run('batch', 'create', '--order', 'A-1', '--pick-list', path, '--json'));
  expect(created).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(created.out)).toMatchObject({
    schema: 'urn:scanlot:schemas/batch-create-1',
    key: 'B-2021-001',
    files: 2,
    filesWithoutSheets: 1,
    ignoredColumns: ['Regal'],
    findings: [],
  });
  const [listed] = JSON.parse((await outside(() => run('batch', 'list', '--json'))).out).batches;
  expect(listed).toMatchObject({ key: 'B-2021-001', state: 'prepared', files: 2, boxes: 1, expectedSheets: 10 });
  const nothing = await outside(() => run('reconcile', 'B-2021-001', '--lang', 'de'));
  expect(nothing.code).toBe(2);
  expect(nothing.err).toContain('noch nichts geliefert');
  const { workspace } = custody;
  const files = await workspace.db.selectFrom('file').select('id').orderBy('id').execute();
  await addDelivery(workspace, 1, 1, [{ reference: 'III/12', fileId: files[0]!.id }]);
  const reconciled = await outside(() => run('reconcile', 'B-2021-001', '--files', '--lang', 'de'));
  expect(reconciled.code).toBe(1);
  expect(reconciled.out).toMatch(/III\/13: Band 2 der Akte steht auf der Abholliste \(Karton K1\)/);
  const totals = await outside(() => run('reconcile', '--json'));
  expect(totals.code).toBe(1);
  expect(JSON.parse(totals.out).batches[0].openBreaks).toEqual([
    { code: 'ledger.file-missing', severity: 'error', count: 1 },
  ]);
  const shown = JSON.parse((await outside(() => run('batch', 'show', 'B-2021-001', '--json'))).out);
  expect(shown.counts).toMatchObject({ pickedUpFiles: 2, deliveredFiles: 1, outstandingFiles: 1 });
  expect(shown.breaks).toMatchObject([{ code: 'ledger.file-missing', owner: 'vendor', waived: false }]);
});

test.each([
  ['batch', 'show', 'B-2021-01'],
  ['batch', 'pick-list', 'B-2021-01'],
  ['batch', 'pick-list', 'B-2021-001', '--format', 'doc'],
  ['batch', 'create', '--order', 'A-1'],
  ['batch', 'create', '--order', 'A-9', '--pick-list', 'liste.csv'],
  ['batch', 'create', '--order', 'A-1', '--pick-list', 'gibt-es-nicht.csv'],
  ['batch', 'create', '--order', 'A-1', '--pick-list', 'liste.csv', '--handed-over', '31.02.2021'],
  ['batch', 'create', '--order', 'A-1', '--pick-list', 'liste.csv', '--running-metres', 'viel'],
  ['batch', 'list', '--lot', 'L9'],
  ['reconcile', 'B-2021-01'],
  ['reconcile', '--files'],
  ['reconcile', 'B-2021-001', '--round', 'x'],
])('%s %s %s is refused with what to do', async (...argv) => {
  pickList();
  const { code, err } = await outside(() => run(...argv, '--lang', 'en'));
  expect(code).toBe(2);
  expect(err).toMatch(/^Error: [\s\S]*To do: /);
});

test.each(['csv', 'xlsx', 'pdf'])('the pick list as %s lies where it was asked for', async (format) => {
  const path = pickList();
  await outside(() => run('batch', 'create', '--order', 'A-1', '--pick-list', path));
  const { code, out } = await outside(() => run('batch', 'pick-list', 'B-2021-001', '--format', format, '--json'));
  expect(code).toBe(0);
  const written = JSON.parse(out).path;
  expect(written).toContain(join(custody.root, 'outputs'));
  const start = readFileSync(written).subarray(0, 4).toString('latin1');
  expect(start).toBe({ csv: '\u00ef\u00bb\u00bfF', xlsx: 'PK\u0003\u0004', pdf: '%PDF' }[format]);
});

test('what is exported as CSV can be handed in again as a pick list', async () => {
  const path = pickList();
  await outside(() => run('batch', 'create', '--order', 'A-1', '--pick-list', path));
  const out = join(custody.root, 'again.csv');
  await outside(() => run('batch', 'pick-list', 'B-2021-001', '--format', 'csv', '--out', 'again.csv'));
  expect(readFileSync(out, 'utf8')).toContain("'=1+1");
  const again = await outside(() => run('batch', 'create', '--order', 'A-3', '--pick-list', out, '--json'));
  expect(JSON.parse(again.out)).toMatchObject({ files: 2, boxes: 1, expectedSheets: 10, ignoredColumns: [] });
  const titles = await custody.workspace.db.selectFrom('file').select('title').where('batch_id', '=', 2).execute();
  expect(titles.map(({ title }) => title)).toEqual(['Müller', '=1+1']);
});
