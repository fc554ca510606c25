import type { SheetClass } from './sheet-class.ts';

/** What a scan shows: black and white, shades of grey, or colours. Ordered: the last of several is that of the whole. */
export const colourClasses = ['bw', 'grey', 'colour'] as const;
export type ColourClass = (typeof colourClasses)[number];

/** Dots per inch across and down, to a tenth. */
export type Dpi = readonly [x: number, y: number];

/** A picture on a page. */
export interface PictureFacts {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Bits of each sample; null where only the picture's own data say it. */
  readonly bits: number | null;
  readonly colour: ColourClass;
  /** As the format names it: DeviceGray, ICCBased, YCbCr. */
  readonly colourSpace: string;
  /** Compression, in the order of decoding: FlateDecode, CCITTFaxDecode, DCTDecode. */
  readonly filters: readonly string[];
  /** As the picture is placed on the page; null where it has no extent. */
  readonly dpi: Dpi | null;
  /** Paints one colour through its pixels. */
  readonly isStencil: boolean;
  /** Has a mask of its own, or transparency. */
  readonly isMasked: boolean;
  /** How JBIG2 data are coded: symbols replace similar shapes by one another (BSI TR-03138 A.SC.12 forbids them). */
  readonly jbig2?: 'generic' | 'symbols' | 'unknown';
  /** The mask of its own, which may be finer than the picture: in layers of a scan it holds the writing. */
  readonly mask?: MaskFacts;
}

/** A mask that lies on a picture; what its fields say is as with pictures. */
export type MaskFacts = Pick<PictureFacts, 'width' | 'height' | 'bits' | 'filters' | 'jbig2' | 'dpi'>;

/**
 * none; single: one picture; mrc: layers of one scan on each other (mask, foreground, background); tiles: one scan cut
 * into parts side by side; several: different pictures.
 */
export type PictureLayout = 'none' | 'single' | 'mrc' | 'tiles' | 'several';

/** What can be asked of a page, whatever the format of its file. */
export interface PageFacts {
  /** As shown, in millimetres to a tenth; null where the file does not say. */
  readonly widthMm: number | null;
  readonly heightMm: number | null;
  /** Degrees clockwise that the page is turned when shown: 0, 90, 180, 270. */
  readonly rotation: number;
  readonly sizeClass: SheetClass | null;
  /** Size of the unit of the page's coordinates in 1/72 inch, where it is not 1; width and height count it in. */
  readonly userUnit?: number;
  /** The first of the pictures, the largest on the page first, and how many there are. */
  readonly images: readonly PictureFacts[];
  readonly imageCount: number;
  readonly layout: PictureLayout;
  /** Resolution of the scan: of its finest layer or mask, otherwise of the largest picture. null: no picture. */
  readonly dpi: Dpi | null;
  /** null: nothing is painted. */
  readonly colour: ColourClass | null;
  /** Characters shown, and characters behind the picture as text recognition leaves them. */
  readonly text: { readonly visible: number; readonly invisible: number };
  /** Why the content of the page is not or not fully known; absent where it is. */
  readonly unread?: 'damaged' | 'encrypted' | 'limit';
}

/** Consecutive pages whose facts are equal. */
export type PageRun = PageFacts & { readonly first: number; readonly last: number };

export function strongerColour(one: ColourClass | null, other: ColourClass | null): ColourClass | null {
  if (one === null || other === null) return one ?? other;
  return colourClasses.indexOf(one) > colourClasses.indexOf(other) ? one : other;
}
