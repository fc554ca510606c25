import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { MappingDocument } from '../../src/dms/mapping/mapping-document.ts';
import { describeExtensions, mappedAdapter } from './cmis-extensions.ts';
import { type FakeRepository, startFakeRepository } from './cmis-fake.ts';
import { accessOf, childrenOf, storedFiles } from './cmis-system.ts';
import { fileOf, writeDocuments } from './documents.ts';

const names = { user: 'scanlot', password: 'secret' };
let fake: FakeRepository;
let folder: string;
beforeAll(async () => {
  fake = await startFakeRepository(names.user, names.password);
});
afterAll(() => fake.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-cmis-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  fake.forget();
  fake.accessControl = 'manage';
  fake.isAccessInherited = false;
  fake.drops = undefined;
});
const account = () => ({ ...names, url: fake.url });

describeExtensions('a repository in memory', account);

const retained: MappingDocument['file'] = { type: 'county:file', secondaryTypes: ['county:retention'] };
const granted: MappingDocument['permissions'] = {
  class: 'file.lot',
  acl: { L1: { grant: { soziales: ['cmis:read'] }, withdraw: { anyone: ['cmis:all'] } } },
};

async function store(more: Partial<MappingDocument>) {
  const adapter = mappedAdapter(account(), more);
  const documents = await writeDocuments(folder, { 'a.pdf': 'a' });
  return adapter.create(fileOf('A 1', documents, { lot: 'L1' })).finally(() => adapter.close());
}

it.each<[string, Partial<MappingDocument>, RegExp]>([
  [
    'a secondary type that is not there',
    { file: { type: 'county:file', secondaryTypes: ['county:retain'] } },
    /no type "county:retain"/,
  ],
  [
    'a type of folders as a secondary one',
    { file: { type: 'county:file', secondaryTypes: ['county:file'] } },
    /no creatable subtype of cmis:secondary/,
  ],
  [
    'secondary types of a type that takes none',
    { document: { type: 'cmis:document', secondaryTypes: ['county:retention'] } },
    /"cmis:document" take no secondary types/,
  ],
  [
    'a property of a secondary type that is not named',
    { file: { type: 'county:file', fields: { 'county:retentionClass': "'A'" } } },
    /no property "county:retentionClass"/,
  ],
  [
    'the property that names secondary types among the fields',
    { file: { ...retained, fields: { 'cmis:secondaryObjectTypeIds': "'county:scanned'" } } },
    /set by scanlot itself/,
  ],
  ['a name among the fields', { file: { type: 'county:file', fields: { 'cmis:name': "'x'" } } }, /set by scanlot/],
  [
    'a permission that the repository does not know',
    { permissions: { class: 'file.lot', acl: { L1: { grant: { a: ['cmis:reed'] } } } } },
    /no permission "cmis:reed", but: cmis:read/,
  ],
])('refuses %s before anything is sent', async (_what, more, words) => {
  const storing = store(more);
  await expect(storing).rejects.toMatchObject({ code: 'dms.settings-wrong' });
  await expect(storing).rejects.toThrow(words);
  expect(await childrenOf(account())).toEqual([]);
});

it.each<[string, Partial<MappingDocument>, RegExp]>([
  [
    'a value too long for a property of a secondary type',
    { file: { ...retained, fields: { 'county:retentionClass': "'123456789'" } } },
    /longer than 8/,
  ],
  [
    'a mandatory property of a secondary type without a value',
    { document: { type: 'county:document', secondaryTypes: ['county:scanned'] } },
    /mandatory field "county:scanner"/,
  ],
])('ends this file only, before anything is sent, for %s', async (_what, more, words) => {
  const storing = store(more);
  await expect(storing).rejects.toMatchObject({ code: 'dms.value-refused', scope: 'object' });
  await expect(storing).rejects.toThrow(words);
  expect(await childrenOf(account())).toEqual([]);
});

it('refuses access control lists where the repository lets nobody change them', async () => {
  for (const accessControl of ['none', 'discover']) {
    fake.accessControl = accessControl;
    await expect(store({ permissions: granted })).rejects.toThrow(/capabilityACL/);
  }
  expect(await childrenOf(account())).toEqual([]);
});

it('sets no lists of documents where that of their folder holds for them', async () => {
  fake.isAccessInherited = true;
  await store({ permissions: granted });
  const [file] = await storedFiles(account());
  expect(await accessOf(account(), file?.id ?? '')).toEqual({ soziales: ['cmis:read'] });
});

it.each<['secondary types' | 'access', Partial<MappingDocument>, string]>([
  ['secondary types', { file: retained }, 'dms.object-damaged'],
  ['access', { permissions: granted }, 'dms.permission-denied'],
])('notices that the server left out %s without a word, and leaves nothing behind', async (drops, more, code) => {
  fake.drops = drops;
  await expect(store(more)).rejects.toMatchObject({ code });
  expect(await storedFiles(account())).toEqual([]);
});

it.each<['emptying' | 'emptying of versions', boolean]>([
  ['emptying of versions', true],
  ['emptying', false],
])('empties a property of a corrected file, or says that the server does not let it: %s', async (drops, isEmptied) => {
  const adapter = mappedAdapter(account(), { file: { ...retained, fields: { 'county:retentionClass': 'file.box' } } });
  const documents = await writeDocuments(folder, { 'a.pdf': 'a' });
  const { id } = await adapter.create(fileOf('A 1', documents, { box: 'K 1' }));
  fake.drops = drops;
  const updating = adapter.update(id, fileOf('A 1', documents));
  if (isEmptied) await updating;
  else {
    await expect(updating).rejects.toMatchObject({ code: 'dms.value-refused' });
    fake.drops = undefined;
    // Running it again makes up for what was left.
    await adapter.update(id, fileOf('A 1', documents));
  }
  const [stored] = await storedFiles(account());
  expect(stored?.properties['county:retentionClass']).toBeUndefined();
  await adapter.close();
});
