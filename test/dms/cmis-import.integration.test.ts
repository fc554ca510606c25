import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { demoSteps } from '../../src/demo/demo-steps.ts';
import { createCmisAdapter } from '../../src/dms/cmis/adapter.ts';
import { packagePath } from '../../src/shared/package.ts';
import { cmisUser, type OpenCmis, startOpenCmis } from '../support/opencmis.ts';
import { runCli } from '../support/run-cli.ts';
import { type CmisProxy, startCmisProxy } from './cmis-proxy.ts';
import { adapterOptions, expectSoundRepository, settingsFor, storedFiles } from './cmis-system.ts';
import { collect, fileOf, noise } from './documents.ts';

const password = 'Kanarienvogel-4711-geheim';
let server: OpenCmis;
let proxy: CmisProxy;
let folder: string;

beforeAll(async () => {
  server = await startOpenCmis(password);
});
afterAll(() => server.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-cmis-'));
  proxy = await startCmisProxy(server.url);
});
afterEach(async () => {
  await proxy.close();
  await rm(folder, { recursive: true, force: true });
});

const account = () => ({ url: server.url, user: cmisUser, password });

it('stores and reads back 200 MB without holding them in memory', async () => {
  const source = join(folder, 'gross.tif');
  const hash = createHash('sha256');
  const piece = noise(1 << 20);
  const file = createWriteStream(source);
  for (let megabyte = 0; megabyte < 200; megabyte++) {
    piece.writeUInt32LE(megabyte, 0);
    hash.update(piece);
    if (!file.write(Buffer.from(piece))) await once(file, 'drain');
  }
  file.end();
  await finished(file);
  const document = { name: 'gross.tif', source, size: 200 << 20, sha256: hash.digest('hex') };

  const before = process.memoryUsage().rss;
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const adapter = createCmisAdapter(adapterOptions(account(), server.url));
  const { id } = await adapter.create(fileOf('Großformat', [document]));
  const { name, size, sha256 } = document;
  expect(await collect(adapter.readBack(id))).toEqual([{ name, size, sha256 }]);
  clearInterval(watch);
  await adapter.close();
  expect(most - before).toBeLessThan(150 << 20);
}, 300_000);

it('imports the sample county, killed in the middle and resumed: nothing lost, nothing twice; a server that forgot is noticed', async () => {
  await server.stop();
  server = await startOpenCmis(password);
  await proxy.close();
  proxy = await startCmisProxy(server.url);
  const county = join(folder, 'county');
  for (const { argv, exitCode } of demoSteps(county)) {
    if (argv[0] === 'import') break;
    expect((await runCli(argv, folder)).exitCode).toBe(exitCode);
  }
  const dms = settingsFor(account(), proxy.url, {
    properties: {
      file: { 'county:title': 'reference', 'county:people': 'department' },
      document: { 'county:pages': 'pages', 'county:sha256': 'sha256' },
    },
  });
  const config = JSON.parse(await readFile(join(county, 'scanlot.json'), 'utf8'));
  await writeFile(join(county, 'scanlot.json'), JSON.stringify({ ...config, dms }));

  const killed = await importKilledAt(county, 20);
  expect(killed.signal).toBe('SIGKILL');
  const half = await storedFiles(account());
  // Those that were under way.
  expect(half.some(({ name }) => name.includes('~scanlot-'))).toBe(true);
  expect(half.length).toBeGreaterThan(2);
  expect(half.length).toBeLessThan(12);

  const resumed = await inCounty(county, 'import', 'run');
  expect({ exitCode: resumed.exitCode, stderr: resumed.exitCode === 0 ? '' : resumed.stderr }).toEqual({
    exitCode: 0,
    stderr: '',
  });
  const outcomes: { objectKey: string; outcome: string }[] = JSON.parse(resumed.stdout).objects;
  expect(outcomes).toHaveLength(12);
  expect(outcomes.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  await expectSoundRepository(
    account(),
    outcomes.map(({ objectKey }) => objectKey),
  );
  const verified = await inCounty(county, 'import', 'verify');
  expect(JSON.parse(verified.stdout)).toMatchObject({ objects: 12, pages: 408, differences: [] });
  const again = JSON.parse((await inCounty(county, 'import', 'run')).stdout).objects;
  expect(again.filter(({ outcome }: { outcome: string }) => outcome !== 'already-imported')).toEqual([]);

  const port = Number(new URL(server.url).port);
  await server.stop();
  const unreachable = await inCounty(county, 'import', 'verify');
  expect(JSON.parse(unreachable.stdout)).toMatchObject({ error: { code: 'dms.unreachable', exitCode: 13 } });
  server = await startOpenCmis(password, port);
  const forgotten = await inCounty(county, 'import', 'verify');
  expect(forgotten.exitCode).toBe(1);
  expect(JSON.parse(forgotten.stdout).differences).toHaveLength(12);

  const wrong = await inCounty(county, 'import', 'verify', { SCANLOT_DMS_PASSWORD: 'x' });
  expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { code: 'dms.login-refused' } });
  for (const output of [
    killed.output,
    ...[resumed, verified, unreachable, forgotten].flatMap((run) => Object.values(run)),
  ]) {
    expectNoSecret(String(output));
  }
  for (const entry of await readdir(county, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) expectNoSecret((await readFile(join(entry.parentPath, entry.name))).toString('latin1'));
  }
}, 300_000);

function expectNoSecret(words: string): void {
  expect(words.includes(password)).toBe(false);
  expect(words.includes(Buffer.from(`${cmisUser}:${password}`).toString('base64'))).toBe(false);
}

type Environment = Readonly<Record<string, string>>;

async function inCounty(county: string, group: string, name: string, environment: Environment = {}) {
  const env = { SCANLOT_DMS_PASSWORD: password, ...environment };
  return runCli([group, name, '--json', '--workspace', county], folder, env);
}

/** Runs the import in a process of its own and kills it when so many documents have begun to arrive. */
async function importKilledAt(county: string, documents: number) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', packagePath('src', 'cli', 'start.ts'), 'import', 'run', '--workspace', county, '--debug'],
    { cwd: packagePath(), env: { ...process.env, SCANLOT_DMS_PASSWORD: password } },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece.toString()));
  let sent = 0;
  proxy.judge = ({ action }) => {
    if (action === 'createDocument' && ++sent === documents) child.kill('SIGKILL');
    return undefined;
  };
  const signal = await new Promise((resolve) => child.once('close', (_code, by) => resolve(by)));
  return { signal, output };
}
