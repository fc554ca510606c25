import { isAscii } from 'node:buffer';
import {
  createDecoder,
  type DetectedEncoding,
  detectEncoding,
  type Encoding,
  findMark,
  InvalidBytes,
} from './decode.ts';
import type { CsvEncoding } from './raw-table.ts';
import { TableError } from './table-error.ts';
import { pieceSize, readPiece, type TableSource } from './table-source.ts';

/** A source whose bytes are text in a known encoding. */
export interface TextSource {
  readonly encoding: CsvEncoding;
  /** The text of the first piece, as far as it can be read, without byte order mark. */
  readonly sample: string;
  /** Whether the sample is all there is. */
  readonly isWhole: boolean;
  /** The text from its beginning, piece by piece. @throws InvalidBytes after the text before them was handed out */
  pieces(): AsyncGenerator<string, void, void>;
}

/** How the encoding is told: fixed by the caller, or by the bytes; a format may know more of its own. */
export interface EncodingChoice {
  readonly asked: Encoding | undefined;
  /** Looked at before the bytes are guessed at: what an XML declaration says. @throws TableError */
  readonly declared?: (head: Buffer) => Encoding | undefined;
}

/** Tells the encoding of a source. @throws TableError where it is no text, or contradicts what was asked for */
export async function openText(source: TableSource, choice: EncodingChoice): Promise<TextSource> {
  const head = Buffer.from(await readPiece(source, 0));
  const { encoding, evidence, markLength } = await chooseEncoding(source, head, choice);
  return {
    encoding: { encoding, evidence, mark: markLength > 0 },
    sample: decodeSample(encoding, head.subarray(markLength)),
    isWhole: head.length === source.size,
    pieces: () => textPieces(source, encoding, markLength),
  };
}

/** Tells bytes that the encoding does not know as the table's mistake, at the place that the reader has come to. */
export function invalidBytes(
  { bytes }: InvalidBytes,
  encoding: Encoding,
  position: { readonly row: number; readonly line: number },
): TableError {
  const hex = [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
  return new TableError({ code: 'invalid-bytes', args: { encoding, bytes: hex, ...position } });
}

async function chooseEncoding(
  source: TableSource,
  head: Buffer,
  { asked, declared }: EncodingChoice,
): Promise<DetectedEncoding> {
  const mark = findMark(head);
  if (asked) {
    if (mark && mark.encoding !== asked) {
      throw new TableError({ code: 'encoding-contradicted', args: { asked, found: mark.encoding } });
    }
    return { encoding: asked, evidence: 'given', markLength: mark?.length ?? 0 };
  }
  const said = mark ? undefined : declared?.(head);
  if (said) return { encoding: said, evidence: 'declared', markLength: 0 };
  const { sample, toEnd } = await sampleBeyondAscii(source, head);
  const detected = detectEncoding(head, sample, toEnd);
  if (!detected) throw new TableError({ code: 'not-a-table', args: { found: 'binary' } });
  return detected;
}

/** Bytes from the first one beyond ASCII on: a file may begin with a hundred thousand rows without any umlaut. */
async function sampleBeyondAscii(
  source: TableSource,
  head: Uint8Array,
): Promise<{ sample: Uint8Array; toEnd: boolean }> {
  const buffer = Buffer.allocUnsafe(pieceSize);
  let piece = head;
  for (
    let position = 0;
    piece.length > 0;
    position += piece.length, piece = await readPiece(source, position, buffer)
  ) {
    if (isAscii(piece)) continue;
    const first = piece.findIndex((byte) => byte >= 0x80);
    const sample = await readPiece(source, position + first);
    return { sample, toEnd: sample.length < pieceSize };
  }
  return { sample: head, toEnd: true };
}

/** The text of the sample, as far as it can be read: what is wrong in it is told when its row is reached. */
function decodeSample(encoding: Encoding, bytes: Uint8Array): string {
  try {
    return createDecoder(encoding).write(bytes);
  } catch (error) {
    if (error instanceof InvalidBytes) return error.text;
    throw error;
  }
}

async function* textPieces(source: TableSource, encoding: Encoding, start: number): AsyncGenerator<string, void, void> {
  const decoder = createDecoder(encoding);
  const buffer = Buffer.allocUnsafe(pieceSize);
  for (let position = start; ; ) {
    const piece = await readPiece(source, position, buffer);
    if (piece.length === 0) break;
    position += piece.length;
    const { text, invalid } = decodePiece(decoder, piece);
    yield text;
    if (invalid) throw invalid;
  }
  decoder.end();
}

function decodePiece(
  decoder: ReturnType<typeof createDecoder>,
  piece: Uint8Array,
): { text: string; invalid?: InvalidBytes } {
  try {
    return { text: decoder.write(piece) };
  } catch (error) {
    if (error instanceof InvalidBytes) return { text: error.text, invalid: error };
    throw error;
  }
}
