import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Archive, Refused } from './archive.ts';
import { type DmsServiceOptions, serveDms } from './dms-service.ts';
import { serveOsRest } from './osrest.ts';

/**
 * An enaio gateway in memory, with the DMS service 3.x and OSRest, as the vendor's public documentation describes them. What
 * it assumes is listed in docs/dms/enaio.md.
 */
export interface EnaioServer {
  /** The gateway. */
  readonly url: string;
  readonly archive: Archive;
  readonly options: DmsServiceOptions;
  /** Ends all sessions: cookies are refused from now on, as some gateways do even beside a password. */
  endSessions(): void;
  /** How many sessions were begun. */
  sessions(): number;
  /** Breaks all connections and forgets sessions; what is stored stays. */
  restart(): void;
  close(): Promise<void>;
}

export async function startEnaioServer(user: string, password: string): Promise<EnaioServer> {
  const archive = new Archive();
  const options: DmsServiceOptions = {
    partialCommits: true,
    refusesEmptyFiles: false,
    hidesLimits: false,
    readOnly: false,
  };
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const sessions = new Set<string>();
  let begun = 0;
  const server = createServer((incoming, answer) => {
    incoming.on('error', () => {});
    serve(incoming, answer).catch((error: unknown) => {
      const { status, errorCode, message } =
        error instanceof Refused ? error : new Refused(500, 3003, error instanceof Error ? error.message : '');
      if (!answer.headersSent) answer.writeHead(status, { 'content-type': 'application/json' });
      answer.end(JSON.stringify({ httpStatusCode: status, serviceErrorCode: errorCode, message }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  async function serve(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (!isKnown(incoming, answer)) {
      incoming.resume();
      answer.writeHead(401, { 'content-type': 'text/html' }).end('<html>who are you?');
      return;
    }
    const [service, api, ...path] = new URL(incoming.url ?? '', 'http://enaio').pathname
      .split('/')
      .filter((step) => step !== '')
      .map(decodeURIComponent);
    if (service === 'api' && api === 'dms') return serveDms(archive, options, incoming, answer, path);
    if (service === 'osrest' && api === 'api') return serveOsRest(archive, options.readOnly, incoming, answer, path);
    answer.writeHead(404, { 'content-type': 'text/html' }).end('<html>nothing here');
  }

  function isKnown({ headers }: IncomingMessage, answer: ServerResponse): boolean {
    const [, cookie] = /JSESSIONID=(\w+)/.exec(headers.cookie ?? '') ?? [];
    if (cookie !== undefined) return sessions.has(cookie);
    if (headers.authorization !== authorization) return false;
    const session = randomBytes(8).toString('hex');
    sessions.add(session);
    begun++;
    answer.setHeader('set-cookie', `JSESSIONID=${session}; Path=/; HttpOnly`);
    return true;
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    archive,
    options,
    endSessions: () => sessions.clear(),
    sessions: () => begun,
    restart: () => {
      sessions.clear();
      server.closeAllConnections();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
