import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasErrorCode } from '../errors.ts';
import type { Store } from './store.ts';

/** A finished object outside the storage root, in the folders that the root lacks. */
export interface BuiltObject {
  /** It stands for the folder of this depth: 1 is the first below the root. Its own name does not matter. */
  readonly place: string;
  readonly depth: number;
}

/** How often to begin again when folders vanish. */
const attempts = 5;

/** How many of an object's folders, from the first below the root, have to be built: at least its own. */
export function firstMissing(root: string, folders: readonly string[]): number {
  for (let depth = 1; depth < folders.length; depth++) {
    if (!isFolder(join(root, ...folders.slice(0, depth)))) return depth;
  }
  return folders.length;
}

/**
 * Moves a finished object into the storage root with one rename. The topmost folder that the root does not have yet is
 * what is moved: thus there is never an empty folder in the root (OCFL 1.1 section 4.1), whatever happens when. Returns
 * when its name is on the disk.
 * @param built all of it is on the disk
 * @param folders from the storage root to the object
 * @returns false when the root already has an object there
 */
export async function publish(built: BuiltObject, folders: readonly string[], store: Store): Promise<boolean> {
  let whole = built;
  for (let attempt = 1; ; attempt++) {
    try {
      return await moveIn(whole, folders, store);
    } catch (error) {
      // Whoever removed another object has taken away a folder between two looks at it.
      if (attempt === attempts || !hasErrorCode(error, 'ENOENT') || !isFolder(store.root)) throw error;
      whole = await withFoldersAbove(whole, folders, store);
    }
  }
}

async function moveIn(built: BuiltObject, folders: readonly string[], store: Store): Promise<boolean> {
  const { root, disk, groupSync } = store;
  for (let depth = built.depth; depth <= folders.length; depth++) {
    const target = join(root, ...folders.slice(0, depth));
    try {
      await disk.rename(join(built.place, ...folders.slice(built.depth, depth)), target);
    } catch (error) {
      // Systems differ in what they say of an occupied target.
      if (!hasErrorCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES') || !isFolder(target)) throw error;
      continue;
    }
    await groupSync.sync({ files: [], folders: [dirname(target)] });
    return true;
  }
  return false;
}

/** The same object in all of its folders. What is wrapped around it is on the disk when its name is. */
async function withFoldersAbove(
  { place, depth }: BuiltObject,
  folders: readonly string[],
  { disk, groupSync }: Store,
): Promise<BuiltObject> {
  if (depth === 1) return { place, depth };
  const wrapped = `${place}.whole`;
  const above = folders.slice(1, depth - 1).map((_, at) => join(wrapped, ...folders.slice(1, at + 2)));
  await disk.writeTree({ folders: [wrapped, ...above], files: [] });
  await disk.rename(place, join(wrapped, ...folders.slice(1, depth)));
  await groupSync.sync({ files: [], folders: [wrapped, ...above] });
  await disk.rename(wrapped, place);
  return { place, depth: 1 };
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
