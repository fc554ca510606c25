import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DmsAdapter, NewDocument } from '../../src/dms/adapter.ts';
import { createCmisAdapter } from '../../src/dms/cmis/adapter.ts';
import { createEnaioAdapter } from '../../src/dms/enaio/adapter.ts';
import { createFileDropAdapter } from '../../src/dms/enaio/file-drop/adapter.ts';
import { createFolderAdapter } from '../../src/dms/folder/adapter.ts';
import { createOcflAdapter } from '../../src/dms/ocfl/adapter.ts';
import { startEnaioServer } from '../support/enaio-server/server.ts';
import { startVastProxy } from '../support/vast-proxy.ts';
import { startFakeRepository } from './cmis-fake.ts';
import { adapterOptions } from './cmis-system.ts';
import { collect, fileOf } from './documents.ts';
import { canary, enaioOptions } from './enaio-system.ts';

interface Opened {
  readonly adapter: DmsAdapter;
  /** Fetches what was stored; by the adapter where nothing is said. */
  fetch?(): AsyncIterable<Uint8Array>;
  /** Bytes of the document as they came to the server, where there is one. */
  received?(): number;
  close(): Promise<void>;
}

/** Every adapter, each on a system of its own in a folder. */
const systems: Readonly<Record<string, (folder: string) => Promise<Opened>>> = {
  'the embedded store': async (folder) => {
    const adapter = createOcflAdapter({ root: join(folder, 'store'), staging: join(folder, 'staging') });
    return { adapter, close: () => adapter.close() };
  },
  'plain folders': async (folder) => {
    const adapter = createFolderAdapter({ settings: { type: 'folder', path: folder, folder: '/Akten' } });
    return { adapter, close: () => adapter.close() };
  },
  'the drop folder of an automatic import': async (folder) => {
    const names = { cabinet: 'Akten', file: 'Akte', document: 'Schriftstück' };
    const keys = { keyField: 'ScanlotKey', documentKeyField: 'ScanlotDocument' };
    const settings = { type: 'enaio', service: 'file-drop', dropFolder: folder, names, ...keys } as const;
    mkdirSync(folder);
    const adapter = createFileDropAdapter({ settings, environment: {} });
    // What it laid down is the only file of this ending; it can be read back only after an import.
    const laid = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((one) => one.endsWith('.tif'));
    return { adapter, fetch: () => createReadStream(join(folder, laid() ?? '')), close: () => adapter.close() };
  },
  CMIS: async () => {
    const server = await startFakeRepository('scanlot', canary);
    const account = { user: 'scanlot', password: canary };
    return throughProxy(server, (url) => createCmisAdapter(adapterOptions({ ...account, url }, url)));
  },
  'enaio by its DMS service': async () =>
    throughProxy(await startEnaioServer('scanlot', canary), (url) => createEnaioAdapter(enaioOptions(url))),
  'enaio by OSRest': async () =>
    throughProxy(await startEnaioServer('scanlot', canary), (url) =>
      createEnaioAdapter(enaioOptions(url, { service: 'osrest' })),
    ),
};

async function throughProxy(
  server: { readonly url: string; close(): Promise<void> },
  create: (url: string) => DmsAdapter,
): Promise<Opened> {
  const proxy = await startVastProxy(server.url);
  const adapter = create(proxy.url);
  return {
    adapter,
    received: () => proxy.received,
    close: async () => {
      await adapter.close();
      await proxy.close();
      await server.close();
    },
  };
}

/** Stores and reads back one document of so many bytes with every adapter. */
export function describeVastContent(size: number, mostMemory: number): void {
  describe(`a document of ${size} bytes`, () => {
    let folder: string;
    let document: NewDocument;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'scanlot-vast-'));
      // A file with a hole: it takes no room on the disk.
      const source = join(folder, 'gross.tif');
      await writeFile(source, '');
      await truncate(source, size);
      document = { name: 'gross.tif', source, size, sha256: hashOfZeros(size) };
    }, 120_000);
    afterAll(() => rm(folder, { recursive: true, force: true }));

    it.each(Object.keys(systems))(
      'goes into %s and back, and is never held in memory',
      async (name) => {
        const place = join(folder, 'system');
        const opened = await systems[name]?.(place);
        if (!opened) throw new Error(name);
        const before = process.memoryUsage().rss;
        let most = before;
        const watch = setInterval(() => {
          most = Math.max(most, process.memoryUsage().rss);
        }, 10);
        try {
          const { id } = await opened.adapter.create(fileOf('A 1', [document]));
          const { sha256 } = document;
          if (opened.fetch) expect(await hashOf(opened.fetch())).toBe(sha256);
          else expect(await collect(opened.adapter.readBack(id))).toEqual([{ name: 'gross.tif', size, sha256 }]);
          if (opened.received) expect(opened.received()).toBe(size);
        } finally {
          clearInterval(watch);
          await opened.close();
          await rm(place, { recursive: true, force: true });
        }
        expect(most - before).toBeLessThan(mostMemory);
      },
      300_000,
    );
  });
}

async function hashOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of content) hash.update(bytes);
  return hash.digest('hex');
}

function hashOfZeros(size: number): string {
  const hash = createHash('sha256');
  const zeros = Buffer.alloc(1024 * 1024);
  for (let left = size; left > 0; left -= zeros.length) hash.update(zeros.subarray(0, Math.min(left, zeros.length)));
  return hash.digest('hex');
}
