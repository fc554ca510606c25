import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { pathSegment } from '../cmis/names.ts';
import { hasErrorCode } from '../errors.ts';
import { writeIndex } from './index-format.ts';
import { indexTable } from './index-rows.ts';
import { type FolderRecord, fingerprint } from './record.ts';
import { removeEmpty, type Tree } from './tree.ts';

/** Remembers that the index of a batch is behind its files; before any of them comes or goes. */
export async function markDirty({ index, state }: Tree, batch: string): Promise<void> {
  if (index.per === 'batch') await writeFileAtomically(join(state('dirty'), fingerprint(batch)), batch);
}

/** Brings the indices of batches and runs up to their files; also those that an ended process left behind. */
export async function publishIndices(tree: Tree): Promise<void> {
  if (tree.index.format === 'none') return;
  if (tree.index.per === 'batch') await publishBatches(tree);
  if (tree.index.per === 'run') await tree.locked('run', undefined, () => publishRun(tree));
}

async function publishBatches(tree: Tree): Promise<void> {
  const folder = tree.state('dirty');
  const marks = (await readdir(folder)).filter((name) => /^[0-9a-f]{64}(\.working)?$/.test(name));
  for (const name of new Set(marks.map((mark) => mark.replace('.working', '')))) {
    await tree.locked(`index ${name}`, undefined, () => publishBatch(tree, join(folder, name)));
  }
}

async function publishBatch(tree: Tree, mark: string): Promise<void> {
  const working = `${mark}.working`;
  try {
    // Whoever stores from now on marks anew.
    await rename(mark, working);
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
  }
  let batch: string;
  try {
    batch = await readFile(working, 'utf8');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return;
    throw error;
  }
  const records = (await tree.records.all()).filter((one) => one.state === 'published' && one.batch === batch);
  await putIndex(tree, batch === '' ? tree.index.name : `${tree.index.name}-${pathSegment(batch)}`, records);
  await rm(working, { force: true });
}

/**
 * Tells the files that are in no index yet in a new one. Which they are is written down first: interrupted, the same
 * index is written again, under the same name.
 */
async function publishRun(tree: Tree): Promise<void> {
  const folder = tree.state('runs');
  const all = (await tree.records.all()).filter(({ state }) => state === 'published');
  for (const file of (await readdir(folder)).filter((name) => /^[^.].*\.json$/.test(name))) {
    const keys = new Set(JSON.parse(await readFile(join(folder, file), 'utf8')) as readonly string[]);
    await finishRun(
      tree,
      file.slice(0, -'.json'.length),
      all.filter(({ key }) => keys.has(key)),
    );
  }
  const fresh = (await tree.records.all()).filter(({ state, run }) => state === 'published' && run === null);
  if (fresh.length === 0) return;
  const name = `${tree.index.name}-${new Date().toISOString().replaceAll(/[:.]/g, '')}`;
  await writeFileAtomically(join(folder, `${name}.json`), JSON.stringify(fresh.map(({ key }) => key)));
  await finishRun(tree, name, fresh);
}

async function finishRun(tree: Tree, name: string, records: readonly FolderRecord[]): Promise<void> {
  await putIndex(tree, name, records);
  for (const { key } of records) {
    await tree.locked(key, undefined, async () => {
      const record = await tree.records.read(key);
      if (record?.state === 'published') await tree.records.write({ ...record, run: name });
    });
  }
  await rm(join(tree.state('runs'), `${name}.json`), { force: true });
}

/** An index of nothing is none. */
async function putIndex(tree: Tree, name: string, records: readonly FolderRecord[]): Promise<void> {
  const { root, index, disk } = tree;
  const from = fixedFolder(tree);
  const path = join(root, ...from, `${name}.${index.format}`);
  if (records.length === 0) {
    await rm(path, { force: true });
    await removeEmpty(root, from, disk);
    return;
  }
  await disk.makeFolder(join(root, ...from));
  await writeFileAtomically(path, writeIndex(indexTable(records, index, from.join('/')), index));
}

/** The folders of the settings up to the first that depends on the file: there the indices lie. */
function fixedFolder({ folder }: Tree): readonly string[] {
  const segments = folder.split('/').filter((segment) => segment !== '');
  const varying = segments.findIndex((segment) => segment.includes('{'));
  return (varying < 0 ? segments : segments.slice(0, varying)).map(pathSegment);
}
