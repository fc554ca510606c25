import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InvalidProfile } from '../../../src/delivery/profile/invalid-profile.ts';
import { filesOfProfile, loadProfile } from '../../../src/delivery/profile.ts';
import { withFolder } from '../../support/delivery.ts';

const base = {
  profile: 'base',
  version: '1',
  title: 'Base',
  layout: { manifests: ['index.csv'], files: ['scans/**/*.pdf'] },
  manifest: { columns: { path: 'Datei', reference: 'Az', pages: 'Seiten' } },
  files: { formats: ['pdf', 'tiff'], maximumBytes: 1000 },
  rules: [
    { id: 'few', check: 'row.pages < 10', message: { de: 'zu viele', en: 'too many' } },
    { id: 'once', unique: ['reference'] },
  ],
};

function withProfiles<T>(profiles: Readonly<Record<string, object>>, work: (folder: string) => T): Promise<T> {
  const files = Object.entries({ 'base.json': base, ...profiles }).map(([name, profile]) => [
    name,
    JSON.stringify(profile, undefined, 1),
  ]);
  return withFolder(Object.fromEntries(files), work);
}

const load = (profiles: Readonly<Record<string, object>>, lot?: string) =>
  withProfiles(profiles, (folder) => loadProfile(join(folder, 'own.json'), { lot }));

describe('a profile that extends another', () => {
  test('inherits: objects by member, rules by id, other lists replaced, null takes away', async () => {
    const { source } = await load({
      'own.json': {
        extends: './base.json',
        title: 'Own',
        files: { formats: ['pdf'] },
        rules: [
          { id: 'few', severity: 'warning' },
          { id: 'new', unique: ['path'] },
        ],
        manifest: { columns: { pages: { column: 'S.', optional: true } } },
      },
    });
    expect(source).toMatchObject({
      profile: 'base',
      title: 'Own',
      files: { formats: ['pdf'], maximumBytes: 1000 },
      manifest: { columns: { path: 'Datei', pages: { column: 'S.', optional: true } } },
      rules: [{ id: 'few', severity: 'warning', check: 'row.pages < 10' }, { id: 'once' }, { id: 'new' }],
    });
    const without = await load({ 'own.json': { extends: 'base.json', files: { maximumBytes: null } } });
    expect(without.source.files).toEqual({ formats: ['pdf', 'tiff'] });
  });

  test('has the hash of the same profile written out', async () => {
    const one = await load({ 'own.json': { extends: 'base.json', title: 'Own' } });
    const other = await load({ 'own.json': { ...base, title: 'Own', lots: { L9: { title: 'x' } } } });
    expect(one.hash).toBe(other.hash);
  });

  test('tells mistakes where they are written: in the base, or in itself', async () => {
    const wrong = { ...base, rules: [{ id: 'few', check: 'row.pagse < 10', message: { de: 'x', en: 'x' } }] };
    await withProfiles(
      {
        'base.json': wrong,
        'own.json': { extends: 'base.json', pages: { tolerance: 2 }, rules: [{ id: 'bad', unique: ['x'] }] },
      },
      (folder) => {
        const own = join(folder, 'own.json');
        expect(() => loadProfile(own)).toThrowError(InvalidProfile);
        try {
          loadProfile(own);
        } catch (error) {
          expect((error as InvalidProfile).mistakes).toMatchObject([
            {
              file: join(folder, 'base.json'),
              member: 'rules.0.check',
              words: { en: expect.stringContaining('did you mean "pages"') },
            },
            { file: own, line: 10, column: 5, member: 'rules.1.unique.0' },
          ]);
        }
      },
    );
  });

  test.each([
    ['a loop', { 'own.json': { extends: 'other.json' }, 'other.json': { extends: 'own.json' } }, 'profile.base-loop'],
    ['a file elsewhere', { 'own.json': { extends: '../base.json' } }, 'profile.base-elsewhere'],
    ['an absolute path', { 'own.json': { extends: '/etc/passwd' } }, 'profile.base-elsewhere'],
    ['a file that is not there', { 'own.json': { extends: 'none.json' } }, 'document.unreadable'],
    [
      'a chain too long',
      Object.fromEntries(
        ['own', ...'abcdefghij'].map((name, index, all) => [
          `${name}.json`,
          { extends: `${all[index + 1] ?? 'base'}.json` },
        ]),
      ),
      'profile.base-depth',
    ],
  ])('refuses %s', async (_name, profiles, code) => {
    await expect(load(profiles)).rejects.toMatchObject({ code });
  });

  test('names the files that it needs, lists too', async () => {
    const own = { extends: 'base.json', lists: { kinds: { file: 'kinds.csv' } } };
    const files = await withProfiles({ 'own.json': own }, (folder) =>
      filesOfProfile(join(folder, 'own.json')).map((file) => file.slice(folder.length + 1)),
    );
    expect(files).toEqual(['own.json', 'base.json', 'kinds.csv']);
  });
});

