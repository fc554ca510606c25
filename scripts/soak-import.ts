// Imports into systems that fail at random, and kills imports at random moments: nothing may be lost, double, or taken
// for imported that is not as accepted. Run: npx tsx scripts/soak-import.ts [--runs 1000] [--kills 200] [--seed 1]
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyStorageRoot } from '../src/dms/ocfl/verify.ts';
import { packagePath } from '../src/shared/package.ts';
import { createTemplate, type SystemKind, seededRun, type Template } from '../test/dms/import/seeded-run.ts';
import { createRandom, type Random } from './generators/random.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
});
const firstSeed = Number(values.seed);
/** Of ten runs, so many go to each system. */
const shares: readonly (readonly [SystemKind, number])[] = [
  ['memory', 4],
  ['ocfl', 2],
  ['cmis', 2],
  ['enaio', 2],
];

const template = await createTemplate();
try {
  await soak(template, Number(values.runs));
  await killAtRandom(template, Number(values.kills), createRandom(firstSeed));
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
      const run = await seededRun(from, kind, seed);
      rounds += run.rounds;
      for (const [name, met] of Object.entries(run.faults)) faults[name] = (faults[name] ?? 0) + met;
    }
    const seconds = Math.round((Date.now() - begun) / 1000);
    console.log(`${kind}: ${count} runs, ${rounds} rounds, 0 lost, 0 double (${seconds} s)`);
    for (const [name, met] of Object.entries(faults).sort()) console.log(`  ${name}: ${met}`);
  }
}

/** The built program, killed with SIGKILL; after each kill the store is valid, and in the end all files are imported. */
async function killAtRandom(from: Template, kills: number, random: Random): Promise<void> {
  let killed = 0;
  let workspaces = 0;
  let longest = await wholeRun(from);
  while (killed < kills) {
    const folder = mkdtempSync(join(tmpdir(), 'scanlot-kill-'));
    const county = join(folder, 'county');
    cpSync(from.root, county, { recursive: true });
    workspaces += 1;
    try {
      for (let isDone = false; !isDone; ) {
        const ended = await importKilledAfter(county, random.next() * longest);
        if (ended === 'killed') killed += 1;
        isDone = ended === 'done';
        await requireValidStore(join(county, 'store'));
      }
      longest = Math.max(longest, 200);
      await requireImported(county);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log(`kill -9: ${killed} kills in ${workspaces} workspaces, the store valid after each, 0 lost, 0 double`);
}

async function wholeRun(from: Template): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'scanlot-kill-'));
  cpSync(from.root, join(folder, 'county'), { recursive: true });
  const begun = Date.now();
  await importKilledAfter(join(folder, 'county'), 60_000);
  rmSync(folder, { recursive: true, force: true });
  return Date.now() - begun;
}

async function importKilledAfter(county: string, milliseconds: number): Promise<'done' | 'killed'> {
  const { code, signal, output } = await run(['import', 'run', '--workspace', county], milliseconds);
  if (signal === 'SIGKILL') return 'killed';
  if (code !== 0) throw new Error(`import run ended with ${code}: ${output}`);
  return 'done';
}

async function requireImported(county: string): Promise<void> {
  for (const words of [
    ['import', 'verify'],
    ['audit', 'verify'],
  ]) {
    const { code, output } = await run([...words, '--workspace', county], 60_000);
    if (code !== 0) throw new Error(`${words.join(' ')}: ${output}`);
  }
  const { output } = await run(['import', 'status', '--json', '--workspace', county], 60_000);
  const { states } = JSON.parse(output) as { states: { state: string; files: number }[] };
  const confirmed = states.find(({ state }) => state === 'confirmed')?.files;
  if (confirmed !== states.reduce((sum, { files }) => sum + files, 0)) throw new Error(`not all imported: ${output}`);
  let objects = 0;
  for await (const verdict of verifyStorageRoot(join(county, 'store'))) if (verdict.kind === 'object') objects += 1;
  if (objects !== confirmed) throw new Error(`${objects} objects in the store, ${confirmed} confirmed`);
}

async function requireValidStore(root: string): Promise<void> {
  if (!existsSync(root)) return;
  for await (const verdict of verifyStorageRoot(root)) {
    if (!verdict.valid) throw new Error(`the store is not valid: ${JSON.stringify(verdict)}`);
  }
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

function run(words: readonly string[], milliseconds: number): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [packagePath('bin', 'scanlot.js'), ...words]);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece: Buffer) => {
        output += piece.toString();
      });
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, output });
    });
  });
}
