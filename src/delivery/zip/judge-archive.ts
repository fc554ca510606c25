import { createFinding, type Finding } from '../../findings/finding.ts';
import type { ByteSource } from '../../inspection/byte-source.ts';
import { readListedPath } from '../listed-path.ts';
import type { Archive, ArchiveEntry } from './archive.ts';
import type { NameEncoding } from './entry-name.ts';
import { isDense, type ZipLimits } from './limits.ts';
import { layOut, type Ranges } from './ranges.ts';

type Report = (finding: Finding) => void;

/** Compression methods with a name (PKWARE APPNOTE 6.3.10, 4.4.5), for people. */
const methods: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  20: 'Zstandard',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
};

/**
 * Reports what is wrong with an archive and its entries.
 * @returns the entries that must not be read
 */
export function judgeArchive(
  name: string,
  source: ByteSource,
  archive: Archive,
  limits: ZipLimits,
  report: Report,
): Set<ArchiveEntry> {
  const ranges = layOut(source, archive);
  for (const finding of archiveFindings(name, archive, ranges)) report(finding);
  for (const finding of nameFindings(name, archive.entries)) report(finding);
  const refused = new Set<ArchiveEntry>();
  for (const entry of archive.entries) {
    const finding = entryFinding(name, entry, ranges, limits);
    if (!finding) continue;
    report(finding);
    refused.add(entry);
  }
  return refused;
}

function* archiveFindings(archive: string, { directory, damagedAt }: Archive, ranges: Ranges): Iterable<Finding> {
  const whole = { path: '' };
  if (directory.disks) yield createFinding('zip.multi-part', whole, { archive });
  if (damagedAt !== undefined) yield createFinding('zip.directory-damaged', whole, { archive, offset: damagedAt });
  const [first] = ranges.hidden;
  if (first !== undefined) {
    yield createFinding('zip.entry-hidden', whole, { archive, offset: first, count: ranges.hidden.length });
  }
  for (const where of ['before', 'between', 'after'] as const) {
    const parts = ranges.foreign.filter((part) => part.where === where);
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    // In a directory that is damaged, what belongs to it is not known.
    if (bytes > 0 && damagedAt === undefined) {
      yield createFinding('zip.foreign-bytes', whole, { archive, where, bytes, offset: parts[0]?.offset ?? 0 });
    }
  }
}

/** One finding an archive for what all its names have in common. */
function* nameFindings(archive: string, entries: readonly ArchiveEntry[]): Iterable<Finding> {
  const turned = entries.filter(({ backslashes }) => backslashes);
  if (turned[0]) {
    yield createFinding('zip.backslashes', { path: '' }, { archive, count: turned.length, example: turned[0].path });
  }
  for (const encoding of ['cp437', 'assumed-utf-8'] as const satisfies readonly NameEncoding[]) {
    const written = entries.filter((entry) => entry.encoding === encoding);
    if (!written[0]) continue;
    const args = { archive, encoding, count: written.length, example: written[0].path };
    yield createFinding('zip.name-encoding', { path: '' }, args);
  }
}

/** The first thing that speaks against reading an entry. */
function entryFinding(
  archive: string,
  entry: ArchiveEntry,
  { overlapping, outside }: Ranges,
  limits: ZipLimits,
): Finding | undefined {
  const { path, rival, disagreement, size, packed, method } = entry;
  const place = { path };
  const unsafe = unsafePath(entry);
  if (unsafe) return createFinding('zip.path-unsafe', place, { archive, reason: unsafe });
  if (rival !== undefined) return createFinding('zip.name-ambiguous', place, { archive, rival });
  if (disagreement) return createFinding('zip.directories-disagree', place, { archive, about: disagreement });
  const other = overlapping.get(entry);
  if (other) return createFinding('zip.overlap', place, { archive, other: other.path });
  if (outside.has(entry)) return createFinding('zip.entry-cut-off', place, { archive });
  if (entry.encrypted) return createFinding('zip.encrypted', place, { archive });
  if (method !== 0 && method !== 8) {
    return createFinding('zip.method-unsupported', place, { archive, method: methods[method] ?? String(method) });
  }
  if (isDense(entry, limits)) return createFinding('zip.bomb', place, { archive, packed, size, limit: limits.ratio });
  if (method === 0 && size !== packed)
    return createFinding('zip.directories-disagree', place, { archive, about: 'size' });
  if (entry.kind === 'folder' && size > 0) return createFinding('zip.folder-with-content', place, { archive, size });
  return undefined;
}

/** Names that lead elsewhere when unpacked; a name of dots and slashes alone leads nowhere. */
function unsafePath({
  path,
  encoding,
}: ArchiveEntry): 'absolute' | 'drive' | 'parent' | 'control' | 'empty' | undefined {
  if (path.includes('\0')) return 'control';
  // Other control characters are for the checks of names, which tell them in every form.
  const listed = readListedPath(path.replaceAll(controls, '_'));
  if ('unsafe' in listed) return listed.unsafe;
  const isPlain =
    encoding === 'invalid' || (path !== '' && path.split('/').every((name) => name !== '' && name !== '.'));
  return isPlain ? undefined : 'empty';
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: setting control characters aside is the purpose
const controls = /[\u0001-\u001f]/g;
