import { dirname, join } from 'node:path';
import { hasErrorCode } from '../errors.ts';
import type { FileOperations } from './file-operations.ts';
import { objectFolders } from './layout.ts';
import type { Store } from './store.ts';

/**
 * Removes a whole object. OCFL knows no deletion; an object that is not there is one that never was. It leaves the root
 * by one rename, so that nobody sees half of it; then the folders above it go that hold nothing more, because a root has
 * no empty ones (OCFL 1.1 section 4.1), and at last its bytes. What an ended process left of this, the next sweep or the
 * next call completes.
 */
export async function removeObject({ root, staging, disk }: Store, id: string): Promise<void> {
  const folders = objectFolders(id);
  const aside = await staging.removal(folders);
  try {
    await disk.rename(join(root, ...folders), aside);
    await syncIfThere(dirname(join(root, ...folders)), disk);
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
  }
  await removeEmptyFolders(root, folders, disk);
  await disk.removeTree(aside);
}

/** Removes the folders above an object that hold nothing; one that is being filled by somebody else stays. */
export async function removeEmptyFolders(
  root: string,
  folders: readonly string[],
  disk: FileOperations,
): Promise<void> {
  for (let depth = folders.length - 1; depth > 0; depth--) {
    try {
      await disk.removeFolder(join(root, ...folders.slice(0, depth)));
    } catch (error) {
      if (hasErrorCode(error, 'ENOENT')) continue;
      if (hasErrorCode(error, 'ENOTEMPTY', 'EEXIST')) return;
      throw error;
    }
    await syncIfThere(join(root, ...folders.slice(0, depth - 1)), disk);
  }
}

async function syncIfThere(folder: string, disk: FileOperations): Promise<void> {
  try {
    await disk.syncFolder(folder);
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
  }
}
