import type { IncomingMessage } from 'node:http';
import { text } from '../../shared/language.ts';
import { retryAfter } from './back-off.ts';
import { LostAnswer, lost } from './client.ts';
import { Refusal } from './refusal.ts';

/** Answers but for content are lists of at most a hundred objects, or a schema. */
const longestAnswer = 32 * 1024 * 1024;
const longestMessage = 500;
/** Refused before it was looked at, or by somebody between us and the server who cannot know what became of it. */
const overload = [429, 502, 503, 504];

/** What an interface says with a refusal. */
export interface Told {
  readonly exception: string;
  readonly message: string;
}

/**
 * Reads an answer in JSON.
 * @param told takes the interface's own words out of a refusal's body, undefined where that is no JSON
 * @returns undefined for an empty answer of success
 * @throws Refusal when the server says no; LostAnswer when the answer is cut off, no JSON, or comes from an overloaded server
 */
export async function readJson(
  message: IncomingMessage,
  conceal: (words: string) => string,
  told: (body: unknown, status: number) => Told,
): Promise<unknown> {
  const status = message.statusCode ?? 0;
  const source = await readText(message);
  throwIfOverloaded(message);
  const value = parse(source);
  if (status >= 200 && status < 300) {
    if (value === undefined && source.trim() !== '') throw noJson(source);
    return value;
  }
  const { exception, message: words } = told(value, status);
  throw new Refusal(status, exception, sentence(conceal(words === '' ? redirection(message) : words)));
}

/** A gateway in trouble shows pages of its own, so that it is tried again; so does one that wants a login, at every time. */
function noJson(source: string): LostAnswer {
  if (!/^\s*</.test(source.slice(0, 1000))) return new LostAnswer('the answer is no JSON');
  const told = text({
    de: 'Unter der Adresse des DMS antwortet eine Webseite, keine Schnittstelle (Anmeldeseite, Gateway, falscher Pfad?).',
    en: 'At the address of the DMS a web page answers, not an interface (login page, gateway, wrong path?).',
  });
  return new LostAnswer('the answer is a web page, no JSON', { told });
}

/** It is not followed: a password goes to nobody but the server that was configured. */
function redirection({ statusCode = 0, headers: { location } }: IncomingMessage): string {
  return statusCode >= 300 && statusCode < 400 && location !== undefined ? `→ ${location}` : '';
}

/** @throws LostAnswer for a status that only says: not now */
export function throwIfOverloaded(message: IncomingMessage): void {
  const status = message.statusCode ?? 0;
  if (!overload.includes(status)) return;
  message.resume();
  throw new LostAnswer(`HTTP ${status}`, { retryAfter: retryAfter(message.headers['retry-after'], new Date()) });
}

async function readText(message: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of message as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > longestAnswer) throw new LostAnswer('the answer is too long');
      pieces.push(piece);
    }
  } catch (cause) {
    throw lost(cause);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parse(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

/** A server's words, in one line of bounded length. */
function sentence(words: string): string {
  return words.replace(/[\s\p{Control}]+/gu, ' ').slice(0, longestMessage);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
