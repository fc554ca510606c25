import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { demoSteps } from '../../src/demo/demo-steps.ts';
import { packagePath } from '../../src/shared/package.ts';
import { type EnaioServer, startEnaioServer } from '../support/enaio-server/server.ts';
import { runCli } from '../support/run-cli.ts';
import {
  canary,
  type EnaioProxy,
  enaioSettings,
  expectSoundArchive,
  startEnaioProxy,
  storedFiles,
} from './enaio-system.ts';

let server: EnaioServer;
let proxy: EnaioProxy;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-enaio-'));
  server = await startEnaioServer('scanlot', canary);
  proxy = await startEnaioProxy(server.url);
});
afterEach(async () => {
  await proxy.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

it('imports the sample county, killed in the middle and resumed: nothing lost, nothing twice, no password told', async () => {
  const county = join(folder, 'county');
  for (const { argv, exitCode } of demoSteps(county)) {
    if (argv[0] === 'import') break;
    expect((await runCli(argv, folder)).exitCode).toBe(exitCode);
  }
  const fields = { file: { Titel: 'reference' }, document: { Name: 'name', Blatt: 'pages', Pruefsumme: 'sha256' } };
  const levels = [{ type: '4', keyField: 'Amt', key: '{department}' }];
  const dms = enaioSettings(proxy.url, {
    types: { file: '196609', document: '262146' },
    levels,
    fields: { ...fields, file: { Betreff: 'reference' } },
  });
  const config = JSON.parse(await readFile(join(county, 'scanlot.json'), 'utf8'));
  await writeFile(join(county, 'scanlot.json'), JSON.stringify({ ...config, dms }));

  const killed = await importKilledAt(county, 6);
  expect(killed.signal).toBe('SIGKILL');
  expect(storedFiles(server).some(({ values }) => values.get('ScanlotState')?.includes('~scanlot-'))).toBe(true);

  const resumed = await inCounty(county, 'import', 'run');
  expect(resumed.exitCode).toBe(0);
  const outcomes: { objectKey: string; outcome: string }[] = JSON.parse(resumed.stdout).objects;
  expect(outcomes).toHaveLength(12);
  expect(outcomes.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  expectSoundArchive(
    server,
    outcomes.map(({ objectKey }) => objectKey),
  );
  const verified = await inCounty(county, 'import', 'verify');
  expect(JSON.parse(verified.stdout)).toMatchObject({ objects: 12, pages: 408, differences: [] });
  const schema = await inCounty(county, 'dms', 'schema', 'pull');
  expect(schema.exitCode).toBe(0);

  const tried = await inCounty(county, 'dms', 'test', '--large-megabytes', '1');
  expect(JSON.parse(tried.stdout)).toMatchObject({ passed: true, location: 'scanlot-test', remaining: [] });
  expectSoundArchive(
    server,
    outcomes.map(({ objectKey }) => objectKey),
  );

  const wrong = await inCounty(county, 'import', 'verify', { SCANLOT_DMS_PASSWORD: 'x' });
  expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { code: 'dms.login-refused' } });
  for (const output of [
    killed.output,
    ...[resumed, verified, schema, tried, wrong].flatMap((run) => Object.values(run)),
  ]) {
    expectNoSecret(String(output));
  }
  for (const entry of await readdir(county, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) expectNoSecret((await readFile(join(entry.parentPath, entry.name))).toString('latin1'));
  }
}, 120_000);

function expectNoSecret(words: string): void {
  expect(words.includes(canary)).toBe(false);
  expect(words.includes(Buffer.from(`scanlot:${canary}`).toString('base64'))).toBe(false);
}

async function inCounty(county: string, ...argv: readonly (string | Readonly<Record<string, string>>)[]) {
  const words = argv.filter((one) => typeof one === 'string');
  const [environment = {}] = argv.filter((one) => typeof one !== 'string');
  const env = { SCANLOT_DMS_PASSWORD: canary, ...environment };
  return runCli([...words, '--json', '--workspace', county], folder, env);
}

/** Runs the import in a process of its own and kills it when so many documents have begun to arrive. */
async function importKilledAt(county: string, documents: number) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', packagePath('src', 'cli', 'start.ts'), 'import', 'run', '--workspace', county, '--debug'],
    { cwd: packagePath(), env: { ...process.env, SCANLOT_DMS_PASSWORD: canary } },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece.toString()));
  let sent = 0;
  proxy.judge = ({ action }) => {
    if (action === 'insert document' && ++sent === documents) child.kill('SIGKILL');
    return undefined;
  };
  const signal = await new Promise((resolve) => child.once('close', (_code, by) => resolve(by)));
  return { signal, output };
}
