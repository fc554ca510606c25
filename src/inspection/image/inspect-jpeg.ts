import type { Observation } from '../../findings/finding.ts';
import { observe } from '../../findings/observe.ts';
import type { ByteSource } from '../byte-source.ts';
import type { FormatFacts } from '../facts.ts';
import type { Dpi, PageRun } from '../page-facts.ts';
import { estimateQuality } from './jpeg-quality.ts';
import { expectedRestarts, isRestart, passScan } from './jpeg-scan.ts';
import {
  colourSpaceOf,
  emptySegments,
  type JpegProcess,
  type JpegSegments,
  readSegment,
  uint16,
} from './jpeg-segments.ts';
import { onlyPage } from './picture-page.ts';

/** Facts of a JPEG, as `FormatFacts.details` holds them. */
export type JpegDetails = {
  /** Pixels as stored. */
  readonly width: number;
  readonly height: number;
  /** Bits of each sample, and number of components (1 grey, 3 colour, 4 CMYK). */
  readonly bits: number;
  readonly components: number;
  readonly colourSpace: string;
  readonly process: JpegProcess;
  readonly progressive: boolean;
  /** Samples of the first component for one of the others, across and down ("2x2"); null for a single component. */
  readonly subsampling: string | null;
  /** As libjpeg counts it, 1 to 100, told by the quantisation tables; null without them. */
  readonly estimatedQuality: number | null;
  /** Dots per inch by the JFIF header, otherwise by Exif; null where neither states any. */
  readonly dpi: Dpi | null;
  /** Exif's, 1 (upright) to 8; null where it says none. */
  readonly orientation: number | null;
  /** Smaller versions of the picture inside the file: no pages. */
  readonly hasThumbnail: boolean;
  readonly pages: readonly PageRun[];
};

interface Walk {
  position: number;
  scans: number;
  /** Position of the first scan whose restart markers show that data are missing. */
  gap: number | undefined;
  readonly segments: JpegSegments;
}

/** How the walk through the segments ended, with the position where it did. */
type End = 'end-of-image' | 'truncated' | 'damaged';

/** Far above what any encoder writes; a file made of empty segments must not keep the reader busy. */
const mostSegments = 1_000_000;
const mostFillBytes = 1024;
const [TEM, SOI, EOI, SOS] = [0x01, 0xd8, 0xd9, 0xda];

/**
 * Inspects a JPEG (ITU-T T.81, annex B; JFIF, Exif, Adobe's marker) by its segments, through all entropy-coded data to
 * its end, without decoding. A JPEG is one page; previews inside it are none. `pages` is null where no picture is
 * described before the file ends or breaks.
 */
export function inspectJpeg(source: ByteSource): FormatFacts {
  const walk: Walk = { position: 2, scans: 0, gap: undefined, segments: emptySegments() };
  const end = walkSegments(source, walk);
  const { frame } = walk.segments;
  const isPicture = frame !== undefined && frame.width > 0 && frame.height > 0 && walk.scans > 0;
  const details = frame && describe(walk.segments);
  const observations = [
    ...observeEnd(end, isPicture, walk),
    ...(end === 'end-of-image' ? observeBehind(source, walk) : []),
    ...(isPicture ? observeResolution(walk.segments) : []),
  ];
  return { pages: isPicture ? 1 : null, observations, details: details ?? {} };
}

function* observeEnd(end: End, isPicture: boolean, walk: Walk): Iterable<Observation> {
  if (end === 'truncated') yield observe('file.truncated', { format: 'jpeg' });
  if (end === 'damaged' || (end === 'end-of-image' && !isPicture)) {
    yield observe('file.damaged', { format: 'jpeg', offset: walk.position });
  } else if (walk.gap !== undefined && end !== 'truncated') {
    yield observe('image.data-missing', { format: 'jpeg', offset: walk.gap });
  }
}

/** What follows the end of the picture: the further ones that the file announces, or what should not be there. */
function* observeBehind(source: ByteSource, { position, segments }: Walk): Iterable<Observation> {
  const bytes = source.size - position;
  const { pictures } = segments;
  if (pictures > 1) yield observe('image.secondary-pictures', { count: pictures - 1 });
  else if (bytes > 0) {
    const [first, second, third] = source.read(position, 3);
    const isPicture = first === 0xff && second === SOI && third === 0xff;
    if (isPicture) yield observe('image.picture-behind', { format: 'jpeg', offset: position });
    else yield observe('file.trailing-bytes', { format: 'jpeg', bytes });
  }
}

