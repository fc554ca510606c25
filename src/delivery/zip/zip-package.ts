import { closeSync, fstatSync, openSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import { createFinding, type Finding } from '../../findings/finding.ts';
import type { ContentLocation } from '../../inspection/content.ts';
import { fileSource } from '../../inspection/file-source.ts';
import type { PackageEntry, PackageReader } from '../package-reader.ts';
import { type ArchiveEntry, readArchive } from './archive.ts';
import { judgeArchive } from './judge-archive.ts';
import { mostUnpacked, type ZipLimits, zipLimits } from './limits.ts';
import { filesTakenForFolders, orderEntries } from './order-entries.ts';

export interface ZipOptions {
  readonly limits?: ZipLimits | undefined;
  /** Told what is wrong with the zip files, while they are opened. */
  readonly report: (finding: Finding) => void;
  readonly signal?: AbortSignal | undefined;
}

interface OpenedArchive {
  readonly name: string;
  readonly file: string;
  readonly stats: Stats;
}

interface HeldEntry {
  readonly entry: PackageEntry;
  readonly content: ContentLocation;
}

/**
 * Opens one or several zip files as one package: their entries together. Reads directories and local headers, unpacks
 * nothing. What is wrong with them is reported, that they cannot be read included; what must not be read is listed as
 * `refused`.
 * @param location what the user named: the zip file, or the folder of several
 */
export async function openZips(
  location: string,
  files: readonly string[],
  options: ZipOptions,
): Promise<PackageReader> {
  const limits = options.limits ?? zipLimits;
  const archives: OpenedArchive[] = [];
  const held = new Map<string, HeldEntry>();
  const sums = { unpacked: 0, bytes: 0 };
  for (const file of files) {
    try {
      const archive = { name: basename(file), file: realpathSync(file), stats: statSync(file) };
      archives.push(archive);
      sums.bytes += archive.stats.size;
      sums.unpacked += await readInto(held, archive, limits, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
      const args = { archive: basename(file), cause: String(error.code) };
      options.report(createFinding('zip.unreadable', { path: '' }, args));
    }
  }
  const limit = mostUnpacked(sums.bytes, limits);
  const tooLarge = sums.unpacked > limit;
  if (tooLarge) options.report(createFinding('zip.too-large', { path: '' }, { size: sums.unpacked, limit }));
  refuseFilesTakenForFolders(held, archives, options.report);
  const entries = orderEntries([...held.values()].map(({ entry }) => (tooLarge ? refusedEntry(entry) : entry)));
  return {
    form: 'zip',
    location,
    async *list(signal) {
      for (const entry of entries) {
        signal?.throwIfAborted();
        yield entry;
      }
    },
    content: ({ path }) => {
      const known = held.get(path);
      if (!known) throw new RangeError(`no entry ${path}`);
      return known.content;
    },
    changedContainers: () => archives.filter(hasChanged).map(({ name }) => name),
    close: () => Promise.resolve(),
  };
}

/** @returns the bytes that the archive's entries unfold to */
async function readInto(
  held: Map<string, HeldEntry>,
  { name, file, stats }: OpenedArchive,
  limits: ZipLimits,
  { report, signal }: ZipOptions,
): Promise<number> {
  const handle = openSync(file, 'r');
  try {
    const source = fileSource(handle, fstatSync(handle).size);
    const archive = await readArchive(source, limits.entries + 1 - held.size, signal);
    if (!archive) {
      report(createFinding('zip.no-directory', { path: '' }, { archive: name, size: stats.size }));
      return 0;
    }
    if (archive.directory.ambiguous) {
      // Which of the directories counts cannot be told: none of them does.
      report(createFinding('zip.ambiguous-end', { path: '' }, { archive: name }));
      return 0;
    }
    const refused = judgeArchive(name, source, archive, limits, report);
    for (const entry of archive.entries) hold(held, entry, { name, file, refused: refused.has(entry), report });
    return archive.entries.reduce((sum, { size }) => sum + size, 0);
  } finally {
    closeSync(handle);
  }
}

interface Holding {
  readonly name: string;
  readonly file: string;
  readonly refused: boolean;
  readonly report: (finding: Finding) => void;
}

/** Keeps an entry; one of a path that is there already makes both unreadable, but for folders. */
function hold(held: Map<string, HeldEntry>, entry: ArchiveEntry, { name, file, refused, report }: Holding): void {
  const { path, kind, size, encoding } = entry;
  // What is wrong with it has been told; there is nothing in it to be listed.
  if (path === '' || (refused && kind === 'folder')) return;
  const undecodable = encoding === 'invalid' ? { undecodable: true } : {};
  const listed: PackageEntry = { path, kind, size: kind === 'file' ? size : 0, stamp: entry.crc32, ...undecodable };
  const known = held.get(path);
  if (known && known.entry.kind === 'folder' && kind === 'folder') return;
  if (known) {
    if (known.entry.kind !== 'refused' || !refused) {
      report(createFinding('zip.duplicate-entry', { path }, { archive: name }));
    }
    held.set(path, { ...known, entry: refusedEntry(known.entry) });
    return;
  }
  const { content: offset, packed: length, method, crc32 } = entry;
  const part = { offset, length, compression: method === 8 ? 'deflate' : 'stored', size, crc32 } as const;
  held.set(path, { entry: refused ? refusedEntry(listed) : listed, content: { file, part } });
}

/** Unpacked, either the file or what lies below it would be lost. */
function refuseFilesTakenForFolders(
  held: Map<string, HeldEntry>,
  archives: readonly OpenedArchive[],
  report: (finding: Finding) => void,
): void {
  for (const path of filesTakenForFolders([...held.values()].map(({ entry }) => entry))) {
    const known = held.get(path);
    if (!known) continue;
    const archive = archives.find(({ file }) => file === known.content.file)?.name ?? '';
    if (known.entry.kind !== 'refused') report(createFinding('zip.duplicate-entry', { path }, { archive }));
    held.set(path, { ...known, entry: refusedEntry(known.entry) });
  }
}

function refusedEntry(entry: PackageEntry): PackageEntry {
  return entry.kind === 'folder' ? entry : { ...entry, kind: 'refused', size: 0 };
}

function hasChanged({ file, stats }: OpenedArchive): boolean {
  const now = statSync(file, { throwIfNoEntry: false });
  return now?.size !== stats.size || now.mtimeMs !== stats.mtimeMs || now.ino !== stats.ino;
}
