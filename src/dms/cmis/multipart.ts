import { randomUUID } from 'node:crypto';
import type { RequestBody } from './http.ts';

/** Content to send: its length is known, its bytes come piece by piece. */
export interface Content extends Pick<RequestBody, 'length' | 'write'> {
  readonly fileName: string;
  readonly mimeType: string;
}

/**
 * A form as multipart/form-data (RFC 7578), in UTF-8. Servers take values for Latin-1 unless a part `_charset_` says
 * otherwise (CMIS 1.1 section 5.4.4.2), and file names unless they stand in `filename*`.
 */
export function multipart(fields: readonly (readonly [name: string, value: string])[], content?: Content): RequestBody {
  const boundary = `scanlot-${randomUUID()}`;
  const parts = ([['_charset_', 'UTF-8'], ...fields] as const).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = Buffer.from(parts.join('') + (content ? contentHead(boundary, content) : ''));
  const tail = Buffer.from(`${content ? '\r\n' : ''}--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: head.length + (content?.length ?? 0) + tail.length,
    write: async (send) => {
      await send(head);
      await content?.write(send);
      await send(tail);
    },
  };
}

function contentHead(boundary: string, { fileName, mimeType }: Content): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (character) => `%${hex(character)}`);
  return [
    `--${boundary}`,
    `Content-Disposition: form-data; name="content"; filename="${ascii}"; filename*=UTF-8''${encoded}`,
    `Content-Type: ${mimeType}`,
    'Content-Transfer-Encoding: binary',
    '\r\n',
  ].join('\r\n');
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase();
}
