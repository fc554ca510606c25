import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type SampleDocument, writePackage } from '../../scripts/samples/package.ts';
import { samplePdf } from '../../scripts/samples/pdf.ts';
import { auditRows, verifyAudit } from '../../src/audit/verify.ts';
import { verifyStorageRoot } from '../../src/dms/ocfl/verify.ts';
import { ledgerTotals } from '../../src/reconciliation/totals.ts';
import { packagePath } from '../../src/shared/package.ts';
import { openWorkspace, type Workspace } from '../../src/storage/workspace.ts';

/** A command that is killed, the workspace it starts from, and what it may end with when it is run once more. */
interface Scene {
  readonly name: string;
  /** Folder with the workspace as it was before; nothing where the command makes it. */
  readonly before: string | undefined;
  argv(root: string): readonly string[];
  /** Exit codes of the undisturbed run, and of a run after one that was killed when its work was done. */
  readonly exitCodes: readonly number[];
}

export interface Kill {
  readonly scene: string;
  /** Milliseconds from the start of the process. */
  readonly after: number;
  /** What is not as it should be; none when everything is. */
  readonly faults: readonly string[];
}

const county = (...parts: string[]) => packagePath('samples', 'county', ...parts);

/** Workspaces in the states that the scenes start from. @returns the scenes */
async function prepareScenes(folder: string): Promise<Scene[]> {
  const at = (name: string) => join(folder, name);
  const step = async (from: string | undefined, to: string, ...commands: readonly (readonly string[])[]) => {
    if (from) await cp(at(from), at(to), { recursive: true });
    for (const argv of commands) {
      const { exitCode, stderr } = await runProgram(inside(argv, at(to)));
      if (exitCode > 1) throw new Error(`${argv.join(' ')}: ${stderr}`);
    }
  };
  await step(undefined, 'empty', ['init', at('empty')]);
  await step(undefined, 'ordered', ['init', at('ordered'), '--sample'], [...order], [...batch]);
  await step('ordered', 'reconciled', [...receive], reconcile);
  await step('reconciled', 'accepted', [...accept]);
  writePackage(at('mended'), [mended]);
  await step('accepted', 'redelivered', ['import', 'run'], complaint, redeliver(at('mended')), reconcile);
  const scene = (name: string, before: string | undefined, argv: readonly string[], ...exitCodes: number[]): Scene => ({
    name,
    before: before && at(before),
    argv: (root) => inside(argv, root),
    exitCodes,
  });
  return [
    scene('init', undefined, ['init', 'ROOT', '--sample', '--county', 'Kreis'], 0, 2),
    scene('contract import', 'empty', ['contract', 'import', county('contract.json')], 0),
    scene('check', 'ordered', [...check], 1),
    scene('delivery receive', 'ordered', [...receive], 1),
    scene('accept', 'reconciled', [...accept], 0),
    scene('reject', 'reconciled', ['reject', 'B-2021-001', '--reason', 'Mängel', '--date', '2021-03-25'], 0),
    scene('import run', 'accepted', ['import', 'run'], 0),
    scene('complaint raise', 'accepted', complaint, 0),
    scene('accept a correction', 'redelivered', acceptMended, 0),
    scene('report', 'accepted', [...report], 0),
  ];
}

const order = 'order create --lot L5 --pages 600000 --files 2400 --running-metres 66 --date 2021-03-01'.split(' ');
const batch = [
  ...['batch', 'create', '--order', 'A-2021-001', '--pick-list', county('pick-list.csv')],
  ...['--handed-over', '2021-03-08'],
];
const receive = [
  ...['delivery', 'receive', county('deliveries', 'round-1'), '--batch', 'B-2021-001'],
  ...['--date', '2021-03-20'],
];
const reconcile = ['reconcile', 'B-2021-001'];
const complaint = 'complaint raise B-2021-001 33.1-0044/2019 --reason unscharf --date 2021-04-12'.split(' ');
const mended: SampleDocument = {
  ...{ path: 'scans/33.1-0044-2019.pdf', reference: '33.1-0044/2019', volume: '', box: 'K-001', title: 'Akte' },
  ...{ sheets: 30, pages: 54, removedBlanks: 6, bytes: samplePdf('mended', 54) },
};
const redeliver = (folder: string) => ['delivery', 'receive', folder, '--batch', 'B-2021-001', '--date', '2021-04-20'];
const acceptMended = 'accept B-2021-001 --partial --date 2021-04-22'.split(' ');
const accept = 'accept B-2021-001 --partial --date 2021-03-25'.split(' ');
const check = [
  ...['check', county('deliveries', 'round-1'), '--profile', county('profile-files.json')],
  ...['--out', 'ROOT/outputs/check.json', '--defects', 'ROOT/outputs/defects.csv'],
];
const report = 'report cost-against-budget --format xlsx --format html --as-of 2021-04-30'.split(' ');

