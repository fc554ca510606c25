import { type Observation, observe } from '../../findings/finding.ts';
import type { ByteSource } from '../byte-source.ts';
import type { FormatFacts } from '../facts.ts';

/** Facts of a JPEG, as `FormatFacts.details` holds them. */
export type JpegDetails = {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Bits of each sample, and number of components (1 grey, 3 colour, 4 CMYK). */
  readonly bits: number;
  readonly components: number;
  readonly progressive: boolean;
  /** Dots per inch by the JFIF header; null where it states none. */
  readonly dpi: readonly [x: number, y: number] | null;
};

interface Walk {
  position: number;
  frame: Omit<JpegDetails, 'dpi'> | undefined;
  dpi: JpegDetails['dpi'];
  scans: number;
}

/** How the walk through the segments ended, with the position where it did. */
type End = 'end-of-image' | 'truncated' | 'damaged';

const windowSize = 64 * 1024;
/** Far above what any encoder writes; a file made of empty segments must not keep the reader busy. */
const mostSegments = 1_000_000;
const mostFillBytes = 1024;
const [TEM, SOI, EOI, SOS, DNL, APP0] = [0x01, 0xd8, 0xd9, 0xda, 0xdc, 0xe0];

/**
 * Inspects a JPEG (ITU-T T.81, annex B) by its segments, through all entropy-coded data to its end, without decoding.
 * A JPEG is one page; `pages` is null where no picture is described before the file ends or breaks.
 */
export function inspectJpeg(source: ByteSource): FormatFacts {
  const walk: Walk = { position: 2, frame: undefined, dpi: null, scans: 0 };
  const end = walkSegments(source, walk);
  const observations: Observation[] = [];
  if (end === 'truncated') observations.push(observe('file.truncated', { format: 'jpeg' }));
  const incomplete = end === 'end-of-image' && (!walk.frame || walk.scans === 0 || walk.frame.height === 0);
  if (end === 'damaged' || incomplete) {
    observations.push(observe('file.damaged', { format: 'jpeg', offset: walk.position }));
  }
  const trailing = source.size - walk.position;
  if (end === 'end-of-image' && trailing > 0) {
    observations.push(observe('file.trailing-bytes', { format: 'jpeg', bytes: trailing }));
  }
  const { frame, dpi } = walk;
  const isPicture = frame !== undefined && frame.width > 0 && frame.height > 0 && walk.scans > 0;
  return { pages: isPicture ? 1 : null, observations, details: frame ? { ...frame, dpi } : {} };
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
  readSegment(marker, body, walk);
  walk.position += length;
  return marker === SOS && !skipScan(source, walk) ? 'truncated' : undefined;
}

function readSegment(marker: number, body: Uint8Array, walk: Walk): void {
  if (marker === SOS) walk.scans += 1;
  else if (marker === APP0) walk.dpi ??= readJfifDpi(body);
  else if (isFrame(marker) && body.length >= 6) {
    walk.frame ??= {
      width: uint16(body, 3),
      height: uint16(body, 1),
      bits: body[0] ?? 0,
      components: body[5] ?? 0,
      progressive: marker === 0xc2 || marker === 0xc6 || marker === 0xca || marker === 0xce,
    };
  } else if (marker === DNL && walk.frame?.height === 0 && body.length >= 2) {
    // A frame may leave its height open until after the first scan (B.2.5).
    walk.frame = { ...walk.frame, height: uint16(body, 0) };
  }
}

/** Goes behind entropy-coded data: to the next marker that is neither a stuffed byte nor a restart. */
function skipScan(source: ByteSource, walk: Walk): boolean {
  for (;;) {
    const bytes = source.read(walk.position, windowSize);
    const window = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = window.indexOf(0xff);
    while (at !== -1 && at + 1 < window.length) {
      const next = window[at + 1] ?? 0;
      if (next !== 0 && next !== 0xff && !isRestart(next)) {
        walk.position += at;
        return true;
      }
      at = window.indexOf(0xff, next === 0xff ? at + 1 : at + 2);
    }
    // A 0xff at the window's end is looked at again with its successor.
    walk.position += at === -1 ? window.length : at;
    if (walk.position + 1 >= source.size) return false;
  }
}

function readJfifDpi(body: Uint8Array): JpegDetails['dpi'] {
  const isJfif = body.length >= 12 && Buffer.from(body.subarray(0, 5)).toString('latin1') === 'JFIF\0';
  const scale = isJfif ? { 1: 1, 2: 2.54 }[body[7] ?? 0] : undefined;
  const [x, y] = isJfif ? [uint16(body, 8), uint16(body, 10)] : [0, 0];
  if (scale === undefined || x === 0 || y === 0) return null;
  return [Math.round(x * scale * 100) / 100, Math.round(y * scale * 100) / 100];
}

/** SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
