import type { ByteSource } from '../byte-source.ts';
import { type Directory, type Extent, type Layout, readDirectory, readHeader } from './directory.ts';
import { locateImageData } from './image-data.ts';
import { kindOfDirectory, readPageFacts } from './page.ts';
import { tags } from './tags.ts';

const windowSize = 64 * 1024;
/** Bytes of gaps that are looked through at most. */
const searchLimit = 256 * 1024 * 1024;
const enough = 1000;

export interface UnlinkedPages {
  /** Page directories with a picture of their own that the chain does not reach; at most 1,000 are counted. */
  readonly count: number;
  /** Position of the first of them. */
  readonly offset: number;
  /** Bytes of gaps that were too many to be looked through. */
  readonly unsearched: number;
}

/**
 * Looks for pages that a broken or cut chain of directories no longer reaches, in the bytes that nothing else accounts
 * for. A directory whose picture belongs to a linked page is an old version of that page's, left behind by an editor.
 * @param known says whether a picture is that of a linked page
 */
export function findUnlinkedPages(
  source: ByteSource,
  layout: Layout,
  gaps: readonly Extent[],
  known: (picture: Extent) => boolean,
): UnlinkedPages {
  let count = 0;
  let offset = 0;
  let left = searchLimit;
  let unsearched = 0;
  for (const gap of gaps) {
    const searched = Math.min(gap.end - gap.start, left);
    left -= searched;
    unsearched += gap.end - gap.start - searched;
    for (const found of pagesInGap(source, layout, { start: gap.start, end: gap.start + searched }, known)) {
      if (count === 0) offset = found;
      if (++count >= enough) return { count, offset, unsearched: 0 };
    }
  }
  return { count, offset, unsearched };
}

function* pagesInGap(
  source: ByteSource,
  layout: Layout,
  gap: Extent,
  known: (picture: Extent) => boolean,
): Generator<number> {
  if (startsWithTiff(source, gap)) {
    yield gap.start;
    return;
  }
  let at = gap.start + (gap.start % 2);
  while (at < gap.end) {
    const end = Math.min(at + windowSize, gap.end);
    for (const candidate of candidates(source, layout, at, end)) {
      const directory = readDirectory(source, layout, candidate);
      if (typeof directory === 'string' || directory.end > gap.end) continue;
      const picture = pictureOf(source, layout, directory);
      if (picture && !known(picture)) yield candidate;
    }
    // A candidate at the window's very end was not seen whole: the next window begins with it.
    at = end === gap.end ? end : end - (layout.big ? 10 : 4);
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

/** Even positions whose bytes look like the start of a page's directory: a small count, then one of the first tags. */
function candidates(source: ByteSource, { littleEndian, big }: Layout, start: number, end: number): number[] {
  const bytes = source.read(start, end - start);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: number[] = [];
  const tagAt = big ? 8 : 2;
  const countAt = big && !littleEndian ? 6 : 0;
  for (let at = 0; at + tagAt + 4 <= view.byteLength; at += 2) {
    const tag = view.getUint16(at + tagAt, littleEndian);
    if (tag < tags.newSubfileType || tag > tags.imageWidth) continue;
    const count = view.getUint16(at + countAt, littleEndian);
    const type = view.getUint16(at + tagAt + 2, littleEndian);
    if (count >= 4 && count <= 256 && (type === 3 || type === 4)) found.push(start + at);
  }
  return found;
}

/** Where the picture of a directory lies, from its first byte to its last; undefined where it is no sound page. */
function pictureOf(source: ByteSource, layout: Layout, directory: Directory): Extent | undefined {
  if (!directory.orderly || directory.tagOutside !== undefined) return undefined;
  if (kindOfDirectory(source, layout, directory) !== 'page') return undefined;
  const facts = readPageFacts(source, layout, directory);
  return facts && spanOf(locateImageData(source, layout, directory, facts, 4096).extents);
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