function* observeResolution({ jfif, exif }: JpegSegments): Iterable<Observation> {
  const [one, other] = [jfif?.dpi ?? null, exif?.dpi ?? null];
  if (one === null && other === null) yield observe('image.resolution-missing', { format: 'jpeg' });
  const differ = one && other && (Math.abs(one[0] - other[0]) > 1 || Math.abs(one[1] - other[1]) > 1);
  if (differ)
    yield observe('image.resolutions-differ', { used: `${one[0]} × ${one[1]}`, other: `${other[0]} × ${other[1]}` });
}

function describe(segments: JpegSegments): JpegDetails | undefined {
  const { frame, jfif, exif, tables } = segments;
  if (!frame) return undefined;
  const { width, height, bits, count, process } = frame;
  const dpi = jfif?.dpi ?? exif?.dpi ?? null;
  const colourSpace = colourSpaceOf(segments);
  const colour = count === 1 ? 'grey' : 'colour';
  const picture = { width, height, bits, colour, colourSpace, filters: ['DCTDecode'], dpi } as const;
  return {
    width,
    height,
    bits,
    components: count,
    colourSpace,
    process,
    progressive: process === 'progressive',
    subsampling: subsamplingOf(segments),
    estimatedQuality: estimateQuality(tables),
    dpi,
    orientation: exif?.orientation ?? null,
    hasThumbnail: (jfif?.hasThumbnail ?? false) || (exif?.hasThumbnail ?? false),
    pages: onlyPage({ ...picture, orientation: exif?.orientation }),
  };
}

function subsamplingOf({ frame }: JpegSegments): string | null {
  const [first, second] = frame?.components ?? [];
  if (!first || !second?.across || !second.down) return null;
  return `${first.across / second.across}x${first.down / second.down}`;
}

/** Goes from segment to segment; leaves `walk.position` behind the end of the image, or where it cannot go on. */
function walkSegments(source: ByteSource, walk: Walk): End {
  for (let segment = 0; segment < mostSegments; segment += 1) {
    const [first, marker] = readMarker(source, walk);
    if (first === undefined || marker === undefined) return 'truncated';
    if (first !== 0xff || marker === SOI || marker === 0 || marker === 0xff) return 'damaged';
    walk.position += 2;
    if (marker === EOI) return 'end-of-image';
    if (marker === TEM || isRestart(marker)) continue;
    const end = passSegment(source, walk, marker);
    if (end) return end;
  }
  return 'damaged';
}

/** A marker may be preceded by fill bytes 0xff (B.1.1.2). */
function readMarker(source: ByteSource, walk: Walk): Uint8Array {
  let bytes = source.read(walk.position, 2);
  for (let fill = 0; fill < mostFillBytes && bytes[0] === 0xff && bytes[1] === 0xff; fill += 1) {
    walk.position += 1;
    bytes = source.read(walk.position, 2);
  }
  return bytes;
}

/** Reads one segment with its length, and the entropy-coded data behind a scan header; returns how the walk ended there. */
function passSegment(source: ByteSource, walk: Walk, marker: number): End | undefined {
  const head = source.read(walk.position, 2);
  if (head.length < 2) return 'truncated';
  const length = uint16(head, 0);
  if (length < 2) return 'damaged';
  const body = source.read(walk.position + 2, length - 2);
  if (body.length < length - 2) return 'truncated';
  if (marker !== SOS) {
    readSegment(marker, body, walk.segments);
    walk.position += length;
    return undefined;
  }
  const { frame, restartInterval } = walk.segments;
  // The view of the header is valid until the next read only.
  const restarts = frame && expectedRestarts(frame, restartInterval, body);
  walk.scans += 1;
  walk.position += length;
  const data = passScan(source, walk.position);
  if (data.end === undefined) return 'truncated';
  const hasGap = restarts !== undefined && (data.restarts !== restarts || !data.inTurn);
  if (hasGap) walk.gap ??= walk.position;
  walk.position = data.end;
  return undefined;
}
