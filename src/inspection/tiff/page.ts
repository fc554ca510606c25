import type { ByteSource } from '../byte-source.ts';
import type { Directory, Layout } from './directory.ts';
import { compressionName, photometricName, tags } from './tags.ts';
import { readInteger, readIntegers, readRational } from './values.ts';

/**
 * What a directory of the main chain describes (TIFF 6.0, section 8, NewSubfileType): a page, a smaller version of
 * another image of the file, or a transparency mask. Only the first is a page. "unclear": it says so, unreadably.
 */
export type DirectoryKind = 'page' | 'reduced' | 'mask' | 'unclear';

/** What a page's directory says of the picture. */
export interface PageFacts {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Bits of each sample. */
  readonly bits: readonly number[];
  readonly compression: string;
  readonly photometric: string;
  /** Dots per inch across and down; null where resolution or unit are missing or none. */
  readonly dpi: readonly [x: number, y: number] | null;
}

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
  return readInteger(source, layout, fields.get(tags.photometric)) === PHOTOMETRIC_MASK ? 'mask' : 'page';
}

/** Reads a page's facts; undefined where the directory describes no picture: no or absurd size, samples, bits. */
export function readPageFacts(source: ByteSource, layout: Layout, { fields }: Directory): PageFacts | undefined {
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
    dpi: readDpi(source, layout, fields),
  };
}

/** BitsPerSample holds a value a sample; some writers give one for all. Its default is 1. */
function readBits(values: readonly number[] | undefined, samples: number): readonly number[] | undefined {
  const [first = 1] = values ?? [];
  const bits = values?.length === samples ? values : new Array<number>(samples).fill(first);
  return bits.every((count) => count >= 1 && count <= 64) ? bits : undefined;
}

function readDpi(source: ByteSource, layout: Layout, fields: Directory['fields']): PageFacts['dpi'] {
  const x = readRational(source, layout, fields.get(tags.xResolution));
  const y = readRational(source, layout, fields.get(tags.yResolution));
  // ResolutionUnit: 1 none, 2 inch (the default), 3 centimetre.
  const unit = readInteger(source, layout, fields.get(tags.resolutionUnit)) ?? 2;
  const scale = unit === 2 ? 1 : unit === 3 ? CENTIMETRES_PER_INCH : undefined;
  if (x === undefined || y === undefined || scale === undefined) return null;
  const dpi = [rounded(x * scale), rounded(y * scale)] as const;
  return dpi[0] > 0 && dpi[1] > 0 ? dpi : null;
}

function rounded(dpi: number): number {
  return Math.round(dpi * 100) / 100;
}
