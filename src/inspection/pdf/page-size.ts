import { type SheetClass, sheetClassOf } from '../sheet-class.ts';
import type { Resolve } from './filters.ts';
import type { PdfPage } from './page-tree.ts';
import { isArray, type PdfValue } from './values.ts';

/** A page as it is shown: width and height in millimetres after cropping and rotation. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
  /** Degrees clockwise, 0, 90, 180 or 270. */
  readonly rotation: number;
  /** In 1/72 inch. */
  readonly userUnit: number;
}

const millimetresPerPoint = 25.4 / 72;

/**
 * The size of a page from its crop box, media box, rotation and user unit (ISO 32000-2, table 31), or undefined when
 * it has no usable media box.
 */
export function pageSizeOf(page: PdfPage, resolve: Resolve): PageSize | undefined {
  const attribute = (key: string) => resolve(page.dictionary.get(key) ?? page.inherited.get(key));
  const media = readBox(attribute('MediaBox'), resolve);
  if (media === undefined) return undefined;
  const crop = readBox(attribute('CropBox'), resolve);
  const box = (crop && intersection(media, crop)) ?? media;
  const unit = resolve(page.dictionary.get('UserUnit'));
  const userUnit = typeof unit === 'number' && unit > 0 ? unit : 1;
  const scale = millimetresPerPoint * userUnit;
  const width = (box.right - box.left) * scale;
  const height = (box.top - box.bottom) * scale;
  const turned = attribute('Rotate');
  const rotation = typeof turned === 'number' && turned % 90 === 0 ? ((turned % 360) + 360) % 360 : 0;
  const isUpright = rotation % 180 === 0;
  return { width: isUpright ? width : height, height: isUpright ? height : width, rotation, userUnit };
}

interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** A rectangle by any two opposite corners (7.9.5); undefined where it has no area. */
function readBox(value: PdfValue | undefined, resolve: Resolve): Box | undefined {
  if (!isArray(value) || value.length !== 4) return undefined;
  const [x1, y1, x2, y2] = [resolve(value[0]), resolve(value[1]), resolve(value[2]), resolve(value[3])];
  if (typeof x1 !== 'number' || typeof y1 !== 'number' || typeof x2 !== 'number' || typeof y2 !== 'number') {
    return undefined;
  }
  return withArea({ left: Math.min(x1, x2), bottom: Math.min(y1, y2), right: Math.max(x1, x2), top: Math.max(y1, y2) });
}

function intersection(one: Box, other: Box): Box | undefined {
  return withArea({
    left: Math.max(one.left, other.left),
    bottom: Math.max(one.bottom, other.bottom),
    right: Math.min(one.right, other.right),
    top: Math.min(one.top, other.top),
  });
}

function withArea(box: Box): Box | undefined {
  return box.right > box.left && box.top > box.bottom ? box : undefined;
}

/** Sums up the sizes of all pages. */
export class PageSizes {
  readonly #classes = new Map<SheetClass, number>();
  #smallest: PageSize | undefined;
  #largest: PageSize | undefined;
  #rotated = 0;
  #unknown = 0;
  #firstUnknown = 0;

  /** @returns the size of this page, undefined where it has none */
  add(page: PdfPage, resolve: Resolve): PageSize | undefined {
    const size = pageSizeOf(page, resolve);
    if (size === undefined) {
      this.#unknown += 1;
      if (this.#unknown === 1) this.#firstUnknown = page.number;
      return undefined;
    }
    const sheet = sheetClassOf(size.width, size.height);
    this.#classes.set(sheet, (this.#classes.get(sheet) ?? 0) + 1);
    if (size.rotation !== 0) this.#rotated += 1;
    if (this.#smallest === undefined || areaOf(size) < areaOf(this.#smallest)) this.#smallest = size;
    if (this.#largest === undefined || areaOf(size) > areaOf(this.#largest)) this.#largest = size;
    return size;
  }

  /** Pages without a usable media box, and the first of them. */
  get unknown(): { count: number; first: number } | undefined {
    return this.#unknown === 0 ? undefined : { count: this.#unknown, first: this.#firstUnknown };
  }

  /** Millimetres with one decimal; pages by sheet class. */
  summary(): Readonly<Record<string, unknown>> {
    return {
      smallest: this.#smallest && rounded(this.#smallest),
      largest: this.#largest && rounded(this.#largest),
      sheets: Object.fromEntries(this.#classes),
      rotated: this.#rotated,
    };
  }
}

function areaOf(size: PageSize): number {
  return size.width * size.height;
}

function rounded(size: PageSize): { width: number; height: number } {
  return { width: Math.round(size.width * 10) / 10, height: Math.round(size.height * 10) / 10 };
}
