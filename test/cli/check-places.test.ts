import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withFolder } from '../support/delivery.ts';
import { runCli } from '../support/run-cli.ts';

const files = { 'lieferung/a.txt': 'a', 'lieferung.zip': 'no zip file', datei: '' };

/** Runs a check whose files go to a place; the progress on stderr would tell that it had begun. */
function check(place: string, option = '--out', prepare: (folder: string) => void = () => undefined) {
  return withFolder(files, async (folder) => {
    prepare(folder);
    const form = option === '--out' ? ['--format', 'json'] : [];
    const run = await runCli(['check', 'lieferung', option, place, ...form, '--lang', 'de'], folder);
    return { ...run, content: readdirSync(join(folder, 'lieferung')), isWritten: existsSync(join(folder, place)) };
  });
}

test.each([
  ['--out', 'lieferung/ergebnis.json'],
  ['--out', './lieferung/../lieferung/ergebnis.json'],
  ['--out', 'lieferung/a.txt'],
  ['--defects', 'lieferung/maengel.csv'],
])('nothing is written into the package: %s %s', async (option, place) => {
  const { exitCode, stderr, content } = await check(place, option);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('liegt im geprüften Paket');
  expect(stderr).not.toContain('Dateien prüfen');
  expect(content).toEqual(['a.txt']);
});

test('nor by way of a link', async () => {
  const run = await check('anderswo/ergebnis.json', '--out', (folder) =>
    symlinkSync(join(folder, 'lieferung'), join(folder, 'anderswo')),
  );
  expect(run).toMatchObject({ exitCode: 2, content: ['a.txt'] });
});

test('a zip file that is checked is not replaced by its result', async () => {
  await withFolder(files, async (folder) => {
    const run = await runCli(['check', 'lieferung.zip', '--out', 'lieferung.zip', '--format', 'json'], folder);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('lies in the package');
  });
});

test.each([
  ['fehlt/ergebnis.json', 'Den Ordner gibt es nicht'],
  ['datei/ergebnis.json', 'ist eine Datei'],
])('that %s cannot be written is told before the check begins', async (place, words) => {
  const { exitCode, stderr } = await check(place);
  expect(exitCode).toBe(13);
  expect(stderr).toContain(words);
  expect(stderr).not.toContain('Dateien prüfen');
});

test('a folder whose name begins like that of the package is another', async () => {
  const run = await check('lieferung-ergebnis/e.json', '--out', (folder) =>
    mkdirSync(join(folder, 'lieferung-ergebnis')),
  );
  expect(run).toMatchObject({ exitCode: 1, isWritten: true });
});
