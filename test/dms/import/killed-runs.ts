import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Random } from '../../../scripts/generators/random.ts';
import { verifyStorageRoot } from '../../../src/dms/ocfl/verify.ts';
import { packagePath } from '../../../src/shared/package.ts';
import type { Template } from './seeded-run.ts';

/**
 * Imports with the built program, killed with SIGKILL at random moments and run again until all files are imported; in every
 * other workspace with transfer notes in copies of the PDFs, of which nothing may be left.
 * @param tell called after each workspace whose files are all imported
 * @throws Error when the store is not valid after a kill, or when in the end a file is lost, double or not as accepted
 */
export async function killAtRandom(
  from: Template,
  kills: number,
  random: Random,
  tell: (killed: number, workspaces: number) => void = () => undefined,
): Promise<number> {
  let killed = 0;
  let workspaces = 0;
  const durations = { plain: await wholeRun(from, false), notes: await wholeRun(from, true) };
  while (killed < kills) {
    workspaces += 1;
    const withNotes = workspaces % 2 === 0;
    const county = copyOf(from, withNotes);
    let longest = withNotes ? durations.notes : durations.plain;
    try {
      for (let isDone = false; !isDone; ) {
        const ended = await importKilledAfter(county, random.next() * longest);
        if (ended === 'killed') killed += 1;
        // What is stored together appears together: were it always killed before, it would never end.
        longest *= 1.1;
        isDone = ended === 'done';
        await requireValidStore(join(county, 'store'));
      }
      await requireImported(county);
      tell(killed, workspaces);
    } finally {
      rmSync(dirname(county), { recursive: true, force: true });
    }
  }
  return killed;
}

function putNotesIntoPdfs(county: string): void {
  const path = join(county, 'scanlot.json');
  const config = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...config, import: { transferNote: 'pdf' } }));
}

/** In a folder of its own. */
function copyOf(from: Template, withNotes: boolean): string {
  const county = join(mkdtempSync(join(tmpdir(), 'scanlot-kill-')), 'county');
  cpSync(from.root, county, { recursive: true });
  if (withNotes) putNotesIntoPdfs(county);
  return county;
}

/** @returns milliseconds */
async function wholeRun(from: Template, withNotes: boolean): Promise<number> {
  const county = copyOf(from, withNotes);
  const begun = performance.now();
  const ended = await importKilledAfter(county, 60_000);
  const milliseconds = performance.now() - begun;
  rmSync(dirname(county), { recursive: true, force: true });
  if (ended !== 'done') throw new Error('import run takes longer than a minute');
  return milliseconds;
}

async function importKilledAfter(county: string, milliseconds: number): Promise<'done' | 'killed'> {
  const { code, signal, output } = await runKilledAfter(['import', 'run', '--workspace', county], milliseconds);
  if (signal === 'SIGKILL') return 'killed';
  if (code !== 0) throw new Error(`import run ended with ${code}: ${output}`);
  return 'done';
}

async function requireImported(county: string): Promise<void> {
  for (const words of [
    ['import', 'verify'],
    ['audit', 'verify'],
  ]) {
    const { code, output } = await runKilledAfter([...words, '--workspace', county], 60_000);
    if (code !== 0) throw new Error(`${words.join(' ')}: ${output}`);
  }
  const { output } = await runKilledAfter(['import', 'status', '--json', '--workspace', county], 60_000);
  const { states } = JSON.parse(output) as { states: { state: string; files: number }[] };
  const confirmed = states.find(({ state }) => state === 'confirmed')?.files;
  if (confirmed !== states.reduce((sum, { files }) => sum + files, 0)) throw new Error(`not all imported: ${output}`);
  let objects = 0;
  for await (const verdict of verifyStorageRoot(join(county, 'store'))) if (verdict.kind === 'object') objects += 1;
  if (objects !== confirmed) throw new Error(`${objects} objects in the store, ${confirmed} confirmed`);
  if (existsSync(join(county, '.transfer-notes'))) {
    const left = readdirSync(join(county, '.transfer-notes'));
    if (left.length > 0) throw new Error(`copies are left: ${left.join(', ')}`);
  }
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

/** Runs the built program and kills it, if it still runs by then. */
export function runKilledAfter(words: readonly string[], milliseconds: number): Promise<Ended> {
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
