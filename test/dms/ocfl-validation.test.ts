import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { objectFolders } from '../../src/dms/ocfl/layout.ts';
import {
  type ObjectVerdict,
  type OcflProblem,
  ocflCodes,
  type RootVerdict,
  verifyObject,
  verifyPath,
} from '../../src/dms/ocfl/verify.ts';
import { collect } from './documents.ts';
import { headOf, type Json, member, type OcflObject, sha512, twoVersions, writeOcflObject } from './ocfl-objects.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-ocfl-validation-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function codesOf(object: OcflObject, spoil?: (root: string) => void | Promise<void>): Promise<readonly string[]> {
  const root = join(folder, 'object');
  await writeOcflObject(root, object);
  await spoil?.(root);
  return codes((await verifyObject(root)).problems);
}

function codes(problems: readonly OcflProblem[]): readonly string[] {
  return [...new Set(problems.map(({ code }) => code))].sort();
}

const [a, b] = [sha512('content a'), sha512('content b')];

describe('the validation of an OCFL object', () => {
  it.each(['1.0', '1.1'] as const)('finds nothing wrong with a valid object of two versions (%s)', async (spec) => {
    expect(await codesOf(twoVersions(spec))).toEqual([]);
  });

  it('tells what the object is and how much was read', async () => {
    await writeOcflObject(folder, twoVersions());
    expect(await verifyObject(folder)).toMatchObject({ id: 'urn:example:two', spec: '1.1', files: 2, bytes: 18 });
  });

  const spoiltInventory: readonly (readonly [string, string[], (head: Json, prior: Json) => void])[] = [
    ['an unknown key', ['E102'], (head) => Object.assign(head, { extra: 1 })],
    ['an unknown key in a version', ['E102'], (head) => Object.assign(member(head, 'versions', 'v2'), { extra: 1 })],
    ['no type', ['E036'], (head) => delete head.type],
    ['the type of another document', ['E038'], (head) => Object.assign(head, { type: 'https://ocfl.io/1.1/spec/' })],
    [
      'the type of another specification',
      ['E038'],
      (head) => Object.assign(head, { type: 'https://ocfl.io/1.0/spec/#inventory' }),
    ],
    ['an id that is no text', ['E037'], (head) => Object.assign(head, { id: 7 })],
    ['another id than before', ['E037', 'E110'], (head) => Object.assign(head, { id: 'urn:example:other' })],
    ['a manifest that is a list', ['E050', 'E023', 'E106'], (head) => Object.assign(head, { manifest: [] })],
    ['versions that are a list', ['E045'], (head) => Object.assign(head, { versions: [] })],
    [
      'a version that is a text',
      ['E047', 'E066', 'E107', 'W011'],
      (head) => Object.assign(member(head, 'versions'), { v1: 'x', v2: 'y' }),
    ],
    ['a version without state', ['E048', 'E107'], (head) => delete member(head, 'versions', 'v2').state],
    [
      'a day that does not exist',
      ['E049'],
      (head) => Object.assign(member(head, 'versions', 'v2'), { created: '2021-02-29T00:00:00Z' }),
    ],
    [
      'a state with no list of paths',
      ['E051', 'E107'],
      (head) => Object.assign(member(head, 'versions', 'v2', 'state'), { [b]: 'b.txt' }),
    ],
    [
      'a manifest entry that no version uses',
      ['E092', 'E107'],
      (head) => Object.assign(member(head, 'manifest'), { [sha512('c')]: ['v2/content/c.txt'] }),
    ],
    [
      'a manifest key that is no digest',
      ['E050', 'E092', 'E107'],
      (head) => Object.assign(member(head, 'manifest'), { abc: ['v2/content/sub/b.txt'], [b]: null }),
    ],
    [
      'a content path outside of the versions',
      ['E042', 'E092', 'E023'],
      (head) => Object.assign(member(head, 'manifest'), { [b]: ['logs/b.txt'] }),
    ],
    [
      'a content path that leads out of the object',
      ['E023', 'E092', 'E099'],
      (head) => Object.assign(member(head, 'manifest'), { [b]: ['v2/content/../../../b.txt'] }),
    ],
    [
      'a logical path under another',
      ['E095'],
      (head) => Object.assign(member(head, 'versions', 'v2', 'state'), { [b]: ['a.txt/b.txt'] }),
    ],
    ['fixity that is a list', ['E111'], (head) => Object.assign(head, { fixity: [] })],
    ['fixity of an unknown algorithm', ['E056'], (head) => Object.assign(head, { fixity: { crc7: {} } })],
    [
      'fixity of a file that the manifest lacks',
      ['E057', 'E093'],
      (head) => Object.assign(head, { fixity: { size: { 9: ['v2/content/c.txt'] } } }),
    ],
    [
      'a wrong size in fixity',
      ['E093'],
      (head) => Object.assign(head, { fixity: { size: { 8: ['v2/content/sub/b.txt'] } } }),
    ],
    ['a contentDirectory with a slash', ['E017', 'E108'], (head) => Object.assign(head, { contentDirectory: 'a/b' })],
    ['a contentDirectory ".."', ['E018'], (head) => Object.assign(head, { contentDirectory: '..' })],
    [
      'a contentDirectory only since the second version',
      ['E019', 'E020'],
      (head) => Object.assign(head, { contentDirectory: 'content' }),
    ],
    [
      'an earlier inventory of a later specification',
      ['E103'],
      (head) => Object.assign(head, { type: 'https://ocfl.io/1.0/spec/#inventory' }),
    ],
    [
      'an earlier inventory with another state',
      ['E066'],
      (_head, prior) => Object.assign(member(prior, 'versions', 'v1'), { state: { [a]: ['x.txt'] } }),
    ],
    [
      'an earlier inventory with other notes',
      ['W011'],
      (_head, prior) => Object.assign(member(prior, 'versions', 'v1'), { message: 'x' }),
    ],
    ['an earlier inventory of another head', ['E040'], (_head, prior) => Object.assign(prior, { head: 'v2' })],
  ];
  it.each(spoiltInventory)('reports %s (%s)', async (_what, expected, spoil) => {
    const object = twoVersions();
    spoil(headOf(object), object.inventories.get('v1') as Json);
    expect(await codesOf(object)).toEqual(expect.arrayContaining(expected));
  });

  it('judges an object by the specification that it declares', async () => {
    const object = twoVersions('1.0');
    Object.assign(headOf(object), { fixity: [], id: 'urn:example:other' });
    expect(await codesOf(object)).toEqual(['E037', 'E057']);
  });

  it('takes SHA-256 for allowed, and advises against it', async () => {
    const object = twoVersions();
    for (const inventory of object.inventories.values()) Object.assign(inventory, { digestAlgorithm: 'sha256' });
    expect(await codesOf(object)).toEqual(['E092', 'W004']);
  });

  const spoiltFiles: readonly (readonly [string, string[], (root: string) => void | Promise<void>])[] = [
    ['changed content', ['E092', 'E093'], (root) => writeFile(join(root, 'v2/content/sub/b.txt'), 'content B')],
    ['missing content', ['E092', 'E093', 'W003'], (root) => rm(join(root, 'v2/content/sub'), { recursive: true })],
    ['content that nobody knows', ['E023'], (root) => writeFile(join(root, 'v2/content/c.txt'), 'c')],
    [
      'an empty folder in the content',
      ['E024'],
      (root) => mkdir(join(root, 'v2/content/empty/inner'), { recursive: true }).then(() => undefined),
    ],
    ['a link in the content', ['E090'], (root) => symlink('/etc/hostname', join(root, 'v2/content/link'))],
    ['a link at the top', ['E090'], (root) => symlink('v1', join(root, 'latest'))],
    ['a pipe in the content', ['E090'], (root) => void execFileSync('mkfifo', [join(root, 'v2/content/pipe')])],
    [
      'a digest of another algorithm',
      ['E058', 'E059'],
      (root) => rename(join(root, 'inventory.json.sha512'), join(root, 'inventory.json.md5')),
    ],
    ['a second declaration', ['E003'], (root) => writeFile(join(root, '0=ocfl_object_1.0'), 'ocfl_object_1.0\n')],
    [
      'a declaration of the future',
      ['E006'],
      (root) => rename(join(root, '0=ocfl_object_1.1'), join(root, '0=ocfl_object_9.0')),
    ],
    ['an inventory with a byte order mark', ['E033'], (root) => writeFile(join(root, 'inventory.json'), '\ufeff{}')],
    [
      'an inventory in Latin-1',
      ['E033'],
      (root) => writeFile(join(root, 'inventory.json'), Buffer.from('{"id":"\xfc"}', 'latin1')),
    ],
    ['an inventory that is a number', ['E033'], (root) => writeFile(join(root, 'inventory.json'), '7')],
  ];
  it.each(spoiltFiles)('reports %s (%s)', async (_what, expected, spoil) => {
    expect(await codesOf(twoVersions(), spoil)).toEqual(expect.arrayContaining(expected));
  });

  it('has nothing against logs, and nothing against folders of registered extensions', async () => {
    const object = twoVersions();
    object.files.set('logs/2021.txt', 'checked').set('extensions/0005-mutable-head', '').set('logs/empty', '');
    expect(await codesOf(object)).toEqual([]);
  });

  it('calls what is no object invalid', async () => {
    expect(codes((await verifyObject(folder)).problems)).toEqual(['E003', 'E063']);
    expect(codes((await verifyObject(join(folder, 'nowhere'))).problems)).toEqual(['E003']);
  });

  it('survives an inventory of any depth', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const json = JSON.stringify(headOf(twoVersions())).replace('"2020-12-31T23:59:59.5+01:00"', deep);
    const spoil = (root: string): Promise<void> => writeFile(join(root, 'inventory.json'), json);
    expect(await codesOf(twoVersions(), spoil)).toEqual(expect.arrayContaining(['E060', 'E049']));
  });

  it('tells that an object is invalid, however many warnings come first', async () => {
    const object = twoVersions();
    const versions: Json = {};
    for (let number = 1; number <= 6000; number++)
      versions[`v${number}`] = { created: '2020-01-01T00:00:00Z', state: {} };
    Object.assign(headOf(object), { head: 'v6000', versions });
    await writeOcflObject(folder, object);
    const verdict = await verifyObject(folder);
    expect(verdict.valid).toBe(false);
    expect(verdict.problems).toHaveLength(10_000);
  });

  it('never calls an object valid after a byte of its files or inventories has changed', async () => {
    const object = twoVersions();
    const files = ['inventory.json', 'v1/inventory.json', 'v2/content/sub/b.txt', '0=ocfl_object_1.1'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (file, at, flip) => {
          await writeOcflObject(folder, object);
          const bytes = await readFile(join(folder, file));
          const position = at % bytes.length;
          bytes[position] = (bytes[position] ?? 0) ^ flip;
          await writeFile(join(folder, file), bytes);
          expect((await verifyObject(folder)).valid).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has German and English words for every code', () => {
    for (const words of Object.values(ocflCodes)) {
      expect(words.de.length).toBeGreaterThan(5);
      expect(words.en.length).toBeGreaterThan(5);
    }
  });
});

describe('the validation of an OCFL storage root', () => {
  const root = (): string => join(folder, 'root');

  async function verdicts(): Promise<{ objects: readonly ObjectVerdict[]; root: RootVerdict | undefined }> {
    const all = await collect(verifyPath(root()));
    return {
      objects: all.filter((verdict) => verdict.kind === 'object'),
      root: all.find((verdict) => verdict.kind === 'root'),
    };
  }
  async function put(path: string, content: string): Promise<void> {
    await mkdir(dirname(join(root(), path)), { recursive: true });
    await writeFile(join(root(), path), content);
  }
  const declare = (version = '1.1'): Promise<void> => put(`0=ocfl_${version}`, `ocfl_${version}\n`);

  it('judges every object, and then the root', async () => {
    await declare();
    await writeOcflObject(join(root(), 'a/b/one'), twoVersions());
    await writeOcflObject(join(root(), 'a/c/two'), twoVersions('1.0'));
    await rm(join(root(), 'a/c/two/v2'), { recursive: true });
    await put('ocfl_1.1.md', 'The specification');
    const { objects, root: top } = await verdicts();
    expect(objects.map(({ path, valid }) => [path, valid])).toEqual([
      ['a/b/one', true],
      ['a/c/two', false],
    ]);
    expect(top).toEqual({ kind: 'root', valid: true, problems: [], objects: 2, verified: 2 });
  });

  it('judges a single object when that is what the path names', async () => {
    await writeOcflObject(root(), twoVersions());
    const { objects, root: top } = await verdicts();
    expect(objects).toMatchObject([{ path: '', valid: true }]);
    expect(top).toBeUndefined();
  });

  const spoilt: readonly (readonly [string, string[], () => Promise<unknown>])[] = [
    ['no declaration', ['E069'], () => rm(join(root(), '0=ocfl_1.1'))],
    ['two declarations', ['E076'], () => declare('1.0')],
    ['a declaration of the future', ['E076', 'E079'], () => declare('9.0')],
    ['a declaration with other content', ['E080'], () => put('0=ocfl_1.1', 'ocfl_1.1')],
    [
      'a layout without description',
      ['E070'],
      () => put('ocfl_layout.json', '{"extension":"0002-flat-direct-storage-layout"}'),
    ],
    ['a layout that is no JSON', ['E070'], () => put('ocfl_layout.json', 'flat')],
    [
      'a layout that is not registered',
      ['E071'],
      () => put('ocfl_layout.json', '{"extension":"ours","description":"d"}'),
    ],
    ['a file beside objects', ['E072'], () => put('a/notes.txt', 'x')],
    ['an empty folder', ['E073'], () => mkdir(join(root(), 'a/empty'))],
    ['a file among the extensions', ['E112'], () => put('extensions/file', 'x')],
    ['an extension that is not registered', ['W016'], () => put('extensions/ours/config.json', '{}')],
    ['a link between folders', ['E090'], () => symlink('one', join(root(), 'a/link'))],
    ['objects at several levels', ['W015'], () => writeOcflObject(join(root(), 'two'), twoVersions())],
  ];
  it.each(spoilt)('reports %s (%s)', async (_what, expected, spoil) => {
    await declare();
    await writeOcflObject(join(root(), 'a/one'), twoVersions());
    await spoil();
    const { objects, root: top } = await verdicts();
    expect(objects[0]).toMatchObject({ path: 'a/one', valid: true });
    expect(codes(top?.problems ?? [])).toEqual(expected);
    expect(top?.valid).toBe(expected.every((code) => code.startsWith('W')));
  });

  it('reports an object of a later specification than its root', async () => {
    await declare('1.0');
    await writeOcflObject(join(root(), 'a/one'), twoVersions('1.1'));
    expect(codes((await verdicts()).root?.problems ?? [])).toEqual(['E081']);
  });

  it('reports an object that lies elsewhere than its id says', async () => {
    await declare();
    const extension = '0004-hashed-n-tuple-storage-layout';
    await put('ocfl_layout.json', JSON.stringify({ extension, description: 'd' }));
    const configuration = { digestAlgorithm: 'sha256', tupleSize: 3, numberOfTuples: 3, shortObjectRoot: false };
    await put(`extensions/${extension}/config.json`, JSON.stringify({ extensionName: extension, ...configuration }));
    await writeOcflObject(join(root(), ...objectFolders('urn:example:two')), twoVersions());
    expect((await verdicts()).root?.problems).toEqual([]);
    await writeOcflObject(join(root(), 'a/b/c/elsewhere'), twoVersions());
    expect(codes((await verdicts()).root?.problems ?? [])).toEqual(['E083']);
  });

  it('counts no objects in an empty root, which is valid all the same', async () => {
    await declare();
    expect((await verdicts()).root).toMatchObject({ valid: true, objects: 0 });
  });

  it('refuses a path that does not exist', async () => {
    await expect(collect(verifyPath(join(folder, 'nowhere')))).rejects.toMatchObject({ code: 'dms.store-unusable' });
  });

  it('stops when it is told to', async () => {
    await declare();
    await writeOcflObject(join(root(), 'a/one'), twoVersions());
    await expect(collect(verifyPath(root(), { signal: AbortSignal.abort(new Error('enough')) }))).rejects.toThrow(
      'enough',
    );
  });
});
