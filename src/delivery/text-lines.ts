import { isUtf8 } from 'node:buffer';
import type { ContentLocation } from '../inspection/content.ts';
import { contentPieces } from '../inspection/read-content.ts';
import { MAXIMUM_LINE_LENGTH } from './checksum-line.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** A line is cut here, beyond every length that a checksum line may have: memory stays bounded. */
const MAXIMUM_LINE_BYTES = 4 * MAXIMUM_LINE_LENGTH;

/**
 * The lines of a text file without their ends (LF or CRLF), many at a time, in whatever encoding checksum tools write: UTF-8 with or
 * without byte order mark, UTF-16 with one (PowerShell's ">"), and Windows-1252 for lines that are no UTF-8.
 * @throws the system's error when the file cannot be read; the signal's reason when it aborts
 */
export async function* textLines(
  source: ContentLocation,
  signal?: AbortSignal,
): AsyncGenerator<readonly string[], void, void> {
  let pending: Buffer[] = [];
  let length = 0;
  const keep = (part: Buffer) => {
    if (length < MAXIMUM_LINE_BYTES) pending.push(Buffer.from(part.subarray(0, MAXIMUM_LINE_BYTES - length)));
    length += part.length;
  };
  const take = (): string => {
    const line = decodeLine(Buffer.concat(pending));
    pending = [];
    length = 0;
    return line;
  };
  for await (const chunk of utf8Chunks(source, signal)) {
    const [first, last] = [chunk.indexOf(LINE_FEED), chunk.lastIndexOf(LINE_FEED)];
    if (first >= 0) {
      keep(chunk.subarray(0, first));
      yield [take()];
      if (last > first) yield decodeLines(chunk.subarray(first + 1, last));
    }
    if (last + 1 < chunk.length) keep(chunk.subarray(last + 1));
  }
  if (length > 0) yield [take()];
}

/** The bytes of the file without byte order mark; UTF-16 arrives as UTF-8, everything else as it is. */
async function* utf8Chunks(
  source: ContentLocation,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer, void, void> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let first = true;
  for await (const piece of contentPieces(source, signal)) {
    let chunk = piece;
    if (first) {
      const mark = chunk.toString('hex', 0, 3);
      if (mark.startsWith('fffe')) decoder = new TextDecoder('utf-16le');
      else if (mark.startsWith('feff')) decoder = new TextDecoder('utf-16be');
      else if (mark === 'efbbbf') chunk = chunk.subarray(3);
      first = false;
    }
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
  }
}

const windows1252 = new TextDecoder('windows-1252');

/** Whole lines: decoded together where all of them are UTF-8. */
function decodeLines(bytes: Buffer): string[] {
  // The line feed that ends the last of them is not among the bytes, the carriage return before it is.
  const whole = bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
  if (isUtf8(whole)) return whole.toString('utf8').split(/\r?\n/);
  const lines: string[] = [];
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
    lines.push(decodeLine(bytes.subarray(start, end)));
    start = end + 1;
  }
  lines.push(decodeLine(bytes.subarray(start)));
  return lines;
}

function decodeLine(bytes: Buffer): string {
  const line = bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
  return isUtf8(line) ? line.toString('utf8') : windows1252.decode(line);
}
