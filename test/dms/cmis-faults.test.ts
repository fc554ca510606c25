import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DmsAdapter } from '../../src/dms/adapter.ts';
import { createCmisAdapter } from '../../src/dms/cmis/adapter.ts';
import type { CmisSettings } from '../../src/dms/cmis/settings.ts';
import { DmsError } from '../../src/dms/errors.ts';
import { type FakeRepository, startFakeRepository } from './cmis-fake.ts';
import { type CmisProxy, type Fault, startCmisProxy } from './cmis-proxy.ts';
import { type Account, adapterOptions, expectSoundRepository, post, storedFiles } from './cmis-system.ts';
import { collect, fileOf, noise, writeDocuments } from './documents.ts';

const canary = 'Kanarienvogel-4711-geheim';
let folder: string;
let fake: FakeRepository;
let proxy: CmisProxy;
let account: Account;
let adapter: DmsAdapter;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-cmis-'));
  fake = await startFakeRepository('scanlot', canary);
  account = { url: fake.url, user: 'scanlot', password: canary };
  proxy = await startCmisProxy(fake.url);
  adapter = withSettings({});
});
afterEach(async () => {
  await adapter.close();
  await proxy.close();
  await fake.close();
  await rm(folder, { recursive: true, force: true });
});

const withSettings = (more: Partial<CmisSettings>) => createCmisAdapter(adapterOptions(account, proxy.url, more));
const documents = (contents: Readonly<Record<string, string | Uint8Array>>) =>
  writeDocuments(join(folder, 'accepted'), contents);
const failure = async (action: Promise<unknown>): Promise<DmsError> => {
  const error: unknown = await action.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DmsError);
  expect(inspect(error, { depth: 10 })).not.toContain(canary);
  expect(inspect(error, { depth: 10 })).not.toContain(Buffer.from(`scanlot:${canary}`).toString('base64'));
  return error as DmsError;
};
/** Once, when the next request of that kind comes. */
const once = (action: string, fault: Fault | (() => void)) => {
  let isDone = false;
  proxy.judge = (passing) => {
    if (passing.action !== action || isDone) return undefined;
    isDone = true;
    return typeof fault === 'function' ? (fault() as undefined) : fault;
  };
};
const always = (action: string, fault: Fault) => {
  proxy.judge = (passing) => (passing.action === action ? fault : undefined);
};
const refusal = (status: number, exception: string, message = 'no'): Fault => ({
  kind: 'answer',
  status,
  body: JSON.stringify({ exception, message }),
});

it('counts how often the server asked for less', async () => {
  expect(adapter.overloads?.()).toBe(0);
  once('createFolder', { kind: 'answer', status: 429, retryAfter: '0' });
  await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
  expect(adapter.overloads?.()).toBe(1);
});

