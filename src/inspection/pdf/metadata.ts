import { attempt, PdfDamage } from './damage.ts';
import type { PdfDocument } from './document.ts';
import { decodeDate, decodeText } from './text-string.ts';
import { type Dictionary, isDictionary, PdfStream, type PdfValue, Ref } from './values.ts';

/** What a document says of itself; each member is absent where it says nothing. */
export interface Metadata {
  readonly title?: string;
  readonly author?: string;
  readonly creator?: string;
  readonly producer?: string;
  /** ISO 8601, without a zone where none is given. */
  readonly created?: string;
  readonly modified?: string;
}

export interface PdfaClaim {
  /** 1 to 4. */
  readonly part: number;
  /** A, B, U, E or F; null where none is claimed. */
  readonly conformance: string | null;
}

export interface XmpFacts {
  readonly metadata: Metadata;
  readonly pdfa: PdfaClaim | undefined;
}

/** The document information dictionary (ISO 32000-2, 14.3.3). @throws PdfDamage */
export function readInfo(document: PdfDocument): Metadata {
  const value = document.trailer.get('Info');
  const info = document.resolve(value);
  if (!isDictionary(info)) return {};
  const bytesOf = (key: string) => stringIn(document, value, info, key);
  const entries = [
    ...(['Title', 'Author', 'Creator', 'Producer'] as const).map((key) => {
      const bytes = bytesOf(key);
      return [key.toLowerCase(), bytes && decodeText(bytes)] as const;
    }),
    ...(
      [
        ['CreationDate', 'created'],
        ['ModDate', 'modified'],
      ] as const
    ).map(([key, name]) => {
      const bytes = bytesOf(key);
      return [name, bytes && decodeDate(bytes)] as const;
    }),
  ];
  return Object.fromEntries(entries.filter(([, text]) => text !== undefined && text !== ''));
}

function stringIn(
  document: PdfDocument,
  owner: PdfValue | undefined,
  dictionary: Dictionary,
  key: string,
): Uint8Array | undefined {
  const own = dictionary.get(key);
  const bytes = document.resolve(own);
  if (!(bytes instanceof Uint8Array)) return undefined;
  const holder = own instanceof Ref ? own : owner;
  const plain = holder instanceof Ref ? attempt(() => document.stringData(bytes, holder)) : bytes;
  return plain instanceof PdfDamage ? undefined : plain;
}

const longestXmp = 2 ** 20;
const pdfaNamespace = 'http://www.aiim.org/pdfa/ns/id/';

/** The metadata stream of the catalog (14.3.2), undefined where there is none. @throws PdfDamage */
export function readXmp(document: PdfDocument, catalog: Dictionary): XmpFacts | undefined {
  const reference = catalog.get('Metadata');
  const stream = document.resolve(reference);
  if (!(stream instanceof PdfStream) || !(reference instanceof Ref)) return undefined;
  const xmp = decodeXmp(document.contentData(stream, reference));
  const metadata = {
    title: propertyOf(xmp, 'dc', 'title'),
    author: propertyOf(xmp, 'dc', 'creator'),
    creator: propertyOf(xmp, 'xmp', 'CreatorTool'),
    producer: propertyOf(xmp, 'pdf', 'Producer'),
    created: propertyOf(xmp, 'xmp', 'CreateDate'),
    modified: propertyOf(xmp, 'xmp', 'ModifyDate'),
  };
  const given = Object.entries(metadata).filter(([, text]) => text !== undefined && text !== '');
  return { metadata: Object.fromEntries(given), pdfa: claimIn(xmp) };
}

function decodeXmp(data: Uint8Array): string {
  const bytes = Buffer.from(data.subarray(0, longestXmp));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString('utf16le');
  }
  return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');
}

/** The prefix of the namespace is any the writer chose; mostly "pdfaid". */
function claimIn(xmp: string): PdfaClaim | undefined {
  const at = xmp.indexOf(pdfaNamespace);
  if (at < 0) return undefined;
  const prefix = /xmlns:([\w.-]{1,64})\s{0,8}=\s{0,8}["']$/.exec(xmp.slice(Math.max(0, at - 128), at))?.[1] ?? 'pdfaid';
  const part = Number(propertyOf(xmp, prefix, 'part'));
  if (!Number.isInteger(part) || part < 1 || part > 9) return undefined;
  return { part, conformance: propertyOf(xmp, prefix, 'conformance')?.toUpperCase() ?? null };
}

const longestProperty = 4096;

/** The first value of a property, written as an attribute or as an element, plain or in an rdf list. */
function propertyOf(xmp: string, prefix: string, name: string): string | undefined {
  const key = `${prefix}:${name}`;
  for (let at = xmp.indexOf(key); at >= 0; at = xmp.indexOf(key, at + 1)) {
    const before = xmp[at - 1] ?? '';
    const behind = xmp.slice(at + key.length, at + key.length + longestProperty);
    if (before === '<') return unescapeXml(elementText(behind, key));
    if (/\s/.test(before)) {
      const attribute = /^\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)')/.exec(behind);
      if (attribute) return unescapeXml(attribute[1] ?? attribute[2]);
    }
  }
  return undefined;
}

/** The text of an element, or of the first item of a list in it. */
function elementText(behind: string, key: string): string | undefined {
  const end = behind.indexOf(`</${key}`);
  const content = behind.slice(behind.indexOf('>') + 1, Math.max(end, 0));
  const text = /<rdf:li[^>]{0,200}>([^<]*)</.exec(content)?.[1] ?? /^([^<]*)$/.exec(content)?.[1];
  return text?.trim();
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescapeXml(text: string | undefined): string | undefined {
  return text?.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (name !== undefined) return entities[name] ?? whole;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
