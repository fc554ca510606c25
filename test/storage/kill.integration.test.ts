import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { killAll } from './kills.ts';

const killsPerScene = 8;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-kills-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('loses nothing, leaves nothing half done, and goes on when run again, killed at any moment of any command', async () => {
  const kills = await killAll(folder, killsPerScene, 20_210_501);
  expect(kills.filter(({ faults }) => faults.length > 0)).toEqual([]);
  // Otherwise they came too late to prove anything.
  expect(kills.length).toBeGreaterThanOrEqual(60);
}, 600_000);
