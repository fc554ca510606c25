import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleDelivery, sampleProfile, writeDelivery } from '../../scripts/samples/delivery.ts';
import { withFolder } from '../support/delivery.ts';
import { runCli } from '../support/run-cli.ts';

const rules = [{ id: 'short', check: 'row.pages <= 100', message: { de: 'zu lang <b>', en: 'too long' } }];
const profile = { ...sampleProfile, rules, lots: { L1: { pages: { tolerance: 3 } } } };

function withProfile<T>(content: unknown, work: (folder: string) => Promise<T>): Promise<T> {
  const text = typeof content === 'string' ? content : JSON.stringify(content, undefined, 2);
  return withFolder({ 'p.json': text }, work);
}

describe('profile check', () => {
  test('passes a sound profile, with the hash of each lot', async () => {
    await withProfile(profile, async (folder) => {
      const { exitCode, stdout } = await runCli(['profile', 'check', 'p.json', '--json'], folder);
      expect(exitCode).toBe(0);
      const { valid, variants } = JSON.parse(stdout);
      expect([valid, variants.map(({ lot }: { lot: string | null }) => lot)]).toEqual([true, [null, 'L1']]);
      expect(variants[0].hash).not.toBe(variants[1].hash);
    });
  });

  test('tells every mistake with file, line and column: of the profile, and of a lot', async () => {
    const wrong = {
      ...profile,
      rules: [{ ...rules[0], check: 'row.pagse > 1' }],
      lots: { L1: { row: { required: ['x'] } } },
    };
    await withProfile(wrong, async (folder) => {
      const { exitCode, stdout } = await runCli(['profile', 'check', 'p.json', '--lang', 'de'], folder);
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/p\.json:\d+:\d+: rules\.0\.check: „pagse“ gibt es hier nicht; gemeint „pages“\?/);
      expect(stdout).toMatch(/Los L1\n.*row\.required: Feld „x“/);
      expect(stdout).toContain('2 Fehler.');
    });
  });

  test('a file that is no JSON is a mistake of the profile; one that is not there, of the call', async () => {
    await withProfile('{ "profile": ', async (folder) => {
      expect((await runCli(['profile', 'check', 'p.json'], folder)).exitCode).toBe(1);
      expect((await runCli(['profile', 'check', 'q.json'], folder)).exitCode).toBe(2);
    });
  });

  test.each([
    ['a comma too many', '{\n  "profile": "p",\n}', 'Zeile 3, Spalte 1'],
    ['a name that stands twice', '{\n  "rules": [],\n  "rules": []\n}', 'Zeile 3, Spalte 3: „rules“ steht zweimal'],
  ])('tells the place of %s', async (_mistake, source, place) => {
    await withProfile(source, async (folder) => {
      const { stdout } = await runCli(['profile', 'check', 'p.json', '--lang', 'de'], folder);
      expect(stdout).toContain(place);
    });
  });
});

describe('profile show', () => {
  test('is a document in German or English; as HTML and Markdown with everything escaped', async () => {
    await withProfile(profile, async (folder) => {
      const shown = await runCli(['profile', 'show', 'p.json', '--lang', 'de'], folder);
      expect(shown.exitCode).toBe(0);
      for (const words of ['Aufbau des Pakets', 'Aktenzeichen', 'Prüfsummen', 'Regeln', 'row.pages <= 100', 'Fehler']) {
        expect(shown.stdout).toContain(words);
      }
      await runCli(['profile', 'show', 'p.json', '--lang', 'de', '--format', 'html', '--out', 'p.html'], folder);
      const html = readFileSync(join(folder, 'p.html'), 'utf8');
      expect(html).toContain('zu lang &lt;b&gt;');
      expect(html).not.toContain('<b>');
      const markdown = await runCli(['profile', 'show', 'p.json', '--lang', 'en', '--format', 'md'], folder);
      expect(markdown.stdout).toContain('## Layout of the package');
      expect(markdown.stdout).toContain('scans/\\*\\*/\\*.{pdf,tif}');
    });
  });

  test('shows a lot, and refuses one that the profile does not have', async () => {
    await withProfile(profile, async (folder) => {
      expect((await runCli(['profile', 'show', 'p.json', '--lot', 'L1', '--lang', 'en'], folder)).stdout).toContain(
        'lot L1',
      );
      const { exitCode, stderr } = await runCli(['profile', 'show', 'p.json', '--lot', 'L2', '--lang', 'en'], folder);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('did you mean L1?')]);
    });
  });
});

