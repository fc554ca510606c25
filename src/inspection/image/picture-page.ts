import type { ColourClass, Dpi, PageFacts, PageRun } from '../page-facts.ts';
import { sheetClassOf } from '../sheet-class.ts';

/** What a picture file says of its picture. */
export interface StoredPicture {
  /** Pixels as stored, before any turn. */
  readonly width: number;
  readonly height: number;
  /** Bits of each sample. */
  readonly bits: number | null;
  readonly colour: ColourClass;
  readonly colourSpace: string;
  /** By the names that PDF has for them (ISO 32000-2, table 6), so that one rule holds for all formats. */
  readonly filters: readonly string[];
  /** As stored; null where the file states none. */
  readonly dpi: Dpi | null;
  /** As Exif and TIFF number it, 1 to 8; anything else is upright. */
  readonly orientation?: number | undefined;
  /** Has an alpha channel or a colour that is transparent. */
  readonly isMasked?: boolean;
}

/** Degrees clockwise by orientation (TIFF 6.0, section 8; Exif 2.32, 4.6.4); mirrored pictures turn as the others do. */
const turns: Readonly<Record<number, number>> = { 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270 };

const MILLIMETRES_PER_INCH = 25.4;

/** The page that a single picture makes: as large as its pixels are at its resolution. */
export function picturePage(picture: StoredPicture): PageFacts {
  const { width, height, bits, colour, colourSpace, filters, isMasked = false } = picture;
  const rotation = turns[picture.orientation ?? 1] ?? 0;
  const dpi = picture.dpi && ([tenth(picture.dpi[0]), tenth(picture.dpi[1])] as const);
  const across = dpi && tenth((width / dpi[0]) * MILLIMETRES_PER_INCH);
  const down = dpi && tenth((height / dpi[1]) * MILLIMETRES_PER_INCH);
  const [widthMm, heightMm] = rotation % 180 === 0 ? [across, down] : [down, across];
  return {
    widthMm,
    heightMm,
    rotation,
    sizeClass: across === null || down === null ? null : sheetClassOf(across, down),
    images: [{ width, height, bits, colour, colourSpace, filters, dpi, isStencil: false, isMasked }],
    imageCount: 1,
    layout: 'single',
    dpi,
    colour,
    text: { visible: 0, invisible: 0 },
  };
}

/** A file of one page. */
export function onlyPage(picture: StoredPicture): readonly PageRun[] {
  return [{ ...picturePage(picture), first: 1, last: 1 }];
}

/** Resolutions as formats state them, of which no scan has less than a tenth of a dot per inch. */
export function usableDpi(x: number, y: number): Dpi | null {
  const isUsable = (value: number) => Number.isFinite(value) && tenth(value) > 0;
  return isUsable(x) && isUsable(y) ? [tenth(x), tenth(y)] : null;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
