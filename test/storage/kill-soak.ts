/** Kills the built program for as long as you like: `npx tsx test/storage/kill-soak.ts KILLS-PER-COMMAND [SEED]`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killAll } from './kills.ts';

const [killsPerScene = '50', seed = '1'] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'scanlot-kills-'));
try {
  const start = performance.now();
  const kills = await killAll(folder, Number(killsPerScene), Number(seed));
  const faulty = kills.filter(({ faults }) => faults.length > 0);
  for (const { scene, after, faults } of faulty) {
    process.stdout.write(`${scene}, killed after ${Math.round(after)} ms:\n${faults.join('\n')}\n`);
  }
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(`${kills.length} kills in ${seconds} s, ${faulty.length} with faults\n`);
  process.exitCode = faulty.length > 0 ? 1 : 0;
} finally {
  await rm(folder, { recursive: true, force: true });
}