describe('a CMIS repository whose answers get lost', () => {
  const faults: readonly [string, Fault][] = [
    ['the answer is lost after the deed', { kind: 'lose-answer' }],
    ['the answer is cut in two', { kind: 'cut-answer' }],
    ['the connection breaks before the deed', { kind: 'cut-request' }],
    ['the server is overloaded', { kind: 'answer', status: 503, retryAfter: '0' }],
    ['there were too many requests', { kind: 'answer', status: 429 }],
    ['a gateway answers in HTML', { kind: 'answer', status: 502 }],
    ['the answer is no JSON', { kind: 'answer', status: 200, body: '<html>' }],
  ];
  const actions = ['', 'typeDefinition', 'query', 'createFolder', 'createDocument', 'children', 'content', 'update'];
  for (const [what, fault] of faults) {
    it.each(actions)(`holds the file exactly once when ${what} (%s)`, async (action) => {
      const object = fileOf('A 1', await documents({ 'a.pdf': noise(100_000), 'Übersicht.pdf': 'b' }));
      once(action, fault);
      // Of content nothing is repeated once it flows: the caller comes again.
      const { id } = await adapter.create(object).catch(() => adapter.create(object));
      expect(await adapter.lookUp('A 1')).toMatchObject({ id, complete: true });
      await expectSoundRepository(account, ['A 1']);
    });
  }

  it('does as it is asked by Retry-After, and gives up when that is too long', async () => {
    always('query', { kind: 'answer', status: 503, retryAfter: '86400' });
    const error = await failure(adapter.lookUp('A 1'));
    expect(error).toMatchObject({ code: 'dms.unreachable', scope: 'system' });
    expect(proxy.seen.filter(({ action }) => action === 'query')).toHaveLength(1);
  });

  it('gives up after a few attempts when the server stays overloaded', async () => {
    always('query', { kind: 'answer', status: 503 });
    expect(await failure(adapter.lookUp('A 1'))).toMatchObject({ code: 'dms.unreachable' });
    expect(proxy.seen.filter(({ action }) => action === 'query')).toHaveLength(5);
  });

  it('does not wait for ever for a server that never answers', async () => {
    const hurried = withSettings({ timeouts: { idleSeconds: 0.05 } });
    always('query', { kind: 'never-answer' });
    expect(await failure(hurried.lookUp('A 1'))).toMatchObject({ code: 'dms.unreachable' });
    await hurried.close();
  });

  it('ends a request that goes on for too long', async () => {
    const hurried = withSettings({ timeouts: { totalSeconds: 0.05 } });
    always('', { kind: 'never-answer' });
    expect(await failure(hurried.lookUp('A 1'))).toMatchObject({ code: 'dms.unreachable' });
    await hurried.close();
  });

  it('says that nobody listens at the address', async () => {
    await fake.close();
    const alone = createCmisAdapter(adapterOptions(account, fake.url));
    expect(await failure(alone.lookUp('A 1'))).toMatchObject({ code: 'dms.unreachable', scope: 'system' });
    fake = await startFakeRepository('scanlot', canary);
  });

  it('tells the bytes that came, when the server gives others than it was given', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'content' }));
    const { id } = await adapter.create(object);
    let reads = 0;
    proxy.judge = ({ action }) => (action === 'content' && ++reads === 2 ? { kind: 'falsify' } : undefined);
    const [stored] = await collect(adapter.readBack(id));
    expect(stored?.size).toBe(7);
    expect(stored?.sha256).not.toBe(object.documents[0]?.sha256);
  });

  it('rejects when the content breaks off', async () => {
    const { id } = await adapter.create(fileOf('A 1', await documents({ 'a.pdf': noise(500_000) })));
    let reads = 0;
    proxy.judge = ({ action }) => (action === 'content' && ++reads === 2 ? { kind: 'cut-answer' } : undefined);
    expect(await failure(collect(adapter.readBack(id)))).toMatchObject({ code: 'dms.unreachable' });
  });
});

