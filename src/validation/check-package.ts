import { createHash } from 'node:crypto';
import type { PickedFile } from '../custody/pick-list-import.ts';
import { indexEntries } from '../delivery/entry-index.ts';
import { type EntryRole, entryRoles } from '../delivery/layout.ts';
import type { RowList } from '../delivery/manifest/row-list.ts';
import type { ManifestFile } from '../delivery/manifest.ts';
import { openingOf, openPackage } from '../delivery/open-package.ts';
import type { PackageEntry, PackageForm, PackageReader } from '../delivery/package-reader.ts';
import { defaultLimits, type LoadedProfile } from '../delivery/profile.ts';
import { createFinding } from '../findings/finding.ts';
import { type Findings, FindingsAt } from '../findings/findings.ts';
import type { Engine } from '../inspection/engines/engine.ts';
import type { FileInspector, Resumed } from '../inspection/journal/resumable.ts';
import { withInspector } from '../inspection/pool.ts';
import { IntColumn, SmallIntColumn } from '../shared/columns/numbers.ts';
import { TextTable } from '../shared/columns/texts.ts';
import { type Progress, silentProgress } from '../shared/progress.ts';
import { checks } from './checks.ts';
import type { CheckContext, RowsByPath } from './context.ts';
import { type FileRows, findFileRows } from './file-rows.ts';
import { createFindingLog, type FindingLog } from './finding-log.ts';
import {
  findChanges,
  type Gathering,
  inspectFiles,
  inspectionJobs,
  isKept,
  listEntries,
  readStatements,
} from './gather.ts';
import { integrityChecks, integrityProfile, withListedJunk } from './integrity.ts';
import type { ItemList } from './item-list.ts';
import { createItems } from './items.ts';
import type { LedgerSource } from './ledger.ts';
import { ledgerQuestion } from './rules/ledger-rule.ts';
import { type CheckCounts, closingFindings, countCheck, type Verdict, verdictOf } from './verdict.ts';

export type { ItemFacts } from './inspected-files.ts';
export type { CheckedItem, ItemState } from './items.ts';
export type { CheckCounts, Verdict } from './verdict.ts';

/** The result of checking one package. */
export interface PackageCheck {
  readonly form: PackageForm;
  readonly profile: LoadedProfile;
  readonly profileHash: string;
  /** sha256 over the sorted list of path, size and digest of all files but ignored ones: equal packages, equal hash. */
  readonly packageHash: string;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** What was taken over from an interrupted check; null where every file was read. */
  readonly resumed: Resumed | null;
  readonly manifests: readonly ManifestFile[];
  /** Other programs that judged the files, with their versions. */
  readonly engines: readonly string[];
  /** Files that claim to be PDF/A. */
  readonly pdfaClaims: number;
  readonly findings: Findings;
  readonly items: ItemList;
  readonly counts: CheckCounts;
  readonly verdict: Verdict;
}

export interface CheckOptions {
  /** Stays the caller's; without it one is started for this check alone. */
  readonly inspector?: FileInspector;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  /** Other programs that judge the files, after our own readers. */
  readonly engines?: readonly Engine[];
  /** The form that the package must have; without it, what lies there tells. */
  readonly form?: PackageForm | undefined;
  /** What is ordered and was delivered before; without it such rules are not judged, which is told. */
  readonly ledger?: LedgerSource;
  /** What left the house; the package is held against it. Needs a profile with a column for references. */
  readonly pickList?: readonly PickedFile[] | undefined;
}

/**
 * Checks a package against a delivery profile. Reads everything, writes nothing.
 * @param location the package: a folder, a zip file, a folder of zip files or several of them, a BagIt bag in any
 * @param profile null for a check of integrity alone, which the result says
 * @throws UsageError when there is no package; the signal's reason when aborted; errors of the inspector. Whatever is
 * wrong with the package is a finding.
 */
export async function checkPackage(
  location: string | readonly string[],
  profile: LoadedProfile | null,
  options: CheckOptions = {},
): Promise<PackageCheck> {
  const startedAt = (options.now ?? (() => new Date()))().toISOString();
  const limits = profile?.limits ?? defaultLimits;
  const paths = new TextTable();
  const rowByPath = createRowIndex(paths);
  const log = createFindingLog({
    limit: limits.findings,
    severities: profile?.severities ?? new Map(),
    paths,
    referenceOf: (path) => {
      const row = rowByPath.get(path);
      return row?.broken ? undefined : row?.values.reference;
    },
  });
  const reader = await openPackage(location, {
    ...openingOf(profile),
    form: options.form,
    signal: options.signal,
    report: (finding) => log.add(finding),
  });
  try {
    const opened: Opened = { reader, profile, log, paths, rowByPath, startedAt };
    if (options.inspector) return await checkWith(opened, options.inspector, options);
    return await withInspector((inspector) => checkWith(opened, inspector, options));
  } finally {
    await reader.close();
  }
}

interface Opened {
  readonly reader: PackageReader;
  readonly profile: LoadedProfile | null;
  /** Holds what was told of the package's form. */
  readonly log: FindingLog;
  readonly paths: TextTable;
  /** To be filled: findings about a file tell the reference of its row. */
  readonly rowByPath: RowIndex;
  readonly startedAt: string;
}

