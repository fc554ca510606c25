import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoSteps } from '../../../src/demo/demo-steps.ts';
import { packagePath } from '../../../src/shared/package.ts';
import { runCli } from '../../support/run-cli.ts';
import { type FakeRepository, startFakeRepository } from '../cmis-fake.ts';
import { settingsFor } from '../cmis-system.ts';

const account = { user: 'scanlot', password: 'Kanarienvogel-4711-geheim' };
const sample = JSON.parse(readFileSync(packagePath('samples', 'county', 'dms-mapping.json'), 'utf8'));
let repository: FakeRepository;
let folder: string;
let county: string;

beforeAll(async () => {
  repository = await startFakeRepository(account.user, account.password);
  repository.pageSize = 100;
  folder = mkdtempSync(join(tmpdir(), 'scanlot-mapping-'));
  county = join(folder, 'county');
  for (const { argv, exitCode, why } of demoSteps(county)) {
    if (why.en === 'import and read back') break;
    expect(await runCli(argv, folder), why.en).toMatchObject({ exitCode });
  }
}, 60_000);
afterAll(async () => {
  await repository.close();
  rmSync(folder, { recursive: true, force: true });
});

const configure = (mapping: string) => {
  const { properties: _shorthand, ...dms } = settingsFor({ ...account, url: '' }, repository.url);
  const config = { county: 'Landkreis Musterberg', dms: { ...dms, mapping } };
  writeFileSync(join(county, 'scanlot.json'), JSON.stringify(config));
};
const write = (mapping: object) => writeFileSync(join(county, 'dms-mapping.json'), JSON.stringify(mapping));
beforeEach(() => {
  copyFileSync(packagePath('samples', 'county', 'dms-mapping.json'), join(county, 'dms-mapping.json'));
  configure('dms-mapping.json');
});

const json = async (...argv: string[]) => {
  const environment = { SCANLOT_DMS_PASSWORD: account.password };
  const run = await runCli([...argv, '--json', '--lang', 'en', '--workspace', county], folder, environment);
  expect(run.stdout + run.stderr).not.toContain(account.password);
  return { exitCode: run.exitCode, ...JSON.parse(run.stdout) };
};

it('pulls the types of the system, into a file too', async () => {
  const file = join(folder, 'schema.json');
  const pulled = await json('dms', 'schema', 'pull', '--out', file);
  expect(pulled).toMatchObject({ exitCode: 0, schema: 'urn:scanlot:schemas/dms-schema-1', adapter: 'cmis' });
  const { exitCode: _code, ...document } = pulled;
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(document);
  expect(await json('dms', 'schema', 'diff', file, file)).toMatchObject({ exitCode: 0, same: true, changes: [] });
});

it('finds nothing wrong with the sample county’s mapping, from the system and from a file', async () => {
  expect(await json('dms', 'mapping', 'check')).toMatchObject({ exitCode: 0, fits: true, faults: [], files: 12 });
  const file = join(folder, 'schema.json');
  await json('dms', 'schema', 'pull', '--out', file);
  const checked = await json('dms', 'mapping', 'check', '--batch', 'B-2021-001', '--schema', file);
  expect(checked).toMatchObject({ exitCode: 0, files: 12, refusedFiles: 0, refused: [] });
});

it('tells each mistake of a mapping with its place', async () => {
  write({
    ...sample,
    columns: { titel: 'text', pages: 'date' },
    folders: [{ type: 'county:document', name: 'file.lot' }],
    file: {
      type: 'county:strictFile',
      fields: { 'cmis:name': 'file.title', 'county:key': 'file.key', 'county:titel': 'file.title' },
    },
    document: {
      type: 'county:dokument',
      fields: {},
    },
  });
  const { exitCode, faults } = await json('dms', 'mapping', 'check');
  expect(exitCode).toBe(1);
  expect(faults.map(({ code, place }: Record<string, string>) => `${code} ${place}`).sort()).toEqual([
    'column-type columns.pages',
    'not-mapped file',
    'read-only file.fields.cmis:name',
    'unknown-column columns.titel',
    'unknown-field file.fields.county:key',
    'unknown-field file.fields.county:titel',
    'unknown-type document.type',
    'wrong-base folders.0.type',
  ]);
});

