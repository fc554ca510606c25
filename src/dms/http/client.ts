import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Text } from '../../shared/language.ts';
import { tlsTrouble } from './tls-trouble.ts';
import { noConnection, tunnelAgents } from './tunnel.ts';

/** In milliseconds. */
export interface TimeLimits {
  /** Until the connection stands, encryption included. */
  readonly connect: number;
  /** Between two bytes, in either direction. */
  readonly idle: number;
  /** For one request and its answer as a whole. */
  readonly total: number;
}

/** A body whose length is known beforehand and whose bytes come as they are needed. */
export interface RequestBody {
  readonly contentType: string;
  readonly length: number;
  /** Calls `send` for one piece after the other; a piece may be reused once its promise has settled. */
  write(send: (bytes: Uint8Array) => Promise<void>): Promise<void>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly body?: RequestBody;
  /** Beside those that every request has. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

/** No usable answer came: nobody here knows whether the server did what it was asked. */
export class LostAnswer extends Error {
  override readonly name = 'LostAnswer';
  /** Milliseconds after which the server wishes to be asked again. */
  readonly retryAfter: number | undefined;

  /** The message in the languages of people; undefined where it is the words of the network. */
  readonly told: Text | undefined;

  constructor(message: string, more: { retryAfter?: number | undefined; cause?: unknown; told?: Text } = {}) {
    super(message, { cause: more.cause });
    this.retryAfter = more.retryAfter;
    this.told = more.told;
  }
}

export interface HttpClient {
  /**
   * Sends a request and hands over the answer, whatever its status, when its head has come. Follows no redirection.
   * @throws LostAnswer when the connection fails or a time limit is exceeded; the signal's reason; what `write` throws
   */
  exchange(request: HttpRequest): Promise<IncomingMessage>;
  close(): void;
}

/** How the server is reached. */
export interface Route {
  readonly limits: TimeLimits;
  /** PEM certificates to trust, or undefined for the public ones. */
  readonly trusted: readonly string[] | undefined;
  /** Through which all connections go, by CONNECT; undefined: straight to the server. */
  readonly proxy: URL | undefined;
}

/**
 * HTTP over node:http and node:https rather than fetch, which knows neither a certificate authority of the caller's nor
 * a limit for the connection.
 */
export function createHttpClient(authorization: string, { limits, trusted, proxy }: Route): HttpClient {
  const sockets = { keepAlive: true, maxSockets: 8 };
  const { plain, encrypted } = proxy
    ? tunnelAgents(proxy, limits.connect, sockets)
    : { plain: new HttpAgent(sockets), encrypted: new HttpsAgent(sockets) };
  const ca = trusted ? { ca: [...trusted] } : {};
  return {
    exchange: async (request) => {
      request.signal?.throwIfAborted();
      const { method, url, body, headers: more } = request;
      const headers = {
        authorization,
        accept: 'application/json, */*',
        ...more,
        ...(body ? { 'content-type': body.contentType, 'content-length': body.length } : {}),
      };
      const outgoing =
        url.protocol === 'https:'
          ? requestHttps(url, { method, headers, agent: encrypted, ...ca })
          : requestHttp(url, { method, headers, agent: plain });
      limitTime(outgoing, limits, request.signal);
      return converse(outgoing, request);
    },
    close: () => {
      plain.destroy();
      encrypted.destroy();
    },
  };
}

/** Destroys the request, and its answer with it, when a limit is exceeded or the caller gives up. */
function limitTime(outgoing: ClientRequest, limits: TimeLimits, signal: AbortSignal | undefined): void {
  const end = (words: string) => outgoing.destroy(new Error(words));
  const total = setTimeout(() => end(`not done after ${limits.total / 1000} s`), limits.total);
  const giveUp = () => outgoing.destroy(new Error('given up'));
  signal?.addEventListener('abort', giveUp, { once: true });
  outgoing.setTimeout(limits.idle, () => end(`no byte for ${limits.idle / 1000} s`));
  outgoing.once('socket', (socket) => {
    if (!socket.connecting) return;
    const connect = setTimeout(() => end(noConnection(limits.connect)), limits.connect);
    const connected = () => clearTimeout(connect);
    socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected);
    outgoing.once('close', connected);
  });
  outgoing.once('close', () => {
    clearTimeout(total);
    signal?.removeEventListener('abort', giveUp);
  });
}

async function converse(outgoing: ClientRequest, { body, signal }: HttpRequest): Promise<IncomingMessage> {
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
    outgoing.once('close', () => reject(new Error('the connection was closed')));
  });
  const state: Conversation = { outgoing, answered, isOver: false };
  // Whatever comes of it is awaited below; an early answer must not count as unhandled.
  const over = () => {
    state.isOver = true;
  };
  answered.then(over, over);
  try {
    if (body) await send(body, state);
    outgoing.end();
    return await answered;
  } catch (cause) {
    outgoing.destroy();
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof SourceFailure) throw cause.cause;
    throw lost(cause);
  }
}

interface Conversation {
  readonly outgoing: ClientRequest;
  readonly answered: Promise<IncomingMessage>;
  isOver: boolean;
}

/** Thrown through `RequestBody.write` to stop it: the server has answered, or the connection is gone. */
class Stopped extends Error {}
class SourceFailure extends Error {}

async function send(body: RequestBody, state: Conversation): Promise<void> {
  const over = state.answered.then(
    () => undefined,
    () => undefined,
  );
  try {
    await body.write(async (bytes) => {
      if (state.isOver) throw new Stopped();
      // Only the callback says that the socket needs the bytes no more.
      const written = new Promise<void>((resolve) => state.outgoing.write(bytes, () => resolve()));
      await Promise.race([written, over]);
      if (state.isOver) throw new Stopped();
    });
  } catch (cause) {
    if (!(cause instanceof Stopped)) throw new SourceFailure('', { cause });
  }
}

/** A failure of the connection, in words that hold no address and no secret. */
export function lost(cause: unknown): LostAnswer {
  if (cause instanceof LostAnswer) return cause;
  const told = tlsTrouble(cause);
  return new LostAnswer(cause instanceof Error ? cause.message : String(cause), { cause, ...(told ? { told } : {}) });
}
