import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DmsAdapter } from '../../src/dms/adapter.ts';
import { createEnaioAdapter } from '../../src/dms/enaio/adapter.ts';
import type { EnaioSettings } from '../../src/dms/enaio/settings.ts';
import { DmsError } from '../../src/dms/errors.ts';
import { type EnaioServer, startEnaioServer } from '../support/enaio-server/server.ts';
import type { Fault } from '../support/faulty-proxy.ts';
import { collect, fileOf, noise, writeDocuments } from './documents.ts';
import {
  canary,
  type EnaioProxy,
  enaioOptions,
  expectSoundArchive,
  startEnaioProxy,
  storedFiles,
} from './enaio-system.ts';

let folder: string;
let server: EnaioServer;
let proxy: EnaioProxy;
let adapter: DmsAdapter;
let opened: DmsAdapter[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-enaio-'));
  server = await startEnaioServer('scanlot', canary);
  proxy = await startEnaioProxy(server.url);
  opened = [];
  adapter = withSettings({});
});
afterEach(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await proxy.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function withSettings(more: Partial<EnaioSettings>): DmsAdapter {
  const made = createEnaioAdapter(enaioOptions(proxy.url, more));
  opened.push(made);
  return made;
}
const documents = (contents: Readonly<Record<string, string | Uint8Array>>) =>
  writeDocuments(join(folder, 'accepted'), contents);
const failure = async (action: Promise<unknown>): Promise<DmsError> => {
  const error: unknown = await action.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DmsError);
  for (const secret of [canary, Buffer.from(`scanlot:${canary}`).toString('base64')]) {
    expect(inspect(error, { depth: 10 })).not.toContain(secret);
  }
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
const refusal = (status: number, serviceErrorCode: number, message = 'no'): Fault => ({
  kind: 'answer',
  status,
  body: JSON.stringify({ serviceErrorCode, message }),
});
const failed = (message: string): Fault => ({
  kind: 'answer',
  status: 422,
  body: JSON.stringify({ failed: [{ message: 'could not be stored', innerError: { message } }] }),
});

const faults: readonly [string, Fault][] = [
  ['the answer is lost after the deed', { kind: 'lose-answer' }],
  ['the server fails after the deed', { kind: 'fail-after', status: 500, body: '{"serviceErrorCode":3003}' }],
  ['a gateway gives up after the deed', { kind: 'fail-after', status: 504 }],
  ['the answer is cut in two', { kind: 'cut-answer' }],
  ['the connection breaks before the deed', { kind: 'cut-request' }],
  ['the server is overloaded', { kind: 'answer', status: 503, retryAfter: '0' }],
  ['there were too many requests', { kind: 'answer', status: 429 }],
  ['the session has ended', { kind: 'answer', status: 401 }],
  ['the answer is no JSON', { kind: 'answer', status: 200, body: '<html>' }],
];
const actions = ['schema', 'search', 'get', 'insert folder', 'insert document', 'insert index', 'state', 'content'];

describe.each(['dms', 'osrest'] as const)('an enaio whose answers get lost (%s)', (service) => {
  const settings = { service };

  for (const [what, fault] of faults) {
    it.each(actions)(`holds the file exactly once when ${what} (%s)`, async (action) => {
      const one = withSettings(settings);
      const object = fileOf('A 1', await documents({ 'a.pdf': noise(100_000), 'Übersicht.pdf': 'b' }));
      once(action, fault);
      const { id } = await one.create(object).catch(() => one.create(object));
      const found = await one.lookUp('A 1').catch(() => one.lookUp('A 1'));
      expect(found).toMatchObject({ id, complete: true });
      const read = () => collect(one.readBack(id));
      const stored = await read().catch(read);
      // What is no JSON in answer to a request for bytes is taken for the bytes: the comparison with the accepted hash tells.
      const isLie = action === 'content' && fault.kind === 'answer' && fault.status === 200;
      const expected = object.documents.map(({ name, size, sha256 }) => ({ name, size, sha256 }));
      if (!isLie) expect(stored).toEqual(expected.sort((a, b) => (a.name < b.name ? -1 : 1)));
      expectSoundArchive(server, ['A 1']);
    });
  }

  it.each<[string, Fault]>([
    ['other bytes', { kind: 'falsify' }],
    ['fewer bytes', { kind: 'shorten' }],
  ])('tells the bytes that came, when it gives %s than it was given', async (_what, fault) => {
    const one = withSettings(settings);
    const object = fileOf('A 1', await documents({ 'a.pdf': 'content' }));
    const { id } = await one.create(object);
    let reads = 0;
    proxy.judge = ({ action }) => (action === 'content' && ++reads === 2 ? fault : undefined);
    const [stored] = await collect(one.readBack(id));
    expect(stored?.sha256).not.toBe(object.documents[0]?.sha256);
  });

  it('keeps wrong bytes from being taken for the document after an answer was lost', async () => {
    const one = withSettings(settings);
    const object = fileOf('A 1', await documents({ 'a.pdf': 'content' }));
    proxy.judge = ({ action }) => {
      if (action === 'insert document' && proxy.seen.filter((one) => one.action === action).length === 1) {
        return { kind: 'lose-answer' };
      }
      return action === 'content' ? { kind: 'falsify' } : undefined;
    };
    expect(await failure(one.create(object))).toMatchObject({ code: 'dms.object-damaged' });
    proxy.judge = () => undefined;
    await one.create(object);
    expectSoundArchive(server, ['A 1']);
  });
});

describe('an enaio that is slow, busy or away', () => {
  it('is asked again when it wishes, and given up when that is too long', async () => {
    always('search', { kind: 'answer', status: 503, retryAfter: '86400' });
    expect(await failure(adapter.lookUp('A 1'))).toMatchObject({ code: 'dms.unreachable', scope: 'system' });
    expect(proxy.seen.filter(({ action }) => action === 'search')).toHaveLength(1);
    expect(adapter.overloads?.()).toBe(1);
  });

  it('is not waited for for ever', async () => {
    const hurried = withSettings({ timeouts: { idleSeconds: 0.05 } });
    always('search', { kind: 'never-answer' });
    expect(await failure(hurried.lookUp('A 1'))).toMatchObject({ code: 'dms.unreachable' });
  });

  it('may carry out a request much later than anybody waits for it', async () => {
    const hurried = withSettings({ timeouts: { idleSeconds: 0.2 } });
    let folders = 0;
    proxy.judge = ({ action }) => {
      if (action === 'insert folder' && ++folders === 1) return { kind: 'delay', milliseconds: 400 };
      return action === 'insert document' ? { kind: 'delay', milliseconds: 60 } : undefined;
    };
    const contents = Object.fromEntries([...Array(8).keys()].map((at) => [`${at}.pdf`, `content ${at}`]));
    const object = fileOf('A 1', await documents(contents));
    const patient = withSettings({});
    await hurried.create(object).catch(() => patient.create(object));
    expect(await patient.lookUp('A 1')).toMatchObject({ complete: true });
    expect(folders).toBeGreaterThan(1);
    expectSoundArchive(server, ['A 1']);
  });

  it('may be restarted between two requests, and its sessions may end at any moment', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': noise(10_000), 'b.pdf': 'b', 'c.pdf': 'c' }));
    let passed = 0;
    proxy.judge = () => {
      passed++;
      if (passed % 3 === 0) server.endSessions();
      if (passed % 4 === 0) server.restart();
      return undefined;
    };
    await adapter.create(object);
    expectSoundArchive(server, ['A 1']);
  });

  it('gives one session to all requests, not one to each', async () => {
    for (const key of ['A 1', 'A 2', 'A 3']) await adapter.create(fileOf(key, await documents({ 'a.pdf': key })));
    expect(server.sessions()).toBe(1);
  });

  it('may search with a delay: one of several writers stores the file, and look-ups wait', async () => {
    server.archive.searchLag = 150;
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': 'b' }));
    const writers = [1, 2, 3].map(() => withSettings({ searchLagSeconds: 0.2 }));
    const results = await Promise.all(writers.map((writer) => writer.create(object)));
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    expect(await withSettings({ searchLagSeconds: 0.2 }).lookUp('A 1')).toMatchObject({ id: results[0]?.id });
    expect(await collect(adapter.readBack(results[0]?.id ?? ''))).toHaveLength(2);
    expect(await withSettings({}).create(object)).toEqual(results[0]);
    expectSoundArchive(server, ['A 1']);
  });
});

