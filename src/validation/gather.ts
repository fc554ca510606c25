import { readChecksumFile, type StatedDigest } from '../delivery/checksum-file.ts';
import type { EntryIndex } from '../delivery/entry-index.ts';
import { type ManifestFile, type ManifestRow, readManifest } from '../delivery/manifest.ts';
import type { PackageEntry, PackageReader } from '../delivery/package-reader.ts';
import type { LoadedProfile } from '../delivery/profile.ts';
import { createFinding, type Finding } from '../findings/finding.ts';
import type { DigestAlgorithm } from '../inspection/facts.ts';
import { inspectAll } from '../inspection/inspect-all.ts';
import type { InspectionJob } from '../inspection/job.ts';
import type { Inspector } from '../inspection/pool.ts';
import type { FileInspection } from '../inspection/read-file.ts';
import { text } from '../shared/language.ts';
import type { Progress } from '../shared/progress.ts';
import { type CheckContext, type EntryChange, statedDigests } from './context.ts';

/** What reading a package needs. */
export interface Gathering {
  readonly reader: PackageReader;
  readonly profile: LoadedProfile;
  readonly report: (finding: Finding) => void;
  readonly signal: AbortSignal | undefined;
}

/** All entries, up to the profile's limit; that there are more is reported. */
export async function listEntries({
  reader,
  profile,
  report,
  signal,
}: Gathering): Promise<{ entries: PackageEntry[]; complete: boolean }> {
  const entries: PackageEntry[] = [];
  for await (const entry of reader.list(signal)) {
    if (entries.length >= profile.limits.files) {
      report(createFinding('package.too-many-entries', { path: '' }, { limit: profile.limits.files }));
      return { entries, complete: false };
    }
    entries.push(entry);
  }
  return { entries, complete: true };
}

export interface Statements {
  readonly manifests: readonly ManifestFile[];
  readonly rows: readonly ManifestRow[];
  readonly listedDigests: readonly StatedDigest[];
}

/** Reads what the vendor says of the package: manifests and checksum files. */
export async function readStatements(
  { reader, profile, report, signal }: Gathering,
  index: EntryIndex,
): Promise<Statements> {
  const manifests: ManifestFile[] = [];
  const rows: ManifestRow[] = [];
  const listedDigests: StatedDigest[] = [];
  for (const entry of index.entries) {
    if (entry.kind !== 'file' || entry.undecodable) continue;
    const role = profile.roleOf(entry.path);
    const source = { path: entry.path, file: reader.filePath(entry) };
    if (role === 'manifest') manifests.push(await readManifest(source, rows, { profile, index, report, signal }));
    if (role !== 'checksums') continue;
    for (const digest of await readChecksumFile(source, index, report, signal)) listedDigests.push(digest);
  }
  return { manifests, rows, listedDigests };
}

export interface EntryJob extends InspectionJob {
  readonly path: string;
  readonly size: number;
}

/** Every file is read but those that lie beside the delivery; of these only the ones that a manifest names. */
export function inspectionJobs(
  { reader, profile }: Gathering,
  index: EntryIndex,
  said: Statements & Pick<CheckContext, 'rowByPath'>,
): EntryJob[] {
  const wanted = new Map<string, DigestAlgorithm[]>();
  for (const { path, algorithm } of statedDigests(said)) {
    const known = wanted.get(path);
    if (!known) wanted.set(path, [algorithm]);
    else if (!known.includes(algorithm)) known.push(algorithm);
  }
  return index.entries
    .filter((entry) => entry.kind === 'file' && !entry.undecodable)
    .filter(({ path }) => isKept(profile, path) || said.rowByPath.has(path))
    .map((entry) => ({
      path: entry.path,
      file: reader.filePath(entry),
      size: entry.size,
      digests: wanted.get(entry.path) ?? [],
    }));
}

/** Whether a file belongs to the delivery, and not to what happens to lie beside it. */
export function isKept(profile: LoadedProfile, path: string): boolean {
  const role = profile.roleOf(path);
  return role !== 'junk' && role !== 'ignored';
}

/** Reads every file once. @returns the inspections in the order of the jobs */
export async function inspectFiles(
  jobs: readonly EntryJob[],
  inspector: Pick<Inspector, 'inspect'>,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<Map<string, FileInspection>> {
  // Their places are taken first: answers come in any order, and findings keep the package's.
  const inspections = new Map<string, FileInspection>(
    jobs.map(({ path }) => [path, { facts: null, observations: [] }]),
  );
  const total = jobs.reduce((sum, { size }) => sum + size, 0);
  const task = progress.start(text({ de: 'Dateien prüfen', en: 'Checking files' }), total, 'bytes');
  try {
    await inspectAll(
      inspector,
      jobs,
      ({ path, size }, inspection) => {
        inspections.set(path, inspection);
        task.advance(size);
      },
      signal,
    );
  } finally {
    task.finish();
  }
  return inspections;
}

/** Lists the package again: whoever still writes into it is found out, even where each file was read undisturbed. */
export async function findChanges({ reader, profile, signal }: Gathering, index: EntryIndex): Promise<EntryChange[]> {
  const known = new Map(index.entries.map((entry) => [entry.path, entry]));
  const changes: EntryChange[] = [];
  let seen = 0;
  for await (const { path, kind, size, stamp } of reader.list(signal)) {
    if (seen++ >= profile.limits.files) return changes;
    const before = known.get(path);
    known.delete(path);
    if (kind === 'folder' || !isKept(profile, path)) continue;
    if (!before) changes.push({ path, change: 'added' });
    else if (before.kind !== kind || before.size !== size || before.stamp !== stamp)
      changes.push({ path, change: 'changed' });
  }
  for (const { path, kind } of known.values()) {
    if (kind !== 'folder' && isKept(profile, path)) changes.push({ path, change: 'removed' });
  }
  return changes;
}
