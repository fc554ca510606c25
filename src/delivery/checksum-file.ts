import { createFinding, type Finding } from '../findings/finding.ts';
import type { DigestAlgorithm } from '../inspection/facts.ts';
import { findRoot, isAbsolute, type PathRoot } from './absolute-paths.ts';
import { isSidecarName } from './checksum-line.ts';
import { createStatementReader, type Statement } from './checksum-statements.ts';
import { ChecksumXmlError, xmlChecksums } from './checksum-xml.ts';
import type { EntryIndex, EntryMatch } from './entry-index.ts';
import { readListedPath } from './listed-path.ts';
import type { PackageEntry } from './package-reader.ts';
import type { SourceFile } from './source-file.ts';
import { textLines } from './text-lines.ts';

export type { SourceFile } from './source-file.ts';

/** A digest that the vendor states for one path of the package. */
export interface StatedDigest {
  /** Path of the entry that is meant, as stored; as the vendor wrote it when there is none. */
  readonly path: string;
  readonly present: boolean;
  readonly algorithm: DigestAlgorithm;
  /** Lower-case hex. */
  readonly digest: string;
  /** Path of the checksum file or manifest. */
  readonly source: string;
  /** Line or row in it, from 1. */
  readonly line: number;
}

type Report = (finding: Finding) => void;

/** Takes digests, one after the other. */
export interface DigestSink {
  readonly length: number;
  push(stated: StatedDigest): unknown;
}

