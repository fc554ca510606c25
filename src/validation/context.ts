import type { PickedFile } from '../custody/pick-list-import.ts';
import type { Bag } from '../delivery/bagit/bag.ts';
import { isDigestField } from '../delivery/columns.ts';
import type { DigestList, ListedDigest } from '../delivery/digest-list.ts';
import { isDigestOf } from '../delivery/digests.ts';
import type { EntryIndex } from '../delivery/entry-index.ts';
import type { EntryRole } from '../delivery/layout.ts';
import type { RowList } from '../delivery/manifest/row-list.ts';
import type { ManifestFile, ManifestRow } from '../delivery/manifest.ts';
import type { PackageEntry, PackageForm } from '../delivery/package-reader.ts';
import type { LoadedProfile } from '../delivery/profile.ts';
import type { Finding, Place } from '../findings/finding.ts';
import { type DigestAlgorithm, digestAlgorithms } from '../inspection/facts.ts';
import { IntColumn } from '../shared/columns/numbers.ts';
import type { EngineJudgements } from './engines.ts';
import type { FileRows } from './file-rows.ts';
import type { InspectedFiles, ItemFacts } from './inspected-files.ts';
import type { LedgerAnswer } from './ledger.ts';

/** How an entry differs from what it was when the check began. */
export interface EntryChange {
  readonly path: string;
  readonly change: 'changed' | 'added' | 'removed';
}

/** Everything that was read of a package. The checks see this and nothing else. */
export interface CheckContext {
  readonly form: PackageForm;
  /** What the package says of itself, where it is a BagIt bag; its payload is what is checked. */
  readonly bag?: Bag | undefined;
  readonly profile: LoadedProfile;
  /** False where the caller gave no profile, and `profile` only stands in for it. */
  readonly profileApplied: boolean;
  readonly index: EntryIndex;
  /** False when the package has more entries than are allowed: then a file that is not listed may be there all the same. */
  readonly listedCompletely: boolean;
  readonly manifests: readonly ManifestFile[];
  readonly rows: RowList;
  /** The documents of each row, where rows stand for whole files; undefined where each stands for one document. */
  readonly fileRows?: FileRows | undefined;
  /** Of the checksum files; those in manifests are among `statedDigests`. */
  readonly listedDigests: DigestList;
  readonly files: InspectedFiles;
  /** What other programs said of the files. */
  readonly judgements: EngineJudgements;
  readonly changes: readonly EntryChange[];
  /** Rows by the path they name; the first where several name it. */
  readonly rowByPath: RowsByPath;
  /** What left the house for this package; undefined where nobody said it. */
  readonly pickList?: readonly PickedFile[] | undefined;
  /** What the ledger knows of the package; undefined where nobody asked it. */
  readonly ledger?: LedgerAnswer | undefined;
  /** Whether an error about this path or row was told before: one cause is not told twice. */
  isBlamed(place: Pick<Place, 'path' | 'row'>): boolean;
}

/** One check: pure, told everything, yields what is wrong. Checks run in the order of checks.ts. */
export type Check = (context: CheckContext) => Iterable<Finding>;

export function roleOf({ profile }: CheckContext, entry: PackageEntry): EntryRole {
  return profile.roleOf(entry.path);
}

export function factsOf({ files }: CheckContext, path: string): ItemFacts | null {
  return files.facts.get(path) ?? null;
}

/** Rows by a path that they name. */
export interface RowsByPath {
  has(path: string): boolean;
  get(path: string): ManifestRow | undefined;
}

/** The place of a mistake in a row itself. */
export function placeOfRow({ manifest, row, values }: ManifestRow): Place {
  return { path: manifest, row, ...(values.reference === undefined ? {} : { reference: values.reference }) };
}

/** The documents that a row names and the package holds: one at most, where rows stand for documents. */
export function documentsOfRow(context: Pick<CheckContext, 'fileRows'>, row: ManifestRow): readonly PackageEntry[] {
  if (context.fileRows) return context.fileRows.documents.get(row.index) ?? [];
  return row.entry ? [row.entry] : [];
}

/** Pages counted in these documents; null where they could not be counted in one of them, or there is none. */
export function pagesOf(context: CheckContext, documents: readonly PackageEntry[]): number | null {
  let sum = 0;
  for (const { path } of documents) {
    const pages = factsOf(context, path)?.pages ?? null;
    if (pages === null) return null;
    sum += pages;
  }
  return documents.length === 0 ? null : sum;
}