describe('an enaio that says no', () => {
  it('refuses a wrong password: nothing more is tried', async () => {
    const options = enaioOptions(proxy.url);
    const wrong = createEnaioAdapter({ ...options, environment: { SCANLOT_DMS_PASSWORD: `${canary}-x` } });
    expect(await failure(wrong.lookUp('A 1'))).toMatchObject({ code: 'dms.login-refused', scope: 'system' });
    expect(proxy.seen).toHaveLength(1);
    await wrong.close();
  });

  it('keeps the password out of its words when the server repeats it', async () => {
    once('search', refusal(400, 1100, `bad: ${canary} ${Buffer.from(`scanlot:${canary}`).toString('base64')}`));
    expect((await failure(adapter.lookUp('A 1'))).message).toContain('bad: ***');
  });

  it.each<[string, Fault, string, string]>([
    ['insert folder', refusal(403, 1100), 'dms.permission-denied', 'object'],
    ['insert folder', failed('mandatory field Betreff is empty'), 'dms.value-refused', 'object'],
    ['insert document', refusal(403, 1100), 'dms.permission-denied', 'object'],
    ['insert document', failed('value too long'), 'dms.value-refused', 'object'],
    ['insert document', refusal(500, 3003, 'disk full'), 'dms.store-failed', 'system'],
    ['insert index', failed('no'), 'dms.value-refused', 'object'],
    ['state', refusal(403, 1100), 'dms.permission-denied', 'object'],
    ['search', refusal(400, 1100), 'dms.value-refused', 'object'],
    ['search', { kind: 'answer', status: 404 }, 'dms.answer-unusable', 'system'],
  ])(
    'ends at %s with the right error, leaves nothing, and completes afterwards',
    async (action, fault, code, scope) => {
      const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
      once(action, fault);
      expect(await failure(adapter.create(object))).toMatchObject({ code, scope });
      expect(storedFiles(server)).toEqual([]);
      await adapter.create(object);
      expectSoundArchive(server, ['A 1']);
    },
  );

  it('ends when the account has lost its rights, and goes on when it has them again', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    server.options.readOnly = true;
    expect(await failure(adapter.create(object))).toMatchObject({ code: 'dms.permission-denied', scope: 'object' });
    server.options.readOnly = false;
    await adapter.create(object);
    expectSoundArchive(server, ['A 1']);
  });

  it('ends a file with an empty document where the server takes none', async () => {
    server.options.refusesEmptyFiles = true;
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a', 'leer.txt': '' }));
    const error = await failure(adapter.create(object));
    expect(error).toMatchObject({ code: 'dms.value-refused', scope: 'object' });
    expect(error.message).toContain('the file is empty');
    expectSoundArchive(server, []);
  });

  it('ends when the folder vanishes while it is filled', async () => {
    once('insert document', () => server.archive.forget());
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    expect(await failure(adapter.create(object))).toMatchObject({ scope: 'object' });
    await adapter.create(object);
    expectSoundArchive(server, ['A 1']);
  });

  it('makes the folder above the files anew when it has vanished between two files', async () => {
    const levels = [{ type: '4', keyField: 'Amt', key: '{department}' }];
    const inOffice = withSettings({ types: { file: '196609', document: '262146' }, levels });
    const [document] = await documents({ 'a.pdf': 'a' });
    await inOffice.create(fileOf('A 1', [document!], { department: 'Ausländeramt' }));
    server.archive.forget();
    await inOffice.create(fileOf('A 2', [document!], { department: 'Ausländeramt' }));
    expectSoundArchive(server, ['A 2']);
    expect(server.archive.all().filter(({ type }) => type === '4')).toHaveLength(1);
  });
});

