import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What happens to a request instead of passing. */
export type Fault =
  | { readonly kind: 'answer'; readonly status: number; readonly body?: string; readonly retryAfter?: string }
  /** The server does as it is told, and nobody hears of it. */
  | { readonly kind: 'lose-answer' }
  /** Half of the answer comes. */
  | { readonly kind: 'cut-answer' }
  | { readonly kind: 'cut-request' }
  | { readonly kind: 'never-answer' }
  /** The first byte of the answer is another. */
  | { readonly kind: 'falsify' }
  /** The server does as it is told, and says that it failed. */
  | { readonly kind: 'fail-after'; readonly status: number; readonly body?: string }
  /** The answer is one byte shorter, and says so. */
  | { readonly kind: 'shorten' }
  /** Everything takes longer, in milliseconds. */
  | { readonly kind: 'delay'; readonly milliseconds: number };

export interface FaultyProxy<Passing> {
  /** The server's address, through the proxy. */
  readonly url: string;
  /** Asked for every request before it passes. */
  judge: (passing: Passing) => Fault | undefined | Promise<Fault | undefined>;
  /** All requests so far. */
  readonly seen: Passing[];
  /** Breaks all connections; new ones are taken. */
  restart(): void;
  close(): Promise<void>;
}

/** How the requests of an interface are told from each other. */
export interface Recognition<Passing> {
  /** Whether enough of the body has come to tell what is asked. */
  suffices(head: Buffer): boolean;
  describe(incoming: IncomingMessage, head: Buffer): Passing;
}

/** A proxy in front of a server that lets things go wrong. @param address of the server */
export async function startFaultyProxy<Passing>(
  address: string,
  recognition: Recognition<Passing>,
): Promise<FaultyProxy<Passing>> {
  const target = new URL(address);
  const seen: Passing[] = [];
  const server = createServer((incoming, answer) => {
    // Whoever gives up is no failure of the proxy.
    incoming.on('error', () => {});
    answer.on('error', () => {});
    pass(incoming, answer).catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy: FaultyProxy<Passing> = {
    url: `http://127.0.0.1:${port}${target.pathname}`,
    judge: () => undefined,
    seen,
    restart: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const pieces = incoming[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const head = await readHead(pieces, recognition.suffices);
    const passing = recognition.describe(incoming, head);
    seen.push(passing);
    const fault = await proxy.judge(passing);
    if (fault?.kind === 'never-answer') return;
    if (fault?.kind === 'cut-request') return void incoming.socket.destroy();
    if (fault?.kind === 'answer') {
      const { status, body = '<html>', retryAfter } = fault;
      answer.writeHead(status, { connection: 'close', ...(retryAfter ? { 'retry-after': retryAfter } : {}) });
      return void answer.end(body);
    }
    if (fault?.kind === 'delay') await wait(fault.milliseconds);
    await forward(incoming, head, pieces, answer, fault);
  }

  async function forward(
    incoming: IncomingMessage,
    head: Buffer,
    pieces: AsyncIterator<Buffer>,
    answer: ServerResponse,
    fault: Fault | undefined,
  ): Promise<void> {
    const { method, url, headers } = incoming;
    const outgoing = request({ host: target.hostname, port: target.port, method, path: url, headers, agent: false });
    answer.on('close', () => outgoing.destroy());
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.on('response', resolve);
      outgoing.on('error', reject);
    });
    answered.catch(() => {});
    if (head.length > 0) outgoing.write(head);
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
      if (!outgoing.write(next.value)) await Promise.race([new Promise((go) => outgoing.once('drain', go)), answered]);
    }
    outgoing.end();
    await handBack(await answered, answer, fault);
  }
  return proxy;
}

async function handBack(from: IncomingMessage, answer: ServerResponse, fault: Fault | undefined): Promise<void> {
  switch (fault?.kind) {
    case 'lose-answer':
      await wholeBody(from);
      return void answer.destroy();
    case 'fail-after':
      await wholeBody(from);
      answer.writeHead(fault.status, { 'content-type': 'application/json' });
      return void answer.end(fault.body ?? '{}');
    case 'shorten': {
      const body = await wholeBody(from);
      answer.writeHead(from.statusCode ?? 500, { ...from.headers, 'content-length': Math.max(0, body.length - 1) });
      return void answer.end(body.subarray(0, -1));
    }
  }
  answer.writeHead(from.statusCode ?? 500, from.headers);
  let isFirst = true;
  for await (const piece of from as AsyncIterable<Buffer>) {
    if (fault?.kind === 'cut-answer') {
      return void answer.write(piece.subarray(0, piece.length / 2), () => answer.destroy());
    }
    if (fault?.kind === 'falsify' && isFirst) piece[0] = (piece[0] ?? 0) ^ 1;
    isFirst = false;
    if (!answer.write(piece)) await drained(answer);
  }
  answer.end();
}

async function wholeBody(from: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of from as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Until there is room again, or nobody reads any more. */
async function drained(answer: ServerResponse): Promise<void> {
  const over = new AbortController();
  const events = ['drain', 'close'].map((event) => once(answer, event, { signal: over.signal }));
  await Promise.race(events).finally(() => over.abort());
  await Promise.allSettled(events);
}

/** Reads until it can be told what is asked: to the beginning of the content, or to the end. */
async function readHead(pieces: AsyncIterator<Buffer>, suffices: (head: Buffer) => boolean): Promise<Buffer> {
  let head = Buffer.alloc(0);
  for (;;) {
    if (suffices(head)) return head;
    const next = await pieces.next();
    if (next.done) return head;
    head = Buffer.concat([head, next.value]);
  }
}
