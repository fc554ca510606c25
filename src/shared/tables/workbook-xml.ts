import { TextDecoder } from 'node:util';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { TableError } from './table-error.ts';

/** What happens in a part of a workbook, in document order. Names are without their namespace prefix. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  /** Text and CDATA between tags, in one or several pieces. */
  text?(words: string): void;
  close(name: string): void;
}

/** Characters without any tag between them, attributes included. An Excel cell holds 32,767. */
const longestToken = 4_000_000;

/**
 * Reads XML piece by piece; after each piece the caller may take what the handler has gathered. Document type
 * declarations are refused: no workbook has one, and entities are what attackers declare there.
 * @param part the part's name, for errors
 * @throws TableError
 */
export async function* readXml(
  part: string,
  bytes: AsyncIterable<Uint8Array>,
  handler: XmlHandler,
): AsyncGenerator<void> {
  let sinceTag = 0;
  const parser = createParser(part, handler, () => {
    sinceTag = 0;
  });
  let decoder: TextDecoder | undefined;
  for await (const piece of bytes) {
    decoder ??= decoderFor(piece);
    const words = decode(decoder, part, piece);
    sinceTag += words.length;
    parser.write(words);
    if (sinceTag > longestToken) {
      throw new TableError({ code: 'workbook-too-large', args: { part, limit: longestToken } });
    }
    yield;
  }
  parser.write(decode(decoder ?? new TextDecoder(), part));
  parser.close();
  yield;
}

function createParser(
  part: string,
  handler: XmlHandler,
  onTag: () => void,
): SaxesParser<{ position: false; xmlns: false }> {
  const parser = new SaxesParser({ position: false, xmlns: false } as const);
  parser.on('opentag', (tag: SaxesTagPlain) => {
    onTag();
    handler.open(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    onTag();
    handler.close(localName(tag.name));
  });
  if (handler.text) {
    const onText = handler.text.bind(handler);
    parser.on('text', onText);
    parser.on('cdata', onText);
  }
  parser.on('doctype', () => {
    throw new TableError({ code: 'workbook-damaged', args: { part, reason: 'xml-doctype' } });
  });
  parser.on('error', (cause) => {
    throw new TableError({ code: 'workbook-damaged', args: { part, reason: 'xml-invalid' } }, { cause });
  });
  return parser;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function decoderFor(head: Uint8Array): TextDecoder {
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const encoding = wide ? (head[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  return new TextDecoder(encoding, { fatal: true });
}

function decode(decoder: TextDecoder, part: string, piece?: Uint8Array): string {
  try {
    return decoder.decode(piece, { stream: piece !== undefined });
  } catch (cause) {
    throw new TableError({ code: 'workbook-damaged', args: { part, reason: 'xml-invalid' } }, { cause });
  }
}
