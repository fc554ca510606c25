import type { Dpi, PictureFacts, PictureLayout } from '../../page-facts.ts';
import { areaOf, type Box, overlapOf } from './matrix.ts';

/** A picture at its place on a page. */
export interface PlacedPicture {
  readonly facts: PictureFacts;
  readonly box: Box;
}

/** Share of the smaller picture that must lie on the larger for the two to be layers of one scan. */
const layered = 0.8;
/** Parts of one scan cover what they lie on but for rounding, and hardly lie on each other. */
const covered = 0.95;

/** Some writers of layered scans lay colour on a page by pictures of one pixel: where there are others, these count. */
export function withoutFills(pictures: readonly PlacedPicture[]): readonly PlacedPicture[] {
  const others = pictures.filter(({ facts }) => !isFill(facts));
  return others.length > 0 ? others : pictures;
}

function isFill({ width, height, mask }: PictureFacts): boolean {
  return width * height <= 1 && mask === undefined;
}

/** How the pictures of a page belong together; only the first hundreds of them are given. */
export function layoutOf(pictures: readonly PlacedPicture[]): PictureLayout {
  const [only] = pictures;
  if (only === undefined) return 'none';
  if (pictures.length === 1) return hasFinerMask(only.facts) ? 'mrc' : 'single';
  if (hasLayers(pictures)) return 'mrc';
  return areTiles(pictures) ? 'tiles' : 'several';
}

/** Two that lie on each other, one of them with a mask or a mask itself. */
function hasLayers(pictures: readonly PlacedPicture[]): boolean {
  for (const [index, one] of pictures.entries()) {
    for (const other of pictures.slice(index + 1)) {
      const isMask = isMaskLike(one.facts) || isMaskLike(other.facts);
      const smaller = Math.min(areaOf(one.box), areaOf(other.box));
      if (isMask && smaller > 0 && overlapOf(one.box, other.box) >= layered * smaller) return true;
    }
  }
  return false;
}

/** One colour or a coarse picture that shows through a bilevel mask with finer pixels: a layer of a scan on white. */
function hasFinerMask({ width, height, mask }: PictureFacts): boolean {
  return mask?.bits === 1 && mask.width * mask.height > width * height;
}

function isMaskLike({ isStencil, isMasked }: PictureFacts): boolean {
  return isStencil || isMasked;
}

function areTiles(pictures: readonly PlacedPicture[]): boolean {
  const [first] = pictures;
  if (!first) return false;
  const isAlike = pictures.every(
    ({ facts }) =>
      facts.colourSpace === first.facts.colourSpace &&
      facts.bits === first.facts.bits &&
      facts.filters.join() === first.facts.filters.join(),
  );
  const whole = {
    left: Math.min(...pictures.map(({ box }) => box.left)),
    bottom: Math.min(...pictures.map(({ box }) => box.bottom)),
    right: Math.max(...pictures.map(({ box }) => box.right)),
    top: Math.max(...pictures.map(({ box }) => box.top)),
  };
  const sum = pictures.reduce((total, { box }) => total + areaOf(box), 0);
  return isAlike && sum >= covered * areaOf(whole) && sum <= areaOf(whole) * (2 - covered);
}

/** Layers that are small beside the page (stamps) do not speak for the scan. */
const speaking = 0.5;

/** The resolution of the scan: of the finest layer that covers the page, otherwise of the largest picture. */
export function dpiOf(pictures: readonly PlacedPicture[], layout: PictureLayout): Dpi | null {
  const largest = pictures.reduce<PlacedPicture | undefined>(
    (best, picture) => (best === undefined || areaOf(picture.box) > areaOf(best.box) ? picture : best),
    undefined,
  );
  if (largest === undefined) return null;
  if (layout !== 'mrc') return largest.facts.dpi;
  return pictures.reduce<Dpi | null>((best, { facts, box }) => {
    const dpi = finestDpi(facts);
    if (dpi === null || areaOf(box) < speaking * areaOf(largest.box)) return best;
    return best === null || dpi[0] * dpi[1] > best[0] * best[1] ? dpi : best;
  }, null);
}

/** Of the picture or of its bilevel mask, which is spread over the same place. */
function finestDpi(facts: PictureFacts): Dpi | null {
  return hasFinerMask(facts) ? (facts.mask?.dpi ?? null) : facts.dpi;
}
