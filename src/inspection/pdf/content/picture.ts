import type { ColourClass, MaskFacts, PictureFacts } from '../../page-facts.ts';
import { type ColourSpace, colourOfPixels } from '../colour-space.ts';
import type { PdfDocument } from '../document.ts';
import { type Filter, filtersOf } from '../filters.ts';
import { jbig2CodingOrUnknown } from '../jbig2.ts';
import { Name } from '../names.ts';
import { type Dictionary, PdfStream } from '../values.ts';
import { readJpeg2000 } from './jpeg2000.ts';
import type { Resources } from './resources.ts';

/** A picture by its dictionary (ISO 32000-2, 8.9.5), before it is placed. */
export type Picture = Omit<PictureFacts, 'dpi' | 'mask'> & {
  readonly space: ColourSpace | undefined;
  readonly mask?: Mask;
};
export type Mask = Omit<MaskFacts, 'dpi'>;

/** @param fill the colour that a stencil is painted with. @throws PdfDamage where the dictionary cannot be read */
export function readPicture(
  document: PdfDocument,
  dictionary: Dictionary,
  resources: Resources,
  fill: ColourClass,
  stream: PdfStream | undefined,
): Picture {
  const number = (key: string) => numberAt(document, dictionary, key);
  const filters = filtersOf(dictionary, document.resolve);
  const isStencil = document.resolve(dictionary.get('ImageMask')) === true;
  const space = isStencil ? undefined : spaceOf(dictionary, resources, filters);
  const last = filters.at(-1);
  const own = last?.name === 'JPXDecode' && filters.length === 1 && stream ? readJpeg2000(document, stream) : undefined;
  const mask = maskOf(document, dictionary);
  const bits = isStencil ? 1 : (own?.bits ?? number('BitsPerComponent') ?? bitsOf(filters));
  return {
    width: Math.max(0, number('Width') ?? 0),
    height: Math.max(0, number('Height') ?? 0),
    bits,
    colour: space ? ((space.name === 'JPX' ? own?.colour : undefined) ?? colourOfPixels(space, bits)) : fill,
    colourSpace: (space?.name === 'JPX' ? own?.colourSpace : undefined) ?? space?.name ?? 'stencil',
    filters: filters.map(({ name }) => name),
    isStencil,
    isMasked: mask !== undefined,
    ...jbig2Of(document, stream, filters),
    ...(mask ? { mask: readMask(document, mask) } : {}),
    space,
  };
}

/** A mask is a picture, too (8.9.6.3, 11.6.5.2): its pixels and how they are packed. */
function readMask(document: PdfDocument, mask: PdfStream): Mask {
  const filters = filtersOf(mask.dictionary, document.resolve);
  const isStencil = document.resolve(mask.dictionary.get('ImageMask')) === true;
  return {
    width: Math.max(0, numberAt(document, mask.dictionary, 'Width') ?? 0),
    height: Math.max(0, numberAt(document, mask.dictionary, 'Height') ?? 0),
    bits: isStencil ? 1 : (numberAt(document, mask.dictionary, 'BitsPerComponent') ?? bitsOf(filters)),
    filters: filters.map(({ name }) => name),
    ...jbig2Of(document, mask, filters),
  };
}

function jbig2Of(
  document: PdfDocument,
  stream: PdfStream | undefined,
  filters: readonly Filter[],
): Pick<PictureFacts, 'jbig2'> {
  const isJbig2 = filters.at(-1)?.name === 'JBIG2Decode' && stream !== undefined;
  return isJbig2 ? { jbig2: jbig2CodingOrUnknown(document, stream, filters) } : {};
}

function numberAt(document: PdfDocument, dictionary: Dictionary, key: string): number | undefined {
  const value = document.resolve(dictionary.get(key));
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function spaceOf(dictionary: Dictionary, resources: Resources, filters: readonly Filter[]): ColourSpace {
  const value = dictionary.get('ColorSpace');
  // JPEG 2000 pictures may say it in their own data (7.4.9).
  if (value === undefined && filters.at(-1)?.name === 'JPXDecode') {
    return { name: 'JPX', holds: 'colour', components: 0, device: undefined };
  }
  const space = value instanceof Name ? resources.namedColourSpace(value.text, value) : resources.colourSpace(value);
  return value === undefined ? { ...space, name: 'missing' } : space;
}

/** Filters that imply the depth (7.4.6, 7.4.7). */
function bitsOf(filters: readonly Filter[]): number | null {
  const last = filters.at(-1)?.name;
  if (last === 'CCITTFaxDecode' || last === 'JBIG2Decode') return 1;
  return last === 'DCTDecode' || last === 'RunLengthDecode' ? 8 : null;
}

function maskOf(document: PdfDocument, dictionary: Dictionary): PdfStream | undefined {
  const soft = document.resolve(dictionary.get('SMask'));
  const mask = soft instanceof PdfStream ? soft : document.resolve(dictionary.get('Mask'));
  return mask instanceof PdfStream ? mask : undefined;
}
