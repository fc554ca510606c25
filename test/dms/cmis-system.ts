import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { type CmisAdapterOptions, createCmisAdapter } from '../../src/dms/cmis/adapter.ts';
import type { CmisSettings } from '../../src/dms/cmis/settings.ts';
import type { SystemUnderTest } from './adapter-contract.ts';
import { type CmisProxy, startCmisProxy } from './cmis-proxy.ts';

export interface Account {
  /** The service document. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** Repeats quickly: tests have no time. */
export const impatient = { attempts: 5, firstDelay: 5, longestDelay: 50, longestRetryAfter: 2000 };
const folder = '/Akten/Übernahme';

export function settingsFor({ user }: Account, url: string, more: Partial<CmisSettings> = {}): CmisSettings {
  return {
    type: 'cmis',
    url,
    repository: 'A1',
    user,
    folder,
    types: { file: 'county:file', document: 'county:document' },
    keyProperty: 'county:key',
    properties: { document: { 'county:sha256': 'sha256' } },
    ...more,
  };
}

export function adapterOptions(account: Account, url: string, more: Partial<CmisSettings> = {}): CmisAdapterOptions {
  return {
    settings: settingsFor(account, url, more),
    environment: { SCANLOT_DMS_PASSWORD: account.password },
    patience: impatient,
  };
}

/** A CMIS server, reached through a proxy that can do harm, held to the contract. Its repository is emptied at the end. */
export async function createCmisSystem(account: Account): Promise<SystemUnderTest & { readonly proxy: CmisProxy }> {
  const proxy = await startCmisProxy(account.url);
  let pending: (() => void | Promise<void>) | undefined;
  let isReadOnly = false;
  proxy.judge = async ({ action, fileName }) => {
    if (isReadOnly && /^(create|update|delete)/.test(action)) {
      return { kind: 'answer', status: 403, body: JSON.stringify({ exception: 'permissionDenied', message: 'no' }) };
    }
    if (action !== 'createDocument' || fileName?.startsWith('scanlot-index')) return undefined;
    const act = pending;
    pending = undefined;
    try {
      await act?.();
    } catch (error) {
      const body = JSON.stringify({ exception: 'storage', message: (error as Error).message });
      return { kind: 'answer', status: 500, body };
    }
    return undefined;
  };
  const another = (more: Partial<CmisSettings> = {}) => createCmisAdapter(adapterOptions(account, proxy.url, more));
  const empty = async () => {
    for (const { id } of await childrenOf(account)) await post(account, { cmisaction: 'deleteTree', objectId: id });
  };
  const titled = another({ properties: { file: { 'county:title': 'title', 'county:kind': 'kind' } } });
  return {
    troubles: {
      withWrongPassword: () => createCmisAdapter(adapterOptions({ ...account, password: 'wrong' }, proxy.url)),
      setReadOnly: (value) => {
        isReadOnly = value;
      },
      removeParent: empty,
      restart: () => proxy.restart(),
      misfits: {
        'an unknown type': {
          adapter: another({ types: { file: 'county:dossier' } }),
          metadata: {},
          code: 'dms.settings-wrong',
        },
        'a mandatory field without a value': {
          adapter: another({ types: { file: 'county:strictFile' }, keyProperty: 'county:strictKey', properties: {} }),
          metadata: {},
          code: 'dms.value-refused',
        },
        'a value too long': { adapter: titled, metadata: { title: 'x'.repeat(21) }, code: 'dms.value-refused' },
        'a value not in the catalogue': { adapter: titled, metadata: { kind: 'Unfug' }, code: 'dms.value-refused' },
      },
    },
    proxy,
    adapter: another(),
    another: () => another(),
    whileSending: (action) => {
      pending = action;
    },
    expectSound: (keys) => expectSoundRepository(account, keys),
    dispose: async () => {
      await proxy.close();
      await empty();
    },
  };
}

/** Below the folder of the imports lie files with these keys and no others, and each holds what its index says. */
export async function expectSoundRepository(account: Account, keys: readonly string[]): Promise<void> {
  const files = await storedFiles(account);
  expect(files.map(({ key }) => key).sort()).toEqual(keys.map((key) => key.normalize('NFC')).sort());
  for (const { id, name } of files) {
    expect(name).not.toContain('~scanlot-');
    const children = await childrenOf(account, id);
    const contents = new Map<string, Buffer>();
    for (const child of children) contents.set(child.name, await contentOf(account, child.id));
    const indices = [...contents.keys()].filter((one) => one.startsWith('scanlot-index'));
    expect(indices).toHaveLength(1);
    const index = JSON.parse(String(contents.get(indices[0]!)));
    expect(children).toHaveLength(index.documents.length + 1);
    for (const { stored, sha256 } of index.documents) {
      expect(createHash('sha256').update(contents.get(stored)!).digest('hex')).toBe(sha256);
    }
  }
}

export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What lies in the folder of the imports, half-built things too. */
export async function storedFiles(account: Account): Promise<readonly Listed[]> {
  let level = await childrenOf(account);
  for (const name of folder.split('/').slice(1)) {
    const found = level.filter((one) => one.name === name);
    if (found.length === 0) return [];
    expect(found).toHaveLength(1);
    level = await childrenOf(account, found[0]?.id);
  }
  return level;
}

export async function childrenOf(account: Account, id?: string): Promise<readonly Listed[]> {
  const all: Listed[] = [];
  for (;;) {
    const root = id === undefined ? await rootId(account) : id;
    const list = await get(account, { cmisselector: 'children', objectId: root, skipCount: String(all.length) });
    for (const { object } of list.objects ?? []) {
      const properties = object.succinctProperties;
      const { 'cmis:objectId': objectId = '', 'cmis:name': name = '', 'county:key': key = '' } = properties;
      all.push({ id: objectId, name, key, properties });
    }
    if (!list.hasMoreItems) return all;
  }
}

async function rootId({ url, ...account }: Account): Promise<string> {
  const answer = await fetch(url, { headers: headersOf(account) });
  return ((await answer.json()) as { A1: { rootFolderId: string } }).A1.rootFolderId;
}

export async function contentOf(account: Account, id: string): Promise<Buffer> {
  const parameters = new URLSearchParams({ cmisselector: 'content', objectId: id });
  const answer = await fetch(`${account.url}/A1/root?${parameters}`, { headers: headersOf(account) });
  return Buffer.from(await answer.arrayBuffer());
}

/** The access control list of an object: principal → permissions. */
export async function accessOf(account: Account, id: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const parameters = new URLSearchParams({ cmisselector: 'acl', objectId: id });
  const answer = await fetch(`${account.url}/A1/root?${parameters}`, { headers: headersOf(account) });
  const { aces } = (await answer.json()) as {
    readonly aces: readonly { readonly principal: { readonly principalId: string }; readonly permissions: string[] }[];
  };
  return Object.fromEntries(aces.map(({ principal, permissions }) => [principal.principalId, permissions]));
}

/** Sends a form to the root folder. */
export async function post(account: Account, fields: Readonly<Record<string, string>>): Promise<Response> {
  const body = new FormData();
  body.set('_charset_', 'UTF-8');
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return fetch(`${account.url}/A1/root`, { method: 'POST', headers: headersOf(account), body });
}

async function get(account: Account, parameters: Readonly<Record<string, string>>) {
  const search = new URLSearchParams({ ...parameters, succinct: 'true' });
  const answer = await fetch(`${account.url}/A1/root?${search}`, { headers: headersOf(account) });
  return (await answer.json()) as {
    readonly objects?: readonly { readonly object: { readonly succinctProperties: Record<string, string> } }[];
    readonly hasMoreItems?: boolean;
  };
}

function headersOf({ user, password }: Pick<Account, 'user' | 'password'>) {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}
