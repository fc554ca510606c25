import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { twoVersions, writeOcflObject } from '../dms/ocfl-objects.ts';
import { runCli } from '../support/run-cli.ts';

let folder: string;
const root = () => join(folder, 'store');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-store-verify-'));
  await mkdir(root());
  await writeFile(join(root(), '0=ocfl_1.1'), 'ocfl_1.1\n');
  for (const name of ['a', 'b', 'c', 'd']) await writeOcflObject(join(root(), 'objects', name), twoVersions());
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function verify(...argv: string[]) {
  const run = await runCli(['store', 'verify', ...argv, '--json'], folder);
  return { exitCode: run.exitCode, ...JSON.parse(run.stdout) };
}

describe('scanlot store verify', () => {
  it('finds a sound storage root valid and says how much it read', async () => {
    const result = await verify('store');
    expect(result).toMatchObject({ exitCode: 0, kind: 'root', valid: true, objects: 4, verified: 4, invalid: 0 });
    expect(result.verdicts).toHaveLength(5);
  });

  it('names by the code of the specification what is wrong, and where, for people and machines', async () => {
    await writeFile(join(root(), 'objects/b/v1/content/a.txt'), 'another content');
    const result = await verify('store');
    expect(result).toMatchObject({ exitCode: 1, valid: false, verified: 4, invalid: 1 });
    const { stdout, exitCode } = await runCli(['store', 'verify', 'store', '--lang', 'de'], folder);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^E092 {2}objects\/b\//m);
    expect(stdout).toContain('Ungültig: 4 von 4 Objekten geprüft');
  });

  it('ends with 0 where there are only warnings, and tells them', async () => {
    await mkdir(join(root(), 'objects/a/v1/other'));
    const result = await verify('store');
    expect(result).toMatchObject({ exitCode: 0, valid: true });
    const problems = result.verdicts.flatMap((verdict: { problems: unknown[] }) => verdict.problems);
    expect(problems).toMatchObject([{ code: 'W002', severity: 'warning' }]);
  });

  it('judges a single object', async () => {
    expect(await verify('store/objects/a')).toMatchObject({ exitCode: 0, kind: 'object', objects: 1, verified: 1 });
  });

  it('reads a share of the objects, the same for the same seed', async () => {
    for (let n = 0; n < 40; n++) await writeOcflObject(join(root(), 'objects', `n${n}`), twoVersions());
    const paths = async (...more: string[]) =>
      (await verify('store', '--sample', '50', ...more)).verdicts.map(({ path }: { path: string }) => path);
    const first = await paths();
    expect(first.length).toBeGreaterThan(5);
    expect(first.length).toBeLessThan(40);
    expect(await paths()).toEqual(first);
    expect(await paths('--seed', 'another')).not.toEqual(first);
  });

  it('says what to do without a store, a folder or a sensible share', async () => {
    const without = await runCli(['store', 'verify', '--lang', 'en'], folder);
    expect(without).toMatchObject({ exitCode: 2 });
    expect((await runCli(['store', 'verify', 'nowhere'], folder)).exitCode).toBe(2);
    expect((await runCli(['store', 'verify', 'store', '--sample', '0'], folder)).exitCode).toBe(2);
  });
});
