// Imports into systems that fail at random, and kills imports at random moments: nothing may be lost, double, or taken
// for imported that is not as accepted. Every other run has transfer notes in copies of the PDFs. Run: npx tsx scripts/soak-import.ts [--runs 1000] [--kills 200] [--seed 1]
import { parseArgs } from 'node:util';
import { killFolderImports } from '../test/dms/import/killed-folders.ts';
import { killAtRandom } from '../test/dms/import/killed-runs.ts';
import { createTemplate, type SystemKind, seededRun, type Template } from '../test/dms/import/seeded-run.ts';
import { createRandom } from './generators/random.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
});
const firstSeed = Number(values.seed);
/** For ten runs, so many go to each system. */
const shares: readonly (readonly [SystemKind, number])[] = [
  ['memory', 4],
  ['ocfl', 2],
  ['cmis', 2],
  ['enaio', 2],
  ['folder', 2],
  ['file-drop', 1],
];

const template = await createTemplate();
try {
  await soak(template, Number(values.runs));
  await killAtRandom(template, Number(values.kills), createRandom(firstSeed), (killed, workspaces) =>
    console.log(`kill -9: ${killed} kills in ${workspaces} workspaces, the store valid after each, 0 lost, 0 double`),
  );
  const inFolders = await killFolderImports(template, Math.ceil(Number(values.kills) / 2), createRandom(firstSeed));
  console.log(
    `kill -9: ${inFolders} kills of imports and withdrawals in plain folders, 0 lost, 0 double, all told once`,
  );
} finally {
  template.remove();
}

async function soak(from: Template, runs: number): Promise<void> {
  for (const [kind, share] of shares) {
    const begun = Date.now();
    const faults: Record<string, number> = {};
    let rounds = 0;
    const count = Math.ceil((runs * share) / 10);
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const run = await seededRun(from, kind, seed, seed % 2 === 0 ? 'pdf' : 'none');
      rounds += run.rounds;
      for (const [name, met] of Object.entries(run.faults)) faults[name] = (faults[name] ?? 0) + met;
    }
    const seconds = Math.round((Date.now() - begun) / 1000);
    console.log(`${kind}: ${count} runs, ${rounds} rounds, 0 lost, 0 double (${seconds} s)`);
    for (const [name, met] of Object.entries(faults).sort()) console.log(`  ${name}: ${met}`);
  }
}