const extended = {
  ...sample,
  file: {
    type: 'county:file',
    secondaryTypes: ['county:retention'],
    fields: { 'county:retainUntil': 'file.acceptedOn', 'county:retentionClass': 'file.lot' },
  },
  permissions: { class: 'file.lot', acl: { L5: { grant: { auslaender: ['cmis:read'] } } } },
};

it('checks fields against secondary types, too, and access control lists against the repository', async () => {
  write(extended);
  expect(await json('dms', 'mapping', 'check')).toMatchObject({ exitCode: 0, fits: true, faults: [], files: 12 });
  write({
    ...extended,
    folders: [{ type: 'county:retention', name: 'file.lot' }],
    file: {
      ...extended.file,
      secondaryTypes: ['county:retenion', 'county:document', 'county:scanned'],
    },
    document: {
      type: 'cmis:document',
      secondaryTypes: ['county:retention'],
      fields: { 'county:retentionClass': "'A'" },
    },
    permissions: { class: 'file.lot', acl: { L5: { grant: { auslaender: ['cmis:reed'] } } } },
  });
  const wrong = await json('dms', 'mapping', 'check');
  expect(wrong.exitCode).toBe(1);
  expect(wrong.faults.map(({ code, place }: Record<string, string>) => `${code} ${place}`).sort()).toEqual([
    'not-extensible document.secondaryTypes',
    'not-mapped file',
    'type-not-creatable folders.0.type',
    'unknown-field file.fields.county:retainUntil',
    'unknown-field file.fields.county:retentionClass',
    'unknown-permission permissions.acl.L5',
    'unknown-type file.secondaryTypes',
    'wrong-base file.secondaryTypes',
  ]);
  expect(wrong.faults.map(({ message }: Record<string, string>) => message).join('\n')).toMatch(
    /no secondary type "county:retenion"; did you mean "county:retention"\?/,
  );
});

it('names the values that do not fit a property of a secondary type', async () => {
  write({
    ...extended,
    file: { ...extended.file, fields: { 'county:retentionClass': "file.reference + ' zu lang'" } },
  });
  const { exitCode, refusedFiles, refused } = await json('dms', 'mapping', 'check');
  expect({ exitCode, refusedFiles }).toEqual({ exitCode: 1, refusedFiles: 12 });
  expect(refused[0]).toMatchObject({ field: 'county:retentionClass' });
});

it('refuses access control lists where the system changes none', async () => {
  write(extended);
  repository.accessControl = 'discover';
  const { exitCode, faults } = await json('dms', 'mapping', 'check');
  repository.accessControl = 'manage';
  expect(exitCode).toBe(1);
  expect(faults).toMatchObject([{ code: 'access-not-changeable', place: 'permissions.acl' }]);
  write({ ...extended, file: { ...sample.file, type: 'county:strictFile', fields: { 'county:subject': "'x'" } } });
  const fixed = await json('dms', 'mapping', 'check');
  expect(fixed.faults).toMatchObject([
    { code: 'access-not-changeable', message: expect.stringContaining('strictFile') },
  ]);
});

it('tells secondary types that an upgrade took away, and what of the mapping fits no more', async () => {
  write(extended);
  const [before, after] = [join(folder, 'before.json'), join(folder, 'after.json')];
  const { exitCode: _code, ...pulled } = await json('dms', 'schema', 'pull', '--out', before);
  const types = pulled.types
    .filter(({ id }: { id: string }) => id !== 'county:retention')
    .map((type: object) => ('extensible' in type ? { ...type, extensible: false } : type));
  writeFileSync(after, JSON.stringify({ ...pulled, types }));
  const mapping = join(county, 'dms-mapping.json');
  const differing = await json('dms', 'schema', 'diff', before, after, '--mapping', mapping);
  expect(differing.changes).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ change: 'removed', type: 'county:retention' }),
      expect.objectContaining({ change: 'changed', type: 'county:file', member: 'extensible', after: false }),
    ]),
  );
  expect(differing.broken.map(({ code }: Record<string, string>) => code).sort()).toEqual([
    'not-extensible',
    'unknown-field',
    'unknown-field',
    'unknown-type',
  ]);
});