describe('an enaio in which others work, too', () => {
  it('refuses to choose between two files of one key', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    const { id } = await adapter.create(object);
    const values = new Map([...server.archive.get(id).values, ['ScanlotState', 'scanlot 1 index 99'] as const]);
    server.archive.insert({ type: '3', values });
    expect(await failure(adapter.lookUp('A 1'))).toMatchObject({ code: 'dms.object-duplicate', scope: 'object' });
    expect(await failure(adapter.create(object))).toMatchObject({ code: 'dms.object-duplicate' });
  });

  it('puts right what it stored twice itself, and leaves copies that people made', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    const { id } = await adapter.create(object);
    const original = server.archive.get(id);
    const rename = (key: string) => server.archive.update(id, { values: new Map([['ScanlotKey', key]]) });
    rename('away');
    const second = await adapter.create(object);
    rename('A 1');
    expect(await failure(adapter.lookUp('A 1'))).toMatchObject({ code: 'dms.object-duplicate' });
    expect(await adapter.create(object)).toEqual({ id });
    expect(() => server.archive.get(second.id)).toThrow();
    expectSoundArchive(server, ['A 1']);
    const copy = server.archive.insert({ type: '3', values: original.values });
    expect(await failure(adapter.create(object))).toMatchObject({ code: 'dms.object-duplicate' });
    expect(server.archive.get(copy.id)).toBeDefined();
  });

  it("does not take somebody else's folder with our key for the file", async () => {
    server.archive.insert({ type: '3', values: new Map([['ScanlotKey', 'A 1']]) });
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    expect(await failure(adapter.create(object))).toMatchObject({ code: 'dms.object-differs' });
    expect(await failure(adapter.lookUp('A 1'))).toMatchObject({ code: 'dms.object-differs' });
  });

  it('does not take a key for another that differs in letter case', async () => {
    const [document] = await documents({ 'a.pdf': 'a' });
    await adapter.create(fileOf('a 1', [document!]));
    expect(await adapter.lookUp('A 1')).toBeUndefined();
    await adapter.create(fileOf('A 1', [document!]));
    expectSoundArchive(server, ['A 1', 'a 1']);
  });

  it('calls a file damaged when a document or the index has been taken out of it', async () => {
    for (const victim of ['index', 'document']) {
      const { id } = await adapter.create(fileOf(victim, await documents({ 'a.pdf': 'a', 'b.pdf': 'b' })));
      const index = server.archive.get(id).values.get('ScanlotState')?.split(' ').at(-1) ?? '';
      const children = server.archive.childrenOf(id);
      const gone = victim === 'index' ? index : children.find((one) => one.id !== index)?.id;
      server.archive.remove(gone ?? '', { hard: false, cascading: false });
      expect(await failure(collect(adapter.readBack(id)))).toMatchObject({ code: 'dms.object-damaged' });
      expect(await failure(adapter.lookUp(victim))).toMatchObject({ code: 'dms.object-damaged' });
    }
  });

  it('notices a document that was stored twice, and leaves alone what people add', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    const { id } = await adapter.create(object);
    const added = { type: '262146', parent: id, files: [Buffer.from('Vermerk')] };
    server.archive.insert({ ...added, values: new Map([['Name', 'Vermerk']]) });
    expect(await collect(adapter.readBack(id))).toHaveLength(1);
    server.archive.insert({ ...added, values: new Map([['ScanlotDocument', `${id}-1`]]) });
    expect(await failure(collect(adapter.readBack(id)))).toMatchObject({ code: 'dms.object-duplicate' });
    expect(await adapter.lookUp('A 1')).toMatchObject({ id, complete: false });
    await adapter.create(object);
    expect(await adapter.lookUp('A 1')).toMatchObject({ id, complete: true });
    expect(server.archive.childrenOf(id)).toHaveLength(3);
  });

  it('sweeps away what a process left that has ended', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a' }));
    let claim = '';
    proxy.judge = ({ action }) => {
      if (action === 'insert document') claim = storedFiles(server)[0]?.values.get('ScanlotState') ?? '';
      return undefined;
    };
    await adapter.create(object);
    expect(claim).toContain('~scanlot-');
    // The same claim with the number of a process that is not there.
    const dead = claim.replace(/-\d+-(\d*)-[0-9a-f]{16}$/, '-999999999-1-0123456789abcdef');
    server.archive.insert({
      type: '3',
      values: new Map([
        ['ScanlotKey', 'A 2'],
        ['ScanlotState', dead],
      ]),
    });
    await adapter.create({ ...object, key: 'A 2' });
    expectSoundArchive(server, ['A 1', 'A 2']);
  });

  it('ends a correction that was interrupted after it counted', async () => {
    const { id } = await adapter.create(fileOf('A 1', await documents({ 'a.pdf': 'a' })));
    const corrected = fileOf('A 1', await documents({ 'a.pdf': 'b' }));
    always('remove', refusal(403, 1100));
    expect(await failure(adapter.update(id, corrected))).toMatchObject({ code: 'dms.permission-denied' });
    const found = await adapter.lookUp('A 1');
    const [stored] = await collect(adapter.readBack(found?.id ?? ''));
    expect(stored?.sha256).toBe(corrected.documents[0]?.sha256);
    proxy.judge = () => undefined;
    expect(await adapter.create(corrected)).toEqual({ id: found?.id });
    expectSoundArchive(server, ['A 1']);
  });

  it('goes on with a removal that was interrupted, and keeps what people put into the folder', async () => {
    const object = fileOf('A 1', await documents({ 'a.pdf': 'a', 'b.pdf': 'b' }));
    const { id } = await adapter.create(object);
    server.archive.insert({ type: '262146', parent: id, values: new Map([['Name', 'Vermerk']]) });
    let removals = 0;
    proxy.judge = ({ action }) => (action === 'remove' && ++removals === 2 ? refusal(403, 1100) : undefined);
    expect(await failure(adapter.remove(id, { reason: 'test' }))).toMatchObject({ code: 'dms.permission-denied' });
    expect(await adapter.lookUp('A 1')).toBeUndefined();
    await adapter.remove(id, { reason: 'test' });
    expect(server.archive.childrenOf(id).map(({ values }) => values.get('Name'))).toEqual(['Vermerk']);
    expectSoundArchive(server, []);
    await adapter.create(object);
    expectSoundArchive(server, ['A 1']);
  });
});
