import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packagePath } from '../../src/shared/package.ts';
import { runCli } from '../support/run-cli.ts';

const county = (...parts: string[]) => packagePath('samples', 'county', ...parts);

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'scanlot-county-'));
  for (const form of ['csv', 'xlsx']) {
    await run('init', form);
    await run('contract', 'import', county('contract.json'), '--workspace', form);
    await run('holding', 'import', county(`holdings.${form}`), '--workspace', form);
    await run('budget', 'import', county(`budget.${form}`), '--workspace', form);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runCli([...argv, '--lang', 'de'], root);
  expect({ argv, exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ argv, exitCode: 0, stderr: '' });
  return stdout;
}

const json = async (...argv: string[]) => JSON.parse(await run(...argv, '--json'));

it('is the same county from CSV and from XLSX', async () => {
  for (const list of [
    ['holding', 'list'],
    ['budget', 'show', '--year', '2021'],
    ['plan', '--year', '2021'],
  ]) {
    expect(await json(...list, '--workspace', 'xlsx')).toEqual(await json(...list, '--workspace', 'csv'));
  }
});

it('has some 13 million pages, of the foreigners’ office 1,500,000 sheets on 330 metres', async () => {
  const { holdings } = await json('holding', 'list', '--workspace', 'csv');
  const contract = JSON.parse(readFileSync(county('contract.json'), 'utf8')) as {
    lots: { openingBalances: { pages: number }[] }[];
  };
  const scanned = contract.lots.flatMap(({ openingBalances }) => openingBalances);
  const sum = (rows: readonly { pages: number }[]) => rows.reduce((total, { pages }) => total + pages, 0);
  expect(sum(holdings) + sum(scanned)).toBe(13_250_000);
  const foreigners = holdings.filter(({ department }: { department: string }) => department === 'Ausländerbehörde');
  expect(sum(foreigners)).toBe(2 * 1_500_000);
  const metres = foreigners.map(({ runningMetres }: { runningMetres: string }) => Number(runningMetres));
  expect(metres.reduce((total: number, length: number) => total + length, 0)).toBe(330);
});

it('can be planned: nothing is kept out because its quantity is unknown', async () => {
  const { ranked, excluded } = await json('plan', '--year', '2021', '--workspace', 'csv');
  const gates = excluded.flatMap((row: { gates: { gate: string }[] }) => row.gates.map(({ gate }) => gate));
  expect(gates).not.toContain('quantity-unknown');
  expect(ranked.filter(({ state }: { state: string }) => state === 'planned').length).toBeGreaterThan(2);
});

it('has a document that is a TIFF, and it passes', async () => {
  const argv = ['check', county('deliveries', 'round-1'), '--profile', county('profile-files.json'), '--json'];
  const { stdout } = await runCli(argv, root);
  const { items } = JSON.parse(stdout) as { items: { path: string; state: string }[] };
  expect(items.filter(({ path }) => path.endsWith('.tif'))).toMatchObject([{ state: 'passed' }]);
});
