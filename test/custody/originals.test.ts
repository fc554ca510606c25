import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxesOf, judgeOriginals } from '../../src/custody/originals.ts';
import { requireBatch } from '../../src/custody/store.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { packagePath } from '../../src/shared/package.ts';
import { openWorkspace } from '../../src/storage/workspace.ts';
import { A, B, C, type ComplaintCounty, complaintCounty, scan } from '../acceptance/complaint-county.ts';

let county: ComplaintCounty;
beforeAll(async () => {
  county = await complaintCounty([A, B, C]);
});
afterAll(() => county.remove());

const run: ComplaintCounty['run'] = (...argv) => county.run(...argv);
type Shown = { reference: string; obstacles: string[]; heldUntil: string | null };
const shown = async (batch = 'B-1') => {
  const { files } = await run('batch', 'originals', batch);
  return Object.fromEntries((files as Shown[]).map((file) => [file.reference, file.obstacles]));
};
/** The files that may be proposed on a day. */
const readyOn = async (today: string, rule: { holdDays: number | undefined } = { holdDays: 30 }, of = county) => {
  const workspace = await openWorkspace(join(of.root, 'county'), { mode: 'read', actor: 'test' });
  try {
    const batch = await requireBatch(workspace.db, 'B-1');
    const originals = await judgeOriginals(workspace.db, batch, { today: today as CalendarDate, ...rule });
    return originals.filter(({ obstacles }) => obstacles.length === 0).map(({ reference }) => reference);
  } finally {
    await workspace.close();
  }
};
const configure = (more: object, of = county) => {
  const path = join(of.root, 'county', 'scanlot.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...more }));
};
const later = '2021-12-31';

describe('the originals of a batch', () => {
  it('all stay while nothing is delivered, and nothing is known of hold period and archive', async () => {
    const nothing = ['not-accepted', 'not-imported', 'hold-unset', 'archive-undecided'];
    expect(await shown()).toEqual({ [A]: nothing, [B]: nothing, [C]: nothing });
    await run('holding', 'import', packagePath('samples', 'county', 'holdings.csv'));
    configure({ originals: { holdDays: 30 } });
    expect(await shown()).toMatchObject({ [A]: ['not-accepted', 'not-imported'] });
  });

  it('stay until each is accepted, imported and read back, and the hold period is over', async () => {
    await county.deliver([scan(A), scan(B)]);
    expect((await shown())[A]).toEqual(['not-accepted', 'round-undecided', 'not-imported']);
    await run('waive', 'B-1', 'ledger.file-missing', '--reason', 'fehlt noch');
    await run('accept', 'B-1', '--date', '2021-03-15');
    expect(await shown()).toMatchObject({ [A]: ['not-imported'], [C]: ['not-accepted', 'not-imported'] });
    expect(await readyOn(later)).toEqual([]);
    await run('import', 'run');
    expect(await shown()).toMatchObject({ [A]: ['hold-running'], [B]: ['hold-running'] });
    expect(await readyOn('2021-05-30')).toEqual([]);
    expect(await readyOn('2021-05-31')).toEqual([A, B]);
    expect(await readyOn(later, { holdDays: undefined })).toEqual([]);
  });

  it('stay when a complaint is raised, a correction waits, or the object is withdrawn from the DMS', async () => {
    await run('complaint', 'raise', 'B-1', A, '--reason', 'Seite 3 unscharf', '--date', '2021-04-12');
    expect((await shown())[A]).toContain('complained');
    expect(await readyOn(later)).toEqual([B]);
    await county.deliver([scan(A, 'sharp'), scan(C)]);
    await run('accept', 'B-1', '--date', '2021-04-20');
    expect((await shown())[A]).toContain('import-outdated');
    expect(await readyOn(later)).toEqual([B]);
    await run('import', 'run');
    expect(await readyOn(later)).toEqual([A, B, C]);
    await run('import', 'withdraw', B, '--reason', 'falsche Aktenart', '--yes');
    expect((await shown())[B]).toContain('not-imported');
    expect(await readyOn(later)).toEqual([A, C]);
  });

  it('are judged with the later batch once they are ordered anew', async () => {
    writeFileSync(join(county.root, 'anew.csv'), `Aktenzeichen;Blatt\r\n${C};2\r\n`);
    const list = ['--order', 'O-1', '--pick-list', 'anew.csv', '--key', 'B-2', '--rescan', 'in Farbe'];
    await run('batch', 'create', ...list);
    expect((await shown())[C]).toEqual(['on-later-list']);
    expect((await shown('B-2'))[C]).toContain('not-accepted');
    expect(await readyOn(later)).toEqual([A]);
  });

  it('stay while the archive has not decided, or those of a holding of the lot must', async () => {
    const path = join(county.root, 'holdings.csv');
    const sample = readFileSync(packagePath('samples', 'county', 'holdings.csv'), 'utf8');
    writeFileSync(path, sample.replace('nein;erledigt', 'ja;offen'));
    await run('holding', 'import', 'holdings.csv');
    expect((await shown())[A]).toEqual(['hold-running', 'original-must-stay', 'archive-undecided']);
    expect(await readyOn(later)).toEqual([]);
  });

  it('are listed for the signature of the department', async () => {
    const { file } = await run('batch', 'originals', 'B-1', '--out', 'originale.csv');
    expect(readFileSync(file as string, 'utf8')).toContain('2021-05-31,keep,hold period runs');
  });
});

it('keeps what went into folders for another system, which nobody read back there', async () => {
  const other = await complaintCounty([A]);
  try {
    await other.run('holding', 'import', packagePath('samples', 'county', 'holdings.csv'));
    configure({ dms: { type: 'folder', path: 'handover' } }, other);
    await other.deliver([scan(A)]);
    await other.run('accept', 'B-1', '--date', '2021-03-15');
    expect(await other.run('import', 'run')).toMatchObject({ exitCode: 0 });
    expect(await readyOn(later, { holdDays: 30 }, other)).toEqual([]);
    const { files } = await other.run('batch', 'originals', 'B-1');
    expect(files).toMatchObject([{ obstacles: ['handed-over-only', 'hold-unset'] }]);
  } finally {
    other.remove();
  }
});

it('counts a box as ready by its files', () => {
  const original = { volume: '', importedOn: null, heldUntil: null };
  const ready = { ...original, obstacles: [] };
  const kept = { ...original, obstacles: ['complained'] as const };
  const originals = [
    { ...ready, reference: A, box: 'K-1' },
    { ...kept, reference: B, box: 'K-1' },
    { ...ready, reference: C, box: null },
  ];
  expect(boxesOf(originals)).toEqual([
    { box: 'K-1', files: 2, ready: 1 },
    { box: '', files: 1, ready: 1 },
  ]);
});
