import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bagOf } from '../../scripts/samples/bag.ts';
import { writeDelivery } from '../../scripts/samples/delivery.ts';
import { runIn, type SmallCounty, smallCounty } from '../storage/small-county.ts';
import { soundFiles } from '../support/delivery.ts';
import { bytesOf, zipOf } from '../support/package-forms.ts';

let county: SmallCounty;
beforeAll(async () => {
  county = await smallCounty();
  const files = bytesOf(soundFiles());
  writeFileSync(county.path('sound.zip'), zipOf(files, { compression: 'deflate' }));
  const inFolder = new Map([...files].map(([path, content]) => [`lieferung/${path}`, content]));
  writeFileSync(county.path('lieferung.zip'), zipOf(inFolder));
  writeFileSync(county.path('bag.zip'), zipOf(bagOf(files)));
  await writeDelivery(county.path('bag'), bagOf(files));
  writeFileSync(county.path('broken.zip'), zipOf(files).subarray(0, 1000));
}, 60_000);
afterAll(() => county.remove());

const json = async (root: string, ...argv: string[]) => {
  const { exitCode, stdout } = await runIn(root, county.path, [...argv, '--json']);
  return { exitCode, ...JSON.parse(stdout) };
};

describe('a delivery received', () => {
  test.each(['sound.zip', 'lieferung.zip', 'bag.zip', 'bag'])(
    'as %s is kept as it came and as files, and can be imported',
    async (name) => {
      const root = county.copyOf('batch');
      const received = await json(root, 'delivery', 'receive', `@${name}`, '--batch', 'B-2021-001');
      expect(received).toMatchObject({ exitCode: 0, verdict: 'pass', findings: [] });
      const kept = join(root, 'deliveries', 'B-2021-001');
      expect(readdirSync(kept).sort()).toEqual(['round-1', 'round-1.delivered']);
      expect(readFileSync(join(kept, 'round-1', 'scans', 'a.pdf'))).toEqual(bytesOf(soundFiles()).get('scans/a.pdf'));
      if (name.endsWith('.zip')) {
        expect(readFileSync(join(kept, 'round-1.delivered', name))).toEqual(readFileSync(county.path(name)));
      }
      expect((await json(root, 'reconcile', 'B-2021-001')).exitCode).toBe(0);
      expect((await json(root, 'accept', 'B-2021-001')).exitCode).toBe(0);
      expect((await json(root, 'import', 'run')).exitCode).toBe(0);
      expect((await json(root, 'import', 'verify')).differences).toEqual([]);
    },
  );

  test('is told to be accepted once it is reconciled, but not when it has been', async () => {
    const root = county.copyOf('batch');
    await json(root, 'delivery', 'receive', '@sound.zip', '--batch', 'B-2021-001');
    const reconciled = async () => (await runIn(root, county.path, ['reconcile', 'B-2021-001', '--lang', 'en'])).stdout;
    expect(await reconciled()).toContain('No open break. Go on with: scanlot accept B-2021-001');
    await json(root, 'accept', 'B-2021-001');
    expect(await reconciled()).toContain('No open break; all files delivered are decided on.');
  });

  test('as a zip that is cut off is recorded as failed, and nothing else is left', async () => {
    const root = county.copyOf('batch');
    const received = await json(root, 'delivery', 'receive', '@broken.zip', '--batch', 'B-2021-001');
    expect(received).toMatchObject({ exitCode: 1, verdict: 'fail', findings: [{ code: 'zip.no-directory' }] });
    expect(readdirSync(join(root, 'deliveries'))).toEqual(['B-2021-001']);
  });

  test('in place can only be a folder', async () => {
    const root = county.copyOf('batch');
    const refused = await json(root, 'delivery', 'receive', '@sound.zip', '--batch', 'B-2021-001', '--in-place');
    expect(refused).toMatchObject({ exitCode: 2, error: { code: 'delivery.in-place-form' } });
    expect(readdirSync(join(root, 'deliveries'))).toEqual([]);
  });
});

describe('scanlot check', () => {
  const check = (...argv: string[]) => json(county.path('empty'), 'check', ...argv);

  test('takes a zip file, a bag, and several zip files, with a profile or without', async () => {
    expect(await check('@sound.zip', '--profile', '@profile.json')).toMatchObject({ exitCode: 0, verdict: 'pass' });
    expect(await check('@bag', '--profile', '@profile.json')).toMatchObject({ exitCode: 0, verdict: 'pass' });
    const bare = await check('@bag.zip', '--form', 'bagit');
    expect(bare).toMatchObject({ exitCode: 0, profile: { key: 'none' }, findings: [{ code: 'package.no-profile' }] });
    const twice = await check('@sound.zip', '@bag.zip');
    expect(twice).toMatchObject({ exitCode: 1, verdict: 'fail' });
  });

  test('says on the terminal that no profile was applied', async () => {
    const { stdout, exitCode } = await runIn(county.path('empty'), county.path, ['check', '@bag.zip']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('No delivery profile applied');
  });

  test.each([
    [['@sound.zip', '--form', 'folder'], 'package.no-package'],
    [['@sound', '--form', 'zip'], 'package.no-package'],
    [['@profile.json'], 'package.no-package'],
    [['@sound', '@sound.zip'], 'package.no-package'],
  ])('refuses %j', async (argv, code) => {
    expect(await check(...argv)).toMatchObject({ exitCode: 2, error: { code } });
  });
});