async function checkWith(
  { reader, profile: given, log, paths, rowByPath, startedAt }: Opened,
  inspector: FileInspector,
  { progress = silentProgress, signal, now = () => new Date(), engines = [], ledger, pickList }: CheckOptions,
): Promise<PackageCheck> {
  const first = given ?? integrityProfile(reader.form);
  const listing: Gathering = { reader, profile: first, report: (finding) => log.add(finding), signal };
  const { entries, complete: listedCompletely } = await listEntries(listing);
  const index = indexEntries(entries, paths);
  const opened = { ...listing, profile: withKnownRoles(first, paths) };
  const said = await readStatements(opened, index);
  const profile = !given && reader.bag ? withListedJunk(first, said.listedDigests) : opened.profile;
  const gathering = { ...opened, profile };
  const fileRows = findFileRows(profile, index, said.rows);
  rowByPath.fill(said.rows, fileRows);
  const jobs = inspectionJobs(gathering, index, { ...said, rowByPath });
  const inspection = { inspector, engines, technical: profile.source.technical, paths, progress, signal };
  const { files, judgements } = await inspectFiles(jobs, bytesOf(entries), inspection);
  const changes = listedCompletely ? await findChanges(gathering, index) : [];
  const question = ledger ? ledgerQuestion({ profile, index, rows: said.rows, files }) : undefined;
  const isBlamed: CheckContext['isBlamed'] = (place) => log.blameOf(place) !== undefined;
  const context: CheckContext = {
    form: reader.form,
    bag: reader.bag,
    profile,
    profileApplied: given !== null,
    index,
    listedCompletely,
    ...said,
    fileRows,
    files,
    judgements,
    changes,
    rowByPath,
    pickList,
    ledger: question && (await ledger?.lookup(question)),
    isBlamed,
  };
  for (const check of given ? checks : integrityChecks) {
    for (const finding of check(context)) log.add(finding);
    signal?.throwIfAborted();
  }
  const { items, pages } = createItems(context, log);
  for (const finding of closingFindings(context, items, log)) log.add(finding);
  return {
    form: reader.form,
    profile,
    profileHash: profile.hash,
    packageHash: packageHash(context),
    startedAt,
    finishedAt: now().toISOString(),
    resumed: inspector.resumed ?? null,
    manifests: said.manifests,
    engines: engines.map(({ description }) => description),
    pdfaClaims: files.pdfaClaims,
    findings: listedFindings(log),
    items,
    counts: countCheck(context, { items, pages }, log),
    verdict: verdictOf(log),
  };
}

/** The profile with the roles of known paths kept: nearly every check asks for them. */
function withKnownRoles(profile: LoadedProfile, paths: TextTable): LoadedProfile {
  /** Places among the roles, counted from 1. */
  const known = new SmallIntColumn();
  const roleOf = (path: string): EntryRole => {
    const number = paths.find(path);
    if (number < 0) return profile.roleOf(path);
    const role = entryRoles[known.get(number) - 1] ?? profile.roleOf(path);
    known.set(number, entryRoles.indexOf(role) + 1);
    return role;
  };
  return { ...profile, roleOf };
}

/** Which row names a path, the first where several do. */
interface RowIndex extends RowsByPath {
  fill(rows: RowList, fileRows: FileRows | undefined): void;
}

function createRowIndex(paths: TextTable): RowIndex {
  const indexes = new IntColumn();
  let rows: RowList | undefined;
  return {
    has: (path) => indexes.get(paths.find(path)) >= 0,
    get: (path) => rows?.at(indexes.get(paths.find(path))),
    fill: (all, fileRows) => {
      rows = all;
      for (const [index, documents] of fileRows?.documents ?? [])
        for (const { path } of documents) indexes.set(paths.numberOf(path), index);
      for (const { index, pathNumber, path, entry, broken } of all) {
        // A row that cannot be trusted otherwise may still name a file: that file is listed.
        const names = path !== '' && (entry !== undefined || !broken);
        if (names && indexes.get(pathNumber) < 0) indexes.set(pathNumber, index);
      }
    },
  };
}

function bytesOf(entries: readonly PackageEntry[]): number {
  return entries.reduce((sum, { size }) => sum + size, 0);
}

/** One line a file, sorted by path: digest, size, path. A file that could not be read has no digest. */
function packageHash({ index, profile, files: { facts } }: CheckContext): string {
  const files = index.entries.filter(({ kind, path }) => kind === 'file' && isKept(profile, path));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const hash = createHash('sha256');
  for (const { path, size } of files) {
    hash.update(`${facts.get(path)?.sha256 ?? '-'} ${size} ${path}\n`);
  }
  return hash.digest('hex');
}

/** The findings that are listed; where the limit cut them off, the first says so. */
function listedFindings({ findings, counts }: FindingLog): Findings {
  const total = counts.error + counts.warning + counts.note;
  const listed = findings.length;
  if (total === listed) return findings;
  findings.push(createFinding('package.findings-truncated', { path: '' }, { listed, total }));
  const places = new IntColumn();
  for (let place = 0; place <= listed; place += 1) places.push(place === 0 ? listed : place - 1);
  return new FindingsAt(findings, places);
}
