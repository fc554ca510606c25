import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatePackage, type PackageKind, profileFile } from '../scripts/generators/package.ts';
import { hashers, warmUp } from './hashing.ts';
import { measure, measureInTurn, type Program, scanlot } from './measure.ts';
import { type Bench, type BenchContext, compare, known, type Result, within, withinMemory } from './result.ts';

const check: Program = { name: 'check', line: scanlot(`check . --profile ${profileFile} --json`), exitCodes: [0, 1] };

function generated(context: BenchContext, kind: PackageKind, amount: number): string {
  const folder = join(context.folder, `${kind}-${amount}`);
  generatePackage(folder, kind, amount);
  measure(warmUp, folder);
  return folder;
}

/** Scanned PDFs: whole check against hashing alone, and memory at two sizes. */
export const checkScans: Bench = {
  name: 'check-scans',
  about: 'check of scanned PDFs against hashing them; memory from 100 MB to 2 GB',
  run: async (context) => {
    const [least, most] = context.size === 'full' ? [100e6, 2e9] : [50e6, 300e6];
    const few = await measureInTurn([check], generated(context, 'scans', least), 2);
    const best = await measureInTurn([...hashers(), check], generated(context, 'scans', most), 3);
    const whole = known(best, 'check').measured;
    const megabytes = (bytes: number) => `check of ${bytes / 1e6} MB`;
    return [
      { what: 'openssl -P2', measured: known(best, 'openssl -P2').measured },
      compare(megabytes(most), whole, known(best, 'openssl -P2'), 1.25),
      compare(megabytes(most), whole, known(best, 'sha256sum -P2'), 0.33),
      withinMemory(megabytes(least), known(few, 'check').measured),
      withinMemory(megabytes(most), whole),
    ];
  },
};

function sparseBytes({ size }: BenchContext): number {
  return size === 'full' ? 4.5e9 : 1e8;
}

/** A file above 4 GiB, which takes no room on the disk: nothing but zeros. */
function sparse(context: BenchContext): string {
  const folder = join(context.folder, 'sparse');
  mkdirSync(folder);
  writeFileSync(join(folder, 'zeros.pdf'), '');
  truncateSync(join(folder, 'zeros.pdf'), sparseBytes(context));
  return folder;
}

/** Documents of a gigabyte: memory does not grow with them. */
export const checkLarge: Bench = {
  name: 'check-large',
  about: 'check of few very large PDFs',
  run: async (context) => {
    const best = await measureInTurn(
      [...hashers(1), check],
      generated(context, 'large', context.size === 'full' ? 2e9 : 1e8),
      2,
    );
    const whole = known(best, 'check').measured;
    return [
      compare('check of large files', whole, known(best, 'openssl -P2')),
      withinMemory('check of large files', whole),
      withinMemory(`check of one file of ${sparseBytes(context) / 1e9} GB`, measure(check, sparse(context))),
    ];
  },
};

/** Small files: what a file costs beside its bytes. */
export const checkSmall: Bench = {
  name: 'check-small',
  about: 'check of very many small files against hashing them',
  run: async (context) => {
    const files = context.size === 'full' ? 200_000 : 10_000;
    const best = await measureInTurn([...hashers(500), check], generated(context, 'small', files), 2);
    const whole = known(best, 'check').measured;
    const what = `check of ${files} small files`;
    return [
      compare(what, whole, known(best, 'openssl -P2')),
      compare(what, whole, known(best, 'sha256sum -P2'), 3),
      withinMemory(what, whole),
    ];
  },
};

/** A manifest of a million rows, nearly all of whose files are absent: the most findings that a package can have. */
export const manifestRows: Bench = {
  name: 'manifest-rows',
  about: 'manifest of a million rows, its files absent',
  run: async (context) => {
    const rows = context.size === 'full' ? 1_000_000 : 50_000;
    const measured = measure(check, generated(context, 'rows', rows));
    const what = `check of ${rows} rows`;
    const results: Result[] = [within(what, measured, 600), withinMemory(what, measured)];
    return results;
  },
};
