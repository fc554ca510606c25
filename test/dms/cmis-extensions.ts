import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DmsAdapter } from '../../src/dms/adapter.ts';
import { createCmisAdapter } from '../../src/dms/cmis/adapter.ts';
import { compileMapping } from '../../src/dms/mapping/compile-mapping.ts';
import { withMapping } from '../../src/dms/mapping/mapper.ts';
import type { MappingDocument } from '../../src/dms/mapping/mapping-document.ts';
import { type Account, accessOf, adapterOptions, childrenOf, type Listed, post, storedFiles } from './cmis-system.ts';
import { collect, fileOf, writeDocuments } from './documents.ts';

/** The account of the tests keeps its rights: a real server would shut it out. */
const access: MappingDocument['permissions'] = {
  class: 'file.department',
  acl: {
    Sozialamt: {
      grant: { scanlot: ['cmis:all'], soziales: ['cmis:write'], revision: ['cmis:read'] },
      withdraw: { anyone: ['cmis:all'] },
    },
    Ordnungsamt: { grant: { scanlot: ['cmis:all'], ordnung: ['cmis:read'], revision: ['cmis:read'] } },
  },
};

/** Files with secondary types in two variants: those of several volumes are not looked after by a scanning firm. */
const extended: Partial<MappingDocument> = {
  file: {
    type: 'county:file',
    secondaryTypes: ['county:retention'],
    fields: {
      'county:title': 'file.title',
      'county:retainUntil': 'file.acceptedOn',
      'county:retentionClass': 'file.box',
    },
  },
  document: {
    type: 'county:document',
    secondaryTypes: ['county:scanned', 'county:retention'],
    fields: {
      'county:scanner': 'file.contract',
      'county:colours': { constant: 'grün' },
      'county:retentionClass': 'file.box',
    },
  },
};

/** An adapter whose files are what a mapping makes of them. */
export function mappedAdapter(account: Account, more: Partial<MappingDocument>): DmsAdapter {
  const mapping = compileMapping({ file: { type: 'county:file' }, document: { type: 'county:document' }, ...more });
  if (!('file' in mapping)) throw new Error(mapping.map(({ words }) => words.en).join('; '));
  const adapter = createCmisAdapter(adapterOptions(account, account.url, { properties: {} }));
  return withMapping(adapter, async () => ({ own: mapping, ofLots: new Map() }));
}

