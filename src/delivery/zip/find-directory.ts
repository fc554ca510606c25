import type { ByteSource } from '../../inspection/byte-source.ts';
import { bytesAt, type DirectoryPlace, endLength, readDirectoryRecord, readEnd, signatures } from './records.ts';

const longestComment = 0xffff;

/** Where the central directory of an archive is, and what stands around it that should not. */
export interface FoundDirectory extends DirectoryPlace {
  /** What is to be added to every offset, because bytes were put before the archive. */
  readonly shift: number;
  /** Bytes behind the archive's end. */
  readonly behind: number;
  /** Several places look like the end: programs will disagree about what the archive holds. */
  readonly ambiguous: boolean;
}

/** Finds the central directory from the end of the archive; undefined where there is none, as when it is cut off. */
export function findDirectory(source: ByteSource): FoundDirectory | undefined {
  const ends = findEnds(source);
  const chosen = ends.exact.at(-1) ?? ends.early.at(-1);
  const place = chosen === undefined ? undefined : readEnd(source, chosen);
  if (chosen === undefined || !place) return undefined;
  const behind = source.size - (chosen + endLength + commentLength(source, chosen));
  const ambiguous = ends.exact.length > 1 || ends.early.some((at) => at > chosen);
  return { ...place, shift: shiftOf(source, place), behind, ambiguous };
}

/** Places with the signature of an end record: those whose comment ends with the file, and those where it ends before. */
function findEnds(source: ByteSource): { exact: number[]; early: number[] } {
  const from = Math.max(0, source.size - longestComment - endLength);
  const tail = Buffer.from(source.read(from, source.size - from));
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(signatures.end);
  const ends: { exact: number[]; early: number[] } = { exact: [], early: [] };
  for (let at = tail.indexOf(mark); at >= 0 && at + endLength <= tail.length; at = tail.indexOf(mark, at + 1)) {
    const end = at + endLength + tail.readUInt16LE(at + 20);
    if (end === tail.length) ends.exact.push(from + at);
    else if (end < tail.length) ends.early.push(from + at);
  }
  return ends;
}

function commentLength(source: ByteSource, at: number): number {
  return bytesAt(source, at + 20, 2)?.readUInt16LE(0) ?? 0;
}

/** Bytes before an archive move its directory away from where the end record says it is. */
function shiftOf(source: ByteSource, { offset, size, end, entries }: DirectoryPlace): number {
  const shift = end - size - offset;
  if (shift <= 0 || entries === 0) return 0;
  return readDirectoryRecord(source, offset) ? 0 : shift;
}
