// Makes samples/ anew; the same bytes every time. With --check only tells whether it is stale.
// Run: npx tsx scripts/make-samples.ts [--check]
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { packagePath } from '../src/shared/package.ts';
import { makeSamples } from './samples/make.ts';

const target = packagePath('samples');
if (process.argv.includes('--check')) await check();
else {
  rmSync(target, { recursive: true, force: true });
  await makeSamples(target);
}

async function check(): Promise<void> {
  const fresh = mkdtempSync(join(tmpdir(), 'scanlot-samples-'));
  try {
    await makeSamples(fresh);
    const [made, kept] = [filesOf(fresh), filesOf(target)];
    const stale = [...new Set([...made.keys(), ...kept.keys()])].filter((path) => made.get(path) !== kept.get(path));
    if (stale.length === 0) return;
    const shown = stale.slice(0, 10).map((path) => join('samples', path));
    const more = stale.length > shown.length ? ` and ${stale.length - shown.length} more` : '';
    console.error(`Stale: ${shown.join(', ')}${more}. Run: npm run generate`);
    process.exitCode = 1;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Path → content of every file below a folder. */
function filesOf(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(folder, path), readFileSync(path, 'latin1')];
    }),
  );
}
