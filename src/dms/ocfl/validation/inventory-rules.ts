import { type ContentAlgorithm, contentAlgorithms } from '../inventory.ts';
import { type DigestMap, describeJson, isJsonObject, isTextList, type JsonMembers } from './json.ts';
import { pathConflicts, pathFaults } from './paths.ts';
import type { Report } from './report.ts';
import { digestDigits, isSpecVersion, isUri, type SpecVersion } from './specification.ts';
import { readVersions, type VersionBlock } from './version-rules.ts';

/** What of an inventory has the right form; what has not is in the report. */
export interface ReadInventory {
  /** Where it lies: "inventory.json" or "v1/inventory.json". */
  readonly where: string;
  readonly id: string | undefined;
  readonly spec: SpecVersion | undefined;
  readonly algorithm: ContentAlgorithm | undefined;
  readonly head: string | undefined;
  readonly contentDirectorySet: boolean;
  /** Undefined when it is set to something that is no name. */
  readonly contentDirectory: string | undefined;
  readonly manifest: DigestMap;
  readonly versions: ReadonlyMap<string, VersionBlock>;
  /** By algorithm. */
  readonly fixity: ReadonlyMap<string, DigestMap>;
}

const knownKeys: ReadonlySet<string> = new Set([
  ...['id', 'type', 'digestAlgorithm', 'head'],
  ...['contentDirectory', 'manifest', 'versions', 'fixity'],
]);

/**
 * Judges one inventory by itself: OCFL 1.0 and 1.1 section 3.5. What needs the object's files is judged elsewhere.
 * @param value the parsed JSON
 * @param declared the specification of the object's declaration, which counts where the inventory names none
 */
export function readInventory(
  value: unknown,
  where: string,
  declared: SpecVersion,
  report: Report,
): ReadInventory | undefined {
  if (!isJsonObject(value)) {
    report.add('E033', where);
    return undefined;
  }
  for (const key of Object.keys(value)) if (!knownKeys.has(key)) report.add('E102', where, key);
  for (const key of ['id', 'type', 'digestAlgorithm', 'head']) if (!(key in value)) report.add('E036', where, key);
  for (const key of ['manifest', 'versions']) if (!(key in value)) report.add('E041', where, key);
  const spec = readType(value.type, where, report);
  const by = spec ?? declared;
  const algorithm = readAlgorithm(value.digestAlgorithm, where, report);
  const inventory = {
    where,
    id: readId(value.id, where, report),
    spec,
    algorithm,
    contentDirectorySet: value.contentDirectory !== undefined,
    contentDirectory: readContentDirectory(value.contentDirectory, where, by, report),
    // Whatever the algorithm is called: one that is not allowed is told once, not for every digest.
    manifest: readManifest(value.manifest, algorithm ?? '', where, by, report),
    versions: readVersions(value.versions, where, report),
    fixity: readFixity(value.fixity, where, by, report),
  };
  checkContentPaths(inventory, report);
  checkDigestUse(inventory, by, report);
  return { ...inventory, head: readHead(value.head, inventory.versions, where, report) };
}

function readId(id: unknown, where: string, report: Report): string | undefined {
  if (id === undefined) return undefined;
  if (typeof id !== 'string' || id === '') {
    report.add('E037', where, describeJson(id));
    return undefined;
  }
  if (!isUri(id)) report.add('W005', where, id);
  return id;
}

function readType(type: unknown, where: string, report: Report): SpecVersion | undefined {
  if (type === undefined) return undefined;
  const version =
    typeof type === 'string' ? /^https:\/\/ocfl\.io\/([\d.]+)\/spec\/#inventory$/.exec(type)?.[1] : undefined;
  if (version !== undefined && isSpecVersion(version)) return version;
  report.add('E038', where, describeJson(type));
  return undefined;
}

function readAlgorithm(algorithm: unknown, where: string, report: Report): ContentAlgorithm | undefined {
  if (algorithm === undefined) return undefined;
  const known = contentAlgorithms.find((name) => name === algorithm);
  if (!known) report.add('E025', where, describeJson(algorithm));
  if (known === 'sha256') report.add('W004', where);
  return known;
}

function readContentDirectory(value: unknown, where: string, by: SpecVersion, report: Report): string | undefined {
  if (value === undefined) return 'content';
  if (value === '.' || value === '..') {
    report.add('E018', where, value);
    return undefined;
  }
  if (typeof value === 'string' && value !== '' && !value.includes('/')) return value;
  report.add('E017', where, describeJson(value));
  if (by !== '1.0') report.add('E108', where, describeJson(value));
  return undefined;
}

