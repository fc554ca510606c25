import type { PictureFacts } from '../page-facts.ts';
import { PdfDamage } from './damage.ts';
import type { PdfDocument } from './document.ts';
import type { Filter } from './filters.ts';
import { isCount, PdfStream, type PdfValue, Ref } from './values.ts';

type Coding = NonNullable<PictureFacts['jbig2']>;

/** Segment types (ITU-T T.88, 7.3): symbol dictionary and text regions; generic, halftone and refinement regions. */
const symbolTypes: ReadonlySet<number> = new Set([0, 4, 6, 7]);
const regionTypes: ReadonlySet<number> = new Set([20, 22, 23, 36, 38, 39, 40, 42, 43]);
const mostSegments = 1000;
const longestHeader = 64;

/** How a JBIG2 picture is coded, by the headers of its segments; only these are read. @throws PdfDamage */
export function jbig2CodingOf(document: PdfDocument, picture: PdfStream, filters: readonly Filter[]): Coding {
  const [filter] = filters;
  if (filter?.name !== 'JBIG2Decode' || filters.length > 1 || document.security !== undefined) return 'unknown';
  const globals = picture.dictionary.get('DecodeParms');
  if (codingOfGlobals(document, globals) === 'symbols') return 'symbols';
  const length = document.resolve(picture.dictionary.get('Length'));
  if (!isCount(length)) return 'unknown';
  const read = (at: number) => document.source.read(picture.start + at, Math.min(longestHeader, length - at));
  return codingOf(read, length);
}

function codingOfGlobals(document: PdfDocument, parameters: PdfValue | undefined): Coding | undefined {
  const resolved = document.resolve(parameters);
  const first = Array.isArray(resolved) ? resolved[0] : resolved;
  const globals = document.dictionary(first)?.get('JBIG2Globals');
  const stream = document.resolve(globals);
  if (!(stream instanceof PdfStream) || !(globals instanceof Ref)) return undefined;
  const data = document.contentData(stream, globals);
  return codingOf((at) => data.subarray(at, at + longestHeader), data.length);
}

/** Walks the segments. @param read some bytes from an offset, enough for a header */
function codingOf(read: (at: number) => Uint8Array, length: number): Coding {
  let coding: Coding = 'unknown';
  let at = 0;
  for (let count = 0; count < mostSegments && at < length; count += 1) {
    const segment = readSegment(read(at));
    if (segment === undefined) return 'unknown';
    if (symbolTypes.has(segment.type)) return 'symbols';
    if (regionTypes.has(segment.type)) coding = 'generic';
    if (segment.dataLength === undefined) return coding;
    at += segment.headerLength + segment.dataLength;
  }
  return at < length ? 'unknown' : coding;
}

interface Segment {
  readonly type: number;
  readonly headerLength: number;
  /** undefined where it is known only behind the data (7.2.7): generic regions alone. */
  readonly dataLength: number | undefined;
}

/** A segment header (7.2); undefined where the bytes are none, or it refers to more segments than fit. */
function readSegment(bytes: Uint8Array): Segment | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 11) return undefined;
  const number = view.getUint32(0);
  const flags = view.getUint8(4);
  let referred = view.getUint8(5) >> 5;
  let at = 6;
  if (referred === 7) {
    referred = view.getUint32(5) & 0x1fffffff;
    at = 9 + Math.ceil((referred + 1) / 8);
  }
  at += referred * (number <= 256 ? 1 : number <= 65_536 ? 2 : 4);
  at += flags & 0x40 ? 4 : 1;
  if (at + 4 > bytes.length) return undefined;
  const dataLength = view.getUint32(at);
  return { type: flags & 0x3f, headerLength: at + 4, dataLength: dataLength === 0xffffffff ? undefined : dataLength };
}

/** The same, where damage says no more than that it is unknown. */
export function jbig2CodingOrUnknown(document: PdfDocument, picture: PdfStream, filters: readonly Filter[]): Coding {
  try {
    return jbig2CodingOf(document, picture, filters);
  } catch (error) {
    if (error instanceof PdfDamage && error.reason !== 'too-complex') return 'unknown';
    throw error;
  }
}
