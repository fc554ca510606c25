import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { removeLeftTemporaries } from '../../shared/atomic-file.ts';
import { pathSegment } from '../cmis/names.ts';
import { hasErrorCode } from '../errors.ts';
import type { FileOperations } from '../ocfl/file-operations.ts';
import { createStaging, type Staging } from '../ocfl/staging.ts';
import { sweepLocks, withLock } from './key-lock.ts';
import { markDirty } from './mark-dirty.ts';
import { stateFolder } from './object-plan.ts';
import { beforeCorrection, createRecords, type FolderRecord, fingerprint, placesOf, type Records } from './record.ts';
import { type FolderSettings, type FullIndexSettings, usualIndex } from './settings.ts';

/** The tree into which files are laid, and what is kept beside them in its state folder. */
export interface Tree {
  readonly root: string;
  /** Path below the root for the files, as the settings say. */
  readonly folder: string;
  readonly index: FullIndexSettings;
  readonly records: Records;
  /** Where files are built, on the same file system. */
  readonly staging: Staging;
  readonly disk: FileOperations;
  /** Path of a state folder. */
  state(name: 'dirty' | 'runs'): string;
  /** Lets one at a time work on a file, or on an index. */
  locked<Result>(name: string, signal: AbortSignal | undefined, action: () => Promise<Result>): Promise<Result>;
}

const stateFolders = ['files', 'places', 'locks', 'staging', 'dirty', 'runs'] as const;

export function describeTree({ path, folder = '', index }: FolderSettings, disk: FileOperations): Tree {
  const state = join(path, stateFolder);
  return {
    root: path,
    folder,
    index: { ...usualIndex, ...index },
    records: createRecords(state),
    staging: createStaging(join(state, 'staging'), disk),
    disk,
    state: (name) => join(state, name),
    locked: (name, signal, action) => withLock(join(state, 'locks'), name, signal, action),
  };
}

/** Makes the state folders, and takes away what ended processes left behind. */
export async function prepareTree(tree: Tree): Promise<void> {
  const { root, staging, disk } = tree;
  for (const name of stateFolders) await disk.makeFolder(join(root, stateFolder, name));
  await staging.sweep(async () => {});
  await sweepLocks(join(root, stateFolder, 'locks'));
  for (const name of ['files', 'dirty', 'runs']) await removeLeftTemporaries(join(root, stateFolder, name));
  const indices = join(root, ...fixedFolder(tree));
  if (await exists(indices)) await removeLeftTemporaries(indices);
}

/** The folders of the settings up to the first that depends on the file: there the indices lie. */
export function fixedFolder({ folder }: Pick<Tree, 'folder'>): readonly string[] {
  const segments = folder.split('/').filter((segment) => segment !== '');
  const varying = segments.findIndex((segment) => segment.includes('{'));
  return (varying < 0 ? segments : segments.slice(0, varying)).map(pathSegment);
}

export function placeOf({ root }: Tree, { place }: Pick<FolderRecord, 'place'>): string {
  return join(root, ...place.split('/'));
}

export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

/** The file of a key as it stands, without changing anything; undefined when it is not in its place. */
export async function findRecord(tree: Tree, key: string): Promise<FolderRecord | undefined> {
  const record = await tree.records.read(key);
  if (!record || record.state === 'removing') return undefined;
  return record.state === 'published' || (await isInPlace(tree, record)) ? record : beforeCorrection(record);
}

/** Its folder appears by one renaming, after the place was given to its key: being there, it is whole. */
async function isInPlace(tree: Tree, record: FolderRecord): Promise<boolean> {
  return (await tree.records.keyAt(record.place)) === record.key && (await exists(placeOf(tree, record)));
}

/** As `findRecord`, and completes what an ended process began. The caller holds the lock of the key. */
export async function settleRecord(tree: Tree, key: string): Promise<FolderRecord | undefined> {
  const record = await tree.records.read(key);
  if (!record || record.state === 'published') return record;
  await markDirty(tree, record);
  if (record.state === 'removing') {
    await takeAway(tree, record);
    return undefined;
  }
  if (!(await isInPlace(tree, record))) return giveUp(tree, record);
  const published: FolderRecord = { ...record, state: 'published' };
  await tree.records.write(published);
  return published;
}

/** All files as they stand, after what ended processes began was completed, and what others do just now was waited for. */
export async function settledRecords(tree: Tree): Promise<readonly FolderRecord[]> {
  const settled: FolderRecord[] = [];
  for (const record of await tree.records.all()) {
    const { key, state } = record;
    const now = state === 'published' ? record : await tree.locked(key, undefined, async () => settleRecord(tree, key));
    if (now) settled.push(now);
  }
  return settled;
}

/** Of an intended file nothing is in its place: what was there before it stands. */
export async function giveUp({ records }: Tree, record: FolderRecord): Promise<FolderRecord | undefined> {
  const before = beforeCorrection(record);
  if (!before) {
    await records.remove(record);
    return undefined;
  }
  await records.free(record.place, record.key);
  await records.write(before);
  return before;
}

/** Takes a file out of the tree with all its hand-overs: each folder goes by one renaming, then what is known of it. */
export async function takeAway(tree: Tree, record: FolderRecord): Promise<void> {
  for (const place of placesOf(record)) await takeFolderAway(tree, place, record.key);
  await tree.records.remove(record);
}

async function takeFolderAway(tree: Tree, place: string, key: string): Promise<void> {
  const { staging, disk, root, records } = tree;
  // Taken away before; by now another file may have the place.
  if ((await records.keyAt(place)) !== key) return;
  const path = placeOf(tree, { place });
  const aside = await staging.removal([fingerprint(key)]);
  try {
    await disk.rename(path, aside);
    await disk.syncFolder(dirname(path));
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
  }
  await removeEmpty(root, place.split('/').slice(0, -1), disk);
  await disk.removeTree(aside);
}

/** Removes the folders above a file that hold nothing more. */
export async function removeEmpty(root: string, folders: readonly string[], disk: FileOperations): Promise<void> {
  for (let depth = folders.length; depth > 0; depth--) {
    try {
      await disk.removeFolder(join(root, ...folders.slice(0, depth)));
    } catch (error) {
      if (hasErrorCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM')) return;
      if (!hasErrorCode(error, 'ENOENT')) throw error;
    }
  }
}
