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
  /** The entry that a listed path means; undefined when there is none, or when it could mean several. */
  find(listed: string): EntryMatch | undefined;
}

/** Indexes entries by path: as stored, in Unicode NFC, and, only once it is needed, regardless of letter case. */
export function indexEntries(entries: readonly PackageEntry[]): EntryIndex {
  const stored = new Map<string, PackageEntry>();
  const composed = new Map<string, PackageEntry>();
  for (const entry of entries) {
    if (entry.kind === 'folder') continue;
    stored.set(entry.path, entry);
    const nfc = entry.path.normalize('NFC');
    if (nfc !== entry.path) composed.set(nfc, entry);
  }
  let folded: Map<string, PackageEntry | 'several'> | undefined;
  const findFolded = (listed: string): PackageEntry | undefined => {
    folded ??= foldAll(stored.values());
    const found = folded.get(fold(listed));
    return found === 'several' ? undefined : found;
  };
  return {
    entries,
    find(listed) {
      const nfc = listed.normalize('NFC');
      const same = stored.get(listed) ?? stored.get(nfc) ?? composed.get(nfc);
      if (same) return { entry: same, caseDiffers: false };
      const similar = findFolded(listed);
      return similar && { entry: similar, caseDiffers: true };
    },
  };
}

function foldAll(entries: Iterable<PackageEntry>): Map<string, PackageEntry | 'several'> {
  const folded = new Map<string, PackageEntry | 'several'>();
  for (const entry of entries) {
    const key = fold(entry.path);
    folded.set(key, folded.has(key) ? 'several' : entry);
  }
  return folded;
}