function inside(argv: readonly string[], root: string): string[] {
  const words = argv.map((word) => word.replace('ROOT', root));
  return words[0] === 'init' || words[0] === 'check' ? words : [...words, '--workspace', root];
}

/** What the scene leads to when nobody disturbs it, and how long it takes. */
interface Undisturbed {
  readonly milliseconds: number;
  readonly state: string;
}

async function runUndisturbed(scene: Scene, root: string): Promise<Undisturbed> {
  await renew(scene, root);
  const start = performance.now();
  const { exitCode, stderr } = await runProgram(scene.argv(root));
  if (exitCode !== scene.exitCodes[0]) throw new Error(`${scene.name} ended with ${exitCode}: ${stderr}`);
  const milliseconds = performance.now() - start;
  return { milliseconds, state: await stateOf(root) };
}

/**
 * Kills the scene's command at a moment of its run, looks whether all is well, runs it again and compares.
 * @param moment part of the undisturbed run, from 0 to 1
 * @returns undefined when the command had ended before
 */
async function killOnce(
  scene: Scene,
  root: string,
  { milliseconds, state }: Undisturbed,
  moment: number,
): Promise<Kill | undefined> {
  await renew(scene, root);
  const after = moment * milliseconds;
  const { signal } = await runProgram(scene.argv(root), after);
  if (signal !== 'SIGKILL') return undefined;
  const faults = await faultsOf(root);
  const again = await runProgram(scene.argv(root));
  if (!(await endedWell(scene, again, state, root))) faults.push(`again: exit ${again.exitCode}\n${again.stderr}`);
  const reached = await stateOf(root);
  if (reached !== state) faults.push(`not the state of an undisturbed run:\n${reached}\ninstead of\n${state}`);
  faults.push(...(await leftovers(root)).map((path) => `left over: ${path}`));
  return { scene: scene.name, after, faults };
}

/** The second run does the work, or says that the first had done it. */
async function endedWell(scene: Scene, { exitCode, stderr }: Run, state: string, root: string): Promise<boolean> {
  if (scene.exitCodes.includes(exitCode)) return true;
  return stderr.includes('already') && (await stateOf(root)) === state;
}

async function renew({ before }: Scene, root: string): Promise<void> {
  await rm(root, { recursive: true, force: true });
  if (before) await cp(before, root, { recursive: true });
}

interface Run {
  readonly exitCode: number;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** Runs the built program. @param killAfter milliseconds until it is killed */
function runProgram(argv: readonly string[], killAfter?: number): Promise<Run> {
  const program = packagePath('bin', 'scanlot.js');
  const child = spawn(process.execPath, [program, ...argv, '--lang', 'en'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ exitCode: code ?? -1, signal, stderr });
    });
  });
}

/** What must hold at every moment. */
async function faultsOf(root: string): Promise<string[]> {
  const faults = [...(await halfWritten(root))];
  if (!existsSync(join(root, 'scanlot.json'))) return faults;
  const workspace = await openWorkspace(root, { mode: 'write', actor: 'test', waitMs: 20_000 });
  try {
    faults.push(...(await verifyAudit(workspace)).breaks.map(({ message }) => message.en));
    faults.push(...(await unbalanced(workspace)), ...(await lostPackages(workspace)));
  } finally {
    await workspace.close();
  }
  if (existsSync(workspace.paths.store)) {
    for await (const { problems } of verifyStorageRoot(workspace.paths.store)) {
      faults.push(...problems.map((problem) => `store: ${JSON.stringify(problem)}`));
    }
  }
  return faults;
}

async function unbalanced(workspace: Workspace): Promise<string[]> {
  const { identities, lots, batches } = await ledgerTotals(workspace.db);
  const all = [...identities, ...lots.flatMap((lot) => lot.identities), ...batches.flatMap((one) => one.identities)];
  return all.filter(({ holds }) => !holds).map((identity) => `does not balance: ${JSON.stringify(identity)}`);
}

