import type { ColourClass } from '../page-facts.ts';
import type { PdfDocument } from './document.ts';
import { Name } from './names.ts';
import { isArray, isDictionary, PdfStream, type PdfValue } from './values.ts';

/** A colour space as far as it is looked at (ISO 32000-2, 8.6). */
export interface ColourSpace {
  /** Its family: DeviceGray, ICCBased, Indexed. */
  readonly name: string;
  /** What colours it can hold. */
  readonly holds: 'grey' | 'colour';
  readonly components: number;
  /** The device space behind it, if any: its colours depend on the device (ISO 19005 asks for an output intent). */
  readonly device: DeviceSpace | undefined;
}

export type DeviceSpace = 'DeviceGray' | 'DeviceRGB' | 'DeviceCMYK';

const plain: ReadonlyMap<string, ColourSpace> = new Map<string, ColourSpace>([
  ['DeviceGray', { name: 'DeviceGray', holds: 'grey', components: 1, device: 'DeviceGray' }],
  ['DeviceRGB', { name: 'DeviceRGB', holds: 'colour', components: 3, device: 'DeviceRGB' }],
  ['DeviceCMYK', { name: 'DeviceCMYK', holds: 'colour', components: 4, device: 'DeviceCMYK' }],
  ['CalGray', { name: 'CalGray', holds: 'grey', components: 1, device: undefined }],
  ['CalRGB', { name: 'CalRGB', holds: 'colour', components: 3, device: undefined }],
  ['Lab', { name: 'Lab', holds: 'colour', components: 3, device: undefined }],
  ['Pattern', { name: 'Pattern', holds: 'colour', components: 0, device: undefined }],
]);
/** Names in inline images (8.9.7). */
const shortNames: ReadonlyMap<string, string> = new Map<string, string>([
  ['G', 'DeviceGray'],
  ['RGB', 'DeviceRGB'],
  ['CMYK', 'DeviceCMYK'],
  ['I', 'Indexed'],
]);

const unknown: ColourSpace = { name: 'unknown', holds: 'colour', components: 0, device: undefined };
/** Spaces that build on each other: Indexed on ICCBased, at most. */
const deepest = 4;

/** @param named the /ColorSpace entries of the resources, for names that are defined there */
export function readColourSpace(
  document: PdfDocument,
  value: PdfValue | undefined,
  named: (name: string) => PdfValue | undefined,
  depth = 0,
): ColourSpace {
  const found = document.resolve(value);
  if (depth === deepest) return unknown;
  if (found instanceof Name) {
    const name = shortNames.get(found.text) ?? found.text;
    const space = plain.get(name);
    if (space) return space;
    const own = named(found.text);
    return own === undefined ? unknown : readColourSpace(document, own, named, depth + 1);
  }
  return isArray(found) ? readFamily(document, found, named, depth) : unknown;
}

/** A space that is an array: its family, then what belongs to it. */
function readFamily(
  document: PdfDocument,
  parts: readonly PdfValue[],
  named: (name: string) => PdfValue | undefined,
  depth: number,
): ColourSpace {
  const family = document.resolve(parts[0]);
  if (!(family instanceof Name)) return unknown;
  const base = (at: number) => readColourSpace(document, parts[at], named, depth + 1);
  switch (shortNames.get(family.text) ?? family.text) {
    case 'ICCBased':
      return readIccBased(document, parts[1]);
    case 'Indexed': {
      const { holds, device, components } = base(1);
      const isGrey = holds === 'grey' || hasGreyPalette(document, parts[3], components);
      return { name: 'Indexed', holds: isGrey ? 'grey' : 'colour', components: 1, device };
    }
    case 'Separation': {
      const holds = isBlack(document.resolve(parts[1])) ? 'grey' : 'colour';
      return { name: 'Separation', holds, components: 1, device: base(2).device };
    }
    case 'DeviceN': {
      const colorants = document.resolve(parts[1]);
      const components = isArray(colorants) ? colorants.length : 0;
      return { name: 'DeviceN', holds: 'colour', components, device: undefined };
    }
    default:
      return plain.get(family.text) ?? unknown;
  }
}

function readIccBased(document: PdfDocument, value: PdfValue | undefined): ColourSpace {
  const profile = document.resolve(value);
  const components = profile instanceof PdfStream ? document.resolve(profile.dictionary.get('N')) : undefined;
  if (components !== 1 && components !== 3 && components !== 4) return { ...unknown, name: 'ICCBased' };
  return { name: 'ICCBased', holds: components === 1 ? 'grey' : 'colour', components, device: undefined };
}

function isBlack(colorant: PdfValue | undefined): boolean {
  return colorant instanceof Name && colorant.text === 'Black';
}

/** 256 colours of three components. */
const longestPalette = 768;

/** Whether all colours of a palette are shades of grey; palettes in streams are not looked at. */
function hasGreyPalette(document: PdfDocument, value: PdfValue | undefined, components: number): boolean {
  const palette = document.resolve(value);
  if (
    !(palette instanceof Uint8Array) ||
    palette.length > longestPalette ||
    components !== 3 ||
    document.security !== undefined
  )
    return false;
  for (let at = 0; at + 2 < palette.length; at += 3) {
    if (palette[at] !== palette[at + 1] || palette[at] !== palette[at + 2]) return false;
  }
  return true;
}

/** The class of pixels with so many bits in a space. */
export function colourOfPixels(space: ColourSpace, bits: number | null): ColourClass {
  if (space.holds === 'colour') return 'colour';
  return bits === 1 ? 'bw' : 'grey';
}

/** The class of a colour by its components, 0 to 1, in a space of so many. */
export function colourOfComponents(components: readonly number[]): ColourClass {
  const [first = 0, second = 0, third = 0] = components;
  if (components.length === 1) return first === 0 || first === 1 ? 'bw' : 'grey';
  if (components.length === 3 && first === second && second === third) return colourOfComponents([first]);
  if (components.length === 4 && first === 0 && second === 0 && third === 0)
    return colourOfComponents(components.slice(3));
  return 'colour';
}

/** Of a dictionary's /ColorSpace: whether it replaces the device spaces by others (8.6.5.6). */
export function definesDefaults(spaces: PdfValue | undefined): boolean {
  if (!isDictionary(spaces)) return false;
  return ['DefaultGray', 'DefaultRGB', 'DefaultCMYK'].some((name) => spaces.has(name));
}
