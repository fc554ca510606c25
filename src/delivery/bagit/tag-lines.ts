import iconv from 'iconv-lite';
import type { ContentLocation } from '../../inspection/content.ts';
import { contentPieces } from '../../inspection/read-content.ts';

/** Longer lines are cut: no path and no value is so long. */
const longestLine = 64 * 1024;

/** Whether tag files can be read in this encoding. */
export function isKnownEncoding(encoding: string): boolean {
  return iconv.encodingExists(encoding);
}

/**
 * The lines of a tag file, ended by LF, CR or CRLF (RFC 8493, 2.1.1), without a byte order mark.
 * @param encoding as bagit.txt declares it
 * @throws what contentPieces throws
 */
export async function* tagLines(
  location: ContentLocation,
  encoding: string,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly number: number; readonly line: string }, void, void> {
  const decoder = iconv.getDecoder(encoding);
  let number = 0;
  let pending = '';
  for await (const piece of contentPieces(location, signal)) {
    const lines = (pending + decoder.write(piece)).split(/\r\n|\n|\r(?!$)/);
    pending = (lines.pop() ?? '').slice(0, longestLine);
    for (const line of lines) yield { number: ++number, line: line.slice(0, longestLine) };
  }
  const rest = (pending + (decoder.end() ?? '')).replace(/\r$/, '');
  if (rest !== '') yield { number: number + 1, line: rest };
}