/** A recorded delivery has its package. */
async function lostPackages(workspace: Workspace): Promise<string[]> {
  const rows = await workspace.db.selectFrom('delivery').select('package_path').execute();
  return rows
    .filter(({ package_path }) => !existsSync(join(workspace.paths.root, package_path, 'index.csv')))
    .map(({ package_path }) => `package lost: ${package_path}`);
}

/** Files under their final names are whole. */
async function halfWritten(root: string): Promise<string[]> {
  const faults: string[] = [];
  for (const path of await filesIn(root, ['outputs', 'profiles'])) {
    const bytes = await readFile(path);
    if (!isWhole(path, bytes)) faults.push(`half-written: ${path} (${bytes.length} bytes)`);
  }
  return faults;
}

function isWhole(path: string, bytes: Buffer): boolean {
  if (path.endsWith('.tmp')) return true;
  if (path.endsWith('.json')) return bytes.toString().trimEnd().endsWith('}');
  if (path.endsWith('.xlsx')) return bytes.subarray(-22).readUInt32LE(0) === 0x06054b50;
  if (path.endsWith('.html')) return bytes.toString().trimEnd().endsWith('</html>');
  return bytes.toString().endsWith('\n');
}

/** Everything that a command leads to, without times. */
async function stateOf(root: string): Promise<string> {
  const workspace = await openWorkspace(root, { mode: 'read', actor: 'test', waitMs: 20_000 });
  try {
    const done = new Set<string>();
    for await (const { action, subject } of auditRows(workspace)) done.add(`${action} ${subject}`);
    const timeless = (key: string, value: unknown) => (key === 'reconciledAt' ? value !== null : value);
    const totals = JSON.stringify(await ledgerTotals(workspace.db), timeless);
    return [...(await treeOf(root)), ...[...done].sort(), totals].join('\n');
  } finally {
    await workspace.close();
  }
}

/** Paths with digests, where the content bears no time. */
async function treeOf(root: string): Promise<string[]> {
  const paths = await filesIn(root, ['outputs', 'profiles', 'store', 'deliveries']);
  const lines = paths.map(async (path) => {
    const isTimed = /inventory\.json|\.xlsx$|\.html$|check\.json$/.test(path);
    return `${relative(root, path)} ${isTimed ? '' : hash('sha256', await readFile(path))}`;
  });
  return (await Promise.all(lines)).sort();
}

async function filesIn(root: string, folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    if (!existsSync(join(root, folder))) continue;
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    found.push(...entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)));
  }
  return found;
}

async function leftovers(root: string): Promise<string[]> {
  await mkdir(join(root, '.store-staging'), { recursive: true });
  const kept = (await filesIn(root, ['outputs', 'deliveries', 'profiles'])).map((path) => relative(root, path));
  const hidden = kept.filter((path) => /(^|\/)\./.test(path));
  const others = [...(await readdir(join(root, '.locks'))), ...(await readdir(join(root, '.store-staging')))];
  const atRoot = (await readdir(root)).filter((name) => name.endsWith('.tmp'));
  return [...hidden, ...others, ...atRoot];
}

/** Numbers from 0 to 1, the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Kills each scene so many times, at moments spread over its run; two at once. */
export async function killAll(folder: string, killsPerScene: number, seed: number): Promise<Kill[]> {
  const waiting = (await prepareScenes(join(folder, 'before'))).entries();
  const kills: Kill[] = [];
  const lane = async () => {
    for (const [number, scene] of waiting) {
      const root = join(folder, 'work', String(number));
      kills.push(...(await killScene(scene, root, killsPerScene, randomNumbers(seed + number))));
    }
  };
  await Promise.all([lane(), lane()]);
  return kills;
}

async function killScene(scene: Scene, root: string, times: number, random: () => number): Promise<Kill[]> {
  const kills: Kill[] = [];
  let undisturbed = await runUndisturbed(scene, root);
  for (let late = 0; kills.length < times && late < times * 3; ) {
    const kill = await killOnce(scene, root, undisturbed, (kills.length + random()) / times);
    if (kill) {
      kills.push(kill);
      continue;
    }
    late += 1;
    // It was quicker this time: the machine is less busy than before.
    undisturbed = { ...undisturbed, milliseconds: undisturbed.milliseconds * 0.95 };
  }
  return kills;
}
