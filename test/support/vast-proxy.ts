import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Larger bodies are taken for a form whose last part is a vast file. */
const vast = 32 * 1024 * 1024;
const zeros = Buffer.alloc(1024 * 1024);

/**
 * A proxy that spares a server in memory a vast file: it takes the bytes, all of them zero, hands on a few others in
 * their place, and turns these into as many zeros again when they are fetched. It holds none of them, so that what the
 * process needs is what the client needs.
 */
export interface VastProxy {
  readonly url: string;
  /** Bytes of the last vast file that came. */
  readonly received: number;
  close(): Promise<void>;
}

/** @param address of the server */
export async function startVastProxy(address: string): Promise<VastProxy> {
  const target = new URL(address);
  const stub = randomBytes(4711);
  let received = 0;
  const server = createServer((incoming, answer) => {
    incoming.on('error', () => {});
    pass(incoming, answer).catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  async function pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body =
      Number(incoming.headers['content-length'] ?? 0) > vast ? await swallow(incoming) : await whole(incoming);
    const { method, url, headers } = incoming;
    const length = method === 'GET' ? {} : { 'content-length': body.length };
    const options = { host: target.hostname, port: target.port, method, path: url, headers: { ...headers, ...length } };
    const from = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ ...options, agent: false }, resolve)
        .on('error', reject)
        .end(body);
    });
    await handBack(from, await whole(from), answer);
  }

  /** @returns the form with other bytes in place of the file, which is its last part */
  async function swallow(incoming: IncomingMessage): Promise<Buffer> {
    const total = Number(incoming.headers['content-length']);
    const [, boundary = ''] = /boundary=([^;]+)/.exec(incoming.headers['content-type'] ?? '') ?? [];
    const pieces = incoming[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const next = async () => {
      const { done, value } = await pieces.next();
      if (done) throw new Error('the request ends too early');
      return value;
    };
    let head = await next();
    const headEnd = () => head.indexOf('\r\n\r\n', Math.max(0, head.indexOf('filename='))) + 4;
    while (!head.includes('filename=') || headEnd() < 4) head = Buffer.concat([head, await next()]);
    const begin = headEnd();
    const end = `\r\n--${boundary}--\r\n`;
    const size = total - begin - end.length;
    let left = size;
    for (let piece = head.subarray(begin); ; piece = await next()) {
      const content = piece.subarray(0, Math.min(piece.length, left));
      if (!content.equals(zeros.subarray(0, content.length))) throw new Error('other bytes than zeros');
      left -= content.length;
      if (left > 0) continue;
      for (let rest = piece.length - content.length; rest < end.length; ) rest += (await next()).length;
      received = size;
      return Buffer.concat([head.subarray(0, begin), stub, Buffer.from(end)]);
    }
  }

  async function handBack({ statusCode = 500, headers }: IncomingMessage, body: Buffer, answer: ServerResponse) {
    const isVast = body.equals(stub);
    const told = body
      .toString('utf8')
      .replaceAll(`contentStreamLength":${stub.length}`, `contentStreamLength":${received}`);
    const bytes = isVast ? Buffer.alloc(0) : Buffer.from(told);
    const { 'transfer-encoding': _chunked, ...others } = headers;
    answer.writeHead(statusCode, { ...others, 'content-length': isVast ? received : bytes.length });
    if (!isVast) return void answer.end(bytes);
    await pipeline(Readable.from(zerosOf(received), { objectMode: false }), answer);
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${target.pathname.replace(/\/$/, '')}`,
    get received() {
      return received;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function* zerosOf(size: number): Generator<Buffer> {
  for (let left = size; left > 0; left -= zeros.length) yield zeros.subarray(0, Math.min(left, zeros.length));
}

async function whole(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}
