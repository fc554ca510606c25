import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { expect } from 'vitest';
import type { DmsAdapter } from '../../src/dms/adapter.ts';
import { createEnaioAdapter, type EnaioAdapterOptions } from '../../src/dms/enaio/adapter.ts';
import type { EnaioSettings } from '../../src/dms/enaio/settings.ts';
import type { Stored } from '../support/enaio-server/archive.ts';
import { type EnaioServer, startEnaioServer } from '../support/enaio-server/server.ts';
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';
import type { SystemUnderTest } from './adapter-contract.ts';
import type { Troubles } from './adapter-troubles.ts';
import { impatient } from './cmis-system.ts';

export const canary = 'Kanarienvogel-0815-geheim';
const user = 'scanlot';

export function enaioSettings(url: string, more: Partial<EnaioSettings> = {}): EnaioSettings {
  return {
    type: 'enaio',
    service: 'dms',
    url,
    user,
    types: { file: '3', document: '262146' },
    keyField: 'ScanlotKey',
    stateField: 'ScanlotState',
    documentKeyField: 'ScanlotDocument',
    fields: { document: { Pruefsumme: 'sha256' } },
    ...more,
  };
}

export function enaioOptions(url: string, more: Partial<EnaioSettings> = {}): EnaioAdapterOptions {
  return {
    settings: enaioSettings(url, more),
    environment: { SCANLOT_DMS_PASSWORD: canary },
    patience: impatient,
  };
}

/** A request on its way to enaio: "insert folder", "insert document", "insert index", "state", "search", "content" … */
export interface PassingRequest {
  readonly action: string;
  readonly cookie: string | undefined;
}

export type EnaioProxy = FaultyProxy<PassingRequest>;

export function startEnaioProxy(url: string): Promise<EnaioProxy> {
  return startFaultyProxy(url, {
    suffices: (head) => /filename="/.test(head.toString('latin1')),
    describe: (incoming, head) => ({ action: actionOf(incoming, head.toString()), cookie: incoming.headers.cookie }),
  });
}

function actionOf({ method, url }: IncomingMessage, head: string): string {
  const { pathname } = new URL(url ?? '', 'http://proxy');
  if (pathname.endsWith('/schema')) return 'schema';
  if (/\/(contents\/file|documentfiles\/\d+)\/\d+$/.test(pathname)) return 'content';
  if (/\/search$/.test(pathname)) return 'search';
  if (method === 'DELETE') return 'remove';
  if (method === 'PATCH' || /\/documents\/update\//.test(pathname)) return 'state';
  if (method === 'GET') return 'get';
  const [, fileName] = /filename="([^"]*)"/.exec(head) ?? [];
  if (fileName === undefined) return 'insert folder';
  return fileName === 'scanlot-index.json' ? 'insert index' : 'insert document';
}

export interface EnaioSystem extends SystemUnderTest {
  readonly server: EnaioServer;
  readonly proxy: EnaioProxy;
}

/** The test server, reached through a proxy that can do harm, held to the contract. */
export async function createEnaioSystem(more: Partial<EnaioSettings> = {}): Promise<EnaioSystem> {
  const server = await startEnaioServer(user, canary);
  const proxy = await startEnaioProxy(server.url);
  let pending: (() => void | Promise<void>) | undefined;
  proxy.judge = async ({ action }) => {
    if (action !== 'insert document') return undefined;
    const act = pending;
    pending = undefined;
    try {
      await act?.();
    } catch (error) {
      const body = JSON.stringify({ serviceErrorCode: 3003, message: (error as Error).message });
      return { kind: 'answer', status: 500, body };
    }
    return undefined;
  };
  const another = (special: Partial<EnaioSettings> = {}) =>
    createEnaioAdapter(enaioOptions(proxy.url, { ...more, ...special }));
  return {
    troubles: {
      withWrongPassword: () =>
        createEnaioAdapter({ ...enaioOptions(proxy.url, more), environment: { SCANLOT_DMS_PASSWORD: 'wrong' } }),
      setReadOnly: (isReadOnly) => {
        server.options.readOnly = isReadOnly;
      },
      removeParent: async () => server.archive.forget(),
      restart: () => {
        server.restart();
        proxy.restart();
      },
      misfits: misfitsOf(another, more.service === 'osrest'),
    },
    server,
    proxy,
    adapter: another(),
    another: () => another(),
    whileSending: (action) => {
      pending = action;
    },
    expectSound: async (keys) => expectSoundArchive(server, keys),
    dispose: async () => {
      await proxy.close();
      await server.close();
    },
  };
}

/** OSRest tells no types: there the server refuses what does not fit. */
function misfitsOf(another: (special: Partial<EnaioSettings>) => DmsAdapter, isOsRest: boolean): Troubles['misfits'] {
  const types = { file: '3', document: '262146' };
  const titled = () => another({ types, levels: [], fields: { file: { Titel: 'title', Aktenart: 'kind' } } });
  return {
    'an unknown type': {
      adapter: another({ types: { ...types, file: '99' }, levels: [] }),
      metadata: {},
      code: isOsRest ? 'dms.value-refused' : 'dms.settings-wrong',
    },
    'a mandatory field without a value': {
      adapter: another({
        types: { ...types, file: '196610' },
        levels: [{ type: '4', keyField: 'Amt', key: 'Ordnungsamt' }],
      }),
      metadata: {},
      code: 'dms.value-refused',
    },
    'a value too long': { adapter: titled(), metadata: { title: 'x'.repeat(21) }, code: 'dms.value-refused' },
    'a value not in the catalogue': { adapter: titled(), metadata: { kind: 'Unfug' }, code: 'dms.value-refused' },
  };
}

/** enaio holds files with these keys and no others, each complete, and each holds what its index says. */
export function expectSoundArchive(server: EnaioServer, keys: readonly string[]): void {
  const files = storedFiles(server);
  const found = files.map(({ values }) => values.get('ScanlotKey') ?? '').sort();
  expect(found).toEqual(keys.map((key) => key.normalize('NFC')).sort());
  for (const file of files) {
    expect(file.values.get('ScanlotState')).toMatch(/^scanlot 1 index \d+$/);
    const children = server.archive.childrenOf(file.id);
    const indexId = file.values.get('ScanlotState')?.split(' ').at(-1) ?? '';
    const index = JSON.parse(String(server.archive.get(indexId).files[0]));
    expect(children).toHaveLength(index.documents.length + 1);
    for (const { stored, sha256 } of index.documents) {
      const document = server.archive.get(stored.split('/')[1]);
      expect(document.parent).toBe(file.id);
      expect(createHash('sha256').update(document.files[0]!).digest('hex')).toBe(sha256);
    }
  }
}

/** The folders with our key, half-built ones too. */
export function storedFiles(server: EnaioServer): readonly Stored[] {
  return server.archive.all().filter(({ values }) => values.has('ScanlotKey'));
}
