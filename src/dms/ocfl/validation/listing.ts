import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode } from '../../errors.ts';
import type { Report } from './report.ts';

/** What lies in one folder. */
export interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Lists a folder, sorted. Links and special files are reported and left out (section 4.6).
 * @param path from the root, for the report
 * @returns undefined when there is no such folder
 */
export async function listFolder(root: string, path: string, report: Report): Promise<Listing | undefined> {
  let entries: Awaited<ReturnType<typeof readEntries>>;
  try {
    entries = await readEntries(join(root, path));
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
  const files: string[] = [];
  const folders: string[] = [];
  for (const entry of entries) {
    if (entry.isFile()) files.push(entry.name);
    else if (entry.isDirectory()) folders.push(entry.name);
    else report.add('E090', below(path, entry.name));
  }
  return { files: files.sort(), folders: folders.sort() };
}

function readEntries(folder: string) {
  return readdir(folder, { withFileTypes: true });
}

/** All files below a folder, as paths from the root; empty folders are reported (section 3.3.1). */
export async function listTree(root: string, path: string, report: Report): Promise<readonly string[]> {
  const found: string[] = [];
  const waiting = [path];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const listing = await listFolder(root, folder, report);
    if (!listing) continue;
    if (folder !== path && listing.files.length + listing.folders.length === 0) report.add('E024', folder);
    for (const file of listing.files) found.push(below(folder, file));
    for (const inner of listing.folders) waiting.push(below(folder, inner));
  }
  return found;
}

export function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
