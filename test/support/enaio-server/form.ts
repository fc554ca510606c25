import type { IncomingMessage } from 'node:http';

export interface Part {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly bytes: Buffer;
}

export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The parts of multipart/form-data by their names. */
export function readParts(body: Buffer, contentType: string): ReadonlyMap<string, Part> {
  const [, boundary = ''] = /boundary="?([^";]+)"?/.exec(contentType) ?? [];
  const mark = Buffer.from(`--${boundary}`);
  const parts = new Map<string, Part>();
  for (let at = body.indexOf(mark), end = 0; ; at = end) {
    end = body.indexOf(mark, at + mark.length);
    if (end < 0) return parts;
    const headEnd = body.indexOf('\r\n\r\n', at);
    const head = body.toString('utf8', at, headEnd);
    const [, name = ''] = /[; ]name="([^"]*)"/.exec(head) ?? [];
    const [, fileName] = /[; ]filename="([^"]*)"/.exec(head) ?? [];
    parts.set(name, { name, fileName, bytes: Buffer.from(body.subarray(headEnd + 4, end - 2)) });
  }
}
