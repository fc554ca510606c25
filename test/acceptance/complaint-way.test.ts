import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { A, B, C, type ComplaintCounty, complaintCounty, scan } from './complaint-county.ts';

let county: ComplaintCounty;
beforeAll(async () => {
  county = await complaintCounty([A, B, C]);
});
afterAll(() => county.remove());

const run: ComplaintCounty['run'] = (...argv) => county.run(...argv);
const tasks = async () => {
  const { waiting } = await run('status');
  return Object.fromEntries((waiting as { task: string; count: number }[]).map(({ task, count }) => [task, count]));
};
const ledger = async () => {
  const { counts, identities, files } = await run('batch', 'show', 'B-1');
  const holds = (identities as { holds: boolean }[]).every((identity) => identity.holds);
  return { counts, holds, files: files as { reference: string; state: string; complaint: string | null }[] };
};
/** What is accepted, billed and budgeted: everything that money depends on. */
const money = async () => {
  const commands = [
    ['order', 'list'],
    ['lot', 'list'],
    ['budget', 'show', '--year', '2021'],
    ['price', 'explain', 'B-1', '--files'],
    ['contract', 'penalties'],
    ...['open-items', 'cost-against-budget', 'unit-costs', 'contract-utilisation'].map((name) => [
      'report',
      name,
      '--as-of',
      '2021-04-30',
      '--format',
      'json',
      '--out',
      '-',
    ]),
  ];
  const told: unknown[] = [];
  for (const command of commands) told.push(await run(...command));
  return JSON.stringify(told, undefined, 1);
};
const versionsInStore = () =>
  readdirSync(join(county.root, 'county', 'store'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    /[\\/]v2$/.test(path),
  ).length;

describe('a defect found after acceptance and import', () => {
  let before: string;

  it('is complained about, and nothing that was accepted, paid or imported changes by that', async () => {
    expect(await county.deliver([scan(A), scan(B), scan(C)])).toEqual([]);
    await run('accept', 'B-1', '--date', '2021-03-15');
    expect(await run('import', 'run')).toMatchObject({ exitCode: 0 });
    before = await money();
    const raised = await run('complaint', 'raise', 'B-1', A, B, '--reason', 'Seite 3 unscharf', '--date', '2021-04-12');
    expect(raised).toMatchObject({
      ...{ exitCode: 0, batch: 'B-1', number: 1, raisedOn: '2021-04-12', deadline: '2021-04-26', knownDefects: 0 },
      files: [
        { reference: A, volume: '', round: 1, acceptedOn: '2021-03-15', pages: 4 },
        { reference: B, volume: '', round: 1, acceptedOn: '2021-03-15', pages: 4 },
      ],
    });
    expect(await money()).toBe(before);
    const { counts, files, holds } = await ledger();
    expect(counts).toMatchObject({ acceptedFiles: 3, acceptedPages: 12, importedFiles: 3, complainedFiles: 2 });
    expect(files.map(({ state, complaint }) => [state, complaint])).toEqual([
      ['imported', 'open'],
      ['imported', 'open'],
      ['imported', null],
    ]);
    expect(holds).toBe(true);
    expect(await run('import', 'verify')).toMatchObject({ exitCode: 0 });
    expect(await run('batch', 'list')).toMatchObject({ batches: [{ state: 'complained' }] });
    // Today is 1 May: the deadline has passed.
    expect(await tasks()).toMatchObject({ 'correction-overdue': 2 });
  });

  it('is written to the vendor', async () => {
    const notice = await run('complaint', 'notice', 'B-1', '--out', 'ruege.pdf', '--date', '2021-04-12');
    const list = await run('complaint', 'list', '--format', 'json', '--out', 'list.json');
    expect(list).toMatchObject({ file: join(county.root, 'list.json') });
    expect(JSON.parse(readFileSync(join(county.root, 'list.json'), 'utf8'))).toMatchObject({
      facts: [{ value: 2 }, { value: 2 }],
      tables: [{ rows: [{ reference: A, state: 'open', pages: 4, reason: 'Seite 3 unscharf' }, { reference: B }] }],
    });
    expect(notice).toMatchObject({ exitCode: 0, number: 1, deadline: '2021-04-26', files: 2, format: 'pdf' });
  });

  it('is mended by a further round that holds these files only; what else comes along does not count', async () => {
    expect(await county.deliver([scan(A, 'mended', { pages: 3 }), scan(C, 'changed')])).toEqual(
      ['ledger.correction-pages-differ', 'ledger.delivered-after-acceptance', 'ledger.correction-missing'].sort(),
    );
    expect(await run('delivery', 'show', 'B-1')).toMatchObject({
      changes: [
        { reference: A, change: 'corrected' },
        { reference: C, change: 'silently-changed' },
      ],
    });
    expect(await money()).toBe(before);
    expect(await run('accept', 'B-1', '--date', '2021-04-20')).toMatchObject({
      ...{ exitCode: 0, accepted: { files: 0, pages: 0 }, rejected: { files: 0 }, settled: 1 },
      corrected: { files: 1, pages: 3, difference: -1 },
    });
  });

  it('is not paid again, and takes the place of what was accepted', async () => {
    expect(await money()).toBe(before);
    const { counts, files, holds } = await ledger();
    expect(counts).toMatchObject({
      ...{ acceptedFiles: 3, acceptedPages: 12, correctionPages: -1, receivedPages: 11 },
      ...{ importedFiles: 2, importedPages: 8, complainedFiles: 1 },
    });
    expect(files.map(({ state, complaint }) => [state, complaint])).toEqual([
      ['accepted', null],
      ['imported', 'open'],
      ['imported', null],
    ]);
    expect(holds).toBe(true);
    expect(await tasks()).toMatchObject({ 'correction-overdue': 1, import: 1 });
    expect(await run('complaint', 'list', 'B-1')).toMatchObject({
      files: [
        { reference: A, state: 'corrected', overdue: false, pages: 4, correction: { round: 2, pages: 3 } },
        { reference: B, state: 'open', overdue: true, correction: null },
      ],
    });
  });

  it('becomes a new version in the document management system, and is what is read back', async () => {
    const { objects } = await run('import', 'plan');
    expect((objects as { action: string }[]).map(({ action }) => action)).toEqual(['update', 'skip', 'skip']);
    expect(versionsInStore()).toBe(0);
    expect((await run('import', 'status')).states).toContainEqual({ state: 'outdated', files: 1, pages: 3 });
    const done = await run('import', 'run');
    expect((done.objects as { how: string | null }[]).map(({ how }) => how)).toEqual(['updated', null, null]);
    expect(versionsInStore()).toBe(1);
    expect(await run('import', 'verify')).toMatchObject({ exitCode: 0, differences: [] });
    const { counts, holds } = await ledger();
    expect(counts).toMatchObject({ importedFiles: 3, importedPages: 11 });
    expect(holds).toBe(true);
    expect(await run('import', 'note', A)).toMatchObject({ exitCode: 0 });
    expect(await money()).toBe(before);
  });

  it('is accepted once, however often the command is given', async () => {
    const again = await run('accept', 'B-1', '--date', '2021-04-20');
    expect(again).toMatchObject({ exitCode: 0, corrected: { files: 1, pages: 3, difference: -1 } });
    expect(await money()).toBe(before);
  });

  it('is not mended by the same bytes under another name', async () => {
    expect(await county.deliver([scan(B, 'first', { path: 'scans/B-neu.pdf' })])).toEqual([
      'ledger.correction-unchanged',
    ]);
    expect(await county.refused('accept', 'B-1', '--date', '2021-04-22')).toBe('acceptance.open-errors');
    await run('reject', 'B-1', '--reason', 'nicht nachgebessert', '--date', '2021-04-22');
    expect((await ledger()).files[1]).toMatchObject({ state: 'imported', complaint: 'open' });
    expect(await money()).toBe(before);
  });

  it('may be one of the index data alone', async () => {
    expect(await county.deliver([scan(B, 'first', { title: 'Akte, berichtigt' })])).toEqual([
      'ledger.correction-index-only',
    ]);
    await run('accept', 'B-1', '--date', '2021-04-24');
    const done = await run('import', 'run');
    expect((done.objects as { how: string | null }[]).map(({ how }) => how)).toEqual([null, 'updated', null]);
    expect(await run('import', 'verify')).toMatchObject({ exitCode: 0, differences: [] });
    expect(await run('batch', 'list')).toMatchObject({ batches: [{ state: 'imported' }] });
    expect(await tasks()).toEqual({});
    expect(await money()).toBe(before);
  });

  it('can be complained about a second time, and be corrected by what has more pages', async () => {
    await run('complaint', 'raise', 'B-1', A, '--reason', 'Rückseite fehlt', '--date', '2021-04-26');
    expect(await county.deliver([scan(A, 'mended twice')])).toEqual([]);
    expect(await run('accept', 'B-1', '--date', '2021-04-28')).toMatchObject({
      corrected: { files: 1, pages: 4, difference: 0 },
    });
    await run('import', 'run');
    expect(await run('import', 'verify')).toMatchObject({ exitCode: 0, differences: [] });
    const { counts, holds } = await ledger();
    expect(counts).toMatchObject({ acceptedPages: 12, correctionPages: 0, importedPages: 12, complainedFiles: 0 });
    expect(holds).toBe(true);
    expect(await money()).toBe(before);
    expect(await run('audit', 'verify')).toMatchObject({ exitCode: 0, breaks: [] });
  });
});
