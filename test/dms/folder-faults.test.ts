import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DmsAdapter, NewObject } from '../../src/dms/adapter.ts';
import { createFolderAdapter } from '../../src/dms/folder/adapter.ts';
import type { IndexSettings } from '../../src/dms/folder/settings.ts';
import { failFiles } from '../support/faulty-files.ts';
import { fileOf, writeDocuments } from './documents.ts';

let folder: string;
let root: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-folder-faults-'));
  root = join(folder, 'tree');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const columns = { key: 'key', folder: 'folder', replaces: 'replaces' };
const open = (index: IndexSettings): DmsAdapter =>
  createFolderAdapter({
    settings: { type: 'folder', path: root, index: { columns, encoding: 'utf-8', rows: 'file', ...index } },
  });

async function file(key: string, content = key): Promise<NewObject> {
  return fileOf(key, await writeDocuments(join(folder, 'accepted', key), { 'a.pdf': content }), { batch: 'B 1' });
}

/** A process that corrects A 1, stores A 2 and withdraws A 3, as an import does: what is there already is found. */
async function work(index: IndexSettings, corrected: NewObject, added: NewObject, removed: string): Promise<void> {
  const adapter = open(index);
  try {
    await adapter.settle?.();
    const first = await adapter.lookUp('A 1');
    if (adapter.capabilities.update) await adapter.update(first?.id ?? '', corrected);
    if (!(await adapter.lookUp('A 2'))) await adapter.create(added);
    await adapter.remove(removed, { reason: 'test' });
  } finally {
    await adapter.close();
  }
}

const settings: readonly IndexSettings[] = [
  { per: 'object' },
  { per: 'batch' },
  { per: 'run' },
  { per: 'batch', format: 'none' },
];
/** Every ninth step, so that the tests stay quick; with 1 it is every single one. */
const stride = 9;

it.each(settings.flatMap((index) => (['dead', 'once'] as const).map((mode) => ({ index, mode }))))(
  'is complete with all it tells after a disk failed at any step and the import was run again: $index $mode',
  async ({ index, mode }) => {
    const before = open(index);
    await before.create(await file('A 1'));
    const { id: removed } = await before.create(await file('A 3'));
    await before.close();
    const template = join(folder, 'template');
    cpSync(root, template, { recursive: true });
    const [corrected, added] = [await file('A 1', 'better'), await file('A 2')];
    for (let step = mode === 'dead' ? 0 : 1; ; step += stride) {
      rmSync(root, { recursive: true });
      cpSync(template, root, { recursive: true });
      const disk = failFiles(root, step, mode);
      const isDone = await work(index, corrected, added, removed).then(
        () => disk.steps <= step,
        () => false,
      );
      disk.restore();
      const why = `step ${step}`;
      await work(index, corrected, added, removed);
      expectComplete(index, why);
      const settled = content();
      const idle = open(index);
      await idle.settle?.();
      await idle.close();
      expect(content(), why).toEqual(settled);
      if (isDone) break;
      expect(step).toBeLessThan(300);
    }
  },
  120_000,
);

/** Judged without the adapter. */
function expectComplete(index: IndexSettings, why: string): void {
  const state = join(root, '.scanlot');
  const left = ['staging', 'locks', 'dirty', 'runs'].flatMap((name) => readdirSync(join(state, name)));
  // A process that really ended would have another number: only then are these swept away.
  expect(
    left.filter((name) => !name.endsWith('.tmp')),
    why,
  ).toEqual([]);
  const canCorrect = index.format !== 'none';
  const folders = readdirSync(root)
    .filter((name) => name !== '.scanlot' && !name.includes('index'))
    .sort();
  expect(folders, why).toEqual(canCorrect ? ['A 1', 'A 1~2', 'A 2'] : ['A 1', 'A 2']);
  expect(readdirSync(join(state, 'places')), why).toHaveLength(folders.length);
  expect(
    readdirSync(join(state, 'files')).filter((name) => !name.endsWith('.tmp')),
    why,
  ).toHaveLength(2);
  for (const [name, bytes] of Object.entries({
    'A 1': 'A 1',
    'A 2': 'A 2',
    ...(canCorrect ? { 'A 1~2': 'better' } : {}),
  })) {
    expect(readFileSync(join(root, name, 'a.pdf'), 'utf8'), why).toBe(bytes);
  }
  const indices = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(^|\/)index[^/]*$/.test(name),
  );
  const told = indices.flatMap((name) =>
    readFileSync(join(root, name), 'utf8')
      .split('\r\n')
      .slice(1, -1)
      .map((row) => (index.per === 'object' ? `${name.split('/')[0]}: ${row}` : row)),
  );
  const expected: Readonly<Record<string, readonly string[]>> = {
    object: ['A 1: A 1;.;', 'A 1~2: A 1;.;../A 1', 'A 2: A 2;.;'],
    batch: ['A 1;A 1~2;A 1', 'A 2;A 2;'],
    run: ['A 1;A 1;', 'A 1;A 1~2;A 1', 'A 2;A 2;'],
  };
  expect(told.sort(), why).toEqual(canCorrect ? expected[index.per ?? 'object'] : []);
}

/** Path → hash of everything in the tree but what is left of writing. */
function content(): Readonly<Record<string, string>> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).filter((path) => !path.endsWith('.tmp'));
  return Object.fromEntries(
    paths.map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')] as const),
  );
}