function readHead(
  head: unknown,
  versions: ReadonlyMap<string, VersionBlock>,
  where: string,
  report: Report,
): string | undefined {
  if (head === undefined) return undefined;
  const newest = [...versions.keys()].at(-1);
  if (newest !== undefined && head !== newest) report.add('E040', where, describeJson(head));
  if (typeof head === 'string') return head;
  report.add('E040', where, describeJson(head));
  return undefined;
}

function readManifest(value: unknown, algorithm: string, where: string, by: SpecVersion, report: Report): DigestMap {
  if (value === undefined) return new Map();
  if (!isJsonObject(value)) {
    report.add(by === '1.0' ? 'E041' : 'E106', where, 'manifest');
    return new Map();
  }
  return readDigests(value, algorithm, { twice: 'E096', form: 'E092' }, where, report);
}

function readFixity(value: unknown, where: string, by: SpecVersion, report: Report): ReadonlyMap<string, DigestMap> {
  const blocks = new Map<string, DigestMap>();
  if (value === undefined) return blocks;
  if (!isJsonObject(value)) {
    report.add(by === '1.0' ? 'E057' : 'E111', where, 'fixity');
    return blocks;
  }
  for (const [algorithm, block] of Object.entries(value)) {
    if (!digestDigits.has(algorithm)) report.add('E056', where, algorithm);
    if (isJsonObject(block)) {
      blocks.set(algorithm, readDigests(block, algorithm, { twice: 'E097', form: 'E057' }, where, report));
    } else report.add('E057', where, algorithm);
  }
  return blocks;
}

function readDigests(
  block: JsonMembers,
  algorithm: string,
  codes: { readonly twice: 'E096' | 'E097'; readonly form: 'E092' | 'E057' },
  where: string,
  report: Report,
): DigestMap {
  const digests = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  for (const [digest, paths] of Object.entries(block)) {
    if (seen.has(digest.toLowerCase())) report.add(codes.twice, where, digest);
    seen.add(digest.toLowerCase());
    if (!isDigest(digest, algorithm)) report.add(codes.form, where, digest);
    if (isTextList(paths)) digests.set(digest, paths);
    else report.add(codes.form, where, digest);
  }
  return digests;
}

function isDigest(digest: string, algorithm: string): boolean {
  const digits = digestDigits.get(algorithm);
  if (digits === undefined) return true;
  return digits === null ? /^(0|[1-9]\d*)$/.test(digest) : digest.length === digits && /^[0-9a-fA-F]*$/.test(digest);
}

type Sections = Pick<ReadInventory, 'where' | 'contentDirectory' | 'manifest' | 'versions' | 'fixity'>;

/** Section 3.5.2: form, place and uniqueness of content paths; fixity may name only what the manifest names. */
function checkContentPaths({ where, contentDirectory, manifest, versions, fixity }: Sections, report: Report): void {
  const paths = [...manifest.values()].flat();
  for (const path of paths) {
    if (reportFaults(path, where, report)) continue;
    const [version, directory, ...rest] = path.split('/');
    const isInVersion = version !== undefined && versions.has(version) && rest.length > 0;
    if (!isInVersion || (contentDirectory ?? directory) !== directory) report.add('E042', where, path);
  }
  for (const path of pathConflicts(paths)) report.add('E101', where, path);
  const known = new Set(paths);
  for (const block of fixity.values()) {
    for (const path of [...block.values()].flat()) {
      if (!reportFaults(path, where, report) && !known.has(path)) report.add('E057', where, path);
    }
  }
}

function reportFaults(path: string, where: string, report: Report): boolean {
  const { ends, elements } = pathFaults(path);
  if (ends) report.add('E100', where, path);
  if (elements) report.add('E099', where, path);
  return ends || elements;
}

/** Sections 3.5.2 and 3.5.3.1: states name only digests of the manifest, letter by letter, and all of them. */
function checkDigestUse({ where, manifest, versions }: Sections, by: SpecVersion, report: Report): void {
  const used = new Set<string>();
  for (const { state } of versions.values()) {
    for (const digest of state.keys()) {
      used.add(digest);
      if (!manifest.has(digest)) report.add('E050', where, digest);
    }
  }
  if (by === '1.0') return;
  for (const digest of manifest.keys()) if (!used.has(digest)) report.add('E107', where, digest);
}
