import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CompiledMapping, compileMapping } from '../../../src/dms/mapping/compile-mapping.ts';
import { type MappableObject, mapObject, requireMapped } from '../../../src/dms/mapping/map-object.ts';
import type { MappingDocument } from '../../../src/dms/mapping/mapping-document.ts';
import { readMapping } from '../../../src/dms/mapping/read-mapping.ts';
import { UsageError } from '../../../src/shared/errors.ts';
import { packagePath } from '../../../src/shared/package.ts';

const sha256 = 'a'.repeat(64);

function file(rows: Readonly<Record<string, Record<string, string>>>, more = {}): MappableObject {
  const names = Object.keys(rows);
  return {
    key: 'RV-1/L1/33.1-0041/2019',
    metadata: {
      county: 'Landkreis Musterberg',
      reference: '33.1-0041/2019',
      volume: '',
      title: 'Aufenthaltsakte Müller-Lüdenscheidt',
      department: 'Ausländerbehörde',
      contract: 'RV-1',
      lot: 'L1',
      batch: 'B-1',
      round: 1,
      box: null,
      acceptedOn: '2021-03-25',
      pages: 12,
      profile: { key: 'files', hash: 'x' },
      documents: names.map((name) => ({ name, sha256, size: 10, pages: 6, fields: rows[name] ?? {} })),
      ...more,
    },
    documents: names.map((name) => ({ name, source: '/nowhere', size: 10, sha256 })),
  };
}

function mapping(more: Partial<MappingDocument>): CompiledMapping {
  const compiled = compileMapping({ file: { type: 'F' }, document: { type: 'D' }, ...more });
  if (!('file' in compiled)) throw new Error(compiled.map(({ words }) => words.en).join('; '));
  return compiled;
}

function fieldsOf(more: Partial<MappingDocument>, object = file({ 'a.pdf': {} })) {
  const { mapped, problems } = mapObject(mapping(more), object);
  return { fields: Object.fromEntries(mapped.fields.map(({ id, values }) => [id, values])), problems };
}

describe('a mapping', () => {
  it('makes of the sample county’s files what its documentation says', () => {
    const compiled = readMapping(packagePath('samples', 'county', 'dms-mapping.json'));
    const object = file({ 'scans/33.1-0041-2019.pdf': { title: 'Aufenthaltsakte', pages: '12' } });
    expect(requireMapped(mapObject(compiled, object), object.key)).toEqual({
      type: 'county:file',
      folders: [
        { type: 'cmis:folder', key: 'Ausländerbehörde', name: 'Ausländerbehörde', fields: [] },
        { type: 'cmis:folder', key: '2021', name: '2021', fields: [] },
      ],
      name: '33.1-0041/2019',
      fields: [
        { id: 'county:title', type: 'text', values: ['Aufenthaltsakte Müll'] },
        { id: 'county:kind', type: 'text', values: [] },
      ],
      permissions: null,
      documents: [
        {
          document: 'scans/33.1-0041-2019.pdf',
          type: 'county:document',
          name: '33.1-0041-2019.pdf',
          fields: [
            { id: 'county:pages', type: 'integer', values: [6] },
            { id: 'county:received', type: 'date', values: ['2021-03-25'] },
            { id: 'county:sha256', type: 'text', values: [sha256] },
          ],
        },
      ],
    });
  });

  it('takes our key and the vendor’s names where it names nothing', () => {
    const { mapped } = mapObject(mapping({}), file({ 'Band 1/a.pdf': {} }));
    expect(mapped).toMatchObject({ name: 'RV-1/L1/33.1-0041/2019', documents: [{ name: 'Band 1/a.pdf' }] });
  });

  it('tells constants, numbers, days, lists and truths as such', () => {
    const object = file({ 'a.pdf': { people: 'Amt; Büro ;', day: '31.12.2020', sum: '1.234,50', ok: 'ja' } });
    const columns = { people: 'text', day: 'date', sum: 'decimal', ok: 'yes-no' } as const;
    const { fields, problems } = fieldsOf(
      {
        columns,
        file: {
          type: 'F',
          fields: {
            fixed: { constant: 'Bauakte' },
            people: "row.people.split(';')",
            day: 'row.day',
            written: "row.day.written('dd.MM.yyyy')",
            sum: 'row.sum',
            double: 'file.pages * 2',
            ok: 'row.ok',
            key: "file.key.replace('/', '-')",
          },
        },
      },
      object,
    );
    expect(problems).toEqual([]);
    expect(fields).toEqual({
      fixed: ['Bauakte'],
      people: ['Amt', ' Büro '],
      day: ['2020-12-31'],
      written: ['31.12.2020'],
      sum: [1234.5],
      double: [24],
      ok: [true],
      key: ['RV-1-L1-33.1-0041-2019'],
    });
  });

  it('gives a file those columns in which all its documents agree', () => {
    const object = file({
      'a.pdf': { name: 'Müller', kind: 'x' },
      'b.pdf': { name: 'Müller', kind: 'y' },
      'c.pdf': {},
    });
    const columns = { name: 'text', kind: 'text' } as const;
    const fields = { name: 'row.name', kind: 'row.kind', either: { value: 'row.kind', default: '-' } };
    expect(fieldsOf({ columns, file: { type: 'F', fields } }, object).fields).toEqual({
      name: ['Müller'],
      kind: [],
      either: ['-'],
    });
  });

  it('chooses the first variant that holds', () => {
    const variants = [
      { when: "document.extension == 'tif'", type: 'Bild' },
      { when: "row.kind == 'Plan'", type: 'Plan' },
      { type: 'Schriftstück' },
    ];
    const object = file({ 'a.TIF': {}, 'b.pdf': { kind: 'Plan' }, 'c.pdf': {} });
    const { mapped } = mapObject(mapping({ columns: { kind: 'text' }, document: variants }), object);
    expect(mapped.documents.map(({ type }) => type)).toEqual(['Bild', 'Plan', 'Schriftstück']);
  });

  it('tells with file, field and value what cannot be mapped', () => {
    const object = file({ 'a.pdf': { day: 'gestern', kind: 'Fremd' } });
    const { problems } = mapObject(
      mapping({
        columns: { day: 'date', kind: 'text' },
        folders: [{ type: 'O', name: 'file.box' }],
        file: { type: 'F', fields: { art: { value: 'row.kind', codes: { Bau: '1' } }, n: "number('x' + file.lot)" } },
        document: { type: 'D', fields: { day: 'row.day' } },
        permissions: { class: "'geheim'", classes: ['offen'] },
      }),
      object,
    );
    expect(problems.map(({ document, field, value }) => [document, field, value])).toEqual([
      [null, 'permissions', 'geheim'],
      [null, 'art', 'Fremd'],
      [null, 'n', ''],
      [null, 'name', ''],
      ['a.pdf', 'day', 'gestern'],
    ]);
    expect(() => requireMapped({ mapped: mapObject(mapping({}), object).mapped, problems }, 'K 1')).toThrow(/"geheim"/);
  });

  it('gives permissions to a field, or by themselves', () => {
    const permissions = { class: "file.department == 'Ausländerbehörde' ? 'VS' : 'offen'", field: 'access' };
    const { mapped } = mapObject(mapping({ permissions }), file({ 'a.pdf': {} }));
    expect(mapped).toMatchObject({ permissions: 'VS', fields: [{ id: 'access', type: 'text', values: ['VS'] }] });
  });

  it('takes texts too long to work on for values that do not fit', () => {
    const object = file({ 'a.pdf': { title: 'x'.repeat(5000) } });
    const { problems } = mapObject(mapping({ columns: { title: 'text' } }), object);
    expect(problems).toMatchObject([{ document: 'a.pdf', field: 'title' }]);
  });
});

