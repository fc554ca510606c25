import type { ByteSource } from '../byte-source.ts';
import { asBuffer, isWhitespace } from './characters.ts';
import { PdfDamage } from './damage.ts';
import { limits } from './limits.ts';

const keyword = 'endstream';

/**
 * Whether the data of a stream really end after `length` bytes: behind them stands "endstream", with at most some
 * white space between (ISO 32000-2, 7.3.8.1).
 */
export function endsAfter(source: ByteSource, start: number, length: number): boolean {
  const tail = source.read(start + length, 16 + keyword.length);
  let at = 0;
  while (isWhitespace(tail[at])) at += 1;
  return startsWith(tail, at, keyword);
}

/**
 * Length of a stream's data by their end mark, for streams whose /Length is wrong.
 * @throws PdfDamage 'stream-unreadable' when there is no end mark within the limit.
 */
export function lengthByEndMark(source: ByteSource, start: number): number {
  const step = 2 ** 16;
  for (let at = start; at < Math.min(source.size, start + limits.storedBytes); at += step) {
    const found = asBuffer(source.read(at, step + keyword.length)).indexOf(keyword);
    if (found >= 0) return at + found - start;
  }
  throw PdfDamage.of('stream-unreadable');
}

export function startsWith(bytes: Uint8Array, at: number, word: string): boolean {
  for (let index = 0; index < word.length; index += 1) {
    if (bytes[at + index] !== word.charCodeAt(index)) return false;
  }
  return true;
}
