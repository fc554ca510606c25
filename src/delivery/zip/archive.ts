import { setImmediate } from 'node:timers/promises';
import type { ByteSource } from '../../inspection/byte-source.ts';
import type { EntryKind } from '../package-reader.ts';
import { type NameEncoding, readEntryName } from './entry-name.ts';
import { type FoundDirectory, findDirectory } from './find-directory.ts';
import {
  type DirectoryRecord,
  descriptorLength,
  type LocalHeader,
  readDirectoryRecord,
  readLocalHeader,
} from './records.ts';

/** Records between two looks at the event loop. */
const recordsPerTurn = 500;

/** How local headers and central directory can contradict each other. */
export type Disagreement = 'header' | 'name' | 'method' | 'encryption' | 'size' | 'checksum' | 'descriptor';

/** An entry as an archive holds it. Plain data, kept for every entry: few fields. */
export interface ArchiveEntry {
  /** As stored, with backslashes turned; without the slash at the end of folders. */
  readonly path: string;
  readonly kind: EntryKind;
  readonly size: number;
  readonly packed: number;
  readonly method: number;
  readonly crc32: number;
  readonly encrypted: boolean;
  readonly encoding: NameEncoding;
  readonly rival?: string;
  readonly backslashes: boolean;
  /** Where its local header begins, its content begins, and all that belongs to it ends. */
  readonly start: number;
  readonly content: number;
  readonly end: number;
  readonly disagreement?: Disagreement;
}

/** Bytes of an archive that belong to nothing in its directory. */
export interface ForeignBytes {
  readonly where: 'before' | 'between' | 'after';
  readonly offset: number;
  readonly bytes: number;
}

/** An archive by its directory, compared with what stands before each content. */
export interface Archive {
  readonly entries: readonly ArchiveEntry[];
  /** More entries than were asked for: the others are not among them. */
  readonly cutOff: boolean;
  readonly directory: FoundDirectory;
  /** The directory is not as long, or has not as many entries, as the end of the archive says. */
  readonly damagedAt?: number;
}

/**
 * Reads the directory of an archive; nothing is unpacked.
 * @param limit entries that are read at most
 * @returns undefined where no directory can be found
 */
export async function readArchive(
  source: ByteSource,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Archive | undefined> {
  const directory = findDirectory(source);
  if (!directory) return undefined;
  const entries: ArchiveEntry[] = [];
  const begin = directory.offset + directory.shift;
  let at = begin;
  for (let count = 0; at < begin + directory.size; count += 1) {
    const record = readDirectoryRecord(source, at);
    if (!record || at + record.length > directory.end) return { entries, cutOff: false, directory, damagedAt: at };
    if (count >= limit) return { entries, cutOff: true, directory };
    entries.push(readEntry(source, record, directory.shift));
    at += record.length;
    if (entries.length % recordsPerTurn === 0) await setImmediate();
    signal?.throwIfAborted();
  }
  const counted = directory.zip64 ? entries.length : entries.length % 0x10000;
  const sound = at === begin + directory.size && counted === directory.entries;
  return { entries, cutOff: false, directory, ...(sound ? {} : { damagedAt: at }) };
}

function readEntry(source: ByteSource, record: DirectoryRecord, shift: number): ArchiveEntry {
  const { name, encoding, rival } = readEntryName(record);
  // Bytes that are no text are written with backslashes, which separate nothing.
  const backslashes = encoding !== 'invalid' && name.includes('\\');
  const path = (backslashes ? name.replaceAll('\\', '/') : name).replace(/\/$/, '');
  const start = record.offset + shift;
  const local = readLocalHeader(source, start);
  const content = start + (local?.length ?? 0);
  const descriptor = (record.flags & 0x0008) === 0 ? 0 : descriptorLength(source, content + record.packed, record);
  const disagreement = local
    ? (compare(record, local) ?? (descriptor === undefined ? 'descriptor' : undefined))
    : ('header' as const);
  return {
    path,
    kind: kindOf(record, name),
    size: record.size,
    packed: record.packed,
    method: record.method,
    crc32: record.crc32,
    encrypted: (record.flags & 0x2041) !== 0 || record.method === 99,
    encoding,
    ...(rival === undefined ? {} : { rival }),
    backslashes,
    start,
    content,
    end: content + record.packed + (descriptor ?? 0),
    ...(disagreement ? { disagreement } : {}),
  };
}

/** What the local header says otherwise; sizes and checksum may follow the content instead, and are 0 then. */
function compare(record: DirectoryRecord, local: LocalHeader): Disagreement | undefined {
  const follows = (local.flags & 0x0008) !== 0;
  const same = (one: number, other: number) => one === other || (follows && other === 0);
  if (!local.name.equals(record.name)) return 'name';
  if (local.method !== record.method) return 'method';
  if (((local.flags ^ record.flags) & 0x0001) !== 0) return 'encryption';
  if (((local.flags ^ record.flags) & 0x0008) !== 0) return 'descriptor';
  if (!sameSizes(record, local, follows)) return 'size';
  return same(record.crc32, local.crc32) ? undefined : 'checksum';
}

function sameSizes(record: DirectoryRecord, local: LocalHeader, follows: boolean): boolean {
  const fits = (one: number, other: number) => one === other || (follows && (other === 0 || other === 0xffffffff));
  return fits(record.size, local.size) && fits(record.packed, local.packed);
}

const unixTypes: Readonly<Record<number, EntryKind>> = {
  4096: 'pipe',
  8192: 'device',
  16384: 'folder',
  24576: 'device',
  40960: 'link',
  49152: 'socket',
};

/** The kind by the slash at the end of folders, and by the file type that Unix (3) and macOS (19) packers store. */
function kindOf({ madeBy, attributes }: DirectoryRecord, name: string): EntryKind {
  if (/[/\\]$/.test(name)) return 'folder';
  const system = madeBy >> 8;
  return ((system === 3 || system === 19) && unixTypes[(attributes >>> 16) & 0xf000]) || 'file';
}
