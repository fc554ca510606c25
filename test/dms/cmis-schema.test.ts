import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCmisAdapter } from '../../src/dms/cmis/adapter.ts';
import { type FakeRepository, startFakeRepository } from './cmis-fake.ts';
import { adapterOptions } from './cmis-system.ts';

const account = { user: 'scanlot', password: 'secret' };
let repository: FakeRepository;
beforeAll(async () => {
  repository = await startFakeRepository(account.user, account.password);
});
afterAll(() => repository.close());

it('tells the types of the repository, their fields and what limits them', async () => {
  const adapter = createCmisAdapter(adapterOptions({ ...account, url: repository.url }, repository.url));
  const schema = await adapter.readSchema?.();
  await adapter.close();
  expect(schema?.system).toEqual({ name: 'Fake', version: '1.0' });
  expect(schema?.types.map(({ id, base }) => [id, base])).toEqual([
    ['cmis:document', 'document'],
    ['cmis:folder', 'folder'],
    ['cmis:secondary', 'secondary'],
    ['county:document', 'document'],
    ['county:file', 'folder'],
    ['county:retention', 'secondary'],
    ['county:scanned', 'secondary'],
    ['county:strictFile', 'folder'],
  ]);
  const fields = new Map(
    schema?.types.flatMap((type) => type.fields.map((field) => [`${type.id} ${field.id}`, field] as const)),
  );
  expect(fields.get('county:file county:title')).toMatchObject({ type: 'text', maxLength: 20, required: false });
  expect(fields.get('county:file county:kind')?.choices?.toSorted()).toEqual(['Bauakte', 'Sozialakte']);
  expect(fields.get('county:file county:people')).toMatchObject({ multiple: true });
  expect(fields.get('county:strictFile county:subject')).toMatchObject({ required: true, readOnly: false });
  expect(fields.get('county:document county:pages')).toMatchObject({ type: 'integer', minimum: 0 });
  expect(fields.get('county:document county:received')).toMatchObject({ type: 'dateTime' });
  const types = new Map(schema?.types.map((type) => [type.id, type]));
  expect(types.get('county:strictFile')).toMatchObject({ extensible: false, accessControlled: false });
  expect(fields.get('county:file cmis:name')).toMatchObject({ readOnly: true, required: false });
});

it('tells the types even when the settings name one that is not there', async () => {
  const more = { types: { file: 'county:unknown' } };
  const adapter = createCmisAdapter(adapterOptions({ ...account, url: repository.url }, repository.url, more));
  expect((await adapter.readSchema?.())?.types).toHaveLength(8);
  await expect(adapter.lookUp('A 1')).rejects.toMatchObject({ code: 'dms.settings-wrong' });
  await adapter.close();
});
