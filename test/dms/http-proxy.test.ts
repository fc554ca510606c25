import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { createHttpClient } from '../../src/dms/http/client.ts';
import { proxyVariable, routeOf } from '../../src/dms/http/connection.ts';
import { createConnectProxy, listen } from '../support/connect-proxy.ts';

const open: Server[] = [];
const sockets: Duplex[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

function start(server: Server): Promise<string> {
  open.push(server);
  return listen(server);
}

const settings = { url: '', user: 'scanlot', timeouts: { connectSeconds: 1, idleSeconds: 5, totalSeconds: 10 } };
const answer = () => createServer((request, response) => response.end(request.headers.authorization));

it('goes through the proxy that the environment names, with its password', async () => {
  const seen: string[] = [];
  const server = await start(answer());
  const proxy = await start(createConnectProxy(seen, `Basic ${Buffer.from('amt:geheim').toString('base64')}`));
  const route = await routeOf(
    { ...settings, proxy: 'http://127.0.0.1:1' },
    { [proxyVariable]: `http://amt:geheim@${proxy}` },
  );
  const client = createHttpClient('Basic xyz', route);
  for (const _ of [1, 2]) {
    const got = await client.exchange({ method: 'GET', url: new URL(`http://${server}/`), signal: undefined });
    expect([got.statusCode, await text(got)]).toEqual([200, 'Basic xyz']);
  }
  expect(seen[0]).toBe(server);
  client.close();
});

it('tells that the proxy refuses', async () => {
  const proxy = await start(createConnectProxy([], 'Basic other'));
  const client = createHttpClient('Basic xyz', await routeOf({ ...settings, proxy: `http://${proxy}` }, {}));
  const asked = client.exchange({ method: 'GET', url: new URL('http://127.0.0.1:1/'), signal: undefined });
  await expect(asked).rejects.toThrow('the proxy refuses (407)');
  client.close();
});

it('does not wait for ever for a proxy that says nothing', async () => {
  const silent = createServer();
  silent.on('connect', (_request, socket) => sockets.push(socket));
  const client = createHttpClient(
    'Basic xyz',
    await routeOf({ ...settings, proxy: `http://${await start(silent)}` }, {}),
  );
  const asked = client.exchange({ method: 'GET', url: new URL('http://127.0.0.1:1/'), signal: undefined });
  await expect(asked).rejects.toThrow('no connection after 1 s');
  client.close();
});

it('names no password when the address of the proxy is none', async () => {
  const asked = routeOf(settings, { [proxyVariable]: 'amt:geheim@proxy' });
  const error = await asked.catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'dms.settings-wrong' });
  expect(String(error)).not.toContain('geheim');
});
