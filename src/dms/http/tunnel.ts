import {
  type AgentOptions,
  type ClientRequestArgs,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

type Connected = (error: Error | null, stream: Duplex) => void;

export function noConnection(milliseconds: number): string {
  return `no connection after ${milliseconds / 1000} s`;
}

/**
 * Agents whose connections go through a proxy, by CONNECT (RFC 9110, 9.3.6), to http and https servers.
 * @param limit milliseconds until a connection stands, tunnel and encryption each
 */
export function tunnelAgents(
  proxy: URL,
  limit: number,
  sockets: AgentOptions,
): { readonly plain: HttpAgent; readonly encrypted: HttpsAgent } {
  const plain = new HttpAgent(sockets);
  plain.createConnection = (options, connected) => {
    openTunnel(proxy, options, limit).then(
      (tunnel) => connected?.(null, tunnel),
      (error: Error) => fail(connected, error),
    );
    return null;
  };
  const encrypted = new HttpsAgent(sockets);
  encrypted.createConnection = (options, connected) => {
    openTunnel(proxy, options, limit)
      .then((socket) => encrypt({ ...options, socket } as ConnectionOptions, limit))
      .then(
        (stream) => connected?.(null, stream),
        (error: Error) => fail(connected, error),
      );
    return null;
  };
  return { plain, encrypted };
}

/** The callback takes either of both, which its type does not say. */
function fail(connected: Connected | undefined, error: Error): void {
  (connected as ((error: Error) => void) | undefined)?.(error);
}

function openTunnel(proxy: URL, { host, port }: ClientRequestArgs, limit: number): Promise<Duplex> {
  const target = `${host?.includes(':') ? `[${host}]` : host}:${port}`;
  const user = decodeURIComponent(proxy.username);
  const authorization = Buffer.from(`${user}:${decodeURIComponent(proxy.password)}`).toString('base64');
  const headers = { host: target, ...(user === '' ? {} : { 'proxy-authorization': `Basic ${authorization}` }) };
  const send = proxy.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const place = { host: proxy.hostname, port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80) };
    const asked = send({ ...place, method: 'CONNECT', path: target, headers, agent: false });
    const late = setTimeout(() => asked.destroy(new Error(noConnection(limit))), limit);
    asked.once('close', () => clearTimeout(late));
    asked.once('error', reject);
    asked.once('connect', ({ statusCode }: IncomingMessage, socket: Duplex) => {
      clearTimeout(late);
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`the proxy refuses (${statusCode})`));
    });
    asked.end();
  });
}

function encrypt(options: ConnectionOptions, limit: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const stream = connectTls(options);
    const late = setTimeout(() => stream.destroy(new Error(noConnection(limit))), limit);
    stream.once('close', () => clearTimeout(late));
    stream.once('error', reject);
    stream.once('secureConnect', () => {
      clearTimeout(late);
      stream.off('error', reject);
      resolve(stream);
    });
  });
}
