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
  const written = parts.map((part) => ({ ...bodyOf(part), head: Buffer.from(headOf(part, boundary)) }));
  const tail = Buffer.from(`--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: written.reduce((sum, { head, length }) => sum + head.length + length + lineEnd.length, tail.length),
    write: async (send) => {
      for (const { head, write } of written) {
        await send(head);
        await write(send);
        await send(lineEnd);
      }
      await send(tail);
    },
  };
}

const lineEnd = Buffer.from('\r\n');

function bodyOf(part: FormPart): Pick<RequestBody, 'length' | 'write'> {
  if ('content' in part) return part.content;
  const bytes = Buffer.from(part.value);
  return { length: bytes.length, write: (send) => send(bytes) };
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
