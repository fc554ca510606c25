import type { ByteSource } from '../byte-source.ts';
import { type Extent, type Layout, readDirectory, readHeader } from './directory.ts';
import { locateImageData } from './image-data.ts';
import { kindOfDirectory, readPageFacts } from './page.ts';
import { tags, typeSizes } from './tags.ts';

const windowSize = 64 * 1024;
/** Bytes of gaps that are looked through at most, and directories found in them. */
const searchLimit = 256 * 1024 * 1024;
const enough = 1000;
/**
 * So many entries in a row with tags of a page, in ascending order and of known types, are met by chance once in 10^20
 * bytes; and they stay recognisable in a directory that is damaged elsewhere.
 */
const tellingEntries = 3;
const lastPageTag = tags.subIfds;

export interface UnlinkedPages {
  /** Page directories with a picture of their own that the chain does not reach; at most 1,000 are counted. */
  readonly count: number;
  /** Position of the first of them. */
  readonly offset: number;
  /** Bytes of gaps that were too many to be looked through. */
  readonly unsearched: number;
}

/** Says whether a picture is that of a linked page. */
type IsKnown = (picture: Extent) => boolean;

/**
 * Looks for pages that a broken or cut chain of directories no longer reaches, in the bytes that nothing else accounts
 * for. A directory whose picture belongs to a linked page is an old version of that page's, left behind by an editor.
 */
export function findUnlinkedPages(
  source: ByteSource,
  layout: Layout,
  gaps: readonly Extent[],
  isKnown: IsKnown,
): UnlinkedPages {
  let count = 0;
  let found = 0;
  let offset = 0;
  let left = searchLimit;
  let unsearched = 0;
  for (const { start, end } of gaps) {
    const searched = Math.min(end - start, left);
    left -= searched;
    unsearched += end - start - searched;
    for (const directory of directoriesInGap(source, layout, { start, end: start + searched })) {
      if (++found > enough) return { count: Math.max(count, 1), offset: offset || directory, unsearched };
      if (!isUnlinkedPage(source, layout, directory, isKnown)) continue;
      offset ||= directory;
      count += 1;
    }
  }
  return { count, offset, unsearched };
}

/** Positions in a gap where the directory of a page begins, as far as its remains tell; or a whole TIFF. */
function* directoriesInGap(source: ByteSource, { littleEndian, big }: Layout, gap: Extent): Generator<number> {
  if (startsWithTiff(source, gap)) {
    yield gap.start;
    return;
  }
  const [countSize, entrySize] = big ? [8, 20] : [2, 12];
  let position = gap.start;
  while (position + entrySize * tellingEntries <= gap.end) {
    const bytes = source.read(position, Math.min(windowSize, gap.end - position));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const at = findEntries(view, littleEndian, entrySize);
    if (at === undefined) {
      // Entries that begin at the window's very end were not seen whole: the next window begins with them.
      position += Math.max(1, bytes.length - entrySize * tellingEntries + 1);
      continue;
    }
    const length = countEntries(view, littleEndian, entrySize, at);
    position += at;
    yield position - countSize;
    position += length * entrySize;
  }
}

/** A second TIFF that was appended to the first: its pages are in the file, but no reader shows them. */
function startsWithTiff(source: ByteSource, gap: Extent): boolean {
  const rest: ByteSource = {
    size: gap.end - gap.start,
    read: (offset, length) => source.read(gap.start + offset, Math.min(length, gap.end - gap.start - offset)),
  };
  const header = readHeader(rest);
  return header !== undefined && typeof readDirectory(rest, header.layout, header.first) !== 'string';
}

/** Where in the window the first telling entries begin. */
function findEntries(view: DataView, littleEndian: boolean, entrySize: number): number | undefined {
  const last = view.byteLength - entrySize * tellingEntries;
  for (let at = 0; at <= last; at += 1) {
    const tag = view.getUint16(at, littleEndian);
    if (tag < tags.newSubfileType || tag > lastPageTag) continue;
    if (countEntries(view, littleEndian, entrySize, at) >= tellingEntries) return at;
  }
  return undefined;
}

/** How many entries of a page's directory follow each other from here. */
function countEntries(view: DataView, littleEndian: boolean, entrySize: number, start: number): number {
  let previous = tags.newSubfileType - 1;
  let count = 0;
  for (let at = start; at + entrySize <= view.byteLength; at += entrySize) {
    const tag = view.getUint16(at, littleEndian);
    const type = view.getUint16(at + 2, littleEndian);
    if (tag <= previous || tag > lastPageTag || typeSizes[type] === undefined) break;
    previous = tag;
    count += 1;
  }
  return count;
}

/** Whether what looks like a directory is a page's, perhaps damaged; not if it is a preview or its picture is known. */
function isUnlinkedPage(source: ByteSource, layout: Layout, offset: number, isKnown: IsKnown): boolean {
  const directory = readDirectory(source, layout, offset);
  if (typeof directory === 'string') return true;
  const kind = kindOfDirectory(source, layout, directory);
  if (directory.orderly && (kind === 'reduced' || kind === 'mask')) return false;
  const facts = readPageFacts(source, layout, directory);
  const picture = facts && spanOf(locateImageData(source, layout, directory, facts, 4096).extents);
  return !picture || !isKnown(picture);
}

/** From the first byte of all extents to the last; undefined where there are none. */
export function spanOf(extents: readonly Extent[]): Extent | undefined {
  const [first] = extents;
  if (!first) return undefined;
  return extents.reduce((span, { start, end }) => ({
    start: Math.min(span.start, start),
    end: Math.max(span.end, end),
  }));
}
