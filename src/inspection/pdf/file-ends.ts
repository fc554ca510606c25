import type { ByteSource } from '../byte-source.ts';
import { asBuffer, isWhitespace } from './characters.ts';
import { PdfDamage } from './damage.ts';
import { Lexer, tokens } from './lexer.ts';
import { startsWith } from './stream-data.ts';
import { isCount } from './values.ts';

export interface PdfHeader {
  /** "1.7" as the header says, undefined where it says none. */
  readonly version: string | undefined;
  /** Bytes before "%PDF-"; undefined where that is missing. */
  readonly offset: number | undefined;
}

/** Readers look for the header in the first 1024 bytes (ISO 32000-1, annex H.3, note 13). */
const headerWindow = 1024;

export function readHeader(source: ByteSource): PdfHeader {
  const window = asBuffer(source.read(0, headerWindow));
  const found = window.indexOf('%PDF-');
  if (found < 0) return { version: undefined, offset: undefined };
  const version = /^\d\.\d(?!\d)/.exec(window.toString('latin1', found + 5, found + 9));
  return { version: version?.[0], offset: found };
}

export interface PdfTail {
  /** Offset of the newest cross-reference section. */
  readonly startxref: number;
  /** Where the keyword "startxref" stands. */
  readonly position: number;
  readonly hasEndMark: boolean;
  /** Bytes behind the end mark, white space not counted. */
  readonly surplus: number;
}

/** How far from the end the last "startxref" is looked for, in steps: mostly it is in the last bytes. */
const tailWindows = [2048, 2 ** 16, 2 ** 20];

/**
 * Finds the end of the document (ISO 32000-2, 7.5.5): startxref, offset, %%EOF.
 * @throws PdfDamage 'startxref-missing', or 'update-broken' when further objects stand behind the end: then a later
 * version of the document lost its own end.
 */
export function readTail(source: ByteSource): PdfTail {
  for (const size of tailWindows) {
    const start = Math.max(0, source.size - size);
    const window = asBuffer(source.read(start, source.size - start));
    const found = window.lastIndexOf('startxref');
    if (found >= 0) return parseTail(window, start, found);
    if (start === 0) break;
  }
  throw PdfDamage.of('startxref-missing');
}

/** Objects or a cross-reference, or the mere beginning of an object where the file was cut. */
const brokenUpdate = /\d\s+\d+\s+obj|\bxref|trailer|^\s*\d+(\s+\d+(\s+ob?)?)?\s*$/;

function parseTail(window: Buffer, start: number, found: number): PdfTail {
  const lexer = new Lexer(window, found + 'startxref'.length);
  if (lexer.next() !== tokens.number || !isCount(lexer.number)) throw PdfDamage.of('startxref-missing');
  const startxref = lexer.number;
  let at = lexer.position;
  while (isWhitespace(window[at])) at += 1;
  const hasEndMark = startsWith(window, at, '%%EOF');
  if (hasEndMark) at += '%%EOF'.length;
  while (isLineEnd(window[at])) at += 1;
  let end = window.length;
  while (end > at && isLineEnd(window[end - 1])) end -= 1;
  const rest = window.subarray(at, end);
  if (brokenUpdate.test(rest.toString('latin1'))) throw PdfDamage.of('update-broken');
  return { startxref, position: start + found, hasEndMark, surplus: rest.length };
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 10 || byte === 13 || byte === 32 || byte === 9;
}
