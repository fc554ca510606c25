import { randomUUID } from 'node:crypto';
import type { RequestBody } from './client.ts';

/** Content to send: its length is known, its bytes come piece by piece. */
export interface Content extends Pick<RequestBody, 'length' | 'write'> {
  readonly fileName: string;
  readonly mimeType: string;
}

/** A field of a form, or content under a name. */
export type FormPart =
  | { readonly name: string; readonly value: string; readonly contentType?: string }
  | { readonly name: string; readonly content: Content; readonly contentId?: string };

/**
 * A form as multipart/form-data (RFC 7578), in UTF-8, streamed: its length is known beforehand. File names stand in
 * `filename*` too (RFC 8187): servers take `filename` for Latin-1.
 */
export function multipart(parts: readonly FormPart[]): RequestBody {
  const boundary = `scanlot-${randomUUID()}`;
  const pieces = inPieces(parts, boundary);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: pieces.reduce((sum, { length }) => sum + length, 0),
    write: async (send) => {
      for (const { write } of pieces) await write(send);
    },
  };
}

type Piece = Pick<RequestBody, 'length' | 'write'>;

/** What lies between contents is one piece: each that is sent by itself costs a call of the system. */
function inPieces(parts: readonly FormPart[], boundary: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let words = '';
  const endWords = () => {
    const bytes = Buffer.from(words);
    pieces.push({ length: bytes.length, write: (send) => send(bytes) });
    words = '';
  };
  for (const part of parts) {
    words += headOf(part, boundary);
    if ('content' in part) {
      endWords();
      pieces.push(part.content);
    } else words += part.value;
    words += '\r\n';
  }
  words += `--${boundary}--\r\n`;
  endWords();
  return pieces;
}

function headOf(part: FormPart, boundary: string): string {
  const lines = 'content' in part ? contentHead(part.name, part.content, part.contentId) : fieldHead(part);
  return `--${boundary}\r\n${lines.join('\r\n')}\r\n\r\n`;
}

function fieldHead({ name, contentType }: { readonly name: string; readonly contentType?: string }): readonly string[] {
  return [`Content-Disposition: form-data; name="${name}"`, ...(contentType ? [`Content-Type: ${contentType}`] : [])];
}

function contentHead(name: string, { fileName, mimeType }: Content, contentId: string | undefined): readonly string[] {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (character) => `%${hex(character)}`);
  return [
    `Content-Disposition: form-data; name="${name}"; filename="${ascii}"; filename*=UTF-8''${encoded}`,
    ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
    `Content-Type: ${mimeType}`,
    'Content-Transfer-Encoding: binary',
  ];
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase();
}
