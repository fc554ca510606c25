import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '../../../scripts/generators/random.ts';
import type { IndexSettings } from '../../../src/dms/folder/settings.ts';
import { batch } from '../xdomea/accepted-batch.ts';
import { toldIn } from './folder-target.ts';
import { runKilledAfter } from './killed-runs.ts';
import type { Template } from './seeded-run.ts';

const columns = { key: 'key', path: 'path', name: 'document.name' };
const kinds: readonly IndexSettings[] = [
  { per: 'object', format: 'json' },
  { per: 'batch', format: 'xml' },
  { per: 'run', format: 'csv' },
];

/**
 * Imports into plain folders with the built program from two workspaces at the same time, withdraws and imports again, each
 * killed with SIGKILL at random moments and run again until it is done.
 * @throws Error when a file is lost or double, when an index does not tell exactly what lies there, or something is left behind
 */
export async function killFolderImports(from: Template, kills: number, random: Random): Promise<number> {
  let killed = 0;
  for (let round = 0; killed < kills; round++) {
    const folder = mkdtempSync(join(tmpdir(), 'scanlot-kill-folder-'));
    const tree = join(folder, 'tree');
    const index = { ...kinds[round % kinds.length], columns };
    const counties = ['one', 'two'].map((name) => copyOf(from, join(folder, name), { path: tree, index }));
    const until = async (words: readonly string[], county: string, done: readonly number[]): Promise<void> => {
      for (let longest = 700; ; longest *= 1.2) {
        const { code, signal, output } = await runKilledAfter(
          [...words, '--workspace', county],
          random.next() * longest,
        );
        if (signal === 'SIGKILL') killed += 1;
        else if (code !== null && done.includes(code)) return;
        else throw new Error(`${words.join(' ')} ended with ${code}: ${output}`);
      }
    };
    try {
      await Promise.all(counties.map((county) => until(['import', 'run', '--now'], county, [0])));
      requireTold(tree, 4, `imported ${JSON.stringify(index)}`);
      const [county = ''] = counties;
      // Done before it was killed, the next one finds nothing to withdraw.
      await until(['import', 'withdraw', batch, '--reason', 'test', '--yes'], county, [0, 2, 3]);
      requireTold(tree, 0, `withdrawn ${JSON.stringify(index)}`);
      await until(['import', 'run', '--withdrawn'], county, [0]);
      await until(['import', 'retry'], county, [0]);
      requireTold(tree, 4, `imported again ${JSON.stringify(index)}`);
      const { code, output } = await runKilledAfter(['import', 'verify', '--workspace', county], 60_000);
      if (code !== 0) throw new Error(output);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return killed;
}

function copyOf(from: Template, folder: string, dms: object): string {
  const county = join(folder, 'county');
  cpSync(from.root, county, { recursive: true });
  const path = join(county, 'scanlot.json');
  const config = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...config, dms: { type: 'folder', folder: '/Akten/{batch}', ...dms } }));
  return county;
}

function requireTold(tree: string, files: number, when: string): void {
  const told = toldIn(tree);
  if (told.size !== files) throw new Error(`${when}: ${told.size} files are told, ${files} there should be`);
  const state = join(tree, '.scanlot');
  const known = ['files', 'places'].map((name) => readdirSync(join(state, name)).length);
  if (known.some((count) => count !== files)) throw new Error(`${when}: ${known} are known`);
}
