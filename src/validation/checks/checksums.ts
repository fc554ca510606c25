import type { StatedDigest } from '../../delivery/checksum-file.ts';
import { isDigestField } from '../../delivery/columns.ts';
import type { DigestList } from '../../delivery/digest-list.ts';
import { createFinding, type Finding } from '../../findings/finding.ts';
import { type DigestAlgorithm, digestAlgorithms } from '../../inspection/facts.ts';
import { IntColumn } from '../../shared/columns/numbers.ts';
import {
  type AlgorithmSet,
  algorithmSet,
  type CheckContext,
  documentsOf,
  isOutOfSight,
  roleOf,
  type StatedAlgorithms,
  statedAlgorithms,
  statedDigests,
} from '../context.ts';

/** All but md5 and sha1, for which contents with equal digests can be made. */
const strong = algorithmSet(digestAlgorithms.filter((name) => name !== 'md5' && name !== 'sha1'));

/** Paths that a checksum file lists more than once, with equal or with different digests. */
export function* repeatedDigests({ listedDigests }: CheckContext): Iterable<Finding> {
  for (const [{ path, digest, source, line }, first] of repeats(listedDigests)) {
    const code = first.digest === digest ? 'checksum.listed-twice' : 'checksum.contradictory';
    yield createFinding(code, { path, row: line }, { source, firstLine: first.line });
  }
}

/** Each digest that its source states again, with the first one for the same file and algorithm. */
function* repeats(stated: DigestList): Iterable<[StatedDigest, StatedDigest]> {
  // Nearly every path is stated once: further digests for it are kept only where there are some.
  const firstOf = new IntColumn();
  const furtherOf = new Map<number, StatedDigest[]>();
  let place = 0;
  for (const digest of stated) {
    const { pathNumber } = digest;
    const known = firstOf.get(pathNumber);
    if (known < 0) firstOf.set(pathNumber, place);
    place += 1;
    if (known < 0) continue;
    const further = furtherOf.get(pathNumber) ?? [];
    const isSame = ({ source, algorithm }: StatedDigest) => source === digest.source && algorithm === digest.algorithm;
    const first = [stated.at(known), ...further].find(isSame);
    if (first) yield [digest, first];
    else furtherOf.set(pathNumber, [...further, digest]);
  }
}

/** Digests for files that the package lacks; told once a file, and not where its absence was told. */
export function* digestsWithoutFile(context: CheckContext): Iterable<Finding> {
  const told = new Set<string>();
  for (const listed of context.listedDigests) {
    if (listed.present) continue;
    const { path, source, line } = listed;
    if (told.has(path) || isAbsenceTold(context, path) || isBeside(context, path)) continue;
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
  const told = new Set<string>();
  for (const [{ path }] of repeats(context.listedDigests)) told.add(path);
  for (const stated of statedDigests(context)) {
    if (!stated.present) continue;
    const { path, algorithm, digest: expected } = stated;
    const actual = context.files.digestOf(path, algorithm);
    // Without facts the file could not be read, which has been told.
    if (actual === undefined || actual === expected) continue;
    if ((told.has(path) && context.isBlamed({ path })) || isBeside(context, path)) continue;
    const { source, line } = stated;
    yield createFinding('checksum.mismatch', { path, row: line }, { algorithm, expected, actual, source });
  }
}

/** Documents without a digest of an agreed kind, and digests of kinds that prove little. */
export function* digestCoverage(context: CheckContext): Iterable<Finding> {
  const { profile } = context;
  const byPath = statedAlgorithms(context);
  if (byPath.isEmpty) {
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

function* documentsWithoutDigest(context: CheckContext, byPath: StatedAlgorithms): Iterable<Finding> {
  for (const { path } of documentsOf(context)) {
    if (byPath.of(path) !== 0 || context.isBlamed({ path })) continue;
    // A digest in the manifest that cannot be read has been told of its row.
    if (Object.keys(context.rowByPath.get(path)?.values ?? {}).some(isDigestField)) continue;
    yield createFinding('checksum.not-listed', { path }, {});
  }
}

/** Sources that state, for some file, none of the agreed algorithms: one cause for all files they list. @returns them */
function* refusedSources(
  context: CheckContext,
  byPath: StatedAlgorithms,
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
  byPath: StatedAlgorithms,
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
  byPath: StatedAlgorithms,
  fitting: AlgorithmSet,
): Map<string, Set<DigestAlgorithm>> {
  const sources = new Map<string, Set<DigestAlgorithm>>();
  for (const stated of statedDigests(context)) {
    if ((byPath.ofNumber(stated.pathNumber) & fitting) !== 0) continue;
    const { source, algorithm } = stated;
    const known = sources.get(source);
    if (known) known.add(algorithm);
    else sources.set(source, new Set([algorithm]));
  }
  return sources;
}