it('names every file that the system would refuse, with field, value and reason', async () => {
  write({
    ...sample,
    file: {
      type: 'county:file',
      fields: {
        'county:title': "file.title + '!'",
        'county:kind': "file.reference.endsWith('0042/2019') ? 'Unfug' : 'Bauakte'",
      },
    },
    document: {
      type: 'county:document',
      fields: { 'county:received': "'am 1. Mai'", 'county:pages': 'document.pages - 27' },
    },
  });
  const { exitCode, refused, refusedFiles, faults } = await json('dms', 'mapping', 'check');
  expect({ exitCode, refusedFiles }).toEqual({ exitCode: 1, refusedFiles: 12 });
  expect(faults.map(({ code, severity }: Record<string, string>) => [code, severity])).toEqual([
    ['type-differs', 'warning'],
  ]);
  const told = refused.filter(({ reference }: Record<string, string>) => reference === '33.1-0042/2019');
  expect(told).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        document: null,
        field: 'county:title',
        reason: expect.stringContaining('allowed are 20'),
      }),
      expect.objectContaining({ field: 'county:kind', value: 'Unfug', reason: expect.stringContaining('catalogue') }),
      expect.objectContaining({ document: 'scans/33.1-0042-2019.pdf', field: 'county:received', value: 'am 1. Mai' }),
    ]),
  );
  expect(
    refused.some(({ field, value }: Record<string, string>) => field === 'county:pages' && value?.startsWith('-')),
  ).toBe(true);
});

it('tells what an upgrade broke', async () => {
  const [before, after] = [join(folder, 'before.json'), join(folder, 'after.json')];
  const { exitCode: _code, ...document } = await json('dms', 'schema', 'pull', '--out', before);
  for (const type of document.types) {
    for (const field of type.fields) {
      if (field.id === 'county:title') field.maxLength = 10;
      if (field.id === 'county:kind') field.choices = ['Bauakte', 'Personalakte'];
      if (field.id === 'county:people') field.required = true;
    }
    type.fields = type.fields.filter(({ id }: { id: string }) => id !== 'county:sha256');
  }
  document.types.push({ id: 'z', name: 'Z', base: 'other', parents: [], creatable: false, fields: [] });
  writeFileSync(after, JSON.stringify(document));
  const mapping = join(county, 'dms-mapping.json');
  const { exitCode, changes, broken } = await json('dms', 'schema', 'diff', before, after, '--mapping', mapping);
  expect(exitCode).toBe(1);
  expect(
    changes.map(({ change, type, field, member }: Record<string, string>) => [change, type, field, member]),
  ).toEqual([
    ['removed', 'county:document', 'county:sha256', null],
    ['removed', 'county:file', 'county:kind', 'choices'],
    ['added', 'county:file', 'county:kind', 'choices'],
    ['changed', 'county:file', 'county:people', 'required'],
    ['changed', 'county:file', 'county:title', 'maxLength'],
    ['added', 'z', null, null],
  ]);
  expect(broken.map(({ code, place }: Record<string, string>) => `${code} ${place}`)).toEqual([
    'value-refused file.fields.county:kind',
    'not-mapped file',
    'unknown-field document.fields.county:sha256',
  ]);
});

it('names files that would get the same name in the same place, for folders without types, too', async () => {
  write({ ...sample, file: { type: 'county:file', name: "'Akte'" } });
  const dms = { type: 'folder', path: 'uebergabe', mapping: 'dms-mapping.json' };
  writeFileSync(join(county, 'scanlot.json'), JSON.stringify({ county: 'Landkreis Musterberg', dms }));
  const { exitCode, faults, refusedFiles, refused } = await json('dms', 'mapping', 'check');
  expect({ exitCode, faults, refusedFiles }).toEqual({ exitCode: 1, faults: [], refusedFiles: 11 });
  expect(refused[0]).toMatchObject({ field: 'name', value: 'Akte', reason: expect.stringContaining('same place') });
});

it('says what is missing where there is no mapping, or no system with types', async () => {
  writeFileSync(join(county, 'scanlot.json'), JSON.stringify({ county: 'Landkreis Musterberg' }));
  expect(await json('dms', 'mapping', 'check')).toMatchObject({ exitCode: 2, error: { code: 'mapping.none' } });
  expect(await json('dms', 'schema', 'pull')).toMatchObject({ exitCode: 2, error: { code: 'dms.no-types' } });
});

