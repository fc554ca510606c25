import type { IncomingMessage } from 'node:http';
import { text } from '../../shared/language.ts';
import { DmsError } from '../errors.ts';
import { readJson, throwIfOverloaded } from '../http/answer.ts';
import { type Patience, persist } from '../http/back-off.ts';
import type { HttpClient, HttpRequest } from '../http/client.ts';
import { type Received, received } from '../http/received.ts';
import { toldBy } from './refusals.ts';
import type { Signal } from './service.ts';

/** Requests to one gateway, in a session where it keeps one. */
export interface Session {
  readonly patience: Patience;
  /** Sends once. @returns the answer's JSON; undefined for an empty one. @throws Refusal; LostAnswer */
  json(request: HttpRequest): Promise<unknown>;
  /** Sends again while answers are lost: for what changes nothing. */
  read(request: HttpRequest): Promise<unknown>;
  /** Like `read`, but hands over the answer's head and all: for 304. */
  conditional(request: HttpRequest): Promise<unknown | 'not-modified'>;
  /** The bytes at an address; nothing is repeated once the first have come. @throws Refusal */
  content(url: URL, signal: Signal): Promise<Received>;
}

export interface SessionOptions {
  readonly patience: Patience;
  /** Takes secrets out of a server's words. */
  conceal(words: string): string;
}

/**
 * Every request carries user and password; where the gateway sets a session cookie it goes along, so that no further
 * session (and licence) is taken. A session that has ended is answered by 401: the request was not looked at, and goes
 * once more without the cookie.
 */
export function createSession(http: HttpClient, { patience, conceal }: SessionOptions): Session {
  let cookie: string | undefined;
  const send = async (request: HttpRequest): Promise<IncomingMessage> => {
    const used = cookie;
    const answer = await http.exchange(withCookie(request, used));
    if (answer.statusCode === 401 && used !== undefined) {
      answer.resume();
      if (cookie === used) cookie = undefined;
      return remember(await http.exchange(request));
    }
    return remember(answer);
  };
  const remember = (answer: IncomingMessage): IncomingMessage => {
    const set = answer.headers['set-cookie']?.map((one) => one.split(';', 1)[0] ?? '') ?? [];
    cookie = set.find((one) => one.startsWith('JSESSIONID=')) ?? cookie;
    return answer;
  };
  const json = async (request: HttpRequest) => readJson(await send(request), conceal, toldBy);
  return {
    patience,
    json,
    read: (request) => persist(() => json(request), patience, request.signal),
    conditional: (request) =>
      persist(
        async () => {
          const answer = await send(request);
          if (answer.statusCode !== 304) return readJson(answer, conceal, toldBy);
          answer.resume();
          return 'not-modified';
        },
        patience,
        request.signal,
      ),
    async content(url, signal) {
      const begin = async () => {
        const answer = await send({ method: 'GET', url, signal });
        throwIfOverloaded(answer);
        return answer;
      };
      const answer = await persist(begin, patience, signal);
      if (answer.statusCode !== 200) {
        await readJson(answer, conceal, toldBy);
        throw unusable('the content');
      }
      return received(answer, signal);
    },
  };
}

function withCookie(request: HttpRequest, cookie: string | undefined): HttpRequest {
  return cookie === undefined ? request : { ...request, headers: { ...request.headers, cookie } };
}

/** The server does not speak the interface. @param what of it, in English: for the report to us */
export function unusable(what: string): DmsError {
  return new DmsError(
    'dms.answer-unusable',
    text({
      de: `enaio antwortet nicht, wie es die Schnittstelle vorsieht (${what}).`,
      en: `enaio does not answer as the interface has it (${what}).`,
    }),
  );
}
