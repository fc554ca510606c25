import type { ByteSource } from '../byte-source.ts';
import { picturePage, usableDpi } from '../image/picture-page.ts';
import type { ColourClass, Dpi, PageFacts } from '../page-facts.ts';
import type { Directory, Layout } from './directory.ts';
import { compressionName, photometricName, tags } from './tags.ts';
import { readFraction, readInteger, readIntegers } from './values.ts';

/**
 * What a directory of the main chain describes (TIFF 6.0, section 8, NewSubfileType): a page, a smaller version of
 * another image of the file, or a transparency mask. Only the first is a page. "unclear": it says so, unreadably.
 */
export type DirectoryKind = 'page' | 'reduced' | 'mask' | 'unclear';

/** What a page's directory says of the picture. */
export interface TiffPicture {
  /** Pixels as stored. */
  readonly width: number;
  readonly height: number;
  /** Bits of each sample. */
  readonly bits: readonly number[];
  readonly compression: string;
  readonly photometric: string;
  /** Dots per inch across and down; null where resolution or unit are missing or none. */
  readonly dpi: Dpi | null;
  /** What the resolution is stated by; none: it only gives a proportion; null: it is missing. */
  readonly resolutionUnit: 'inch' | 'cm' | 'none' | null;
  /** 1 (upright) to 8. */
  readonly orientation: number;
  /** Samples beyond the colours' own that are opacity. */
  readonly isMasked: boolean;
}

/** A page as every format tells it, and by TIFF's own words. */
export type TiffPageFacts = PageFacts & TiffPicture;

const CENTIMETRES_PER_INCH = 2.54;
const PHOTOMETRIC_MASK = 4;
/** TIFF 6.0 knows pixels of a few samples; spectral images have more, and are no scans. */
const mostSamples = 64;

export function kindOfDirectory(source: ByteSource, layout: Layout, { fields }: Directory): DirectoryKind {
  const declared = fields.get(tags.newSubfileType);
  const kind = readInteger(source, layout, declared);
  if (declared && kind === undefined) return 'unclear';
  if (kind !== undefined) {
    if (kind & 4) return 'mask';
    if (kind & 1) return 'reduced';
  } else if (readInteger(source, layout, fields.get(tags.subfileType)) === 2) {
    return 'reduced';
  }
  // The colours of a mask, and nothing that says that it is one (TIFF 6.0, section 8): no reader may guess.
  return readInteger(source, layout, fields.get(tags.photometric)) === PHOTOMETRIC_MASK ? 'unclear' : 'page';
}

/** Reads a page's facts; undefined where the directory describes no picture: no or absurd size, samples, bits. */
export function readPageFacts(source: ByteSource, layout: Layout, { fields }: Directory): TiffPicture | undefined {
  const integer = (tag: number) => readInteger(source, layout, fields.get(tag));
  const width = integer(tags.imageWidth);
  const height = integer(tags.imageLength);
  const samples = integer(tags.samplesPerPixel) ?? 1;
  if (!width || !height || samples < 1 || samples > mostSamples) return undefined;
  const bits = readBits(readIntegers(source, layout, fields.get(tags.bitsPerSample), 0, samples), samples);
  if (!bits) return undefined;
  const photometric = integer(tags.photometric);
  return {
    width,
    height,
    bits,
    compression: compressionName(integer(tags.compression) ?? 1),
    photometric: photometric === undefined ? 'missing' : photometricName(photometric),
    ...readResolution(source, layout, fields),
    orientation: integer(tags.orientation) ?? 1,
    isMasked: (readIntegers(source, layout, fields.get(tags.extraSamples), 0, samples) ?? []).some(isOpacity),
  };
}

/** ExtraSamples: 1 associated, 2 unassociated alpha; 0 is unspecified (TIFF 6.0, section 18). */
function isOpacity(kind: number): boolean {
  return kind === 1 || kind === 2;
}

/** The picture as a page. */
export function tiffPage(picture: TiffPicture): TiffPageFacts {
  const { width, height, bits, compression, photometric, dpi, orientation, isMasked } = picture;
  const stored = { width, height, bits: bits[0] ?? null, dpi, orientation, isMasked };
  const page = picturePage({
    ...stored,
    colour: colourOf(picture),
    colourSpace: colourSpaces[photometric] ?? photometric,
    filters: filters[compression] ?? [compression],
  });
  return { ...page, ...picture };
}

function colourOf({ photometric, bits }: TiffPicture): ColourClass {
  if (photometric !== 'white-is-zero' && photometric !== 'black-is-zero' && photometric !== 'missing') return 'colour';
  // Without an interpretation the samples tell: three or more are colours.
  if (photometric === 'missing' && bits.length > 2) return 'colour';
  return bits[0] === 1 ? 'bw' : 'grey';
}

const colourSpaces: Readonly<Record<string, string>> = {
  'white-is-zero': 'Gray',
  'black-is-zero': 'Gray',
  rgb: 'RGB',
  palette: 'Indexed',
  separated: 'CMYK',
  ycbcr: 'YCbCr',
  cielab: 'Lab',
};

/** Compressions that PDF has as well, by its names; others keep their own. */
const filters: Readonly<Record<string, readonly string[]>> = {
  none: [],
  'ccitt-rle': ['CCITTFaxDecode'],
  'ccitt-rle-word': ['CCITTFaxDecode'],
  'ccitt-g3': ['CCITTFaxDecode'],
  'ccitt-g4': ['CCITTFaxDecode'],
  lzw: ['LZWDecode'],
  deflate: ['FlateDecode'],
  packbits: ['RunLengthDecode'],
  jpeg: ['DCTDecode'],
  'old-jpeg': ['DCTDecode'],
  jpeg2000: ['JPXDecode'],
};

/** BitsPerSample holds a value a sample; some writers give one for all. Its default is 1. */
function readBits(values: readonly number[] | undefined, samples: number): readonly number[] | undefined {
  const [first = 1] = values ?? [];
  const bits = values?.length === samples ? values : new Array<number>(samples).fill(first);
  return bits.every((count) => count >= 1 && count <= 64) ? bits : undefined;
}

function readResolution(
  source: ByteSource,
  layout: Layout,
  fields: Directory['fields'],
): Pick<TiffPicture, 'dpi' | 'resolutionUnit'> {
  const x = readFraction(source, layout, fields.get(tags.xResolution));
  const y = readFraction(source, layout, fields.get(tags.yResolution));
  if (x === undefined || y === undefined) return { dpi: null, resolutionUnit: null };
  // ResolutionUnit: 1 none, 2 inch (the default), 3 centimetre.
  const unit = readInteger(source, layout, fields.get(tags.resolutionUnit)) ?? 2;
  if (unit !== 2 && unit !== 3) return { dpi: null, resolutionUnit: 'none' };
  const scale = unit === 2 ? 1 : CENTIMETRES_PER_INCH;
  return { dpi: usableDpi(x * scale, y * scale), resolutionUnit: unit === 2 ? 'inch' : 'cm' };
}
