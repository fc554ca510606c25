import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewObject } from '../../src/dms/adapter.ts';
import { createEnaioAdapter } from '../../src/dms/enaio/adapter.ts';
import type { EnaioSettings } from '../../src/dms/enaio/settings.ts';
import type { MappedField, MappedObject } from '../../src/dms/mapping/mapped-object.ts';
import { documentMistakes } from '../../src/shared/document.ts';
import { type EnaioServer, startEnaioServer } from '../support/enaio-server/server.ts';
import { fileOf, writeDocuments } from './documents.ts';
import {
  canary,
  type EnaioProxy,
  enaioOptions,
  enaioSettings,
  expectSoundArchive,
  startEnaioProxy,
  storedFiles,
} from './enaio-system.ts';

let folder: string;
let server: EnaioServer;
let proxy: EnaioProxy;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-enaio-'));
  server = await startEnaioServer('scanlot', canary);
  proxy = await startEnaioProxy(server.url);
});
afterEach(async () => {
  await proxy.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function store(settings: Partial<EnaioSettings>, metadata = {}, more: Partial<NewObject> = {}) {
  const adapter = createEnaioAdapter(enaioOptions(proxy.url, settings));
  const documents = await writeDocuments(folder, { 'a.pdf': 'a' });
  return adapter.create({ ...fileOf('A 1', documents, metadata), ...more }).finally(() => adapter.close());
}
const expectNothingSent = () =>
  expect(proxy.seen.filter(({ action }) => /insert|state|remove/.test(action))).toEqual([]);
const register = (type: string): Partial<EnaioSettings> => ({
  types: { file: type, document: '262146' },
  levels: [{ type: '4', keyField: 'Amt', key: '{department}' }],
});
const ofFile = (fields: Readonly<Record<string, string>>): Partial<EnaioSettings> => ({ fields: { file: fields } });

describe('settings that do not fit enaio', () => {
  it.each<[string, Partial<EnaioSettings>, RegExp]>([
    ['a type that is not there', { types: { file: '99', document: '262146' } }, /no object type 99/],
    ['a document type for the file', { types: { file: '262146', document: '262146' } }, /no folder or register/],
    ['a folder type for the documents', { types: { file: '3', document: '3' } }, /no document/],
    ['a key field that is not there', { keyField: 'Schluessel' }, /no field "Schluessel"/],
    ['a state field that is too short', { stateField: 'Titel' }, /at least 100/],
    ['a state field that is a catalogue', { stateField: 'Aktenart' }, /without catalogue/],
    ['a document key that is a number', { documentKeyField: 'Blatt' }, /queryable text/],
    ['a field that is not there', ofFile({ Titl: 'title' }), /Did you mean "Titel"/],
    ['a field with several values', ofFile({ Personen: 'title' }), /cannot be filled/],
    ['a level without its key', { ...register('196609') }, /key "{department}" of a folder is empty/],
    ['http to another machine', { url: 'http://enaio.example' }, /unencrypted/],
  ])('are refused before anything is sent: %s', async (_what, settings, words) => {
    const storing = store(settings, { title: 'x' });
    await expect(storing).rejects.toMatchObject({ code: 'dms.settings-wrong', scope: 'system', exitCode: 2 });
    await expect(storing).rejects.toThrow(words);
    expectNothingSent();
  });

  it('are told with their place when they are incomplete', () => {
    const wordsFor = (dms: object) =>
      documentMistakes({ county: 'X', dms }, 'workspace-1')
        .map(({ en }) => en)
        .join('\n');
    expect(wordsFor({ type: 'enaio', service: 'dms', url: 'https://x' })).toMatch(/"stateField" is required/);
    expect(wordsFor({ type: 'enaio' })).toMatch(/"service" is required/);
    expect(wordsFor(enaioSettings('https://x'))).toBe('');
  });
});

describe('values that do not fit enaio', () => {
  it.each<[string, Partial<EnaioSettings>, object, RegExp]>([
    ['too long', ofFile({ Titel: 'title' }), { title: 'x'.repeat(21) }, /longer than 20 characters/],
    ['not in the catalogue', ofFile({ Aktenart: 'kind' }), { kind: 'Personalakte' }, /not in the catalogue/],
    ['several where one is allowed', ofFile({ Titel: 'title' }), { title: ['a', 'b'] }, /only one value/],
    ['a text for a date', ofFile({ Abnahme: 'day' }), { day: '31.12.2020' }, /kind "date"/],
    ['a text for a number', ofFile({ Seiten: 'pages' }), { pages: 'viele' }, /kind "integer"/],
    ['an object', ofFile({ Titel: 'title' }), { title: { a: 1 } }, /single value/],
    ['a mandatory one that is missing', register('196610'), { department: 'x' }, /mandatory field "Betreff"/],
  ])('end this file only, before anything is sent: %s', async (_what, settings, metadata, words) => {
    const storing = store(settings, metadata);
    await expect(storing).rejects.toMatchObject({ code: 'dms.value-refused', scope: 'object' });
    await expect(storing).rejects.toThrow(words);
    expectNothingSent();
  });

  it('end this file when only the server knows: the types were changed in the meantime, or OSRest tells none', async () => {
    const tooLong = { title: 'x'.repeat(21) };
    await expect(store({ service: 'osrest', ...ofFile({ Titel: 'title' }) }, tooLong)).rejects.toMatchObject({
      code: 'dms.value-refused',
      scope: 'object',
    });
    server.options.hidesLimits = true;
    const storing = store(ofFile({ Titel: 'title' }), tooLong);
    await expect(storing).rejects.toMatchObject({ code: 'dms.value-refused', scope: 'object' });
    await expect(storing).rejects.toThrow(/Titel is longer than 20/);
    expectSoundArchive(server, []);
  });

  it('are stored as enaio writes them when they fit', async () => {
    const fields = {
      file: { Titel: 'title', Aktenart: 'kind', Abnahme: 'day', Seiten: 'pages' },
      document: { Farbe: 'isColour', Name: 'name' },
    };
    const metadata = { title: 'Müller\u0308', kind: 'Bauakte', day: '2020-12-31', pages: 3, isColour: true };
    await store({ fields }, metadata);
    const [stored] = storedFiles(server);
    expect(Object.fromEntries(stored?.values ?? [])).toMatchObject({
      ScanlotKey: 'A 1',
      Titel: 'Müller\u0308',
      Aktenart: 'Bauakte',
      Abnahme: '2020-12-31',
      Seiten: '3',
    });
    const [document] = server.archive.childrenOf(stored?.id ?? '');
    expect(Object.fromEntries(document?.values ?? [])).toMatchObject({ Farbe: '1', Name: 'a.pdf' });
  });
});

describe('a mapping', () => {
  const field = (id: string, value: string): MappedField => ({ id, type: 'text', values: [value] });
  const mapped: MappedObject = {
    type: '196609',
    folders: [{ type: '4', key: 'Bauamt', keyField: 'Amt', name: 'Bauamt', fields: [field('Amt', 'Bauamt')] }],
    name: 'A 1',
    fields: [field('Betreff', 'Neubau')],
    permissions: null,
    documents: [{ document: 'a.pdf', type: '262146', name: 'a.pdf', fields: [field('Name', 'Plan')] }],
  };

  it('says what files, folders and documents are', async () => {
    await store({ otherFileTypes: ['196609'] }, {}, { mapped });
    const [file] = storedFiles(server);
    expect(file).toMatchObject({ type: '196609' });
    expect(file?.values.get('Betreff')).toBe('Neubau');
    expect(server.archive.get(file?.parent ?? '').values.get('Amt')).toBe('Bauamt');
    expectSoundArchive(server, ['A 1']);
    await store({ otherFileTypes: ['196609'] }, {}, { mapped });
    expectSoundArchive(server, ['A 1']);
  });

  it('is refused when files of its type could not be found again, or a folder has no key field', async () => {
    await expect(store({}, {}, { mapped })).rejects.toThrow(/otherFileTypes/);
    const [level] = mapped.folders;
    const { keyField: _none, ...withoutKey } = level!;
    const nameless = { ...mapped, folders: [withoutKey] };
    await expect(store({ otherFileTypes: ['196609'] }, {}, { mapped: nameless })).rejects.toThrow(/keyField/);
    expectNothingSent();
  });
});

describe('the types of enaio', () => {
  it('are told with fields, limits and catalogues; asked again only when they have changed', async () => {
    const adapter = createEnaioAdapter(enaioOptions(proxy.url));
    const schema = await adapter.readSchema?.();
    expect(schema?.types.map(({ id, name, base }) => [id, name, base])).toEqual([
      ['196609', 'Akte im Amt', 'register'],
      ['196610', 'Strenge Akte', 'register'],
      ['262146', 'Schriftstück', 'document'],
      ['3', 'Akte', 'folder'],
      ['4', 'Amt', 'folder'],
    ]);
    const file = schema?.types.find(({ id }) => id === '3');
    expect(file?.fields.find(({ id }) => id === 'Titel')).toMatchObject({ type: 'text', maxLength: 20 });
    expect(file?.fields.find(({ id }) => id === 'Aktenart')?.choices).toEqual(['Bauakte', 'Sozialakte']);
    expect(file?.fields.find(({ id }) => id === 'ScanlotState')?.readOnly).toBe(true);
    expect(schema?.types.find(({ id }) => id === '196610')?.fields.find(({ id }) => id === 'Betreff')).toMatchObject({
      required: true,
    });
    server.archive.types = [];
    expect(await adapter.readSchema?.()).toEqual(schema);
    server.archive.lastModificationDate = '2021-01-01T00:00:00+01:00';
    expect((await adapter.readSchema?.())?.types).toEqual([]);
    await adapter.close();
  });

  it('are not told by OSRest', () => {
    const adapter = createEnaioAdapter(enaioOptions(proxy.url, { service: 'osrest' }));
    expect(adapter.capabilities).toMatchObject({ typesReadable: false, remove: false });
    expect(adapter.readSchema).toBeUndefined();
  });
});