describe('a mapping with mistakes', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'scanlot-mapping-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const mistakesIn = (content: string): string => {
    const path = join(folder, 'mapping.json');
    writeFileSync(path, content);
    try {
      readMapping(path);
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      return (error as UsageError).details.map(({ en }) => en).join('\n');
    }
    return '';
  };

  it.each([
    ['a member that does not exist', { fiel: {} }, /line 1.*"fiel" is not known; did you mean "file"/],
    ['an unknown variable', { file: { type: 'F', fields: { a: 'titel' } } }, /file\.fields\.a: .*titel/],
    [
      'an unknown member',
      { file: { type: 'F', fields: { a: 'file.titel' } } },
      /no "titel" here; did you mean "title"/,
    ],
    ['a column that is not declared', { file: { type: 'F', fields: { a: 'row.x' } } }, /row/],
    ['an expression that is none', { file: { type: 'F', name: "'a' +" } }, /file\.name: /],
    ['a condition that is no truth', { document: { when: '1', type: 'D' } }, /document\.when: .*needed is bool/],
    ['a variant behind one that always holds', { document: [{ type: 'D' }, { type: 'E' }] }, /only the last variant/],
    ['a document’s value for a file', { file: { type: 'F', name: 'document.name' } }, /file\.name: /],
    ['both constant and value', { file: { type: 'F', fields: { a: { constant: 1, value: '1' } } } }, /exactly one/],
    ['more beside a constant', { file: { type: 'F', fields: { a: { constant: 1, shorten: 2 } } } }, /nothing else/],
    [
      'otherwise without codes',
      { file: { type: 'F', fields: { a: { value: "''", otherwise: 'x' } } } },
      /needs "codes"/,
    ],
    ['a loop in a loop', { file: { type: 'F', name: "['a'].exists(a, ['b'].exists(b, a == b)) ? 'x' : 'y'" } }, /loop/],
  ])('is refused for %s, with the place', (_what, wrong, words) => {
    expect(mistakesIn(JSON.stringify({ file: { type: 'F' }, document: { type: 'D' }, ...wrong }))).toMatch(words);
  });

  it('is told by line and column within the expression', () => {
    const content =
      '{\n  "file": {\n    "type": "F",\n    "name": "file.reference + file.titel"\n  },\n  "document": { "type": "D" }\n}';
    expect(mistakesIn(content)).toMatch(/^line 4, column 3\d: file\.name: /);
  });
});