/** What CMIS repositories may offer beside types and folders, held to the same expectations on each server. */
export function describeExtensions(name: string, account: () => Account): void {
  describe(`secondary types and access control lists of ${name}`, () => {
    let folder: string;
    let adapter: DmsAdapter;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'scanlot-cmis-'));
    });
    afterEach(async () => {
      await adapter.close();
      for (const { id } of await childrenOf(account()))
        await post(account(), { cmisaction: 'deleteTree', objectId: id });
      await rm(folder, { recursive: true, force: true });
    });

    const file = async (contents: Readonly<Record<string, string>>, metadata: Readonly<Record<string, string>>) =>
      fileOf('A 1', await writeDocuments(join(folder, 'accepted'), contents), {
        contract: 'Firma Groß',
        acceptedOn: '2021-03-25',
        ...metadata,
      });
    const stored = async (): Promise<Readonly<Record<string, Listed>>> => {
      const [found] = await storedFiles(account());
      const children = await childrenOf(account(), found?.id ?? '');
      return Object.fromEntries([found!, ...children].map((one) => [one.key || one.name, one]));
    };

    it('gives files and documents the properties of their secondary types', async () => {
      adapter = mappedAdapter(account(), extended);
      await adapter.create(await file({ 'a.pdf': 'a', 'b.pdf': 'b' }, { title: 'Grün', box: 'K 1' }));
      const { 'A 1': folderOf, 'a.pdf': document, 'scanlot-index.json': index } = await stored();
      expect(folderOf?.properties).toMatchObject({
        'cmis:secondaryObjectTypeIds': ['county:retention'],
        'county:title': 'Grün',
        'county:retentionClass': 'K 1',
      });
      expect(Number(folderOf?.properties['county:retainUntil'])).toBe(Date.parse('2021-03-25'));
      expect(document?.properties).toMatchObject({
        'cmis:secondaryObjectTypeIds': ['county:scanned', 'county:retention'],
        'county:scanner': 'Firma Groß',
        'county:colours': ['grün'],
        'county:retentionClass': 'K 1',
      });
      expect(index?.properties['cmis:secondaryObjectTypeIds'] ?? []).toEqual([]);
    });

    it('brings them up to date with a correction, and leaves secondary types that others gave', async () => {
      adapter = mappedAdapter(account(), extended);
      const { id } = await adapter.create(await file({ 'a.pdf': 'a', 'b.pdf': 'b' }, { title: 'T', box: 'K 1' }));
      const elsewhere = ['county:retention', 'county:scanned'];
      const answer = await post(account(), {
        ...{ cmisaction: 'update', objectId: id, 'propertyId[0]': 'cmis:secondaryObjectTypeIds' },
        ...Object.fromEntries(elsewhere.map((one, at) => [`propertyValue[0][${at}]`, one])),
        ...{ 'propertyId[1]': 'county:scanner', 'propertyValue[1]': 'Archiv' },
      });
      expect(answer.ok).toBe(true);
      const corrected = await file({ 'a.pdf': 'a', 'b.pdf': 'other' }, { title: 'T', acceptedOn: '2022-01-01' });
      await adapter.update(id, corrected);
      const { 'A 1': folderOf, 'a.pdf': kept, ...others } = await stored();
      expect(folderOf?.properties['cmis:secondaryObjectTypeIds']).toEqual(elsewhere);
      expect(folderOf?.properties['county:scanner']).toBe('Archiv');
      expect(Number(folderOf?.properties['county:retainUntil'])).toBe(Date.parse('2022-01-01'));
      for (const one of [folderOf, kept])
        expect([null, undefined, ''].includes(one?.properties['county:retentionClass'] as string)).toBe(true);
      const [changed] = Object.values(others).filter((one) => one.name.startsWith('b'));
      for (const one of [kept, changed]) expect(one?.properties['county:scanner']).toBe('Firma Groß');
      expect(await collect(adapter.readBack(id))).toHaveLength(2);
    });

    it('gives a file and all that is in it the access control list of its class', async () => {
      adapter = mappedAdapter(account(), { permissions: access });
      await adapter.create(await file({ 'a.pdf': 'a' }, { department: 'Sozialamt' }));
      for (const { id } of Object.values(await stored())) {
        const { scanlot, ...others } = await accessOf(account(), id);
        expect(scanlot).toContain('cmis:all');
        expect(others).toEqual({ soziales: ['cmis:write'], revision: ['cmis:read'] });
      }
    });

    it('takes from a corrected file what only its earlier class granted', async () => {
      adapter = mappedAdapter(account(), { permissions: access });
      const { id } = await adapter.create(await file({ 'a.pdf': 'a', 'b.pdf': 'b' }, { department: 'Sozialamt' }));
      await adapter.update(id, await file({ 'a.pdf': 'a', 'b.pdf': 'other' }, { department: 'Ordnungsamt' }));
      const all = Object.values(await stored());
      expect(all).toHaveLength(4);
      for (const one of all) {
        const { scanlot, ...others } = await accessOf(account(), one.id);
        expect(scanlot).toContain('cmis:all');
        expect(others).toEqual({ ordnung: ['cmis:read'], revision: ['cmis:read'] });
      }
    });

    it('tells secondary types and permissions with the other types', async () => {
      adapter = mappedAdapter(account(), {});
      const schema = await adapter.readSchema?.();
      expect(schema?.accessControl).toEqual({ changeable: true, permissions: ['cmis:all', 'cmis:read', 'cmis:write'] });
      const types = new Map(schema?.types.map((type) => [type.id, type]));
      expect(types.get('county:retention')).toMatchObject({ base: 'secondary', creatable: false });
      expect(types.get('county:file')).toMatchObject({ base: 'folder', extensible: true, accessControlled: true });
      const fields = types.get('county:retention')?.fields ?? [];
      expect(fields.find(({ id }) => id === 'county:retentionClass')).toMatchObject({ maxLength: 8, readOnly: false });
      const own = types.get('county:file')?.fields.find(({ id }) => id === 'cmis:secondaryObjectTypeIds');
      expect(own).toMatchObject({ readOnly: true });
    });
  });
}
