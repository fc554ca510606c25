import { readChecksumFile } from '../delivery/checksum-file.ts';
import { DigestList } from '../delivery/digest-list.ts';
import type { EntryIndex } from '../delivery/entry-index.ts';
import type { RowList } from '../delivery/manifest/row-list.ts';
import { type ManifestFile, readManifest, rowListFor } from '../delivery/manifest.ts';
import type { PackageEntry, PackageReader } from '../delivery/package-reader.ts';
import type { TechnicalProfile } from '../delivery/profile/technical.ts';
import type { LoadedProfile } from '../delivery/profile.ts';
import { createFinding, type Finding } from '../findings/finding.ts';
import type { Engine } from '../inspection/engines/engine.ts';
import { inspectAll } from '../inspection/inspect-all.ts';
import type { InspectionJob } from '../inspection/job.ts';
import type { Inspector } from '../inspection/pool.ts';
import type { TextTable } from '../shared/columns/texts.ts';
import { text } from '../shared/language.ts';
import type { Progress } from '../shared/progress.ts';
import { algorithmsIn, type CheckContext, type EntryChange, statedAlgorithms } from './context.ts';
import { type EngineJudgements, gatherForEngines } from './engines.ts';
import { collectInspections, type InspectedFiles } from './inspected-files.ts';

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
  readonly rows: RowList;
  readonly listedDigests: DigestList;
}

/** Reads what the vendor says of the package: manifests and checksum files. */
export async function readStatements(
  { reader, profile, report, signal }: Gathering,
  index: EntryIndex,
): Promise<Statements> {
  const manifests: ManifestFile[] = [];
  const rows = rowListFor(profile, index);
  const listedDigests = new DigestList(index.paths);
  const reading = { index, report, signal };
  for (const entry of index.entries) {
    if (entry.kind !== 'file' || entry.undecodable) continue;
    const role = profile.roleOf(entry.path);
    const source = { path: entry.path, ...reader.content(entry) };
    if (role === 'manifest') manifests.push(await readManifest(source, rows, { ...reading, profile }));
    else if (role === 'checksums') await readChecksumFile(source, listedDigests, reading);
  }
  await reader.bag?.readDigests(listedDigests, reading);
  return { manifests, rows, listedDigests };
}

export interface EntryJob extends InspectionJob {
  readonly path: string;
  readonly size: number;
}

/** Every file is read but those that lie beside the delivery; of these only the ones that a manifest names. */
export function* inspectionJobs(
  { reader, profile }: Gathering,
  index: EntryIndex,
  said: Statements & Pick<CheckContext, 'rowByPath'>,
): Iterable<EntryJob> {
  const stated = statedAlgorithms({ ...said, index });
  // Of all that a file says of its pages only the technical profile asks.
  const details = profile.source.technical !== undefined;
  for (const entry of index.entries) {
    const { path, kind, size, undecodable } = entry;
    if (kind !== 'file' || undecodable) continue;
    if (!isKept(profile, path) && !said.rowByPath.has(path)) continue;
    const digests = algorithmsIn(stated.of(path));
    yield { path, ...reader.content(entry), size, digests, details };
  }
}

/** Whether a file belongs to the delivery, and not to what happens to lie beside it. */
export function isKept(profile: LoadedProfile, path: string): boolean {
  const role = profile.roleOf(path);
  return role !== 'junk' && role !== 'ignored';
}

/** Who reads and judges files, and how far they are. */
export interface Inspection {
  readonly inspector: Pick<Inspector, 'inspect'>;
  readonly engines: readonly Engine[];
  readonly technical?: TechnicalProfile | undefined;
  /** Numbers the paths of the package. */
  readonly paths: TextTable;
  readonly progress: Progress;
  readonly signal: AbortSignal | undefined;
}

/** Reads every file once, then has the engines judge. @param bytes the size of all of them, for the progress */
export async function inspectFiles(
  jobs: Iterable<EntryJob>,
  bytes: number,
  { inspector, engines, technical, paths, progress, signal }: Inspection,
): Promise<{ readonly files: InspectedFiles; readonly judgements: EngineJudgements }> {
  const files = collectInspections(technical, paths);
  const forEngines = gatherForEngines(engines);
  const task = progress.start(text({ de: 'Dateien prüfen', en: 'Checking files' }), bytes, 'bytes');
  try {
    await inspectAll(
      inspector,
      jobs,
      ({ path, size, file, part }, inspection) => {
        files.add(path, inspection);
        if (inspection.facts) forEngines.offer({ path, location: { file, part } }, inspection.facts);
        task.advance(size);
      },
      signal,
    );
  } finally {
    task.finish();
  }
  return { files, judgements: await forEngines.judge(progress, signal) };
}

/** Lists the package again: whoever still writes into it is found out, even where each file was read undisturbed. */
export async function findChanges(gathering: Gathering, index: EntryIndex): Promise<EntryChange[]> {
  const containers = gathering.reader.changedContainers();
  // What a zip file held is void as a whole: told once, for the zip file.
  if (containers.length > 0) return containers.map((path) => ({ path, change: 'changed' }));
  const { changes, found } = await changesInListing(gathering, index);
  if (!found) return changes;
  for (const [place, { path, kind }] of index.entries.entries()) {
    if (kind === 'folder' || found[place] !== 0 || index.placeOf(path) !== place) continue;
    if (isKept(gathering.profile, path)) changes.push({ path, change: 'removed' });
  }
  return changes;
}

/** What is listed and was not, or not so; `found` by places of entries, undefined where the listing was cut off. */
async function changesInListing(
  { reader, profile, signal }: Gathering,
  index: EntryIndex,
): Promise<{ changes: EntryChange[]; found: Uint8Array | undefined }> {
  const changes: EntryChange[] = [];
  const found = new Uint8Array(index.entries.length);
  let seen = 0;
  for await (const entry of reader.list(signal)) {
    if (seen++ >= profile.limits.files) return { changes, found: undefined };
    if (entry.kind === 'folder') continue;
    const place = index.placeOf(entry.path);
    const before = index.entries[place];
    if (before) found[place] = 1;
    if ((before && isSame(before, entry)) || !isKept(profile, entry.path)) continue;
    changes.push({ path: entry.path, change: before ? 'changed' : 'added' });
  }
  return { changes, found };
}

function isSame(one: PackageEntry, other: PackageEntry): boolean {
  return one.kind === other.kind && one.size === other.size && one.stamp === other.stamp;
}