/** Files that a row of a manifest names, or that the layout calls documents. */
export function* documentsOf(context: CheckContext): Iterable<PackageEntry> {
  for (const entry of context.index.entries) if (isDocument(context, entry)) yield entry;
}

export function isDocument(context: CheckContext, entry: PackageEntry): boolean {
  if (entry.kind !== 'file' || entry.undecodable) return false;
  return context.rowByPath.has(entry.path) || roleOf(context, entry) === 'document';
}

/** Entries that ought to be named by a manifest and are not: documents, and files that the profile does not foresee. */
export function* unlistedEntries(context: CheckContext): Iterable<PackageEntry> {
  for (const entry of context.index.entries) {
    if (entry.kind === 'folder' || context.rowByPath.has(entry.path)) continue;
    const role = roleOf(context, entry);
    if (role === 'document' || role === 'unexpected') yield entry;
  }
}

/** The folders above a path, the nearest first. */
export function* foldersAbove(path: string): Iterable<string> {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) yield path.slice(0, end);
}

/** Whether nothing is known of a path that no entry has: a folder above it is no folder, cannot be read, or is cut off. */
export function isOutOfSight(context: CheckContext, path: string): boolean {
  if (!context.listedCompletely) return true;
  for (const folder of foldersAbove(path)) if (context.isBlamed({ path: folder })) return true;
  return false;
}

type Stating = Pick<CheckContext, 'listedDigests' | 'rows'>;

/** Every digest that checksum files and manifests state, in that order. */
export function* statedDigests({ listedDigests, rows }: Stating): Iterable<ListedDigest> {
  yield* listedDigests;
  const fields = rows.fields.filter(isDigestField);
  if (fields.length === 0) return;
  for (const { manifest, row, path, pathNumber, entry, broken, values } of rows) {
    if (broken) continue;
    for (const field of fields) {
      const digest = values[field]?.toLowerCase();
      if (digest === undefined || !isDigestOf(digest, field)) continue;
      yield { path, pathNumber, present: entry !== undefined, algorithm: field, digest, source: manifest, line: row };
    }
  }
}

/** Which algorithms are stated for a path, as a set of bits: one for each place in `digestAlgorithms`. */
export type AlgorithmSet = number;

export function algorithmSet(algorithms: readonly DigestAlgorithm[]): AlgorithmSet {
  return algorithms.reduce((set, algorithm) => set | (1 << digestAlgorithms.indexOf(algorithm)), 0);
}

export function algorithmsIn(set: AlgorithmSet): readonly DigestAlgorithm[] {
  const known = algorithmsBySet[set];
  if (known) return known;
  const algorithms = digestAlgorithms.filter((_, index) => (set & (1 << index)) !== 0);
  algorithmsBySet[set] = algorithms;
  return algorithms;
}

/** Shared: each of hundreds of thousands of files asks for one of them. */
const algorithmsBySet: (readonly DigestAlgorithm[])[] = [];

/** The algorithms that are stated for each path. */
export interface StatedAlgorithms {
  /** Whether there is none at all. */
  readonly isEmpty: boolean;
  of(path: string): AlgorithmSet;
  ofNumber(pathNumber: number): AlgorithmSet;
}

/** By the rows: asked for before the files are read, and again by a check. */
const statedBefore = new WeakMap<RowList, { readonly digests: DigestList; readonly stated: StatedAlgorithms }>();

/** The algorithms that are stated for each path; both lists must be complete. */
export function statedAlgorithms(context: Stating & Pick<CheckContext, 'index'>): StatedAlgorithms {
  const { rows, listedDigests, index } = context;
  const known = statedBefore.get(rows);
  if (known?.digests === listedDigests) return known.stated;
  const sets = new IntColumn(0);
  let isEmpty = true;
  for (const { pathNumber, algorithm } of statedDigests(context)) {
    isEmpty = false;
    sets.set(pathNumber, sets.get(pathNumber) | (1 << digestAlgorithms.indexOf(algorithm)));
  }
  const stated = {
    isEmpty,
    of: (path: string) => sets.get(index.paths.find(path)),
    ofNumber: (pathNumber: number) => sets.get(pathNumber),
  };
  statedBefore.set(rows, { digests: listedDigests, stated });
  return stated;
}
