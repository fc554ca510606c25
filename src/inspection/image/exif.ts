import { memorySource } from '../byte-source.ts';
import type { Dpi } from '../page-facts.ts';
import { readDirectory, readHeader } from '../tiff/directory.ts';
import { tags } from '../tiff/tags.ts';
import { readFraction, readInteger } from '../tiff/values.ts';
import { usableDpi } from './picture-page.ts';

/** What Exif says of a picture (CIPA DC-008): its data are a TIFF of their own. */
export interface ExifFacts {
  /** 1 to 8; undefined where it says none. */
  readonly orientation: number | undefined;
  readonly dpi: Dpi | null;
  /** A smaller version of the picture, for previews. */
  readonly hasThumbnail: boolean;
}

/** @param bytes from the TIFF header on; undefined comes back where there is none that can be read */
export function readExif(bytes: Uint8Array): ExifFacts | undefined {
  const source = memorySource(bytes);
  const header = readHeader(source);
  if (!header) return undefined;
  const directory = readDirectory(source, header.layout, header.first);
  if (typeof directory === 'string') return undefined;
  const { fields, next } = directory;
  const integer = (tag: number) => readInteger(source, header.layout, fields.get(tag));
  const orientation = integer(tags.orientation);
  const unit = integer(tags.resolutionUnit) ?? 2;
  const scale = unit === 2 ? 1 : unit === 3 ? 2.54 : 0;
  const x = readFraction(source, header.layout, fields.get(tags.xResolution)) ?? 0;
  const y = readFraction(source, header.layout, fields.get(tags.yResolution)) ?? 0;
  return {
    orientation: orientation !== undefined && orientation >= 1 && orientation <= 8 ? orientation : undefined,
    dpi: usableDpi(x * scale, y * scale),
    hasThumbnail: next !== 0,
  };
}
