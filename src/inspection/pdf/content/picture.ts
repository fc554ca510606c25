import type { ColourClass, PictureFacts } from '../../page-facts.ts';
import { type ColourSpace, colourOfPixels } from '../colour-space.ts';
import type { PdfDocument } from '../document.ts';
import { type Filter, filtersOf } from '../filters.ts';
import { jbig2CodingOrUnknown } from '../jbig2.ts';
import { Name } from '../names.ts';
import { type Dictionary, PdfStream } from '../values.ts';
import { readJpeg2000 } from './jpeg2000.ts';
import type { Resources } from './resources.ts';

/** A picture by its dictionary (ISO 32000-2, 8.9.5), before it is placed. */
export type Picture = Omit<PictureFacts, 'dpi'> & { readonly space: ColourSpace | undefined };

/** @param fill the colour that a stencil is painted with. @throws PdfDamage where the dictionary cannot be read */
export function readPicture(
  document: PdfDocument,
  dictionary: Dictionary,
  resources: Resources,
  fill: ColourClass,
  stream: PdfStream | undefined,
): Picture {
  const number = (key: string) => {
    const value = document.resolve(dictionary.get(key));
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
  const filters = filtersOf(dictionary, document.resolve);
  const isStencil = document.resolve(dictionary.get('ImageMask')) === true;
  const space = isStencil ? undefined : spaceOf(dictionary, resources, filters);
  const last = filters.at(-1);
  const own = last?.name === 'JPXDecode' && filters.length === 1 && stream ? readJpeg2000(document, stream) : undefined;
  const bits = isStencil ? 1 : (own?.bits ?? number('BitsPerComponent') ?? bitsOf(filters));
  return {
    width: Math.max(0, number('Width') ?? 0),
    height: Math.max(0, number('Height') ?? 0),
    bits,
    colour: space ? ((space.name === 'JPX' ? own?.colour : undefined) ?? colourOfPixels(space, bits)) : fill,
    colourSpace: (space?.name === 'JPX' ? own?.colourSpace : undefined) ?? space?.name ?? 'stencil',
    filters: filters.map(({ name }) => name),
    isStencil,
    isMasked: isMasked(document, dictionary),
    ...(last?.name === 'JBIG2Decode' && stream ? { jbig2: jbig2CodingOrUnknown(document, stream, filters) } : {}),
    space,
  };
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

function isMasked(document: PdfDocument, dictionary: Dictionary): boolean {
  if (document.resolve(dictionary.get('SMask')) instanceof PdfStream) return true;
  return document.resolve(dictionary.get('Mask')) instanceof PdfStream;
}
