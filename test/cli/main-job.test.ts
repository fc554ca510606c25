import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';

let folder: string;
let county: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-job-'));
  county = join(folder, 'county');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = async (...argv: string[]) => {
  const run = await runCli([...argv, '--json', '--workspace', county], folder);
  return { exitCode: run.exitCode, ...JSON.parse(run.stdout) };
};

test('the demo runs the whole job, shows each command, and can be run again', async () => {
  for (const _time of [1, 2]) {
    const { exitCode, stdout, stderr } = await runCli(['demo', county, '--lang', 'de'], folder);
    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stderr).toContain('$ scanlot delivery receive');
    expect(stdout).toContain('Zum Ansehen');
  }
}, 60_000);

test('after it every accepted page is imported, and the books balance', async () => {
  const status = await json('import', 'status');
  expect(status.states.find((row: { state: string }) => row.state === 'confirmed')).toMatchObject({
    files: 12,
    pages: 408,
  });
  expect(await json('import', 'run')).toMatchObject({ exitCode: 0 });
  expect((await json('import', 'verify')).differences).toEqual([]);
  const [order] = (await json('order', 'list')).orders;
  // 408 pages × 0.1150 in two acceptances (318 and 90 pages) and 12 files × 0.35, VAT 19 % on each acceptance:
  // 36.57 + 3.15 = 39.72 → 47.27; 10.35 + 1.05 = 11.40 → 13.57.
  expect(order).toMatchObject({ acceptedPages: 408, acceptedGross: '60.84' });
});

test('a call-off above the maximum is refused and changes nothing', async () => {
  const before = await json('order', 'list');
  const refused = await json('order', 'create', '--lot', 'L4', '--pages', '1200000', '--date', '2021-05-01');
  expect(refused).toMatchObject({ exitCode: 1, error: { code: 'call-off.maximum-exceeded' } });
  expect(await json('order', 'list')).toEqual(before);
});

test('unknown names are met with the nearest known one', async () => {
  const { exitCode, stderr } = await runCli(['accept', 'B-2021-01', '--workspace', county, '--lang', 'en'], folder);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Did you mean "B-2021-001"');
});

test('a decided round is not decided again, and nothing is accepted twice', async () => {
  expect(await json('accept', 'B-2021-001')).toMatchObject({ exitCode: 1, error: { code: 'acceptance.decided' } });
});

test('a stored document that was changed on disk is noticed', async () => {
  const files = readdirSync(join(county, 'store'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.pdf'),
  );
  const [first] = files;
  const path = join(first?.parentPath ?? '', first?.name ?? '');
  const original = readFileSync(path);
  writeFileSync(path, Buffer.concat([original.subarray(0, 20), Buffer.from('x'), original.subarray(21)]));
  const verified = await json('import', 'verify');
  expect(verified.exitCode).toBe(1);
  expect(verified.differences).toHaveLength(1);
  writeFileSync(path, original);
});

test('tampering with the ledger is found by the audit', async () => {
  const db = new BetterSqlite3(join(county, 'scanlot.db'));
  db.exec('update decision_file set pages = pages + 1 where id = 1');
  db.close();
  const verified = await json('audit', 'verify');
  expect(verified).toMatchObject({ exitCode: 1, breaks: [{ code: 'table-changed', table: 'decision_file' }] });
});
