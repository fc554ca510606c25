import type { ByteSource } from '../../inspection/byte-source.ts';
import type { Archive, ArchiveEntry, ForeignBytes } from './archive.ts';
import { bytesAt, signatures } from './records.ts';

/** How the entries of an archive lie in it. */
export interface Ranges {
  /** Entries that share bytes with another one, with it. */
  readonly overlapping: ReadonlyMap<ArchiveEntry, ArchiveEntry>;
  /** Entries that reach into the directory or beyond the end. */
  readonly outside: ReadonlySet<ArchiveEntry>;
  readonly foreign: readonly ForeignBytes[];
  /** Where an entry stands that the directory does not name. */
  readonly hidden: readonly number[];
}

/** Lays the entries out side by side: what overlaps, what sticks out, and what belongs to none of them. */
export function layOut(source: ByteSource, { entries, directory, cutOff }: Archive): Ranges {
  const directoryStart = directory.offset + directory.shift;
  const overlapping = new Map<ArchiveEntry, ArchiveEntry>();
  const outside = new Set<ArchiveEntry>();
  const foreign: ForeignBytes[] = [];
  const hidden: number[] = [];
  const gap = (from: number, to: number): void => {
    if (to <= from || cutOff) return;
    if (bytesAt(source, from, 4)?.readUInt32LE(0) === signatures.localHeader) hidden.push(from);
    else foreign.push({ where: from === 0 ? 'before' : 'between', offset: from, bytes: to - from });
  };
  let last: ArchiveEntry | undefined;
  for (const entry of entries.toSorted((one, other) => one.start - other.start)) {
    if (entry.end > directoryStart) outside.add(entry);
    if (last && entry.start < last.end) {
      overlapping.set(entry, last);
      if (!overlapping.has(last)) overlapping.set(last, entry);
    } else gap(last?.end ?? 0, entry.start);
    if (!last || entry.end > last.end) last = entry;
  }
  gap(last?.end ?? 0, directoryStart);
  gap(directoryStart + directory.size, directory.end);
  if (directory.behind > 0) {
    foreign.push({ where: 'after', offset: source.size - directory.behind, bytes: directory.behind });
  }
  return { overlapping, outside, foreign, hidden };
}
