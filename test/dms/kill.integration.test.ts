import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOcflAdapter } from '../../src/dms/ocfl/adapter.ts';
import { verifyStorageRoot } from '../../src/dms/ocfl/verify.ts';
import { packagePath } from '../../src/shared/package.ts';
import { collect } from './documents.ts';
import { expectSoundStore } from './ocfl-system.ts';

const files = 12;
const kills = 40;
const keys = Array.from({ length: files }, (_, number) => `A ${number}`);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-kill-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/**
 * Runs the writer and kills it, if it still runs.
 * @param patience milliseconds from the first sign of work in the staging folder or the root
 * @returns the ids whose storing it confirmed
 */
async function runWriter(patience: number): Promise<readonly string[]> {
  const writer = spawn(
    process.execPath,
    ['--import', 'tsx', packagePath('test', 'dms', 'store-writer.ts'), ...storeArguments()],
    { cwd: packagePath(), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  writer.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = new Promise<void>((resolve) => writer.once('close', () => resolve()));
  let running = true;
  void ended.then(() => {
    running = false;
  });
  const atWork = async (): Promise<boolean> => {
    const staged = await readdir(join(folder, 'staging')).catch(() => []);
    return staged.some((name) => name.includes(`.${writer.pid}.`));
  };
  while (running && !(await atWork())) await wait(2);
  await Promise.race([ended, wait(patience)]);
  writer.kill('SIGKILL');
  await ended;
  return output.split('\n').filter((line) => line !== '');
}

function storeArguments(): readonly string[] {
  return [join(folder, 'store'), join(folder, 'staging'), join(folder, 'accepted'), String(files)];
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

it(`keeps a valid root and loses nothing confirmed when the writer is killed at ${kills} random moments`, async () => {
  let state = 20_201_231;
  const confirmed = new Set<string>();
  for (let kill = 0; kill < kills; kill++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    for (const id of await runWriter((state / 2 ** 32) * 250)) confirmed.add(id);
    if (!existsSync(join(folder, 'store'))) continue;
    const verdicts = await collect(verifyStorageRoot(join(folder, 'store')));
    expect(verdicts.flatMap(({ problems }) => problems)).toEqual([]);
    const present = verdicts.flatMap((verdict) => (verdict.kind === 'object' ? [verdict.id] : []));
    expect(present).toEqual(expect.arrayContaining([...confirmed]));
  }
  expect(await runWriter(60_000)).toHaveLength(files);
  await expectSoundStore(join(folder, 'store'), keys);
  expect(await readdir(join(folder, 'staging'))).toEqual([]);
  await createOcflAdapter({ root: join(folder, 'store'), staging: join(folder, 'staging') }).close();
}, 300_000);
