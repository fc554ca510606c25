import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { generatePackage } from '../scripts/generators/package.ts';
import { packagePath } from '../src/shared/package.ts';
import { measure, measureInTurn, type Program, scanlot } from './measure.ts';
import { type Bench, compare, known, type Result, withinMemory } from './result.ts';

/** The accepted files of a delivery into the embedded store, against copying and hashing the same bytes. */
export const importStore: Bench = {
  name: 'import',
  about: 'import into the embedded store with read-back, against copying and hashing',
  run: ({ folder, size }) =>
    importPackage(folder, { kind: 'scans', amount: size === 'full' ? 2e9 : 2e8, rounds: 4, limit: 1.3 }),
};

/** Very many files of a few kilobytes: what an object costs beside its bytes. */
export const importSmall: Bench = {
  name: 'import-small',
  about: 'import of very many small files into the embedded store',
  run: ({ folder, size }) =>
    importPackage(folder, { kind: 'small', amount: size === 'full' ? 100_000 : 2_000, rounds: 2 }),
};

/**
 * Milliseconds between two runs. A virtual machine gives memory that was freed back to its host after a while, and gets it
 * anew page by page: a program that writes at once where another has just removed as much would be spared that.
 */
const rest = 3_000;

interface Import {
  readonly kind: 'scans' | 'small';
  /** Of scans in bytes, of small ones in files. */
  readonly amount: number;
  readonly rounds: number;
  /** In times of the same work with the digest of a file that is accepted, and with that of the store. */
  readonly limit?: number;
}

async function importPackage(folder: string, { kind, amount, rounds, limit }: Import): Promise<Result[]> {
  const source = join(folder, 'package');
  const { files, bytes } = generatePackage(source, kind, amount);
  const workspace = join(folder, 'workspace');
  prepare(folder, source, kind, workspace, files);
  const copy = join(folder, 'copy');
  const before = join(folder, 'before');
  cpSync(workspace, before, { recursive: true });
  const cleanUp = async () => {
    for (const path of [copy, workspace]) rmSync(path, { recursive: true, force: true });
    cpSync(before, workspace, { recursive: true });
    // What one has written shall not be brought to the disk in the time of the next.
    spawnSync('sync');
    await wait(rest);
  };
  const copies = ['sha256', 'sha512'].map((digest) => copyAndHash(source, copy, digest));
  const run = { name: 'import', line: scanlot(`import run --workspace ${workspace}`) };
  const best = await measureInTurn([...copies, run], folder, rounds, cleanUp);
  const what = `import of ${files} files, ${Math.round(bytes / 1e6)} MB`;
  const imported = known(best, run.name).measured;
  const copied = copies.map(({ name }) => known(best, name));
  return [
    ...copied.map(({ name, measured }) => ({ what: name, measured })),
    ...copied.map((one) => compare(what, imported, one, limit)),
    withinMemory(what, imported),
  ];
}

/** What must be done at the least: copy to the disk, and hash what was written; with two processes. */
function copyAndHash(source: string, target: string, digest: string): Program {
  const hash = `find . -type f -print0 | xargs -0 -P2 -n8 openssl dgst -${digest}`;
  return {
    name: `copy and ${digest}`,
    line: `cp -r ${source} ${target} && sync -f ${target} && cd ${target} && ${hash}`,
  };
}

/** A workspace in which the package is received and accepted, left where it is. */
export function prepare(
  folder: string,
  source: string,
  kind: 'scans' | 'small',
  workspace: string,
  files: number,
): void {
  const pickList = join(folder, 'pick-list.csv');
  writeFileSync(pickList, pickListOf(readFileSync(join(source, 'index.csv'), 'utf8')));
  const inside = `--workspace ${workspace} --yes`;
  const steps = [
    `init ${workspace} --county Musterland`,
    `contract import ${packagePath('samples', 'county', 'contract.json')} ${inside}`,
    `budget import ${packagePath('samples', 'county', 'budget.csv')} ${inside}`,
    `order create --lot L5 --pages 500000 --files ${files} --date 2021-03-01 --over-budget bench ${inside}`,
    `batch create --order A-2021-001 --pick-list ${pickList} --handed-over 2021-03-08 ${inside}`,
    `delivery receive ${source} --batch B-2021-001 --in-place --date 2021-03-20 ${inside}`,
    `reconcile B-2021-001 ${inside}`,
    // Many small files have the same content, which is a finding.
    ...(kind === 'small' ? [`waive B-2021-001 ledger.duplicate-file --reason bench ${inside}`] : []),
    `accept B-2021-001 --date 2021-03-25 ${inside}`,
  ];
  for (const words of steps) measure({ name: words, line: scanlot(words), exitCodes: [0, 1] }, folder);
}

function pickListOf(manifest: string): string {
  const rows = manifest.trimEnd().split('\r\n').slice(1);
  const listed = rows.map((row) => {
    const [, reference, volume, box, , sheets] = row.split(';');
    return [reference, volume, box, sheets].join(';');
  });
  return `Aktenzeichen;Band;Karton;Blatt\r\n${listed.join('\r\n')}\r\n`;
}