describe('the short form in scanlot.json', () => {
  const shorten = (more: Record<string, unknown>) => {
    const dms = { ...settingsFor({ ...account, url: '' }, repository.url), ...more };
    writeFileSync(join(county, 'scanlot.json'), JSON.stringify({ county: 'Landkreis Musterberg', dms }));
  };
  it('is checked as a mapping is', async () => {
    shorten({ properties: { file: { 'county:kind': 'box' }, document: { 'county:pages': 'pages' } } });
    const { exitCode, faults, files, refused } = await json('dms', 'mapping', 'check');
    expect({ exitCode, faults, files }).toMatchObject({ exitCode: 1, faults: [], files: 12 });
    expect(refused[0]).toMatchObject({ field: 'county:kind', reason: expect.stringContaining('catalogue') });
    shorten({ properties: { document: { 'county:pages': 'pages', 'county:received': 'acceptedOn' } } });
    expect(await json('dms', 'mapping', 'check')).toMatchObject({ exitCode: 0, fits: true, faults: [], refused: [] });
  });

  it('has its mistakes told with their places', async () => {
    shorten({
      folder: '/Akten/{departmnt}',
      types: { file: 'county:strictFile', document: 'county:dokument' },
      properties: {
        file: { 'county:titel': 'title', 'cmis:name': 'title', 'county:title': 'titel', 'county:key': 'reference' },
        document: { 'county:received': 'fields.nirgends', 'county:pages': 'acceptedOn' },
      },
    });
    const { exitCode, faults } = await json('dms', 'mapping', 'check');
    expect(exitCode).toBe(1);
    expect(faults.map(({ code, place }: Record<string, string>) => `${code} ${place}`).sort()).toEqual([
      'not-mapped dms.properties.file',
      'read-only dms.properties.file.cmis:name',
      'unknown-column dms.folder',
      'unknown-column dms.properties.document.county:received',
      'unknown-column dms.properties.file.county:title',
      'unknown-field dms.properties.file.county:key',
      'unknown-field dms.properties.file.county:titel',
      'unknown-field dms.properties.file.county:title',
      'unknown-type dms.types.document',
    ]);
    expect(new Set(faults.map(({ mapping }: Record<string, string>) => mapping))).toEqual(new Set(['scanlot.json']));
  });

  it('has its paths checked where the system tells no types', async () => {
    const names = { cabinet: 'Akten', file: 'Akte', document: 'Schriftstück' };
    const drop = { ...{ type: 'enaio', service: 'file-drop', dropFolder: join(folder, 'drop'), names } };
    const fields = { file: { Betreff: 'titel' }, document: { Name: 'name' } };
    const dms = { ...drop, keyField: 'K', documentKeyField: 'D', fields };
    writeFileSync(join(county, 'scanlot.json'), JSON.stringify({ county: 'Landkreis Musterberg', dms }));
    const { exitCode, faults, refused } = await json('dms', 'mapping', 'check');
    expect({ exitCode, faults, refused }).toMatchObject({
      ...{ exitCode: 1, refused: [] },
      faults: [{ code: 'unknown-column', place: 'dms.fields.file.Betreff' }],
    });
  });

  it('says that a field of a secondary type needs a mapping', async () => {
    shorten({ properties: { file: { 'county:retentionClass': 'lot' } } });
    const { faults } = await json('dms', 'mapping', 'check');
    expect(faults).toMatchObject([
      { code: 'unknown-field', message: expect.stringContaining('the secondary type "county:retention"; a mapping') },
    ]);
  });

  it('takes no types and fields of a delivery profile: that is told', async () => {
    const profile = join(county, 'profiles', 'profile-files.json');
    const before = readFileSync(profile, 'utf8');
    writeFileSync(profile, JSON.stringify({ ...JSON.parse(before), dms: { objectType: 'county:file', fields: {} } }));
    shorten({});
    const { exitCode, faults } = await json('dms', 'mapping', 'check');
    writeFileSync(profile, before);
    expect({ exitCode, faults }).toMatchObject({
      exitCode: 1,
      faults: [{ code: 'not-used', mapping: 'profile-files.json', place: 'dms.objectType' }],
    });
  });
});

it('shows the commands of a group, whatever of their words is typed', async () => {
  for (const words of [['dms'], ['dms', 'schema']]) {
    const { exitCode, stdout } = await runCli(words, folder);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('dms schema pull');
  }
  const { exitCode, stderr } = await runCli(['dms', 'schema', 'pul', '--lang', 'en'], folder);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('dms schema pull');
});
