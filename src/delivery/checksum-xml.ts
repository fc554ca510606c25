import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { ContentLocation } from '../inspection/content.ts';
import type { DigestAlgorithm } from '../inspection/facts.ts';
import { contentPieces } from '../inspection/read-content.ts';
import { algorithmNamed, algorithmOf, isDigestOf } from './digests.ts';

/** What an element of the XML states: a digest, or why none can be read from it. */
export type XmlChecksum =
  | { readonly line: number; readonly algorithm: DigestAlgorithm; readonly digest: string; readonly name: string }
  | { readonly line: number; readonly unusable: string };

/** The document is not XML, or XML of a kind that is refused. */
export class ChecksumXmlError extends Error {
  override readonly name = 'ChecksumXmlError';
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const deepest = 200;

interface OpenElement {
  readonly line: number;
  readonly digest: string | undefined;
  readonly type: string | undefined;
  /** A file was named by it or inside it. */
  named: boolean;
}

/**
 * Reads checksums as METS writes them: an element with CHECKSUM and CHECKSUMTYPE, and xlink:href in it or in an element
 * inside it (METS 1.12, file and FLocat). Document type declarations are refused, so that there are no entities.
 * @throws ChecksumXmlError, what contentPieces throws
 */
export async function* xmlChecksums(
  location: ContentLocation,
  signal?: AbortSignal,
): AsyncGenerator<readonly XmlChecksum[], void, void> {
  const found: XmlChecksum[] = [];
  const parser = createParser(found);
  const decoder = new TextDecoder('utf-8');
  for await (const piece of contentPieces(location, signal)) {
    parser.write(decoder.decode(piece, { stream: true }));
    yield found.splice(0);
  }
  parser.close();
  yield found.splice(0);
}

function createParser(found: XmlChecksum[]) {
  const parser = new SaxesParser({ xmlns: false, position: true } as const);
  const open: OpenElement[] = [];
  const refuse = (message: string): never => {
    throw new ChecksumXmlError(parser.line, message);
  };
  parser.on('error', (error) => refuse(error.message));
  parser.on('doctype', () => refuse('document type declaration'));
  parser.on('opentag', (tag) => {
    if (open.length >= deepest) refuse(`more than ${deepest} levels`);
    open.push({
      line: parser.line,
      digest: attribute(tag, 'checksum')?.trim().toLowerCase(),
      type: attribute(tag, 'checksumtype'),
      named: false,
    });
    const href = attribute(tag, 'href');
    const holder = open.findLast(({ digest }) => digest !== undefined);
    if (href === undefined || !holder) return;
    holder.named = true;
    found.push(read(holder, href));
  });
  parser.on('closetag', () => {
    const { digest, named, line } = open.pop() ?? { named: true, line: 0 };
    if (digest !== undefined && !named) found.push({ line, unusable: digest });
  });
  return parser;
}

function read({ line, digest = '', type }: OpenElement, href: string): XmlChecksum {
  const algorithm = type === undefined ? algorithmOf(digest) : algorithmNamed(type);
  const name = pathOf(href);
  return algorithm && isDigestOf(digest, algorithm) && name !== undefined
    ? { line, algorithm, digest, name }
    : { line, unusable: `${type ?? ''} ${digest} ${href}` };
}

/** An attribute by its name, regardless of letter case and prefix. */
function attribute(tag: SaxesTagPlain, wanted: string): string | undefined {
  for (const [name, value] of Object.entries(tag.attributes)) {
    if (name.slice(name.indexOf(':') + 1).toLowerCase() === wanted) return value;
  }
  return undefined;
}

/** The path in a reference: percent-encoded, perhaps with "file://" before it; undefined where it is malformed. */
function pathOf(href: string): string | undefined {
  try {
    return decodeURIComponent(href.trim().replace(/^file:\/\/(?:localhost(?=\/))?/i, ''));
  } catch {
    return undefined;
  }
}
