import { createFinding, type Finding } from '../findings/finding.ts';
import type { DigestAlgorithm } from '../inspection/facts.ts';
import { type ChecksumLine, isSidecarFrame, isSidecarName, readChecksumLine, readSidecar } from './checksum-line.ts';
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
  try {
    for await (const group of statements(source, signal)) {
      for (const said of group) {
        const place = { path: source.path, row: said.line };
        if ('unusable' in said) {
          unusable.push(createFinding('checksum.line-unusable', place, { text: said.unusable.slice(0, 200) }));
          continue;
        }
        const path = locate(said.name, place, index, report);
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

type Statement = (ChecksumLine & { readonly line: number }) | { readonly line: number; readonly unusable: string };

/** In groups: waiting for each of a million lines would take longer than reading them. */
function statements(source: SourceFile, signal: AbortSignal | undefined): AsyncIterable<Iterable<Statement>> {
  return /\.xml$/i.test(source.path) ? xmlChecksums(source, signal) : lineStatements(source, signal);
}

async function* lineStatements(
  source: SourceFile,
  signal: AbortSignal | undefined,
): AsyncIterable<Iterable<Statement>> {
  let number = 0;
  for await (const lines of textLines(source, signal)) {
    yield statementsIn(lines, number, source.path);
    number += lines.length;
  }
}

/** @param before number of the lines before these */
function* statementsIn(lines: readonly string[], before: number, path: string): Iterable<Statement> {
  for (const [index, text] of lines.entries()) {
    if (text.trim() === '' || text.startsWith('#') || isSidecarFrame(text, path)) continue;
    const line = before + index + 1;
    const { algorithm, digest, name } = readChecksumLine(text) ?? readSidecar(text, path) ?? {};
    yield algorithm && digest !== undefined && name !== undefined
      ? { algorithm, digest, name, line }
      : { line, unusable: text };
  }
}

/** Finds what a checksum line means; reports a path that leads elsewhere (undefined) or is written in another case. */
function locate(
  name: string,
  place: { path: string; row: number },
  index: EntryIndex,
  report: Report,
): Pick<StatedDigest, 'path' | 'present'> | undefined {
  const folder = place.path.slice(0, place.path.lastIndexOf('/') + 1);
  // A name may begin or end with blanks, or hold a backslash: what is there goes before what is likely.
  const literal = index.find(folder + name);
  const listed = literal ? undefined : readListedPath(name.trim());
  if (listed && 'unsafe' in listed) {
    report(createFinding('checksum.path-unsafe', place, { value: name.slice(0, 500) }));
    return undefined;
  }
  const match = literal ?? (listed && (findFrom(folder, listed.path, index) ?? findNamesake(place.path, name, index)));
  if (!match) return { path: folder + (listed?.path ?? name), present: false };
  if (match.caseDiffers) {
    report(createFinding('name.case-differs', { path: match.entry.path }, { listed: name, source: place.path }));
  }
  return { path: match.entry.path, present: true };
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