describe('profile diff', () => {
  const diff = (after: object) =>
    withProfile(profile, async (folder) => {
      writeFileSync(join(folder, 'q.json'), JSON.stringify(after));
      const { exitCode, stdout } = await runCli(['profile', 'diff', 'p.json', 'q.json', '--json'], folder);
      const { changes } = JSON.parse(stdout) as { changes: { member: string; direction: string }[] };
      return { exitCode, changes: changes.map(({ member, direction }) => `${member} ${direction}`).sort() };
    });

  test('finds nothing between equal profiles, however they are written', async () => {
    expect(await diff({ ...profile, lots: {}, $schema: 'x' })).toEqual({ exitCode: 0, changes: [] });
  });

  test('says what became stricter and what looser', async () => {
    const { box: _box, ...columns } = sampleProfile.manifest?.columns ?? { path: '' };
    const after = {
      ...profile,
      manifest: { ...sampleProfile.manifest, columns: { ...columns, volume: 'Band' } },
      files: { formats: ['pdf'], maximumBytes: 60_000_000 },
      pages: { ...sampleProfile.pages, tolerance: 2, sheetsTimesTwo: false },
      rules: [
        { ...rules[0], severity: 'warning' },
        { id: 'once', unique: ['path'] },
      ],
      row: { ...(sampleProfile.row as object), required: ['reference', 'title', 'documentType', 'date'] },
    };
    expect(await diff(after)).toEqual({
      exitCode: 1,
      changes: [
        'files.formats stricter',
        'files.maximumBytes looser',
        'manifest.columns.box looser',
        'manifest.columns.volume.optional stricter',
        'pages.sheetsTimesTwo looser',
        'pages.tolerance looser',
        'row.required stricter',
        'rules.once stricter',
        'rules.short.severity looser',
      ],
    });
  });
});

test('profile infer writes a profile by which its package passes; profile test holds its examples', async () => {
  await withFolder({}, async (folder) => {
    await writeDelivery(join(folder, 'gut'), sampleDelivery());
    await writeDelivery(
      join(folder, 'schlecht'),
      sampleDelivery(undefined, { files: { 'scans/ORD-2019-001/0002.pdf': null } }),
    );
    expect((await runCli(['profile', 'infer', 'gut', '--out', 'p.json'], folder)).exitCode).toBe(0);
    expect((await runCli(['check', 'gut', '--profile', 'p.json'], folder)).exitCode).toBe(0);
    const none = await runCli(['profile', 'test', 'p.json', '--lang', 'en'], folder);
    expect([none.exitCode, none.stdout]).toEqual([1, expect.stringContaining('names no examples')]);
    const inferred = JSON.parse(readFileSync(join(folder, 'p.json'), 'utf8'));
    const examples = { pass: ['gut'], fail: [{ path: 'schlecht', codes: ['manifest.file-absent'] }] };
    writeFileSync(join(folder, 'p.json'), JSON.stringify({ ...inferred, examples }));
    expect((await runCli(['profile', 'test', 'p.json'], folder)).exitCode).toBe(0);
    const wrong = { pass: ['schlecht'], fail: [{ path: 'schlecht', rules: ['no-such-rule'] }] };
    writeFileSync(join(folder, 'p.json'), JSON.stringify({ ...inferred, examples: wrong }));
    const { exitCode, stdout } = await runCli(['profile', 'test', 'p.json', '--lang', 'en'], folder);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('missing: no-such-rule')]);
  });
});
