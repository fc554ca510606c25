import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { asBuffer } from '../../../inspection/pdf/characters.ts';
import { ObstacleFound } from './obstacle.ts';

const namespace = 'http://www.aiim.org/pdfa/ns/id/';
const longestXmp = 2 ** 20;
/** Members beside part and conformance speak of one part alone: the year of an amendment, the revision of part 4. */
const known = ['part', 'conformance'];

interface Property {
  readonly prefix: string;
  readonly name: string;
  readonly value: string;
}

/** Whether there is anything to look at in the metadata; in other encodings than UTF-8 there is not. */
export function mentionsClaim(xmp: Uint8Array): boolean {
  return asBuffer(xmp).includes(namespace);
}

/**
 * Makes the metadata of a document say that it is PDF/A-3 (ISO 19005-3, 6.6.4); the level of conformance stays, because
 * part 3 has those of parts 1 and 2. Nothing else of the metadata changes.
 * @param xmp the metadata stream, decoded
 * @returns undefined where they claim no part, or the third already
 * @throws ObstacleFound where the claim is of a later part, or cannot be changed with certainty
 */
export function raiseClaim(xmp: Uint8Array): Buffer | undefined {
  const text = decode(xmp);
  const properties = claimsIn(text);
  const parts = properties.filter(({ name }) => name === 'part');
  const [part] = parts;
  if (!part && properties.length === 0) return undefined;
  if (!part || parts.length > 1) throw new ObstacleFound('pdfa-not-raised');
  if (part.value === '3') return undefined;
  if (part.value !== '1' && part.value !== '2') throw new ObstacleFound('pdfa-part');
  if (!isPlain(properties)) throw new ObstacleFound('pdfa-not-raised');
  const raised = replacePart(text, part);
  const wanted = properties.map((one) => (one.name === 'part' ? { ...one, value: '3' } : one));
  if (JSON.stringify(claimsIn(raised)) !== JSON.stringify(wanted)) throw new ObstacleFound('pdfa-not-raised');
  return Buffer.from(raised);
}

/** Each property once, and none that speaks of something else. */
function isPlain(properties: readonly Property[]): boolean {
  return properties.length === 2 && known.every((name) => properties.some((property) => property.name === name));
}

/** Metadata in PDF/A are UTF-8 (ISO 19005-3, 6.6.2.1, and XMP, part 1). */
function decode(xmp: Uint8Array): string {
  if (xmp.length > longestXmp) throw new ObstacleFound('too-large');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(xmp);
  } catch {
    throw new ObstacleFound('pdfa-not-raised');
  }
}

/** The properties of PDF/A identification in their order, written as attributes or as elements. */
function claimsIn(xmp: string): Property[] {
  if (!xmp.includes(namespace)) return [];
  const parser = new SaxesParser({ xmlns: true } as const);
  const found: Property[] = [];
  let open: { readonly prefix: string; readonly name: string } | undefined;
  let words = '';
  const fail = (): never => {
    throw new ObstacleFound('pdfa-not-raised');
  };
  parser.on('error', fail);
  parser.on('doctype', fail);
  parser.on('opentag', ({ uri, prefix, local, attributes }) => {
    if (open) fail();
    for (const one of Object.values(attributes)) {
      if (one.uri === namespace) found.push({ prefix: one.prefix, name: one.local, value: one.value.trim() });
    }
    if (uri === namespace) [open, words] = [{ prefix, name: local }, ''];
  });
  parser.on('text', (more) => {
    words += open ? more : '';
  });
  parser.on('cdata', () => open && fail());
  parser.on('closetag', () => {
    if (open) found.push({ ...open, value: words.trim() });
    open = undefined;
  });
  // The mark at the beginning is no character of the document.
  parser.write(xmp.replace(/^\ufeff/, '')).close();
  return found;
}

/** The one place where the part stands; that it is the right one shows when the result is read again. */
function replacePart(xmp: string, { prefix, value }: Property): string {
  const name = `${prefix}:part`.replace(/[.-]/g, '\\$&');
  const place = new RegExp(
    `(\\s${name}\\s{0,8}=\\s{0,8}["']\\s{0,8}|<${name}\\s{0,8}>\\s{0,8})${value}(?=\\s{0,8}["'<])`,
    'g',
  );
  if ([...xmp.matchAll(place)].length !== 1) throw new ObstacleFound('pdfa-not-raised');
  return xmp.replace(place, (_, before: string) => `${before}3`);
}
