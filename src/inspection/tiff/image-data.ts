import type { ByteSource } from '../byte-source.ts';
import type { Directory, Extent, Field, Layout } from './directory.ts';
import type { TiffPicture } from './page.ts';
import { tags } from './tags.ts';
import { readInteger, readIntegers } from './values.ts';

/** What can be wrong with where a page's picture lies. */
export type DataProblem =
  /** No directory entry says where the picture lies. */
  | 'unplaced'
  /** A strip or tile ends beyond the end of the file. */
  | 'outside'
  /** Strips or tiles are missing, empty, or hold fewer bytes than the pixels need. */
  | 'missing'
  /** The lengths of strips or tiles are not stated. */
  | 'uncounted';

export interface ImageData {
  /** Where the picture's bytes lie, cut at the end of the file; neighbouring strips are one extent. */
  readonly extents: readonly Extent[];
  readonly problems: ReadonlySet<DataProblem>;
  /** Number of strips or tiles read, to be charged to the file's budget. */
  readonly chunks: number;
}

const chunksAtOnce = 4096;
/** Strips follow each other in honest files: more separate ones on a page use up any budget. */
const mostExtents = 100_000;

/**
 * Follows a page's strips or tiles (TIFF 6.0, sections 3 and 15) to where they lie; their bytes are not read.
 * @param budget how many strips or tiles may be looked at; the rest is left out, which the caller sees by `chunks`
 */
export function locateImageData(
  source: ByteSource,
  layout: Layout,
  directory: Directory,
  facts: TiffPicture,
  budget: number,
): ImageData {
  const { fields } = directory;
  const tiled = fields.has(tags.tileOffsets);
  const offsets = fields.get(tiled ? tags.tileOffsets : tags.stripOffsets);
  const counts = fields.get(tiled ? tags.tileByteCounts : tags.stripByteCounts);
  const jpeg = locateOldJpeg(source, layout, directory);
  if (!offsets) return jpeg ?? { extents: [], problems: new Set(['unplaced']), chunks: 0 };
  const plan = planChunks(source, layout, directory, facts, tiled);
  const found = followChunks(source, layout, offsets, counts, Math.min(offsets.count, budget));
  if (offsets.count < plan.chunks) found.problems.add('missing');
  if (counts && plan.bytes !== undefined && found.bytes < plan.bytes) found.problems.add('missing');
  if (!counts && plan.bytes !== undefined && found.first + plan.bytes > source.size) found.problems.add('outside');
  return {
    extents: jpeg ? [...found.extents, ...jpeg.extents] : found.extents,
    problems: found.problems,
    chunks: found.chunks,
  };
}

/** How many strips or tiles the picture needs, and how many bytes at least where it is not compressed. */
interface ChunkPlan {
  readonly chunks: number;
  readonly bytes: number | undefined;
}

function planChunks(
  source: ByteSource,
  layout: Layout,
  { fields }: Directory,
  facts: TiffPicture,
  tiled: boolean,
): ChunkPlan {
  const integer = (tag: number) => readInteger(source, layout, fields.get(tag));
  const { width, height, bits } = facts;
  const planes = integer(tags.planarConfiguration) === 2 ? bits.length : 1;
  if (tiled) {
    const across = Math.ceil(width / (integer(tags.tileWidth) || width));
    const down = Math.ceil(height / (integer(tags.tileLength) || height));
    return { chunks: across * down * planes, bytes: undefined };
  }
  const rows = integer(tags.rowsPerStrip) || height;
  const chunks = Math.ceil(height / rows) * planes;
  // YCbCr may be subsampled: its rows hold fewer bytes than their pixels times samples.
  if (facts.compression !== 'none' || facts.photometric === 'ycbcr') return { chunks, bytes: undefined };
  const sum = bits.reduce((total, count) => total + count, 0);
  const rowBytes =
    planes === 1
      ? Math.ceil((width * sum) / 8)
      : bits.reduce((total, count) => total + Math.ceil((width * count) / 8), 0);
  return { chunks, bytes: rowBytes * height };
}

interface Found {
  readonly extents: Extent[];
  readonly problems: Set<DataProblem>;
  chunks: number;
  bytes: number;
  first: number;
}

function followChunks(
  source: ByteSource,
  layout: Layout,
  offsets: Field,
  counts: Field | undefined,
  length: number,
): Found {
  const found: Found = { extents: [], problems: new Set(), chunks: 0, bytes: 0, first: 0 };
  if (!counts) found.problems.add('uncounted');
  for (let from = 0; from < length; from += chunksAtOnce) {
    if (found.extents.length > mostExtents) return { ...found, chunks: Number.POSITIVE_INFINITY };
    const wanted = Math.min(chunksAtOnce, length - from);
    const starts = readIntegers(source, layout, offsets, from, wanted) ?? [];
    const lengths = readIntegers(source, layout, counts, from, wanted) ?? [];
    if (starts.length < wanted || (counts && lengths.length < wanted)) found.problems.add('missing');
    if (from === 0) found.first = starts[0] ?? 0;
    starts.forEach((start, index) => {
      addChunk(found, source.size, start, counts ? (lengths[index] ?? 0) : undefined);
    });
    found.chunks += wanted;
  }
  return found;
}

function addChunk(found: Found, size: number, start: number, length: number | undefined): void {
  const end = start + (length ?? 1);
  if (start === 0 || length === 0) {
    found.problems.add('missing');
    return;
  }
  found.bytes += length ?? 0;
  if (end > size) found.problems.add('outside');
  if (start < size) addExtent(found.extents, { start, end: Math.min(end, size) });
}

/** Strips follow each other in most files, at times with a padding byte between them. */
function addExtent(extents: Extent[], { start, end }: Extent): void {
  const last = extents.at(-1);
  if (last && start >= last.end && start <= last.end + 1) extents[extents.length - 1] = { start: last.start, end };
  else extents.push({ start, end });
}

/** Before Technical Note 2, a JPEG picture could be given as one stream (TIFF 6.0, section 22). */
function locateOldJpeg(source: ByteSource, layout: Layout, { fields }: Directory): ImageData | undefined {
  const start = readInteger(source, layout, fields.get(tags.jpegOffset));
  const length = readInteger(source, layout, fields.get(tags.jpegLength));
  if (!start) return undefined;
  const problems = new Set<DataProblem>();
  if (!length) problems.add('uncounted');
  const end = start + (length || 1);
  if (end > source.size) problems.add('outside');
  return { extents: [{ start, end: Math.min(end, source.size) }].filter((e) => e.start < e.end), problems, chunks: 1 };
}