describe('a CMIS repository that says no', () => {
  it('refuses a wrong password: nothing more is tried', async () => {
    const options = adapterOptions({ ...account, password: `${canary}-x` }, proxy.url);
    const error = await failure(createCmisAdapter(options).lookUp('A 1'));
    expect(error).toMatchObject({ code: 'dms.login-refused', scope: 'system', exitCode: 2 });
    expect(proxy.seen).toHaveLength(1);
  });

  it('keeps the password out of its words when the server repeats it', async () => {
    once(
      'query',
      refusal(400, 'invalidArgument', `bad: ${canary} ${Buffer.from(`scanlot:${canary}`).toString('base64')}`),
    );
    expect((await failure(adapter.lookUp('A 1'))).message).toContain('bad: ***');
  });

  it.each([
    ['createFolder', refusal(403, 'permissionDenied'), 'dms.permission-denied', 'object'],
    ['createDocument', refusal(403, 'permissionDenied'), 'dms.permission-denied', 'object'],
    ['createDocument', refusal(409, 'constraint'), 'dms.value-refused', 'object'],
    ['createDocument', refusal(500, 'storage', 'full'), 'dms.store-failed', 'system'],
    ['createDocument', { kind: 'answer', status: 401 } as Fault, 'dms.login-refused', 'system'],
    ['update', refusal(403, 'permissionDenied'), 'dms.permission-denied', 'object'],
    ['query', { kind: 'answer', status: 404 } as Fault, 'dms.answer-unusable', 'system'],
  ])(
    'ends at %s with the right error, leaves nothing, and completes afterwards',
    async (action, fault, code, scope) => {
      const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
      once(action, fault);
      expect(await failure(adapter.create(object))).toMatchObject({ code, scope });
      expect((await storedFiles(account)).map(({ name }) => name)).toEqual([]);
      await adapter.create(object);
      await expectSoundRepository(account, ['A 1']);
    },
  );

  it('says when the folder vanishes while it is filled', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    once('createDocument', () => fake.forget());
    expect(await failure(adapter.create(object))).toMatchObject({ code: 'dms.folder-missing', scope: 'object' });
  });

  it('makes the folder for the files anew when it has vanished between two files', async () => {
    const [document] = await documents({ 'a.pdf': 'a' });
    await adapter.create(fileOf('A 1', [document!]));
    fake.forget();
    await adapter.create(fileOf('A 2', [document!]));
    await expectSoundRepository(account, ['A 2']);
    expect(await adapter.lookUp('A 1')).toBeUndefined();
  });

  it('refuses to choose when the repository holds two files of one key', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    await adapter.create(object);
    await createByHand('A 1 once more', 'A 1');
    expect(await failure(adapter.lookUp('A 1'))).toMatchObject({ code: 'dms.object-duplicate', scope: 'object' });
    expect(await failure(adapter.create(object))).toMatchObject({ code: 'dms.object-duplicate' });
  });

  it('calls a file damaged when a document or the index has been taken out of it', async () => {
    const { id } = await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': 'b' })));
    always('children', {
      kind: 'answer',
      status: 200,
      body: JSON.stringify({ objects: [], hasMoreItems: false }),
    });
    expect(await failure(collect(adapter.readBack(id)))).toMatchObject({ code: 'dms.object-damaged' });
    expect(await failure(adapter.lookUp('A 1'))).toMatchObject({ code: 'dms.object-damaged' });
  });

  it('sweeps away what a process left that has ended', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    let name = '';
    proxy.judge = async ({ action }) => {
      if (action === 'createDocument') name = (await storedFiles(account))[0]?.name ?? '';
      return undefined;
    };
    await adapter.create(object);
    expect(name).toContain('~scanlot-');
    // The same mark with the number of a process that is not there.
    const dead = name.replace(/-\d+-(\d*)-[0-9a-f]{16}$/, '-999999999-1-0123456789abcdef');
    await createByHand(dead.replace('A 1', 'A 2'), 'A 2');
    await adapter.create({ ...object, key: 'A 2' });
    await expectSoundRepository(account, ['A 1', 'A 2']);
  });

  async function createByHand(name: string, key: string): Promise<void> {
    const parent = (await storedFiles(account))[0]?.properties;
    const address = new URL(`${account.url}/A1/root/Akten/${encodeURIComponent('Übernahme')}`);
    address.search = 'cmisselector=object&succinct=true';
    const authorization = `Basic ${Buffer.from(`scanlot:${canary}`).toString('base64')}`;
    const found = await (await fetch(address, { headers: { authorization } })).json();
    expect(parent).toBeDefined();
    const answer = await post(account, {
      cmisaction: 'createFolder',
      objectId: (found as { succinctProperties: Record<string, string> }).succinctProperties['cmis:objectId']!,
      'propertyId[0]': 'cmis:objectTypeId',
      'propertyValue[0]': 'county:file',
      'propertyId[1]': 'cmis:name',
      'propertyValue[1]': name,
      'propertyId[2]': 'county:key',
      'propertyValue[2]': key,
    });
    expect(answer.status).toBe(201);
  }
});
