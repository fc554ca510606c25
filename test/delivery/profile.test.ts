import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleProfile } from '../../scripts/samples/delivery.ts';
import { type DeliveryProfile, type LoadedProfile, loadProfile } from '../../src/delivery/profile.ts';
import { ScanlotError } from '../../src/shared/errors.ts';
import { withFolder } from '../support/delivery.ts';

function load(
  profile: unknown,
  name = 'profile.json',
  text = JSON.stringify(profile, undefined, 2),
): Promise<LoadedProfile> {
  return withFolder({}, (folder) => {
    writeFileSync(join(folder, name), text);
    return loadProfile(join(folder, name));
  });
}

/** The mistakes that are told of a profile, in English. */
async function mistakesOf(profile: unknown): Promise<string[]> {
  try {
    await load(profile);
  } catch (error) {
    if (!(error instanceof ScanlotError)) throw error;
    expect(error.exitCode).toBe(2);
    return error.details.map(({ en }) => en);
  }
  return [];
}

const withRow = (row: DeliveryProfile['row']): DeliveryProfile => ({ ...sampleProfile, row });

describe('a sound profile', () => {
  test('is loaded with its defaults', async () => {
    const { checksums: _sums, files: _files, ...bare } = sampleProfile;
    expect(await load(bare)).toMatchObject({
      checksumsRequired: true,
      formats: ['pdf', 'tiff'],
      limits: { files: 1_000_000, rows: 2_000_000, findings: 200_000 },
    });
  });

  test('may be YAML, and has the hash of the same rules in JSON', async () => {
    const yaml = 'profile: x\nversion: "1"\ntitle: X\nlayout:\n  files: ["*.pdf"]\n';
    const json = { title: 'X', layout: { files: ['*.pdf'] }, profile: 'x', version: '1', $schema: './schema.json' };
    expect((await load(undefined, 'x.yaml', yaml)).hash).toBe((await load(json)).hash);
    expect((await load({ ...json, version: '2' })).hash).not.toBe((await load(json)).hash);
  });

  test('gives a file the first role that fits', async () => {
    const { roleOf } = await load({
      ...sampleProfile,
      layout: { manifests: ['*.csv'], checksums: ['**/*.sha256'], files: ['**/*.{pdf,csv}'], ignore: ['old/**'] },
    });
    expect(['x.csv', 'a/x.csv', 'a/x.sha256', 'old/x.csv', 'x.doc', 'Thumbs.db', 'old/~$x.pdf'].map(roleOf)).toEqual([
      'manifest',
      'document',
      'checksums',
      'ignored',
      'unexpected',
      'junk',
      'junk',
    ]);
  });
});

describe('a mistake in a profile is told with its place and what was meant', () => {
  test.each<[string, unknown, RegExp]>([
    ['a member that does not exist', { ...sampleProfile, layuot: {} }, /line \d+, column \d+: .*"layuot".*"layout"/],
    ['no layout', { profile: 'x', version: '1', title: 'X' }, /"layout" is required/],
    [
      'a pattern of the row that is no regular expression',
      withRow({ type: 'object', properties: { title: { type: 'string', pattern: '(' } } }),
      /line \d+, column \d+: row\.properties\.title: .*regular expression/,
    ],
    [
      'a keyword of the row that does not exist',
      withRow({ type: 'object', properties: { title: { type: 'string', patern: 'x' } } }),
      /row\.properties\.title: .*patern/,
    ],
    [
      'a format of the row that does not exist',
      withRow({ type: 'object', properties: { title: { type: 'string', format: 'akte' } } }),
      /row\.properties\.title: .*akte/,
    ],
    [
      'a rule of the row that cannot be compiled elsewhere',
      withRow({ type: 'object', anyOf: [{ $ref: '#/$defs/gone' }] }),
      /: row: .*gone/,
    ],
    ['a row that is no schema', withRow({ type: 'objekt' }), /line \d+, column \d+: row\.type/],
    [
      'a field of the row without a column',
      withRow({ type: 'object', properties: { titel: { type: 'string' } } }),
      /row\.properties\.titel: .*"titel" has no column.*"title"/,
    ],
    [
      'a required field without a column',
      withRow({ type: 'object', required: ['betreff'] }),
      /row\.required: .*"betreff" has no column/,
    ],
    [
      'an unpaired brace',
      { ...sampleProfile, layout: { ...sampleProfile.layout, ignore: ['*.{pdf'] } },
      /layout\.ignore\.0: unpaired brace/,
    ],
    [
      'a page rule without its column',
      {
        ...sampleProfile,
        manifest: { columns: { path: 'Datei' } },
        row: true,
        dms: undefined,
        pages: { declaredEqualsCounted: true },
      },
      /pages\.declaredEqualsCounted: .*"pages" has no column/,
    ],
    [
      'manifests without columns',
      { ...sampleProfile, manifest: undefined, row: undefined, pages: undefined, dms: undefined },
      /layout\.manifests: .*"manifest".*missing/,
    ],
    ['columns without manifests', { ...sampleProfile, layout: { files: ['*.pdf'] } }, /manifest: .*never used/],
    [
      'a field of its own with a name of ours',
      {
        ...sampleProfile,
        manifest: { columns: { path: 'Datei', fields: { reference: 'Az' } } },
        row: true,
        pages: {},
        dms: undefined,
      },
      /fields\.reference: .*belongs one level higher/,
    ],
    [
      'a field of the DMS without a column',
      { ...sampleProfile, dms: { objectType: 'Akte', fields: { Az: 'referenz' } } },
      /dms\.fields\.Az: .*"referenz" has no column.*"reference"/,
    ],
    [
      'a finding that does not exist',
      { ...sampleProfile, severity: { 'pages.count-diffs': 'error' } },
      /pages\.count-diffs" is not known; did you mean "pages\.count-differs"/,
    ],
    [
      'a finding lowered without a reason',
      { ...sampleProfile, severity: { 'pages.count-differs': 'note' } },
      /lowering needs a reason/,
    ],
    [
      'an unjudged finding lowered',
      { ...sampleProfile, severity: { 'package.changed': { severity: 'note', reason: 'why not' } } },
      /could not be judged cannot be lowered/,
    ],
  ])('%s', async (_name, profile, expected) => {
    const mistakes = await mistakesOf(profile);
    expect(mistakes.join('\n')).toMatch(expected);
  });

  test('all mistakes are told at once', async () => {
    const mistakes = await mistakesOf({
      ...withRow({ type: 'object', required: ['betreff'], properties: { title: { type: 'string', pattern: '(' } } }),
      severity: { 'pages.count-differs': 'note' },
    });
    expect(mistakes).toHaveLength(3);
  });

  test('raising a severity takes no reason, lowering takes one', async () => {
    const severity = {
      'package.junk': 'error',
      'pages.count-differs': { severity: 'warning', reason: 'agreed for the pilot' },
    } as const;
    const { severities } = await load({ ...sampleProfile, severity });
    expect([...severities]).toEqual([
      ['package.junk', 'error'],
      ['pages.count-differs', 'warning'],
    ]);
  });
});

