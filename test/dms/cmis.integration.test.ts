import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCmisAdapter } from '../../src/dms/cmis/adapter.ts';
import { createConnectProxy, listen } from '../support/connect-proxy.ts';
import { cmisUser, type OpenCmis, startOpenCmis } from '../support/opencmis.ts';
import { describeAdapter } from './adapter-contract.ts';
import { describeExtensions } from './cmis-extensions.ts';
import { adapterOptions, createCmisSystem } from './cmis-system.ts';

let server: OpenCmis;
beforeAll(async () => {
  server = await startOpenCmis('Kanarienvogel-4711-geheim');
});
afterAll(() => server.stop());

describeAdapter('CMIS, on Apache Chemistry OpenCMIS', () => createCmisSystem({ ...server, user: cmisUser }));
describeExtensions('Apache Chemistry OpenCMIS', () => ({ ...server, user: cmisUser }));

it('speaks with a server whose certificate the county signed itself, and with none that it does not know', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scanlot-cmis-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const options = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
  await promisify(execFile)('openssl', ['req', '-x509', ...options, ...subject]);
  const target = new URL(server.url);
  const encrypted = createServer(
    { key: await readFile(key), cert: await readFile(certificate) },
    (incoming, answer) => {
      const { method, url: path, headers } = incoming;
      const outgoing = request({ host: target.hostname, port: target.port, method, path, headers }, (from) => {
        answer.writeHead(from.statusCode ?? 500, from.headers);
        from.pipe(answer);
      });
      incoming.pipe(outgoing);
    },
  );
  const url = `https://localhost:${new URL(`http://${await listen(encrypted)}`).port}${target.pathname}`;
  const seen: string[] = [];
  const proxy = createConnectProxy(seen, undefined);
  const account = { ...server, user: cmisUser };
  try {
    const stranger = createCmisAdapter(adapterOptions(account, url));
    await expect(stranger.lookUp('A 1')).rejects.toMatchObject({ code: 'dms.unreachable' });
    await stranger.close();
    const known = createCmisAdapter(adapterOptions(account, url, { certificateAuthority: certificate }));
    expect(await known.lookUp('A 1')).toBeUndefined();
    await known.close();
    const way = { certificateAuthority: certificate, proxy: `http://${await listen(proxy)}` };
    const proxied = createCmisAdapter(adapterOptions(account, url, way));
    expect(await proxied.lookUp('A 1')).toBeUndefined();
    expect(seen).toContain(new URL(url).host);
    await proxied.close();
  } finally {
    for (const one of [encrypted, proxy]) {
      one.closeAllConnections();
      await new Promise((resolve) => one.close(resolve));
    }
    await rm(folder, { recursive: true });
  }
});
