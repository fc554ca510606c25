import { crc32 } from 'node:zlib';
import { type Observation, observe } from '../../findings/finding.ts';
import type { ByteSource } from '../byte-source.ts';
import type { FormatFacts } from '../facts.ts';

/** Facts of a PNG, as `FormatFacts.details` holds them. */
export type PngDetails = {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Bits of each sample. */
  readonly bits: number;
  readonly colour: string;
  /** Dots per inch by the pHYs chunk; null where it states none. */
  readonly dpi: readonly [x: number, y: number] | null;
};

interface Walk {
  position: number;
  header: Omit<PngDetails, 'dpi'> | undefined;
  dpi: PngDetails['dpi'];
  hasData: boolean;
}

type End = 'end-of-image' | 'truncated' | 'damaged';

const signatureLength = 8;
const windowSize = 64 * 1024;
/** Far above what any encoder writes; a file made of empty chunks must not keep the reader busy. */
const mostChunks = 1_000_000;
const METRES_PER_INCH = 0.0254;
const colours: Readonly<Record<number, string>> = {
  0: 'grey',
  2: 'rgb',
  3: 'palette',
  4: 'grey-alpha',
  6: 'rgb-alpha',
};

/**
 * Inspects a PNG (ISO/IEC 15948) chunk by chunk with its check sums, without decoding. A PNG is one page; `pages` is
 * null where no picture is described before the file ends or breaks.
 */
export function inspectPng(source: ByteSource): FormatFacts {
  const walk: Walk = { position: signatureLength, header: undefined, dpi: null, hasData: false };
  const end = walkChunks(source, walk);
  const { header, dpi } = walk;
  const observations: Observation[] = [];
  if (end === 'truncated') observations.push(observe('file.truncated', { format: 'png' }));
  if (end === 'damaged' || (end === 'end-of-image' && !walk.hasData)) {
    observations.push(observe('file.damaged', { format: 'png', offset: walk.position }));
  }
  const trailing = source.size - walk.position;
  if (end === 'end-of-image' && trailing > 0) {
    observations.push(observe('file.trailing-bytes', { format: 'png', bytes: trailing }));
  }
  return { pages: header && walk.hasData ? 1 : null, observations, details: header ? { ...header, dpi } : {} };
}

function walkChunks(source: ByteSource, walk: Walk): End {
  for (let chunk = 0; chunk < mostChunks; chunk += 1) {
    const head = source.read(walk.position, 8);
    if (head.length < 8) return 'truncated';
    const length = uint32(head, 0);
    const type = Buffer.from(head.subarray(4, 8)).toString('latin1');
    if (length > 0x7fffffff || !/^[A-Za-z]{4}$/.test(type)) return 'damaged';
    if (walk.position + 12 + length > source.size) return 'truncated';
    if (!walk.header && type !== 'IHDR') return 'damaged';
    if (!hasRightSum(source, walk.position + 4, length + 4)) return 'damaged';
    if (!readChunk(type, source.read(walk.position + 8, Math.min(length, 13)), walk)) return 'damaged';
    walk.position += 12 + length;
    if (type === 'IEND') return 'end-of-image';
  }
  return 'damaged';
}

/** Reads what is wanted of a chunk; false where it contradicts itself. */
function readChunk(type: string, body: Uint8Array, walk: Walk): boolean {
  if (type === 'IHDR') {
    const colour = colours[body[9] ?? -1];
    const [width, height] = [uint32(body, 0), uint32(body, 4)];
    if (walk.header || body.length < 13 || colour === undefined || width === 0 || height === 0) return false;
    walk.header = { width, height, bits: body[8] ?? 0, colour };
  } else if (type === 'pHYs' && body.length >= 9 && body[8] === 1) {
    const [x, y] = [uint32(body, 0) * METRES_PER_INCH, uint32(body, 4) * METRES_PER_INCH];
    if (x > 0 && y > 0) walk.dpi = [Math.round(x * 100) / 100, Math.round(y * 100) / 100];
  } else if (type === 'IDAT') walk.hasData = true;
  return true;
}

/** Compares the check sum behind a chunk's type and data with theirs. */
function hasRightSum(source: ByteSource, start: number, length: number): boolean {
  let sum = 0;
  for (let done = 0; done < length; done += windowSize) {
    sum = crc32(source.read(start + done, Math.min(windowSize, length - done)), sum);
  }
  return sum === uint32(source.read(start + length, 4), 0);
}

function uint32(bytes: Uint8Array, at: number): number {
  return bytes.length < at + 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}
