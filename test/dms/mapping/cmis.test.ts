import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCmisAdapter } from '../../../src/dms/cmis/adapter.ts';
import { compileMapping } from '../../../src/dms/mapping/compile-mapping.ts';
import { withMapping } from '../../../src/dms/mapping/mapper.ts';
import type { MappingDocument } from '../../../src/dms/mapping/mapping-document.ts';
import { type FakeRepository, startFakeRepository } from '../cmis-fake.ts';
import { adapterOptions, childrenOf } from '../cmis-system.ts';
import { fileOf, writeDocuments } from '../documents.ts';

const account = { user: 'scanlot', password: 'secret' };
let repository: FakeRepository;
let folder: string;
beforeAll(async () => {
  repository = await startFakeRepository(account.user, account.password);
  folder = mkdtempSync(join(tmpdir(), 'scanlot-mapping-'));
});
afterAll(async () => {
  await repository.close();
  rmSync(folder, { recursive: true, force: true });
});

function mapped(more: Partial<MappingDocument>) {
  const mapping = compileMapping({
    folders: [
      { type: 'county:file', keyField: 'county:title', key: "'Amt ' + file.department", name: 'file.department' },
      { type: 'cmis:folder', name: "'2021/1'" },
    ],
    file: { type: 'county:file', name: 'file.reference', fields: { 'county:kind': { constant: 'Bauakte' } } },
    document: { type: 'county:document', name: "'Seite ' + string(document.number) + '.' + document.extension" },
    ...more,
  });
  if (!('file' in mapping)) throw new Error(mapping.map(({ words }) => words.en).join('; '));
  const full = { ...account, url: repository.url };
  const adapter = createCmisAdapter(adapterOptions(full, repository.url, { properties: {}, folder: '/Import' }));
  return withMapping(adapter, async () => ({ own: mapping, ofLots: new Map() }));
}

async function tree(id?: string, depth = 0): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const child of await childrenOf({ ...account, url: repository.url }, id)) {
    const { 'county:title': title, 'county:kind': kind, 'cmis:objectTypeId': type } = child.properties;
    lines.push([' '.repeat(depth) + child.name, type, title ?? kind].filter(Boolean).join(' | '));
    lines.push(...(await tree(child.id, depth + 1)));
  }
  return lines;
}

it('stores files under the types, names, fields and folders of the mapping', async () => {
  const documents = await writeDocuments(join(folder, 'a'), { 'a/x.PDF': 'x', 'b.tif': 'y' });
  for (const [department, reference] of [
    ['Bau', '1/20'],
    ['Bau', '2/20'],
    ['BAU', '3/20'],
  ] as const) {
    const adapter = mapped({});
    const { id } = await adapter.create(fileOf(`K ${reference}`, documents, { department, reference }));
    expect(await adapter.lookUp(`K ${reference}`)).toMatchObject({ id, complete: true });
    await adapter.close();
  }
  expect(await tree()).toEqual([
    'Import | cmis:folder',
    ' Bau | county:file | Amt Bau',
    '  2021_1 | cmis:folder',
    expect.stringMatching(/^ {3}1_20~[0-9a-f]{12} \| county:file \| Bauakte$/),
    '    Seite 1.pdf | county:document',
    '    Seite 2.tif | county:document',
    '    scanlot-index.json | county:document',
    expect.stringMatching(/^ {3}2_20~/),
    '    Seite 1.pdf | county:document',
    '    Seite 2.tif | county:document',
    '    scanlot-index.json | county:document',
    ' BAU | county:file | Amt BAU',
    '  2021_1 | cmis:folder',
    expect.stringMatching(/^ {3}3_20~/),
    '    Seite 1.pdf | county:document',
    '    Seite 2.tif | county:document',
    '    scanlot-index.json | county:document',
  ]);
});

it.each<[string, Partial<MappingDocument>, string, RegExp]>([
  [
    'a file of which nothing can be made',
    { file: { type: 'county:file', name: 'file.title' } },
    'dms.value-refused',
    /"name"/,
  ],
  [
    'a field that takes our own key',
    { file: { type: 'county:file', fields: { 'county:key': "'x'" } } },
    'dms.settings-wrong',
    /our own key/,
  ],
  ['a class of permissions without a field', { permissions: { class: "'VS'" } }, 'dms.settings-wrong', /permissions/],
  ['an unknown type', { document: { type: 'county:none' } }, 'dms.settings-wrong', /county:none/],
])('refuses %s before anything is sent', async (_what, more, code, words) => {
  const before = await tree();
  const adapter = mapped(more);
  const object = fileOf('K 9', await writeDocuments(join(folder, 'b'), { 'a.pdf': 'a' }), {
    department: 'Bau',
    reference: '9',
  });
  const storing = adapter.create(object);
  await expect(storing).rejects.toMatchObject({ code });
  await expect(storing).rejects.toThrow(words);
  await adapter.close();
  expect(await tree()).toEqual(before);
});
