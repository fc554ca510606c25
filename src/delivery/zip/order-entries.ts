import { readListedPath } from '../listed-path.ts';
import type { PackageEntry } from '../package-reader.ts';

/**
 * Puts entries into the order in which a directory is listed: what lies in a folder by the bytes of its name, then the
 * folders below, one after the other. Folders that only the paths of others tell of are added.
 */
export function orderEntries(entries: readonly PackageEntry[]): PackageEntry[] {
  const below = new Map<string, PackageEntry[]>([['', []]]);
  const known = new Set(entries.map(({ path }) => path));
  for (const entry of entries) {
    put(below, entry);
    for (let folder = folderOf(entry); folder !== '' && !known.has(folder); folder = parentOf(folder)) {
      known.add(folder);
      put(below, { path: folder, kind: 'folder', size: 0, stamp: 0 });
    }
  }
  const ordered: PackageEntry[] = [];
  const open = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const within = (below.get(folder) ?? []).sort(byName);
    for (const entry of within) ordered.push(entry);
    // Whatever its kind: a file that others lie below is told, and they are listed all the same.
    for (const { path } of within.toReversed()) if (below.has(path)) open.push(path);
  }
  return ordered;
}

/** Files that other entries lie below: no disk can hold both. */
export function filesTakenForFolders(entries: Iterable<PackageEntry>): string[] {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const { path, kind } of entries) if (kind !== 'folder') files.add(path);
  for (const entry of entries) {
    for (let folder = folderOf(entry); folder !== '' && !folders.has(folder); folder = parentOf(folder)) {
      folders.add(folder);
    }
  }
  return [...files].filter((path) => folders.has(path));
}

function put(below: Map<string, PackageEntry[]>, entry: PackageEntry): void {
  const folder = folderOf(entry);
  const list = below.get(folder);
  if (list) list.push(entry);
  else below.set(folder, [entry]);
}

/** Where an entry is listed; one whose path leads out of the package, in the top folder. */
function folderOf({ path, kind }: PackageEntry): string {
  return kind === 'refused' && 'unsafe' in readListedPath(path) ? '' : parentOf(path);
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** UTF-16 sorts as UTF-8 does but for what lies behind the surrogates. */
const beyond = /[\ud800-\uffff]/;

function byName({ path: one }: PackageEntry, { path: other }: PackageEntry): number {
  if (beyond.test(one) || beyond.test(other)) return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return one < other ? -1 : one > other ? 1 : 0;
}