/** What reading digests needs. */
export interface DigestReading {
  readonly index: EntryIndex;
  readonly report: Report;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a checksum file into `stated`: line by line, or, where it is XML by its name, element by element as METS writes them. Every line
 * that is neither blank nor a "#" comment (which coreutils skips, too) yields a digest or a finding; a file without a
 * usable line is a finding of its own.
 */
export async function readChecksumFile(
  source: SourceFile,
  stated: DigestSink,
  { index, report, signal }: DigestReading,
): Promise<void> {
  const unusable: Finding[] = [];
  let usable = 0;
  /** Where absolute paths begin, once one was met. */
  let root: PathRoot | 'none' | undefined;
  try {
    for await (const group of statements(source, signal)) {
      root ??= await rootFor(source, group, { index, report, signal });
      for (const said of group) {
        const place = { path: source.path, row: said.line };
        if ('unusable' in said) {
          unusable.push(createFinding('checksum.line-unusable', place, { text: said.unusable.slice(0, 200) }));
          continue;
        }
        const path = locate(said.name, place, { index, report, root });
        if (path?.path === source.path) {
          report(createFinding('checksum.lists-itself', place, {}));
          continue;
        }
        usable += 1;
        const { algorithm, digest, line } = said;
        if (path) stated.push({ ...path, algorithm, digest, source: source.path, line });
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    report(unreadable(source.path, error));
    return;
  }
  // A file that holds no checksum at all has one mistake, not one a line.
  if (usable === 0) report(createFinding('checksum.no-usable-line', { path: source.path }, {}));
  else unusable.forEach(report);
}

/** @throws errors that are the program's */
function unreadable(path: string, error: unknown): Finding {
  if (error instanceof ChecksumXmlError) {
    return createFinding('checksum.xml-invalid', { path, row: error.line }, { cause: error.message });
  }
  const cause = (error as NodeJS.ErrnoException).code;
  if (cause === undefined) throw error;
  return createFinding('checksum.source-unreadable', { path }, { cause });
}

/** Whole paths of a computer are read from where the package began on it; that is told. @returns undefined without any */
async function rootFor(
  source: SourceFile,
  group: readonly Statement[],
  { index, report, signal }: DigestReading,
): Promise<PathRoot | 'none' | undefined> {
  if (!group.some((said) => 'name' in said && isAbsolute(said.name))) return undefined;
  const folder = source.path.slice(0, source.path.lastIndexOf('/') + 1);
  const names: string[] = [];
  for await (const said of statements(source, signal)) {
    for (const one of said) if ('name' in one) names.push(one.name);
    if (names.length >= namesForRoot) break;
  }
  const root = findRoot(names, folder, index);
  if (root) report(createFinding('checksum.paths-absolute', { path: source.path }, { root: root.written }));
  return root ?? 'none';
}

/** Names that are looked at for where absolute paths begin. */
const namesForRoot = 10_000;

/** In groups: waiting for each of a million lines would take longer than reading them. */
function statements(source: SourceFile, signal: AbortSignal | undefined): AsyncIterable<readonly Statement[]> {
  return /\.xml$/i.test(source.path) ? xmlChecksums(source, signal) : lineStatements(source, signal);
}

async function* lineStatements(
  source: SourceFile,
  signal: AbortSignal | undefined,
): AsyncIterable<readonly Statement[]> {
  const reader = createStatementReader(source.path);
  let number = 0;
  for await (const lines of textLines(source, signal)) {
    const before = number;
    yield lines.flatMap((text, index) => [...reader.read(text, before + index + 1)]);
    number += lines.length;
  }
  yield [...reader.end()];
}

/** Finds what a checksum line means; reports a path that leads elsewhere (undefined) or is written in another case. */
function locate(
  name: string,
  place: { path: string; row: number },
  { index, report, root }: { index: EntryIndex; report: Report; root: PathRoot | 'none' | undefined },
): Pick<StatedDigest, 'path' | 'present'> | undefined {
  const folder = place.path.slice(0, place.path.lastIndexOf('/') + 1);
  // A name may begin or end with blanks, or hold a backslash: what is there goes before what is likely.
  const literal = index.find(folder + name);
  const below = literal || root === 'none' ? undefined : root?.below(name);
  const listed = literal ? undefined : readListedPath(below ?? name.trim());
  if (listed && 'unsafe' in listed) {
    report(createFinding('checksum.path-unsafe', place, { value: name.slice(0, 500) }));
    return undefined;
  }
  const match = literal ?? (listed && findListed(listed.path, below !== undefined, place.path, name, index));
  if (!match) return { path: (below === undefined ? folder : '') + (listed?.path ?? name), present: false };
  if (match.caseDiffers) {
    report(createFinding('name.case-differs', { path: match.entry.path }, { listed: name, source: place.path }));
  }
  return { path: match.entry.path, present: true };
}

function findListed(path: string, fromTop: boolean, source: string, name: string, index: EntryIndex) {
  if (fromTop) return index.find(path);
  return findFrom(source.slice(0, source.lastIndexOf('/') + 1), path, index) ?? findNamesake(source, name, index);
}

/** Names are relative to the checksum file's folder, as sha256sum reads them; some write them from the top folder. */
function findFrom(folder: string, path: string, index: EntryIndex): EntryMatch | undefined {
  return index.find(folder + path) ?? (folder === '' ? undefined : index.find(path));
}

/** Some programs write "0001.md5" beside "0001.tif": the one file that differs in its ending alone is meant. */
function findNamesake(source: string, name: string, index: EntryIndex): EntryMatch | undefined {
  const stem = stemOf(source);
  if (stem !== source.slice(0, source.lastIndexOf('/') + 1) + name) return undefined;
  const entry = namesakesIn(index).get(stem);
  return entry && entry !== 'several' ? { entry, caseDiffers: false } : undefined;
}

const namesakes = new WeakMap<EntryIndex, ReadonlyMap<string, PackageEntry | 'several'>>();

/** Files by their paths without endings; checksum files left out. */
function namesakesIn(index: EntryIndex): ReadonlyMap<string, PackageEntry | 'several'> {
  const known = namesakes.get(index);
  if (known) return known;
  const found = new Map<string, PackageEntry | 'several'>();
  for (const entry of index.entries) {
    if (entry.kind === 'folder' || isSidecarName(entry.path)) continue;
    const stem = stemOf(entry.path);
    found.set(stem, found.has(stem) ? 'several' : entry);
  }
  namesakes.set(index, found);
  return found;
}

function stemOf(path: string): string {
  return path.replace(/\.[^./]+$/, '');
}
