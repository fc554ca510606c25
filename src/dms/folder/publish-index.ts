import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { pathSegment } from '../cmis/names.ts';
import { hasErrorCode } from '../errors.ts';
import { writeIndex } from './index-format.ts';
import { indexTable } from './index-rows.ts';
import { type FolderRecord, handOversOf } from './record.ts';
import { exists, fixedFolder, removeEmpty, settledRecords, type Tree } from './tree.ts';

/** Brings the indices of batches and runs up to their files; also those that an ended process left behind. */
export async function publishIndices(tree: Tree): Promise<void> {
  if (tree.index.format === 'none') return;
  if (tree.index.per === 'batch') await publishDirty(tree, rewriteBatch);
  if (tree.index.per === 'run') await tree.locked('run', undefined, () => publishRun(tree));
}

/** @param rewrite writes the index of a batch or run anew, by its name */
async function publishDirty(tree: Tree, rewrite: (tree: Tree, name: string) => Promise<void>): Promise<void> {
  const folder = tree.state('dirty');
  const marks = (await readdir(folder)).filter((name) => /^[0-9a-f]{64}(\.working)?$/.test(name));
  for (const name of new Set(marks.map((mark) => mark.replace('.working', '')))) {
    await tree.locked(`index ${name}`, undefined, () => publishMarked(tree, join(folder, name), rewrite));
  }
}

async function publishMarked(
  tree: Tree,
  mark: string,
  rewrite: (tree: Tree, name: string) => Promise<void>,
): Promise<void> {
  const working = `${mark}.working`;
  try {
    // Whoever stores from now on marks anew.
    await rename(mark, working);
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
  }
  let name: string;
  try {
    name = await readFile(working, 'utf8');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return;
    throw error;
  }
  await rewrite(tree, name);
  await rm(working, { force: true });
}

async function rewriteBatch(tree: Tree, batch: string): Promise<void> {
  const records = (await settledRecords(tree)).filter((one) => one.batch === batch);
  await putIndex(tree, batch === '' ? tree.index.name : `${tree.index.name}-${pathSegment(batch)}`, records);
}

/** Without the files that were removed since; an index that the other system has taken away is not made again. */
async function rewriteRun(tree: Tree, name: string): Promise<void> {
  const told = (await handOvers(tree)).filter(({ run }) => run === name);
  if (await exists(indexPath(tree, name))) await putIndex(tree, name, told);
}

/** A hand-over that an index of a run will tell, and those that earlier versions wrote down: keys. */
type Announced = { readonly key: string; readonly place: string } | string;

/**
 * Tells the hand-overs that are in no index yet in a new one. Which they are is written down first: interrupted, the same
 * index is written again, under the same name.
 */
async function publishRun(tree: Tree): Promise<void> {
  const folder = tree.state('runs');
  for (const file of (await readdir(folder)).filter((name) => /^[^.].*\.json$/.test(name))) {
    const announced: readonly Announced[] = JSON.parse(await readFile(join(folder, file), 'utf8'));
    const all = await handOvers(tree);
    const told = all.filter((one) => announced.some((each) => isAnnounced(each, one)));
    await finishRun(tree, file.slice(0, -'.json'.length), told);
  }
  await publishDirty(tree, rewriteRun);
  const all = await handOvers(tree);
  const fresh = all.filter(({ run }) => run === null);
  if (fresh.length === 0) return;
  const name = await newRunName(tree, new Set(all.map(({ run }) => run)));
  const announced: readonly Announced[] = fresh.map(({ key, place }) => ({ key, place }));
  await writeFileAtomically(join(folder, `${name}.json`), JSON.stringify(announced));
  await finishRun(tree, name, fresh);
}

/** All hand-overs, by key and then the oldest first: a correction may come before what it replaces was told. */
async function handOvers(tree: Tree): Promise<readonly FolderRecord[]> {
  return (await settledRecords(tree)).flatMap(handOversOf);
}

function isAnnounced(announced: Announced, { key, place }: FolderRecord): boolean {
  return typeof announced === 'string' ? announced === key : announced.key === key && announced.place === place;
}

/** Clocks are set back at times. */
async function newRunName(tree: Tree, taken: ReadonlySet<string | null>): Promise<string> {
  const first = `${tree.index.name}-${new Date().toISOString().replaceAll(/[:.]/g, '')}`;
  for (let number = 1; ; number++) {
    const name = number === 1 ? first : `${first}-${number}`;
    if (!taken.has(name) && !(await exists(indexPath(tree, name)))) return name;
  }
}

async function finishRun(tree: Tree, name: string, told: readonly FolderRecord[]): Promise<void> {
  await putIndex(tree, name, told);
  for (const { key, place } of told) {
    await tree.locked(key, undefined, async () => {
      const record = await tree.records.read(key);
      if (record?.state === 'published') await tree.records.write(toldIn(name, place, record));
    });
  }
  await rm(join(tree.state('runs'), `${name}.json`), { force: true });
}

function toldIn(run: string, place: string, record: FolderRecord): FolderRecord {
  if (record.place === place) return { ...record, run };
  return { ...record, earlier: record.earlier.map((one) => (one.place === place ? { ...one, run } : one)) };
}

/** An index of nothing is none. */
async function putIndex(tree: Tree, name: string, records: readonly FolderRecord[]): Promise<void> {
  const { root, index, disk } = tree;
  const from = fixedFolder(tree);
  const path = indexPath(tree, name);
  if (records.length === 0) {
    await rm(path, { force: true });
    await removeEmpty(root, from, disk);
    return;
  }
  await disk.makeFolder(join(root, ...from));
  await writeFileAtomically(path, writeIndex(indexTable(records, index, from.join('/')), index));
}

function indexPath(tree: Tree, name: string): string {
  return join(tree.root, ...fixedFolder(tree), `${name}.${tree.index.format}`);
}
