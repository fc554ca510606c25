import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Server as NetServer } from 'node:net';

/**
 * A proxy for CONNECT that lets through who shows the right authorization.
 * @param seen takes the places that were asked for
 */
export function createConnectProxy(seen: string[], authorization: string | undefined): Server {
  const proxy = createServer();
  proxy.on('connect', (request: IncomingMessage, client, head) => {
    seen.push(request.url ?? '');
    if (request.headers['proxy-authorization'] !== authorization) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const server = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      server.write(head);
      server.pipe(client);
      client.pipe(server);
    });
    server.on('error', () => client.destroy());
    client.on('error', () => server.destroy());
    client.on('close', () => server.destroy());
  });
  return proxy;
}

/** Lets a server listen on the loopback. @returns its host and port */
export async function listen(server: NetServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
