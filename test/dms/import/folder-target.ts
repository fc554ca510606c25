import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Random } from '../../../scripts/generators/random.ts';
import type { DmsAdapter } from '../../../src/dms/adapter.ts';
import { createFolderAdapter } from '../../../src/dms/folder/adapter.ts';
import type { FolderSettings } from '../../../src/dms/folder/settings.ts';
import { type FaultyFiles, failFiles } from '../../support/faulty-files.ts';
import type { Target } from './seeded-run.ts';

const columns = { key: 'key', path: 'path', name: 'document.name' };

/** Plain folders on a disk of which a step fails, or that fails for good; with an index of any kind. */
export function folderTarget(folder: string, random: Random, count: (fault: string) => void): Target {
  const root = join(folder, 'tree');
  const per = (['object', 'batch', 'run'] as const)[random.between(0, 2)] ?? 'run';
  const format = (['csv', 'json', 'xml'] as const)[random.between(0, 2)] ?? 'csv';
  const settings: FolderSettings = {
    ...{ type: 'folder', path: root, folder: '/Akten/{batch}' },
    index: { per, format, columns },
  };
  let disk: FaultyFiles | undefined;
  return {
    open(share) {
      disk?.restore();
      disk = share === 0 ? undefined : failAtRandom(root, random.between(0, 160), random, count);
      return toleratingClose(createFolderAdapter({ settings }));
    },
    stored: async () => {
      disk?.restore();
      // As the next import, which finds nothing to do.
      const next = createFolderAdapter({ settings });
      await next.settle?.();
      await next.close();
      return toldIn(root);
    },
    close: async () => disk?.restore(),
  };
}

/** @param step the one that fails, if so many are made */
export function failAtRandom(root: string, step: number, random: Random, count: (fault: string) => void): FaultyFiles {
  const mode = random.next() < 0.5 ? 'dead' : 'once';
  count(mode === 'dead' ? 'disk dies' : 'step of the disk fails');
  return failFiles(root, step, mode);
}

/** Only what is told of it is lost when the end of a process fails. */
export function toleratingClose(adapter: DmsAdapter): DmsAdapter {
  return { ...adapter, close: () => adapter.close().catch(() => undefined) };
}

/**
 * What another system finds that reads the indices: key → digests. Judged without the adapter.
 * @throws Error when something lies there that no index tells, or is told and does not lie there, or is told twice
 */
export function toldIn(root: string): ReadonlyMap<string, string> {
  const left = ['staging', 'locks', 'dirty', 'runs'].flatMap((name) => filesIn(join(root, '.scanlot', name)));
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
  const files = filesIn(root).filter((path) => !path.startsWith('.scanlot/'));
  const isIndex = (path: string) => /(^|\/)index[^/]*\.(csv|json|xml)$/.test(path);
  const rows = files.filter(isIndex).flatMap((index) =>
    rowsOf(join(root, index)).map(({ path, ...row }) => ({
      ...row,
      path: relative('.', join(dirname(index), path)),
    })),
  );
  const told = rows.map(({ path }) => path).sort();
  const lying = files.filter((path) => !isIndex(path)).sort();
  if (JSON.stringify(told) !== JSON.stringify(lying)) throw new Error(`told: ${told}\nlying there: ${lying}`);
  const lines = new Map<string, string[]>();
  for (const { key, name, path } of rows) {
    lines.set(key, [...(lines.get(key) ?? []), `${name} ${digest(join(root, path))}`]);
  }
  return new Map([...lines].map(([key, own]) => [key, own.sort().join('\n')]));
}

interface Row {
  readonly key: string;
  readonly path: string;
  readonly name: string;
}

function rowsOf(index: string): readonly Row[] {
  const source = readFileSync(index, 'utf8');
  if (index.endsWith('.csv')) return parse(source, { bom: true, delimiter: ';', columns: true });
  if (index.endsWith('.json')) return JSON.parse(source);
  return [...source.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row = '']) => {
    const value = (name: string) => new RegExp(`<value name="${name}">(.*?)</value>`, 's').exec(row)?.[1] ?? '';
    return { key: value('key'), path: value('path'), name: value('name') };
  });
}

/** Without the temporary files of this process, which are swept away when it has ended. */
function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.includes(`.${process.pid}.`))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
