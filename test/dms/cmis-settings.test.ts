import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCmisAdapter } from '../../src/dms/cmis/adapter.ts';
import type { CmisSettings } from '../../src/dms/cmis/settings.ts';
import { readPassword } from '../../src/dms/http/password.ts';
import { documentMistakes } from '../../src/shared/document.ts';
import { type FakeRepository, startFakeRepository } from './cmis-fake.ts';
import { type CmisProxy, startCmisProxy } from './cmis-proxy.ts';
import { type Account, adapterOptions, settingsFor, storedFiles } from './cmis-system.ts';
import { fileOf, writeDocuments } from './documents.ts';

let folder: string;
let fake: FakeRepository;
let proxy: CmisProxy;
let account: Account;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-cmis-'));
  fake = await startFakeRepository('scanlot', 'geheim');
  account = { url: fake.url, user: 'scanlot', password: 'geheim' };
  proxy = await startCmisProxy(fake.url);
});
afterEach(async () => {
  await proxy.close();
  await fake.close();
  await rm(folder, { recursive: true, force: true });
});

async function store(settings: Partial<CmisSettings>, metadata = {}) {
  const adapter = createCmisAdapter(adapterOptions(account, proxy.url, settings));
  const documents = await writeDocuments(folder, { 'a.pdf': 'a' });
  return adapter.create(fileOf('A 1', documents, metadata)).finally(() => adapter.close());
}
const expectNothingSent = () =>
  expect(proxy.seen.filter(({ action }) => action.startsWith('create') || action === 'update')).toEqual([]);

describe('settings that do not fit the repository', () => {
  it.each<[string, Partial<CmisSettings>, RegExp]>([
    ['a repository that is not there', { repository: 'B2' }, /no repository "B2", but: A1/],
    ['a type that is not there', { types: { file: 'county:dossier' } }, /no type "county:dossier"/],
    ['a document type for the file', { types: { file: 'county:document' } }, /no creatable subtype of cmis:folder/],
    ['a folder type for the documents', { types: { file: 'county:file', document: 'county:file' } }, /cmis:document/],
    ['a key property that is not there', { keyProperty: 'county:kei' }, /Did you mean "county:key"/],
    ['a key property that cannot be searched', { types: {}, keyProperty: 'cmis:description' }, /queryable/],
    ['a key property with several values', { keyProperty: 'county:people' }, /single value/],
    [
      'a property that is not there',
      { properties: { file: { 'county:titel': 'title' } } },
      /Did you mean "county:title"/,
    ],
    ['an address that is none', { url: 'dms.example' }, /no http/],
    ['an address with a password', { url: 'https://u:p@dms.example/' }, /without user and password/],
    ['http to another machine', { url: 'http://dms.example/cmis' }, /unencrypted/],
    ['a certificate that is not there', { certificateAuthority: '/nowhere/ca.pem' }, /ENOENT/],
    [
      'a certificate that is none',
      { certificateAuthority: fileURLToPath(import.meta.url) },
      /no certificate in the PEM/,
    ],
  ])('are refused before anything is sent: %s', async (_what, settings, words) => {
    const storing = store(settings, { title: 'x' });
    await expect(storing).rejects.toMatchObject({ code: 'dms.settings-wrong', scope: 'system', exitCode: 2 });
    await expect(storing).rejects.toThrow(words);
    expectNothingSent();
  });

  it('are told with their place when they are incomplete', () => {
    const mistakes = documentMistakes(
      { county: 'X', dms: { type: 'cmis', url: 'https://x', password: 'x' } },
      'workspace-1',
    );
    const words = mistakes.map(({ en }) => en).join('\n');
    for (const name of ['user', 'folder', 'keyProperty']) expect(words).toContain(`"${name}" is required`);
    expect(words).toContain('"password" is not known');
    expect(documentMistakes({ county: 'X', dms: settingsFor(account, account.url) }, 'workspace-1')).toEqual([]);
    expect(documentMistakes({ county: 'X', dms: { type: 'ocfl' } }, 'workspace-1')).toEqual([]);
  });
});

