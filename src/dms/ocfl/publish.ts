import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasErrorCode } from '../errors.ts';
import type { FileOperations } from './file-operations.ts';
import { together } from './together.ts';

/** How often to begin again when folders vanish. */
const attempts = 5;

/**
 * Moves a finished object into the storage root with one rename. The topmost folder that the root does not have yet is
 * what is moved: thus there is never an empty folder in the root (OCFL 1.1 section 4.1), whatever happens when.
 * @param built the folder that holds the object under `folders`, as the root shall
 * @returns false when the root already has an object there
 */
export async function publish(
  built: string,
  root: string,
  folders: readonly string[],
  disk: FileOperations,
): Promise<boolean> {
  await together(folders.slice(1).map((_, depth) => disk.syncFolder(join(built, ...folders.slice(0, depth + 1)))));
  for (let attempt = 1; ; attempt++) {
    try {
      return await moveIn(built, root, folders, disk);
    } catch (error) {
      // Whoever removed another object has taken away a folder between two looks at it.
      if (attempt === attempts || !hasErrorCode(error, 'ENOENT') || !(await isFolder(root))) throw error;
    }
  }
}

async function moveIn(built: string, root: string, folders: readonly string[], disk: FileOperations): Promise<boolean> {
  for (let depth = 1; depth <= folders.length; depth++) {
    const path = folders.slice(0, depth);
    const target = join(root, ...path);
    try {
      await disk.rename(join(built, ...path), target);
    } catch (error) {
      // Systems differ in what they say of an occupied target.
      if (!hasErrorCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES') || !(await isFolder(target))) throw error;
      continue;
    }
    await disk.syncFolder(dirname(target));
    return true;
  }
  return false;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
}
