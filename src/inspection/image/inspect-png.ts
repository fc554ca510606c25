import { crc32 } from 'node:zlib';
import type { Observation } from '../../findings/finding.ts';
import { observe } from '../../findings/observe.ts';
import type { ByteSource } from '../byte-source.ts';
import type { FormatFacts } from '../facts.ts';
import type { ColourClass, Dpi, PageRun } from '../page-facts.ts';
import { type ExifFacts, readExif } from './exif.ts';
import { onlyPage, usableDpi } from './picture-page.ts';

/** Facts of a PNG, as `FormatFacts.details` holds them. */
export type PngDetails = {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Bits of each sample (of a palette's index). */
  readonly bits: number;
  readonly colour: PngColour;
  readonly interlaced: boolean;
  /** Has an alpha channel or a colour that is transparent. */
  readonly transparent: boolean;
  /** Dots per inch by the pHYs chunk, otherwise by Exif; null where neither states any. */
  readonly dpi: Dpi | null;
  /** Pictures of an animation; 1 without any. */
  readonly frames: number;
  readonly pages: readonly PageRun[];
};

type PngColour = 'grey' | 'rgb' | 'palette' | 'grey-alpha' | 'rgb-alpha';

interface Walk {
  position: number;
  header: Pick<PngDetails, 'width' | 'height' | 'bits' | 'colour' | 'interlaced'> | undefined;
  dpi: Dpi | null;
  exif: ExifFacts | undefined;
  /** Colours of the palette: none but black and white, greys, others; undefined without one. */
  palette: ColourClass | undefined;
  transparent: boolean;
  frames: number;
  hasData: boolean;
}

type End = 'end-of-image' | 'truncated' | 'damaged';

const signatureLength = 8;
const windowSize = 64 * 1024;
/** Far above what any encoder writes; a file made of empty chunks must not keep the reader busy. */
const mostChunks = 1_000_000;
const METRES_PER_INCH = 0.0254;
/** Colour types and the bit depths that they allow (ISO/IEC 15948, table 11.1). */
const colours: Readonly<Record<number, readonly [PngColour, readonly number[]]>> = {
  0: ['grey', [1, 2, 4, 8, 16]],
  2: ['rgb', [8, 16]],
  3: ['palette', [1, 2, 4, 8]],
  4: ['grey-alpha', [8, 16]],
  6: ['rgb-alpha', [8, 16]],
};
/** A palette has 256 colours at most; Exif data are read as far as they matter. */
const longestBody = 64 * 1024;

/**
 * Inspects a PNG (ISO/IEC 15948) chunk by chunk with its check sums, without decoding. A PNG is one page; `pages` is
 * null where no picture is described before the file ends or breaks.
 */
export function inspectPng(source: ByteSource): FormatFacts {
  const walk: Walk = {
    position: signatureLength,
    header: undefined,
    dpi: null,
    exif: undefined,
    palette: undefined,
    transparent: false,
    frames: 1,
    hasData: false,
  };
  const end = walkChunks(source, walk);
  const details = describe(walk);
  const observations: Observation[] = [];
  if (end === 'truncated') observations.push(observe('file.truncated', { format: 'png' }));
  if (end === 'damaged' || (end === 'end-of-image' && !walk.hasData)) {
    observations.push(observe('file.damaged', { format: 'png', offset: walk.position }));
  }
  const trailing = source.size - walk.position;
  if (end === 'end-of-image' && trailing > 0) observations.push(observeBehind(source, walk.position, trailing));
  const isPicture = details !== undefined && walk.hasData;
  if (isPicture && !details.dpi) observations.push(observe('image.resolution-missing', { format: 'png' }));
  if (isPicture && walk.frames > 1) observations.push(observe('image.animated', { frames: walk.frames }));
  return { pages: isPicture ? 1 : null, observations, details: details ?? {} };
}

function observeBehind(source: ByteSource, offset: number, bytes: number): Observation {
  const isPicture = Buffer.from(source.read(offset, 4)).toString('latin1') === '\x89PNG';
  if (isPicture) return observe('image.picture-behind', { format: 'png', offset });
  return observe('file.trailing-bytes', { format: 'png', bytes });
}

const colourSpaces = {
  grey: 'Gray',
  rgb: 'RGB',
  palette: 'Indexed',
  'grey-alpha': 'Gray',
  'rgb-alpha': 'RGB',
} as const;

function describe({ header, dpi: stated, exif, palette, transparent, frames }: Walk): PngDetails | undefined {
  if (!header) return undefined;
  const { width, height, bits, colour } = header;
  const dpi = stated ?? exif?.dpi ?? null;
  const isMasked = transparent || colour === 'grey-alpha' || colour === 'rgb-alpha';
  const picture = { width, height, bits, colour: colourClassOf(colour, bits, palette), dpi, isMasked } as const;
  return {
    ...header,
    transparent: isMasked,
    dpi,
    frames,
    pages: onlyPage({
      ...picture,
      colourSpace: colourSpaces[colour],
      filters: ['FlateDecode'],
      orientation: exif?.orientation,
    }),
  };
}

function colourClassOf(colour: PngColour, bits: number, palette: ColourClass | undefined): ColourClass {
  if (colour === 'palette') return palette ?? 'colour';
  if (colour === 'rgb' || colour === 'rgb-alpha') return 'colour';
  return bits === 1 ? 'bw' : 'grey';
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
    if (!readChunk(type, source.read(walk.position + 8, Math.min(length, longestBody)), walk)) return 'damaged';
    walk.position += 12 + length;
    if (type === 'IEND') return 'end-of-image';
  }
  return 'damaged';
}

/** Reads what is wanted of a chunk; false where it contradicts itself or what came before. */
function readChunk(type: string, body: Uint8Array, walk: Walk): boolean {
  switch (type) {
    case 'IHDR':
      return readHeader(body, walk);
    case 'PLTE':
      walk.palette = colourOfPalette(body);
      return body.length > 0 && body.length % 3 === 0 && body.length <= 768;
    case 'IDAT':
      walk.hasData = true;
      return walk.header?.colour !== 'palette' || walk.palette !== undefined;
    case 'pHYs':
      // Unit 0 states the proportion of the pixels alone.
      if (body[8] === 1) walk.dpi = usableDpi(uint32(body, 0) * METRES_PER_INCH, uint32(body, 4) * METRES_PER_INCH);
      return true;
    case 'tRNS':
      walk.transparent = true;
      return true;
    case 'eXIf':
      walk.exif ??= readExif(body);
      return true;
    case 'acTL':
      walk.frames = uint32(body, 0);
      return true;
    default:
      return true;
  }
}

function readHeader(body: Uint8Array, walk: Walk): boolean {
  const [colour, depths] = colours[body[9] ?? -1] ?? [];
  const bits = body[8] ?? 0;
  const [width, height] = [uint32(body, 0), uint32(body, 4)];
  const isSound = body.length === 13 && width > 0 && height > 0 && (body[12] ?? 2) < 2;
  if (walk.header || !isSound || !colour || !depths?.includes(bits)) return false;
  walk.header = { width, height, bits, colour, interlaced: body[12] === 1 };
  return true;
}

function colourOfPalette(body: Uint8Array): ColourClass {
  let colour: ColourClass = 'bw';
  for (let at = 0; at + 3 <= body.length; at += 3) {
    const [red, green, blue] = [body[at], body[at + 1], body[at + 2]];
    if (red !== green || green !== blue) return 'colour';
    if (red !== 0 && red !== 255) colour = 'grey';
  }
  return colour;
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