describe('values that do not fit the repository', () => {
  const file = {
    'county:title': 'title',
    'county:kind': 'kind',
  };
  const strict = { types: { file: 'county:strictFile' }, keyProperty: 'county:strictKey', properties: {} };
  it.each<[string, Partial<CmisSettings>, object, RegExp]>([
    ['too long', { properties: { file } }, { title: 'x'.repeat(21) }, /longer than 20 characters/],
    ['not in the list of choices', { properties: { file } }, { kind: 'Personalakte' }, /not in the list of choices/],
    ['several where one is allowed', { properties: { file } }, { title: ['a', 'b'] }, /only one value/],
    ['a text for a date', doc('county:received'), { value: '31.12.2020' }, /kind "datetime"/],
    ['a text for a number', doc('county:pages'), { value: 'viele' }, /kind "integer"/],
    ['a number out of range', doc('county:pages'), { value: -1 }, /not between 0/],
    ['an object', doc('county:sha256'), { value: { a: 1 } }, /no single value/],
    ['a mandatory one that is missing', strict, {}, /mandatory field "county:subject"/],
    [
      'a mandatory one that is empty',
      { ...strict, properties: { file: { 'county:subject': 'title' } } },
      { title: '' },
      /mandatory/,
    ],
  ])('end this file only, before anything is sent: %s', async (_what, settings, metadata, words) => {
    const storing = store(settings, metadata);
    await expect(storing).rejects.toMatchObject({ code: 'dms.value-refused', scope: 'object' });
    await expect(storing).rejects.toThrow(words);
    expectNothingSent();
  });

  it('are stored as the repository writes them when they fit', async () => {
    const properties = {
      file: { ...file, 'county:people': 'people' },
      document: { 'county:received': 'day', 'county:pages': 'pages' },
    };
    const metadata = { title: 'Müller', kind: 'Bauakte', people: ['Amt', 'Büro'], day: '2020-12-31', pages: 3 };
    await store({ properties, folder: '/Akten/{place}' }, { ...metadata, place: 'Übernahme' });
    const [stored] = await storedFiles(account);
    expect(stored?.properties).toMatchObject({
      'county:key': 'A 1',
      'county:title': 'Müller',
      'county:kind': 'Bauakte',
      'county:people': ['Amt', 'Büro'],
    });
  });

  function doc(property: string): Partial<CmisSettings> {
    return { properties: { document: { [property]: 'value' } } };
  }
});

describe('the password', () => {
  it('comes from the environment first, then from a file, then from a command', async () => {
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, 'from file\nsecond line\n', { mode: 0o600 });
    const passwordCommand = [process.execPath, '-e', 'console.log("from command")'];
    const all = { passwordFile, passwordCommand };
    expect(await readPassword(all, { SCANLOT_DMS_PASSWORD: 'from environment' })).toBe('from environment');
    expect(await readPassword(all, {})).toBe('from file');
    expect(await readPassword({ passwordCommand }, {})).toBe('from command');
  });

  it.skipIf(process.platform === 'win32')('is not taken from a file that others may read', async () => {
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, 'secret');
    await chmod(passwordFile, 0o640);
    await expect(readPassword({ passwordFile }, {})).rejects.toThrow(/chmod 600/);
  });

  it.each<[string, Parameters<typeof readPassword>[0], RegExp]>([
    ['nowhere', {}, /No password is given/],
    ['in a file that is not there', { passwordFile: '/nowhere/password' }, /ENOENT/],
    ['in a command that is not there', { passwordCommand: ['/nowhere/command'] }, /ENOENT/],
    ['in an empty output', { passwordCommand: [process.execPath, '-e', ''] }, /yields no password/],
  ])('is missing when it is %s', async (_where, settings, words) => {
    await expect(readPassword(settings, {})).rejects.toThrow(words);
  });

  it('stays hidden when the command fails after printing it', async () => {
    const passwordCommand = [process.execPath, '-e', 'console.log("hush"); console.error("hush"); process.exit(3)'];
    const error: unknown = await readPassword({ passwordCommand }, {}).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'dms.settings-wrong' });
    expect(String((error as Error).message)).toMatch(/failed \(3\)/);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hush');
  });
});