describe('a lot', () => {
  const own = {
    extends: 'base.json',
    lots: { L1: { pages: { declaredEqualsCounted: true }, rules: [{ id: 'few', where: 'false' }] } },
  };

  test('has a variant of its own, with a hash of its own', async () => {
    const [all, one, other] = [
      await load({ 'own.json': own }),
      await load({ 'own.json': own }, 'L1'),
      await load({ 'own.json': own }, 'L2'),
    ];
    expect(one.source.pages).toEqual({ declaredEqualsCounted: true });
    expect(one.hash).not.toBe(all.hash);
    expect(other.hash).toBe(all.hash);
  });

  test('gets the variant of the base, and its own over it', async () => {
    const twice = {
      'base.json': { ...base, lots: { L1: { pages: { tolerance: 1 }, title: 'Base L1' } } },
      'own.json': { extends: 'base.json', title: 'Own', lots: { L1: { pages: { tolerance: 2 } } } },
    };
    expect((await load(twice, 'L1')).source).toMatchObject({ title: 'Own', pages: { tolerance: 2 } });
  });
});

describe('a reference list in a file', () => {
  const own = (file: string) => ({
    ...base,
    rules: [{ id: 'kinds', list: 'kinds', columns: { reference: 'Kürzel' } }],
    lists: { kinds: { file } },
  });
  const loadList = (bytes: string | Buffer, file = 'kinds.csv') =>
    withFolder({ 'own.json': JSON.stringify(own(file)), 'kinds.csv': bytes }, (folder) =>
      loadProfile(join(folder, 'own.json')),
    );

  test('may have any usual delimiter and encoding; its content is part of what was agreed', async () => {
    const one = await loadList('Kürzel;Name\r\nA;Anhörung\r\n');
    const latin = await loadList(Buffer.from('Kürzel,Name\nB,Bescheid\n', 'latin1'));
    expect(one.rules.rules).toMatchObject([
      { kind: 'list', list: { header: ['Kürzel', 'Name'], rows: [['A', 'Anhörung']] } },
    ]);
    expect(latin.rules.rules).toMatchObject([{ list: { rows: [['B', 'Bescheid']] } }]);
    expect(one.hash).not.toBe(latin.hash);
  });

  test.each([
    ['is empty', '', 'kinds.csv', /list "kinds" is empty/],
    ['lacks the column', 'Code\nA\n', 'kinds.csv', /no column "Kürzel" \(it has: Code\)/],
    ['has a column twice', 'Kürzel;Kürzel\nA;B\n', 'kinds.csv', /"Kürzel" twice/],
    ['is not there', 'Kürzel\nA\n', 'none.csv', /ENOENT/],
    ['lies elsewhere', 'Kürzel\nA\n', '../kinds.csv', /EACCES/],
  ])('that %s is a mistake of the profile', async (_name, content, file, expected) => {
    await expect(loadList(content, file)).rejects.toSatisfy((error: InvalidProfile) =>
      error.mistakes.some(({ words }) => expected.test(words.en)),
    );
  });
});
