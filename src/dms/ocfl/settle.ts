import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileOperations } from './file-operations.ts';
import { namesIn } from './names-in.ts';
import type { Staging } from './staging.ts';
import { readInventoryFile } from './validation/inventory-file.ts';
import { isError, Report } from './validation/report.ts';
import { writeFile } from './write-file.ts';

/**
 * Completes an object whose newest version was published while its inventory is still that of an earlier one. A version
 * appears by one rename, and counts from then on; the copy of its inventory in the object root (OCFL 1.1 section 3.1) and
 * the digest beside it follow, each by a rename. Whoever finds an object between these steps makes them, with the same
 * bytes: it does not matter who, nor how often. Anything else that is wrong with an object is left as it is.
 * @returns whether there was something to complete
 */
export async function settle(objectRoot: string, staging: Staging, disk: FileOperations): Promise<boolean> {
  const versions = versionsIn(namesIn(objectRoot) ?? []);
  const newest = versions.at(-1);
  if (newest === undefined || versions.length < 2) return false;
  const sidecar = soundSidecar(objectRoot, newest);
  if (sidecar === undefined) return false;
  const behind: string[] = [];
  for (const name of ['inventory.json', sidecar]) {
    const of = versionOf(objectRoot, name, versions);
    if (of === undefined) return false;
    if (of !== newest) behind.push(name);
  }
  if (behind.length === 0) return false;
  await copyUp(objectRoot, newest, behind, staging, disk);
  return true;
}

/** Puts files of a version in the place of those in the object root. */
async function copyUp(
  objectRoot: string,
  version: string,
  names: readonly string[],
  staging: Staging,
  disk: FileOperations,
): Promise<void> {
  const folder = await staging.claim();
  try {
    for (const name of names) {
      await writeFile(join(folder, name), readFileSync(join(objectRoot, version, name)), disk);
      await disk.rename(join(folder, name), join(objectRoot, name));
    }
    await disk.syncFolder(objectRoot);
  } finally {
    await staging.release(folder);
  }
}

/** "v1", "v2", … in their order. */
function versionsIn(names: readonly string[]): readonly string[] {
  return names
    .filter((name) => /^v\d{1,9}$/.test(name))
    .sort((one, other) => Number(one.slice(1)) - Number(other.slice(1)));
}

/** @returns the name of the digest file; undefined when the version's inventory is not a sound one of this version */
function soundSidecar(objectRoot: string, version: string): string | undefined {
  const report = new Report();
  const names = namesIn(join(objectRoot, version)) ?? [];
  if (!names.includes('inventory.json')) return undefined;
  const file = readInventoryFile(objectRoot, version, names, '1.1', report);
  const isSound = file?.inventory.head === version && !report.problems.some(({ code }) => isError(code));
  return isSound ? `inventory.json.${file.inventory.algorithm}` : undefined;
}

/** The newest version whose file of this name is the one in the object root. */
function versionOf(objectRoot: string, name: string, versions: readonly string[]): string | undefined {
  const bytes = readFileSync(join(objectRoot, name));
  for (const version of [...versions].reverse()) {
    const names = namesIn(join(objectRoot, version)) ?? [];
    if (names.includes(name) && bytes.equals(readFileSync(join(objectRoot, version, name)))) return version;
  }
  return undefined;
}
