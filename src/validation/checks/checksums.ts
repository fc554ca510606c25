import type { StatedDigest } from '../../delivery/checksum-file.ts';
import { isDigestField } from '../../delivery/columns.ts';
import { createFinding, type Finding } from '../../findings/finding.ts';
import type { DigestAlgorithm } from '../../inspection/facts.ts';
import {
  type AlgorithmSet,
  algorithmSet,
  type CheckContext,
  documentsOf,
  isOutOfSight,
  roleOf,
  statedAlgorithms,
  statedDigests,
} from '../context.ts';

/** All but md5 and sha1, for which contents with equal digests can be made. */
const strong = algorithmSet(['sha224', 'sha256', 'sha384', 'sha512']);

/** Paths that a checksum file lists more than once, with equal or with different digests. */
export function* repeatedDigests({ listedDigests }: CheckContext): Iterable<Finding> {
  for (const [{ path, digest, source, line }, first] of repeats(listedDigests)) {
    const code = first.digest === digest ? 'checksum.listed-twice' : 'checksum.contradictory';
    yield createFinding(code, { path, row: line }, { source, firstLine: first.line });
  }
}

/** Each digest that its source states again, with the first one for the same file and algorithm. */
function* repeats(stated: Iterable<StatedDigest>): Iterable<[StatedDigest, StatedDigest]> {
  // Nearly every path is stated once: more than one digest for it is kept only where there is more than one.
  const byPath = new Map<string, StatedDigest | StatedDigest[]>();
  for (const digest of stated) {
    const known = byPath.get(digest.path);
    if (!known) {
      byPath.set(digest.path, digest);
      continue;
    }
    const all = Array.isArray(known) ? known : [known];
    const first = all.find(({ source, algorithm }) => source === digest.source && algorithm === digest.algorithm);
    if (first) yield [digest, first];
    else byPath.set(digest.path, [...all, digest]);
  }
}

/** Digests for files that the package lacks; told once a file, and not where its absence was told. */
export function* digestsWithoutFile(context: CheckContext): Iterable<Finding> {
  const told = new Set<string>();
  for (const { path, present, source, line } of context.listedDigests) {
    if (present || told.has(path) || isAbsenceTold(context, path) || isBeside(context, path)) continue;
    told.add(path);
    yield createFinding('checksum.file-absent', { path, row: line }, { source, line });
  }
}

function isAbsenceTold(context: CheckContext, path: string): boolean {
  const manifestAbsent = context.manifests.length === 0 && context.profile.roleOf(path) === 'manifest';
  return manifestAbsent || context.isBlamed({ path }) || isOutOfSight(context, path);
}

/** Whether a path is no part of the delivery: what the system left, or what is ignored by agreement. */
function isBeside({ profile, rowByPath }: CheckContext, path: string): boolean {
  const role = profile.roleOf(path);
  return (role === 'junk' || role === 'ignored') && !rowByPath.has(path);
}

/** Digests that the bytes do not have. Of digests that contradict each other one is wrong anyway, which has been told. */
export function* wrongDigests(context: CheckContext): Iterable<Finding> {
  const told = new Set([...repeats(context.listedDigests)].map(([{ path }]) => path));
  for (const { path, algorithm, digest: expected, source, line } of statedDigests(context)) {
    if ((told.has(path) && context.isBlamed({ path })) || isBeside(context, path)) continue;
    const actual = context.files.digestOf(path, algorithm);
    // Without facts the file could not be read, which has been told.
    if (actual === undefined || actual === expected) continue;
    yield createFinding('checksum.mismatch', { path, row: line }, { algorithm, expected, actual, source });
  }
}

/** Documents without a digest of an agreed kind, and digests of kinds that prove little. */
export function* digestCoverage(context: CheckContext): Iterable<Finding> {
  const { profile } = context;
  const byPath = statedAlgorithms(context);
  if (byPath.size === 0) {
    if (profile.checksumsRequired && !hasChecksumFile(context)) yield* noDigests(context);
    return;
  }
  if (profile.checksumsRequired) yield* documentsWithoutDigest(context, byPath);
  const refused = yield* refusedSources(context, byPath);
  yield* weakSources(context, byPath, refused);
}

function* noDigests(context: CheckContext): Iterable<Finding> {
  // A bag without a manifest has been told.
  if (context.bag?.manifests.length === 0) return;
  const [first] = documentsOf(context);
  if (first) yield createFinding('checksum.none', { path: '' }, {});
}

/** A checksum file that is there and states nothing has had its finding. */
function hasChecksumFile(context: CheckContext): boolean {
  return context.index.entries.some((entry) => entry.kind === 'file' && roleOf(context, entry) === 'checksums');
}

type AlgorithmsByPath = ReadonlyMap<string, AlgorithmSet>;

function* documentsWithoutDigest(context: CheckContext, byPath: AlgorithmsByPath): Iterable<Finding> {
  for (const { path } of documentsOf(context)) {
    if (byPath.has(path) || context.isBlamed({ path })) continue;
    // A digest in the manifest that cannot be read has been told of its row.
    if (Object.keys(context.rowByPath.get(path)?.values ?? {}).some(isDigestField)) continue;
    yield createFinding('checksum.not-listed', { path }, {});
  }
}

/** Sources that state, for some file, none of the agreed algorithms: one cause for all files they list. @returns them */
function* refusedSources(
  context: CheckContext,
  byPath: AlgorithmsByPath,
): Generator<Finding, ReadonlySet<string>, void> {
  const agreed = context.profile.source.checksums?.algorithms;
  if (!agreed) return new Set();
  const found = sourcesLacking(context, byPath, algorithmSet(agreed));
  for (const [path, algorithms] of found) {
    yield createFinding('checksum.algorithm-not-agreed', { path }, { found: [...algorithms].sort(), agreed });
  }
  return new Set(found.keys());
}

function* weakSources(
  context: CheckContext,
  byPath: AlgorithmsByPath,
  refused: ReadonlySet<string>,
): Iterable<Finding> {
  for (const [path, algorithms] of sourcesLacking(context, byPath, strong)) {
    if (refused.has(path)) continue;
    const algorithm = [...algorithms].sort().join(', ');
    yield createFinding('checksum.weak-algorithm', { path }, { algorithm });
  }
}

/** Sources of digests for files that have no digest of a fitting algorithm from anywhere, with what they have instead. */
function sourcesLacking(
  context: CheckContext,
  byPath: AlgorithmsByPath,
  fitting: AlgorithmSet,
): Map<string, Set<DigestAlgorithm>> {
  const sources = new Map<string, Set<DigestAlgorithm>>();
  for (const { path, source, algorithm } of statedDigests(context)) {
    if (((byPath.get(path) ?? 0) & fitting) !== 0) continue;
    const known = sources.get(source);
    if (known) known.add(algorithm);
    else sources.set(source, new Set([algorithm]));
  }
  return sources;
}