describe('the row schema', () => {
  const check = async (row: DeliveryProfile['row'], values: Record<string, string>) =>
    (await load(withRow(row))).rowCheck(values);
  const property = (schema: object) => ({ type: 'object', properties: { title: { type: 'string', ...schema } } });

  test.each([
    ['german-date', ['31.12.2020', '2020-12-31', '1.2.2020'], ['31.11.2020', '1.2.20', 'gestern', '2020-13-01']],
    ['count', ['0', '17'], ['-1', '1,5', '1.000', '', '12 Blatt']],
    ['decimal', ['1', '1,5', '1.234,50', '-3,0', '1234'], ['1.5', '1,', ',5', '1.23,4', '1 234']],
    ['yes-no', ['ja', 'Nein', 'N', 'true', '0'], ['vielleicht', 'janein', '2']],
    ['file-reference', ['ORD-2019-001', '32.1/4 (5)', 'Ü 12'], ['', ' x', '=1+1', 'a\nb', 'x'.repeat(101)]],
  ])('knows the format %s', async (format, good, bad) => {
    const { rowCheck } = await load(withRow(property({ format }) as DeliveryProfile['row']));
    expect(good.filter((value) => rowCheck({ title: value }).length > 0)).toEqual([]);
    expect(bad.filter((value) => rowCheck({ title: value }).length === 0)).toEqual([]);
  });

  test('holds each field against its own pattern', async () => {
    const patterns = {
      title: { pattern: '^[a-z]+$' },
      box: { pattern: '^[0-9]+$' },
      reference: { not: { pattern: 'x' } },
    };
    const row = { properties: patterns } as DeliveryProfile['row'];
    const fields = async (values: Record<string, string>) => (await check(row, values)).map(({ field }) => field);
    expect(await fields({ title: 'abc', box: '12', reference: 'y' })).toEqual([]);
    expect(await fields({ title: '12', box: 'abc', reference: 'x' })).toEqual(['title', 'box', 'reference']);
  });

  test('tells field, value, rule and limit, and takes an empty cell for absent', async () => {
    const row = { ...property({ enum: ['A', 'B'] }), required: ['reference'] } as DeliveryProfile['row'];
    expect(await check(row, { title: 'C' })).toEqual([
      { field: 'reference', value: '', rule: 'required', limit: expect.any(String) },
      { field: 'title', value: 'C', rule: 'enum', limit: 'A, B' },
    ]);
    expect(await check(row, { title: 'A', reference: '1' })).toEqual([]);
  });

  test('need not repeat that values are strings, nor list every field', async () => {
    expect(await check({ required: ['box'], properties: { title: { maxLength: 3 } } }, { title: 'Titel' })).toEqual([
      { field: 'box', value: '', rule: 'required', limit: expect.any(String) },
      { field: 'title', value: 'Titel', rule: 'maxLength', limit: '3' },
    ]);
  });

  test('a choice is told as one violation, not once for each branch', async () => {
    const row = {
      type: 'object',
      anyOf: [{ required: ['title'] }, { required: ['box'] }],
      properties: { title: { type: 'string' }, box: { type: 'string' } },
    } as DeliveryProfile['row'];
    expect((await check(row, {})).map(({ field, rule }) => [field, rule])).toEqual([['', 'anyOf']]);
  });

  test('whatever the cells hold, the check answers and shows no more than a little of it', async () => {
    const { rowCheck } = await load(sampleProfile);
    const cells = fc.dictionary(
      fc.constantFrom('reference', 'title', 'documentType', 'date'),
      fc.string({ maxLength: 400 }),
    );
    fc.assert(
      fc.property(cells, (values) => {
        for (const { value, limit } of rowCheck(values)) expect(value.length + limit.length).toBeLessThanOrEqual(400);
      }),
    );
  });
});
