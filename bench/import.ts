import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatePackage } from '../scripts/generators/package.ts';
import { packagePath } from '../src/shared/package.ts';
import { type Measurement, measure, type Program, scanlot } from './measure.ts';
import { type Bench, compare, type Result, withinMemory } from './result.ts';

/** The accepted files of a delivery into the embedded store, against copying and hashing the same bytes. */
export const importStore: Bench = {
  name: 'import',
  about: 'import into the embedded store with read-back, against copying and hashing',
  run: async ({ folder, size }) => {
    return results(importPackage(folder, 'scans', size === 'full' ? 2e9 : 2e8), 1.3);
  },
};

/** Very many files of a few kilobytes: what an object costs beside its bytes. */
export const importSmall: Bench = {
  name: 'import-small',
  about: 'import of very many small files into the embedded store',
  run: async ({ folder, size }) => {
    return results(importPackage(folder, 'small', size === 'full' ? 100_000 : 2_000));
  },
};

interface Imported {
  readonly what: string;
  /** By digest: the accepted one, and the one by which the store addresses content. */
  readonly copied: ReadonlyMap<'sha256' | 'sha512', Measurement>;
  readonly imported: Measurement;
}

/** @param limit in times of the same work with the store's digest */
function results({ what, copied, imported }: Imported, limit?: number): Result[] {
  return [
    ...[...copied].map(([digest, measured]) => ({ what: `cp, sync, openssl -${digest} -P2`, measured })),
    ...[...copied].map(([digest, measured]) =>
      compare(what, imported, { name: `copy and ${digest}`, measured }, digest === 'sha512' ? limit : undefined),
    ),
    withinMemory(what, imported),
  ];
}

function importPackage(folder: string, kind: 'scans' | 'small', amount: number): Imported {
  const source = join(folder, 'package');
  const { files, bytes } = generatePackage(source, kind, amount);
  const workspace = join(folder, 'workspace');
  prepare(folder, source, kind, workspace, files);
  const copied = new Map(
    (['sha256', 'sha512'] as const).map((digest) => [
      digest,
      bestOfTwo(copyAndHash(source, join(folder, 'copy'), digest), folder, () =>
        rmSync(join(folder, 'copy'), { recursive: true }),
      ),
    ]),
  );
  const before = join(folder, 'before');
  cpSync(workspace, before, { recursive: true });
  const imported = bestOfTwo({ name: 'import', line: scanlot(`import run --workspace ${workspace}`) }, folder, () => {
    rmSync(workspace, { recursive: true });
    cpSync(before, workspace, { recursive: true });
  });
  return { what: `import of ${files} files, ${Math.round(bytes / 1e6)} MB`, copied, imported };
}

/** What must be done at the least: copy to the disk, and hash what was written; with two processes. */
function copyAndHash(source: string, target: string, digest: 'sha256' | 'sha512'): Program {
  const hash = `find . -type f -print0 | xargs -0 -P2 -n8 openssl dgst -${digest}`;
  return {
    name: `copy and ${digest}`,
    line: `cp -r ${source} ${target} && sync -f ${target} && cd ${target} && ${hash}`,
  };
}

function bestOfTwo(program: Program, folder: string, cleanUp: () => void): Measurement {
  const runs = [1, 2].map(() => {
    const measured = measure(program, folder);
    cleanUp();
    return measured;
  });
  const [first, second] = runs as [Measurement, Measurement];
  return first.seconds <= second.seconds ? first : second;
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
