import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';

/** One element of an XML document; names are without their prefix. */
export interface XmlElement {
  readonly name: string;
  /** Namespace name; "" where there is none. */
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text and CDATA directly inside, in one piece, not trimmed. */
  readonly text: string;
}

export interface XmlLimits {
  /** Elements in the document. */
  readonly elements: number;
  /** Elements inside each other. */
  readonly depth: number;
}

export const xmlLimits: XmlLimits = { elements: 2_000_000, depth: 100 };

export type XmlMistake = 'not-well-formed' | 'doctype' | 'encoding' | 'too-large' | 'too-deep';

/** What is wrong with a document, and where. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
  readonly mistake: XmlMistake;
  /** Counted from 1; null where the mistake has no place. */
  readonly line: number | null;

  constructor(mistake: XmlMistake, line: number | null, detail: string) {
    super(detail);
    this.mistake = mistake;
    this.line = line;
  }
}

/**
 * Reads a small XML document into a tree. Document type declarations are refused, so that there are no entities but the
 * five of XML; the size of the tree is bounded by the limits, its text by that of the bytes.
 * @throws XmlError
 */
export function readXmlTree(bytes: Uint8Array, limits: XmlLimits = xmlLimits): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true } as const);
  const open: (XmlElement & { readonly children: XmlElement[]; text: string })[] = [];
  let root: XmlElement | undefined;
  let count = 0;
  const refuse = (mistake: XmlMistake, detail: string): never => {
    throw new XmlError(mistake, parser.line, detail);
  };
  parser.on('doctype', () => refuse('doctype', 'document type declaration'));
  parser.on('error', (error) => refuse('not-well-formed', error.message));
  parser.on('opentag', (tag) => {
    count += 1;
    if (count > limits.elements) refuse('too-large', `more than ${limits.elements} elements`);
    if (open.length >= limits.depth) refuse('too-deep', `more than ${limits.depth} levels`);
    const attributes = Object.fromEntries(Object.values(tag.attributes).map(({ local, value }) => [local, value]));
    const element = { name: tag.local, namespace: tag.uri, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const onText = (words: string): void => {
    const element = open.at(-1);
    if (element) element.text += words;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    root = open.pop() ?? root;
  });
  parser.write(decode(bytes)).close();
  return root ?? refuse('not-well-formed', 'no element');
}

/** By byte order mark, else by the XML declaration, else UTF-8 (XML 1.0, appendix F). */
function decode(bytes: Uint8Array): string {
  const label = encodingOf(bytes);
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    throw new XmlError('encoding', null, label);
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? 'utf-8';
}
