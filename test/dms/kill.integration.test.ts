import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { verifyStorageRoot } from '../../src/dms/ocfl/verify.ts';
import { packagePath } from '../../src/shared/package.ts';
import { collect } from './documents.ts';
import { expectSoundStore } from './ocfl-system.ts';

const files = 12;
const stores = 8;
const killsPerStore = 5;
const keys = Array.from({ length: files }, (_, number) => `A ${number}`);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-kill-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/**
 * Runs the writer and kills it, if it still runs.
 * @param patience milliseconds from its first work in the staging folder
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

it(`keeps a valid root and loses nothing confirmed, killed at ${stores * killsPerStore} random moments`, async () => {
  const random = randomNumbers(20_201_231);
  let halfDone = 0;
  for (let store = 0; store < stores; store++) {
    const confirmed = new Set<string>();
    for (let kill = 0; kill < killsPerStore; kill++) {
      for (const id of await runWriter(random() * 60)) confirmed.add(id);
      if ((await readdir(join(folder, 'staging'))).length > 0) halfDone++;
      expect(await validObjects()).toEqual(expect.arrayContaining([...confirmed]));
    }
    expect(await runWriter(60_000)).toHaveLength(files);
    await expectSoundStore(join(folder, 'store'), keys);
    expect(await readdir(join(folder, 'staging'))).toEqual([]);
    await rm(join(folder, 'store'), { recursive: true });
  }
  // Otherwise the kills came too late to prove anything.
  expect(halfDone).toBeGreaterThan(stores);
}, 300_000);

/** @returns the ids of all objects, each of them valid in a valid root */
async function validObjects(): Promise<readonly (string | null)[]> {
  if (!existsSync(join(folder, 'store'))) return [];
  const verdicts = await collect(verifyStorageRoot(join(folder, 'store')));
  expect(verdicts.flatMap(({ problems }) => problems)).toEqual([]);
  return verdicts.flatMap((verdict) => (verdict.kind === 'object' ? [verdict.id] : []));
}

/** Numbers from 0 to 1, the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
