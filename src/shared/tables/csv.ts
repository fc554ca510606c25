import type { FileHandle } from 'node:fs/promises';
import { type CsvLimits, type CsvReader, createCsvReader, type Delimiter, detectDelimiter } from './csv-rows.ts';
import {
  createDecoder,
  type DetectedEncoding,
  detectEncoding,
  type Encoding,
  findMark,
  InvalidBytes,
} from './decode.ts';
import type { RawRow, RawTable } from './raw-table.ts';
import { TableError } from './table-error.ts';

/** Bytes that encoding and delimiter are told by, and that are read at once. */
const pieceSize = 64 * 1024;

/** Opens a text file of rows and cells; what the caller does not fix is detected. @throws TableError */
export async function openCsv(
  file: FileHandle,
  size: number,
  options: {
    readonly encoding: Encoding | undefined;
    readonly delimiter: Delimiter | undefined;
    readonly limits: CsvLimits;
  },
): Promise<RawTable> {
  const head = await readPiece(file, 0);
  const { encoding, evidence, markLength } = await chooseEncoding(file, head, options.encoding);
  const sample = decodeSample(encoding, head.subarray(markLength));
  const hint = delimiterHint(sample);
  // A table of one column has no delimiter: any will do.
  const delimiter =
    options.delimiter ?? hint?.delimiter ?? detectDelimiter(sample.slice(hint?.length), head.length === size) ?? ';';
  const reader = createCsvReader(delimiter, options.limits, hint ? 2 : 1);
  return {
    form: { encoding: { encoding, evidence, mark: markLength > 0 }, delimiter },
    rows: readRows(file, { encoding, start: markLength, skip: hint?.length ?? 0 }, reader),
  };
}

/** "sep=;" in the first line is an instruction to Excel, which does not show it as a row. */
function delimiterHint(sample: string): { delimiter: Delimiter; length: number } | undefined {
  const match = /^sep=([;,|\t])(\r\n|\n|\r)/i.exec(sample);
  return match ? { delimiter: match[1] as Delimiter, length: match[0].length } : undefined;
}

async function chooseEncoding(
  file: FileHandle,
  head: Uint8Array,
  asked: Encoding | undefined,
): Promise<DetectedEncoding> {
  if (asked) {
    const mark = findMark(head);
    if (mark && mark.encoding !== asked) {
      throw new TableError({ code: 'encoding-contradicted', args: { asked, found: mark.encoding } });
    }
    return { encoding: asked, evidence: 'given', markLength: mark?.length ?? 0 };
  }
  const { sample, toEnd } = await sampleBeyondAscii(file, head);
  const detected = detectEncoding(head, sample, toEnd);
  if (!detected) throw new TableError({ code: 'not-a-table', args: { found: 'binary' } });
  return detected;
}

/** Bytes from the first one beyond ASCII on: a file may begin with a hundred thousand rows without any umlaut. */
async function sampleBeyondAscii(file: FileHandle, head: Uint8Array): Promise<{ sample: Uint8Array; toEnd: boolean }> {
  let piece = head;
  for (let position = 0; piece.length > 0; position += piece.length, piece = await readPiece(file, position)) {
    const first = piece.findIndex((byte) => byte >= 0x80);
    if (first < 0) continue;
    const sample = await readPiece(file, position + first);
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

async function* readRows(
  file: FileHandle,
  source: { readonly encoding: Encoding; readonly start: number; readonly skip: number },
  reader: CsvReader,
): AsyncGenerator<RawRow, void, void> {
  const decoder = createDecoder(source.encoding);
  const buffer = Buffer.allocUnsafe(pieceSize);
  let skip = source.skip;
  for (let position = source.start; ; ) {
    const piece = await readPiece(file, position, buffer);
    position += piece.length;
    const { text, invalid } = decodePiece(decoder, piece);
    yield* reader.write(text.slice(skip));
    skip = 0;
    if (invalid) throw invalidBytes(invalid, source.encoding, reader);
    if (piece.length === 0) break;
  }
  yield* reader.end();
}

/** The text of a piece; an empty piece is the file's end. */
function decodePiece(
  decoder: ReturnType<typeof createDecoder>,
  piece: Uint8Array,
): { text: string; invalid?: InvalidBytes } {
  try {
    if (piece.length > 0) return { text: decoder.write(piece) };
    decoder.end();
    return { text: '' };
  } catch (error) {
    if (error instanceof InvalidBytes) return { text: error.text, invalid: error };
    throw error;
  }
}

function invalidBytes({ bytes }: InvalidBytes, encoding: Encoding, { position }: CsvReader): TableError {
  const hex = [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
  return new TableError({ code: 'invalid-bytes', args: { encoding, bytes: hex, ...position } });
}

/** The bytes at a position, less than a piece only at the file's end. */
async function readPiece(file: FileHandle, position: number, buffer = Buffer.allocUnsafe(pieceSize)): Promise<Buffer> {
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, position + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}
