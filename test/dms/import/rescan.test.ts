import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePackage } from '../../../scripts/samples/package.ts';
import { A, B, type ComplaintCounty, complaintCounty, scan } from '../../acceptance/complaint-county.ts';

let county: ComplaintCounty;
beforeAll(async () => {
  county = await complaintCounty([A, B]);
  await county.deliver([scan(A), scan(B)]);
  writeFileSync(join(county.root, 'anew.csv'), `Aktenzeichen;Blatt\r\n${A};2\r\n`);
  writeFileSync(join(county.root, 'new.csv'), 'Aktenzeichen;Blatt\r\n33.1-0999/2019;2\r\n');
});
afterAll(() => county.remove());

const run: ComplaintCounty['run'] = (...argv) => county.run(...argv);
const order = (key: string, ...more: readonly string[]) =>
  ['batch', 'create', '--order', 'O-1', '--pick-list', 'anew.csv', '--key', key, ...more] as const;
const why = 'in Farbe gebraucht';

/** Delivers a batch and accepts it. */
async function deliver(batch: string, text: string): Promise<void> {
  writePackage(join(county.root, batch), [scan(A, text)]);
  await run('delivery', 'receive', batch, '--batch', batch, '--date', '2021-04-10');
  await run('reconcile', batch);
  await run('accept', batch, '--date', '2021-04-15');
}
const plan = async () => {
  const { objects } = await run('import', 'plan');
  return (objects as Record<string, unknown>[]).map(
    ({ batch, reference, action, reason }) => `${batch} ${reference} ${action}${reason ? `: ${reason}` : ''}`,
  );
};
const counts = async (batch: string) => (await run('batch', 'show', batch)).counts as Record<string, number>;
const holds = async (batch: string) =>
  ((await run('batch', 'show', batch)).identities as { holds: boolean }[]).every((identity) => identity.holds);

describe('a file that is to be scanned, and paid, anew', () => {
  it('is refused on a second pick list unless it is ordered anew, with a reason', async () => {
    expect(await county.refused(...order('B-2'))).toBe('batch.files-out-already');
    expect(await county.refused(...order('B-2', '--rescan', ' '))).toBe('batch.rescan-reason-missing');
    const others = ['batch', 'create', '--order', 'O-1', '--pick-list', 'new.csv'];
    expect(await county.refused(...others, '--rescan', why)).toBe('batch.nothing-rescanned');
  });

  it('is not ordered anew while the vendor owes the first scan', async () => {
    expect(await county.refused(...order('B-2', '--rescan', why))).toBe('batch.rescan-not-settled');
    await run('accept', 'B-1', '--date', '2021-03-15');
    await run('complaint', 'raise', 'B-1', A, '--reason', 'Seite 3 unscharf', '--date', '2021-03-20');
    expect(await county.refused(...order('B-2', '--rescan', why))).toBe('batch.rescan-not-settled');
    await run('complaint', 'withdraw', 'B-1', A, '--reason', 'war lesbar', '--date', '2021-03-21');
  });

  it('becomes a new version of its object in the DMS, and is paid as a file of its own', async () => {
    await run('import', 'run');
    expect(await run(...order('B-2', '--rescan', why))).toMatchObject({ rescannedFiles: 1 });
    expect(await plan()).toEqual([`B-1 ${A} skip: imported`, `B-1 ${B} skip: imported`]);
    await deliver('B-2', 'in colour');
    expect(await plan()).toEqual([`B-1 ${A} skip: rescanned`, `B-1 ${B} skip: imported`, `B-2 ${A} update`]);
    expect(await counts('B-1')).toMatchObject({ acceptedFiles: 2, importedFiles: 2 });
    expect(await counts('B-2')).toMatchObject({ acceptedFiles: 1, acceptedPages: 4, importedFiles: 0 });
    const states = (await run('import', 'status')).states as { state: string; files: number }[];
    expect(states).toContainEqual(expect.objectContaining({ state: 'rescanned', files: 1 }));
    expect(states).toContainEqual(expect.objectContaining({ state: 'waiting', files: 1 }));
    expect(await run('import', 'run')).toMatchObject({ exitCode: 0 });
    expect(await plan()).toEqual([`B-1 ${A} skip: rescanned`, `B-1 ${B} skip: imported`, `B-2 ${A} skip: imported`]);
    expect(await counts('B-1')).toMatchObject({ importedFiles: 2, importedPages: 8 });
    expect(await counts('B-2')).toMatchObject({ importedFiles: 1, importedPages: 4 });
    expect([await holds('B-1'), await holds('B-2')]).toEqual([true, true]);
    expect(await run('import', 'verify')).toMatchObject({ exitCode: 0 });
    expect(await run('store', 'verify')).toMatchObject({ exitCode: 0 });
    expect(await run('audit', 'verify')).toMatchObject({ exitCode: 0 });
    const { waiting } = await run('status');
    expect((waiting as { task: string }[]).map(({ task }) => task)).not.toContain('import');
  });

  it('may be ordered anew once more, after the scan before is accepted', async () => {
    expect(await run(...order('B-3', '--rescan', 'höhere Auflösung'))).toMatchObject({ rescannedFiles: 1 });
    expect(await county.refused(...order('B-4', '--rescan', why))).toBe('batch.rescan-not-settled');
    await deliver('B-3', 'in colour, sharper');
    expect(await run('import', 'run', '--batch', 'B-3')).toMatchObject({ exitCode: 0 });
    expect(await plan()).toEqual([
      `B-1 ${A} skip: rescanned`,
      `B-1 ${B} skip: imported`,
      `B-2 ${A} skip: rescanned`,
      `B-3 ${A} skip: imported`,
    ]);
    expect([(await counts('B-1')).importedFiles, (await counts('B-2')).importedFiles]).toEqual([2, 1]);
  });

  it('counts as imported by none of its scans once its object is withdrawn, and comes back as the newest', async () => {
    await run('import', 'withdraw', A, '--reason', 'falsche Aktenart', '--yes');
    expect([(await counts('B-1')).importedFiles, (await counts('B-2')).importedFiles]).toEqual([1, 0]);
    expect((await plan()).at(-1)).toBe(`B-3 ${A} skip: withdrawn`);
    await run('import', 'retry', A);
    expect((await plan()).at(-1)).toBe(`B-3 ${A} skip: imported`);
    expect([(await counts('B-1')).importedFiles, (await counts('B-2')).importedFiles]).toEqual([2, 1]);
  });
});

it('imports the newest scan alone where none was imported before', async () => {
  const other = await complaintCounty([A]);
  try {
    await other.deliver([scan(A)]);
    await other.run('accept', 'B-1', '--date', '2021-03-15');
    writeFileSync(join(other.root, 'anew.csv'), `Aktenzeichen;Blatt\r\n${A};2\r\n`);
    await other.run(...order('B-2', '--rescan', why));
    writePackage(join(other.root, 'B-2'), [scan(A, 'in colour')]);
    await other.run('delivery', 'receive', 'B-2', '--batch', 'B-2', '--date', '2021-04-10');
    await other.run('reconcile', 'B-2');
    await other.run('accept', 'B-2', '--date', '2021-04-15');
    expect(await other.run('import', 'run')).toMatchObject({ exitCode: 0 });
    const { objects } = await other.run('import', 'plan');
    expect(objects).toMatchObject([
      { batch: 'B-1', action: 'skip', reason: 'rescanned' },
      { batch: 'B-2', action: 'skip', reason: 'imported' },
    ]);
  } finally {
    other.remove();
  }
});
