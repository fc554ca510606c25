import { IntColumn } from '../shared/columns/numbers.ts';
import { TextTable } from '../shared/columns/texts.ts';
import { fold } from './glob.ts';
import type { PackageEntry } from './package-reader.ts';

/** How a listed path fits an entry: letter by letter (in whatever Unicode form), or regardless of letter case only. */
export interface EntryMatch {
  readonly entry: PackageEntry;
  readonly caseDiffers: boolean;
}

/** All entries of a package, found again by the paths that manifests and checksum files write. */
export interface EntryIndex {
  readonly entries: readonly PackageEntry[];
  /** Numbers all paths that entries, manifests, checksum files and findings speak of. */
  readonly paths: TextTable;
  /** The place in `entries` of what is stored under this path, folders excepted; -1 where there is none. */
  placeOf(path: string): number;
  /** The entry that a listed path means; undefined when there is none, or when it could mean several. */
  find(listed: string): EntryMatch | undefined;
}

/**
 * Indexes entries by path: as stored, in Unicode NFC, and, only once it is needed, regardless of letter case.
 * @param paths may hold paths already
 */
export function indexEntries(entries: readonly PackageEntry[], paths = new TextTable()): EntryIndex {
  const places = new IntColumn();
  const composed = new Map<string, PackageEntry>();
  for (const [place, entry] of entries.entries()) {
    if (entry.kind === 'folder') continue;
    places.set(paths.numberOf(entry.path), place);
    const nfc = entry.path.normalize('NFC');
    if (nfc !== entry.path) composed.set(nfc, entry);
  }
  const placeOf = (path: string): number => places.get(paths.find(path));
  const stored = (path: string): PackageEntry | undefined => entries[placeOf(path)];
  let folded: Map<string, PackageEntry | 'several'> | undefined;
  const findFolded = (listed: string): PackageEntry | undefined => {
    folded ??= foldAll(entries);
    const found = folded.get(fold(listed));
    return found === 'several' ? undefined : found;
  };
  return {
    entries,
    paths,
    placeOf,
    find(listed) {
      const found = stored(listed);
      if (found) return { entry: found, caseDiffers: false };
      const nfc = listed.normalize('NFC');
      const same = stored(nfc) ?? composed.get(nfc);
      if (same) return { entry: same, caseDiffers: false };
      const similar = findFolded(listed);
      return similar && { entry: similar, caseDiffers: true };
    },
  };
}

function foldAll(entries: Iterable<PackageEntry>): Map<string, PackageEntry | 'several'> {
  const folded = new Map<string, PackageEntry | 'several'>();
  for (const entry of entries) {
    if (entry.kind === 'folder') continue;
    const key = fold(entry.path);
    folded.set(key, folded.has(key) ? 'several' : entry);
  }
  return folded;
}
