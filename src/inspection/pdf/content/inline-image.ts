import { isWhitespace } from '../characters.ts';
import { PdfDamage } from '../damage.ts';
import { type Lexer, tokens } from '../lexer.ts';
import { readValue } from '../objects.ts';
import { isCount, type PdfValue } from '../values.ts';

/** Full names of the keys of inline images (ISO 32000-2, table 91). */
const keys: ReadonlyMap<string, string> = new Map<string, string>([
  ['BPC', 'BitsPerComponent'],
  ['CS', 'ColorSpace'],
  ['D', 'Decode'],
  ['DP', 'DecodeParms'],
  ['F', 'Filter'],
  ['H', 'Height'],
  ['IM', 'ImageMask'],
  ['I', 'Interpolate'],
  ['L', 'Length'],
  ['W', 'Width'],
]);

/**
 * Reads an inline image behind its "BI": the entries, then passes over the data up to "EI".
 * @throws PdfDamage 'stream-unreadable' where its end is not found
 */
export function readInlineImage(lexer: Lexer): Map<string, PdfValue> {
  const entries = new Map<string, PdfValue>();
  for (;;) {
    const token = lexer.next();
    if (token === tokens.keyword && lexer.keyword === 'ID') break;
    if (token !== tokens.name || !lexer.name) throw PdfDamage.of('stream-unreadable');
    const key = lexer.name.text;
    entries.set(keys.get(key) ?? key, readValue(lexer));
  }
  const end = endOfData(lexer.bytes, lexer.position + 1, entries.get('Length'));
  // Without an end the data go on to the last byte, and need not be searched again.
  lexer.position = end ?? lexer.bytes.length;
  if (end === undefined) throw PdfDamage.of('stream-unreadable');
  return entries;
}

/** Bytes behind "EI" that must look like content, because compressed data may hold these two letters too. */
const probe = 12;

function endOfData(bytes: Uint8Array, start: number, length: PdfValue | undefined): number | undefined {
  if (isCount(length)) {
    let at = start + length;
    while (isWhitespace(bytes[at])) at += 1;
    if (isEnd(bytes, at)) return at + 2;
  }
  for (let at = start; at < bytes.length; at += 1) {
    const found = bytes.indexOf(0x45, at);
    if (found < 0) break;
    if (isEnd(bytes, found) && isWhitespace(bytes[found - 1]) && isContent(bytes, found + 2)) return found + 2;
    at = found;
  }
  return undefined;
}

function isEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x45 && bytes[at + 1] === 0x49 && (at + 2 >= bytes.length || isWhitespace(bytes[at + 2]));
}

function isContent(bytes: Uint8Array, start: number): boolean {
  for (let at = start; at < Math.min(bytes.length, start + probe); at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte > 0x7e || (byte < 0x20 && !isWhitespace(byte))) return false;
  }
  return true;
}
