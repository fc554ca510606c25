import { fileKey } from '../custody/reference.ts';
import type { EntryIndex } from '../delivery/entry-index.ts';
import type { ManifestRow } from '../delivery/manifest.ts';
import type { PackageEntry } from '../delivery/package-reader.ts';
import { type LoadedProfile, namingField } from '../delivery/profile.ts';

/** A row that claims documents of an earlier row. They stay with the earlier one: every document belongs to one row. */
export interface Overlap {
  readonly row: ManifestRow;
  readonly first: ManifestRow;
  readonly documents: number;
}

/** The documents of rows that stand for a whole file (Akte). */
export interface FileRows {
  /** By the place of the row among the rows. */
  readonly documents: ReadonlyMap<number, readonly PackageEntry[]>;
  readonly overlaps: readonly Overlap[];
}

/**
 * Finds the documents of each row: those in the folder that it names, at any depth, or those whose paths name its
 * reference. undefined where a row stands for one document.
 */
export function findFileRows(
  profile: LoadedProfile,
  index: EntryIndex,
  rows: Iterable<ManifestRow>,
): FileRows | undefined {
  if (profile.source.manifest?.rows !== 'file') return undefined;
  const find = namingField(profile) === 'path' ? byFolder(profile, index) : byReference(profile, index);
  const owners = new Map<PackageEntry, ManifestRow>();
  const documents = new Map<number, readonly PackageEntry[]>();
  const overlaps: Overlap[] = [];
  for (const row of rows) {
    if (row.broken) continue;
    const found = find(row);
    const owned = found.filter((entry) => !owners.has(entry));
    const shared = found.find((entry) => owners.has(entry));
    const first = shared && owners.get(shared);
    if (first) overlaps.push({ row, first, documents: found.length - owned.length });
    for (const entry of owned) owners.set(entry, row);
    documents.set(row.index, owned);
  }
  return { documents, overlaps };
}

type Find = (row: ManifestRow) => readonly PackageEntry[];

const none: readonly PackageEntry[] = [];

/** A row may also name the one document that its file consists of. */
function byFolder(profile: LoadedProfile, index: EntryIndex): Find {
  const inFolder = new Map<string, PackageEntry[]>();
  for (const entry of documentEntries(profile, index)) {
    const path = entry.path.normalize('NFC');
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      add(inFolder, path.slice(0, end), entry);
    }
  }
  return ({ path, entry }) => (entry ? [entry] : (inFolder.get(path.normalize('NFC')) ?? none));
}

/** By reference and volume, where the layout names volumes. */
function byReference(profile: LoadedProfile, index: EntryIndex): Find {
  const named = new Map<string, PackageEntry[]>();
  const hasVolumes = profile.groups.includes('volume');
  const keyOf = (reference: string, volume = '') => fileKey({ reference, volume: hasVolumes ? volume : '' });
  for (const entry of documentEntries(profile, index)) {
    const names = profile.namesOf(entry.path);
    if (names?.reference !== undefined) add(named, keyOf(names.reference, names.volume), entry);
  }
  return ({ values: { reference = '', volume } }) => named.get(keyOf(reference, volume)) ?? none;
}

function* documentEntries(profile: LoadedProfile, { entries }: EntryIndex): Iterable<PackageEntry> {
  for (const entry of entries) {
    if (entry.kind === 'file' && !entry.undecodable && profile.roleOf(entry.path) === 'document') yield entry;
  }
}

function add(groups: Map<string, PackageEntry[]>, key: string, entry: PackageEntry): void {
  const group = groups.get(key);
  if (group) group.push(entry);
  else groups.set(key, [entry]);
}
