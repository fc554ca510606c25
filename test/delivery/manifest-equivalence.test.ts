import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import Excel from 'exceljs';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { indexEntries } from '../../src/delivery/entry-index.ts';
import { readManifest, rowListFor } from '../../src/delivery/manifest.ts';
import { type DeliveryProfile, prepareProfile } from '../../src/delivery/profile.ts';
import type { Finding } from '../../src/findings/finding.ts';
import type { ContentLocation } from '../../src/inspection/content.ts';
import { testProfile, withFolder } from '../support/delivery.ts';

const columns = ['Datei', 'Aktenzeichen', 'Seiten', 'Blatt', 'Leerseiten', 'Ort'] as const;
type Record = Readonly<Partial<{ [Column in (typeof columns)[number]]: string }>>;

/** Mistakes that every form can hold: no path, a path that leads out, wrong case, backslashes, thousands dots. */
const records: readonly Record[] = [
  { Datei: 'scans/a.pdf', Aktenzeichen: '32.1-1', Seiten: '1.203', Blatt: '2', Leerseiten: '1', Ort: 'Südstraße' },
  { Datei: 'scans/b.pdf', Aktenzeichen: '32.1-2; "neu", \'b\'', Seiten: '2', Blatt: '1', Leerseiten: '0' },
  { Aktenzeichen: '32.1-3', Seiten: '2', Blatt: '1', Leerseiten: '0' },
  { Datei: '../c.pdf', Aktenzeichen: '32.1-4', Ort: 'Köln' },
  { Datei: 'Scans\\A.pdf', Aktenzeichen: '32.1-5', Ort: 'zwei\nZeilen' },
  { Datei: 'scans/fehlt.pdf', Aktenzeichen: '32.1-6' },
];

function csv(delimiter = ';', lineEnd = '\r\n', quote = '"'): string {
  const cell = (words = '') => {
    const needed = [delimiter, quote, '\n'].some((sign) => words.includes(sign));
    return needed ? quote + words.replaceAll(quote, quote + quote) + quote : words;
  };
  const rows = [columns, ...records.map((record) => columns.map((column) => record[column]))];
  return rows.map((cells) => cells.map((words) => cell(words)).join(delimiter) + lineEnd).join('');
}

async function xlsx(): Promise<Uint8Array> {
  const book = new Excel.Workbook();
  const sheet = book.addWorksheet('Liste');
  sheet.addRows([[...columns], ...records.map((record) => columns.map((column) => record[column]))]);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const escaped = (words: string) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('\n', '&#10;');

function xml(encoding = ''): string {
  const elements = (record: Record) =>
    Object.entries(record).map(([name, words]) => `<${name}>${escaped(words)}</${name}>`);
  const declaration = `<?xml version="1.0"${encoding}?>`;
  return `${declaration}<l:lieferung xmlns:l="urn:x">\n${records.map((r) => `<l:dok>${elements(r).join('')}</l:dok>\n`).join('')}</l:lieferung>`;
}

const attributes = `<lieferung>${records
  .map(
    (record) =>
      `<dok ${Object.entries(record)
        .map(([name, words]) => `${name}="${escaped(words)}"`)
        .join(' ')}/>`,
  )
  .join('')}</lieferung>`;

async function read(
  content: string | Uint8Array,
  manifest: Partial<DeliveryProfile['manifest']> = {},
  location: Partial<ContentLocation> = {},
) {
  const findings: Finding[] = [];
  const index = indexEntries(['scans/a.pdf', 'scans/b.pdf'].map((path) => ({ path, kind: 'file', size: 1, stamp: 0 })));
  const base = testProfile().source.manifest ?? { columns: { path: '' } };
  const profile = testProfile({ manifest: { ...base, ...manifest }, pages: {} });
  const report = (finding: Finding) => void findings.push(finding);
  const rows = rowListFor(profile, index);
  const file = await withFolder({ table: content }, (folder) =>
    readManifest({ path: 'index', file: join(folder, 'table'), ...location }, rows, { profile, index, report }),
  );
  return { file, rows: [...rows], findings };
}

/** What a form says, with its rows counted from the first record. */
function said({ rows, findings }: Awaited<ReturnType<typeof read>>, first: number) {
  return {
    rows: rows.map(({ row, path, broken, values }) => ({ row: row - first, path, broken, values })),
    findings: findings
      .map(({ row, args, ...finding }) => ({ ...finding, row: row === undefined ? undefined : row - first, args }))
      // Where a form has no header, columns are told at its end.
      .sort((one, other) => one.code.localeCompare(other.code)),
  };
}

const inXml = { records: 'lieferung/dok' };
const asAttributes = (name: string) => ({ column: `@${name}`, optional: true });
const attributeColumns = {
  path: '@Datei',
  reference: '@Aktenzeichen',
  pages: '@Seiten',
  sheets: '@Blatt',
  removedBlanks: '@Leerseiten',
  fields: { place: asAttributes('Ort') },
};

describe('the same manifest says the same', () => {
  const text = csv();
  const json = JSON.stringify(records, null, 2);
  interface Form {
    readonly name: string;
    readonly content: () => string | Uint8Array | Promise<Uint8Array>;
    readonly first: number;
    readonly manifest: Partial<NonNullable<DeliveryProfile['manifest']>>;
  }
  const form = (name: string, content: Form['content'], first: number, manifest: Form['manifest'] = {}): Form => ({
    name,
    content,
    first,
    manifest,
  });
  const forms: readonly Form[] = [
    form('CSV in UTF-8 with byte order mark', () => `\uFEFF${text}`, 2),
    form('CSV in UTF-16 LE', () => Buffer.from(`\uFEFF${text}`, 'utf16le'), 2),
    form('CSV in UTF-16 LE without mark', () => Buffer.from(text, 'utf16le'), 2),
    form('CSV in UTF-16 BE', () => iconv.encode(text, 'utf-16be', { addBOM: true }), 2),
    form('CSV in Windows-1252', () => iconv.encode(text, 'windows-1252'), 2),
    form('CSV in ISO 8859-15', () => iconv.encode(text, 'iso-8859-15'), 2, { encoding: 'iso-8859-15' }),
    form('CSV in ISO 8859-1', () => iconv.encode(text, 'iso-8859-1'), 2, { encoding: 'iso-8859-1' }),
    form('CSV in code page 850', () => iconv.encode(text, 'cp850'), 2),
    form('CSV with commas', () => csv(','), 2),
    form('CSV with tabs and line feeds', () => csv('\t', '\n'), 2),
    form('CSV with single quotes', () => csv(';', '\r\n', "'"), 2, { quote: "'" }),
    form('XLSX', xlsx, 2),
    form('JSON', () => json, 1),
    form('JSON in UTF-16', () => Buffer.from(`\uFEFF${json}`, 'utf16le'), 1),
    form('JSON in Windows-1252', () => iconv.encode(json, 'windows-1252'), 1),
    form('JSON under a path', () => JSON.stringify({ nr: 1, liste: { dok: records } }), 1, { records: 'liste.dok' }),
    form('JSON Lines', () => records.map((record) => `${JSON.stringify(record)}\n`).join(''), 1),
    form('XML', () => xml(), 1, inXml),
    form('XML in ISO 8859-1', () => iconv.encode(xml(' encoding="ISO-8859-1"'), 'iso-8859-1'), 1, inXml),
    form('XML in UTF-16', () => Buffer.from(`\uFEFF${xml(' encoding="UTF-16"')}`, 'utf16le'), 1, inXml),
  ];

  it.each(forms)('in $name', async ({ content, first, manifest }) => {
    const expected = said(await read(text), 2);
    expect(expected.findings.map(({ code }) => code)).toEqual([
      'manifest.backslashes',
      'manifest.path-missing',
      'manifest.path-unsafe',
      'name.case-differs',
    ]);
    expect(expected.rows[0]?.values).toMatchObject({ pages: '1203', place: 'Südstraße' });
    expect(said(await read(await content(), manifest), first)).toEqual(expected);
  });

  it('in attributes of XML, but for the names of its columns', async () => {
    const { rows } = said(await read(attributes, { ...inXml, columns: attributeColumns }), 1);
    expect(rows).toEqual(said(await read(text), 2).rows);
  });
});

describe('a manifest whose columns do not fit says so', () => {
  const renamed = records.map(({ Datei, ...others }) => ({ ...others, Pfad: Datei }));
  it.each([
    ['JSON', JSON.stringify(renamed), {}],
    ['JSON Lines', renamed.map((record) => JSON.stringify(record)).join('\n'), {}],
    ['XML', '<lieferung><dok><Pfad>scans/a.pdf</Pfad></dok></lieferung>', inXml],
  ])('in %s: without the paths no row counts', async (_form, content, manifest) => {
    const { file, rows, findings } = await read(content, manifest);
    expect(file).toMatchObject({ rows: 0, complete: false });
    expect(rows).toEqual([]);
    const codes = findings.map(({ code }) => code);
    expect(codes).toContain('manifest.column-missing');
    expect(codes).toContain('manifest.columns-unused');
    expect(codes).not.toContain('manifest.path-missing');
  });

  it('and tells the first records that lack a path when a later one has it', async () => {
    const { findings } = await read(JSON.stringify([{ Seiten: '1' }, ...records]));
    expect(findings.filter(({ code }) => code === 'manifest.path-missing').map(({ row }) => row)).toEqual([1, 4]);
  });

  it.each([
    ['[]', {}],
    ['<lieferung></lieferung>', inXml],
  ])('and one without a record, %s, is empty', async (content, manifest) => {
    const { file, findings } = await read(content, manifest);
    expect(findings).toMatchObject([{ code: 'manifest.empty' }]);
    expect(file.complete).toBe(false);
  });
});

describe('mistakes of form', () => {
  it.each([
    ['[{"Datei": "scans/a.pdf"}, {"Datei": ', {}, 'json-invalid', 2],
    ['<lieferung><dok><Datei>scans/a.pdf</Datei></dok><dok>', inXml, 'xml-invalid', 2],
    ['<!DOCTYPE lieferung []><lieferung/>', inXml, 'xml-doctype', undefined],
    ['<lieferung/>', {}, 'records-not-found', undefined],
    [`${csv().slice(0, -2)}"`, { format: 'json' }, 'json-invalid', 1],
  ])('of %s are one finding with its row', async (content, manifest, code, row) => {
    const { file, findings } = await read(content, manifest as object);
    const unreadable = findings.filter((finding) => finding.code === 'manifest.unreadable');
    expect(unreadable).toMatchObject([{ args: { problem: { code } } }]);
    expect(unreadable[0]?.row).toBe(row);
    expect(file.complete).toBe(false);
  });

  it('of single values are told with their column, and the row is trusted no further', async () => {
    const content = '[{"Datei": "scans/a.pdf", "Seiten": 1, "Seiten": 2}, {"Datei": ["scans/b.pdf"]}]';
    const { rows, findings } = await read(content);
    expect(findings.filter(({ code }) => code === 'manifest.value-unreadable')).toMatchObject([
      { row: 1, args: { column: 'Seiten', expected: 'single' } },
      { row: 2, args: { column: 'Datei', expected: 'plain' } },
    ]);
    expect(rows.map(({ broken }) => broken)).toEqual([true, true]);
  });

  it('a byte order mark between joined files is passed over and told', async () => {
    const [head = '', ...rows] = csv().split(/(?<=\r\n)/);
    const { findings, rows: read_ } = await read([head, '\uFEFF', ...rows].join(''));
    expect(findings.find(({ code }) => code === 'manifest.mark-inside')).toMatchObject({ row: 2, args: { rows: 1 } });
    expect(read_[0]).toMatchObject({ path: 'scans/a.pdf', broken: false });
  });

  it('mixed line ends are told once, with how many there are of each', async () => {
    const { findings } = await read(csv().replace('\r\n', '\n'));
    expect(findings.find(({ code }) => code === 'manifest.line-ends-mixed')?.args).toEqual({ crlf: 6, lf: 1, cr: 0 });
  });

  it('a zero byte is told with its row', async () => {
    const { findings } = await read(csv().replace('Köln', 'K\0ln'));
    expect(findings).toContainEqual(expect.objectContaining({ code: 'manifest.unreadable', row: 5 }));
  });

  it('a format or encoding other than agreed is told', async () => {
    const { findings } = await read(await xlsx(), { format: 'csv' });
    expect(findings).toMatchObject([{ code: 'manifest.format-not-agreed', args: { found: 'xlsx', agreed: 'csv' } }]);
    const other = await read(`\uFEFF${csv()}`, { encoding: 'windows-1252' });
    expect(other.findings).toMatchObject([{ args: { problem: { code: 'encoding-contradicted' } } }]);
  });
});

describe('rows that lean on others', () => {
  it('take the reference of the row above where the profile says so', async () => {
    const { rows } = await read(
      'Datei;Aktenzeichen;Seiten;Blatt;Leerseiten\na;A;1;1;1\nb;;1;1;1\nc;C;1;1;1\nd;;1;1;1\n',
      {
        fillDown: ['reference'],
      },
    );
    expect(rows.map(({ values }) => values.reference)).toEqual(['A', 'A', 'C', 'C']);
  });

  it('take what surrounds them in JSON and XML', async () => {
    const manifest = { columns: { path: 'Datei', reference: '../Aktenzeichen' } };
    const file = { Aktenzeichen: 'A', Dokumente: [{ Datei: 'a' }, { Datei: 'b' }] };
    const inJson = await read(JSON.stringify([file]), { ...manifest, records: 'Dokumente' });
    expect(inJson.rows.map(({ values }) => values)).toEqual([
      { path: 'a', reference: 'A' },
      { path: 'b', reference: 'A' },
    ]);
    const inTree = '<l><akte Aktenzeichen="A"><dok><Datei>a</Datei></dok><dok><Datei>b</Datei></dok></akte></l>';
    const { rows } = await read(inTree, {
      columns: { path: 'Datei', reference: '../@Aktenzeichen' },
      records: 'l/akte/dok',
    });
    expect(rows).toMatchObject(inJson.rows.map(({ row, values }) => ({ row, values })));
  });

  it('name files beside their manifest where the profile says so', async () => {
    const index = indexEntries([{ path: 'karton-1/scans/a.pdf', kind: 'file', size: 1, stamp: 0 }]);
    const profile = testProfile({ pages: {}, manifest: { paths: 'manifest', columns: { path: 'Datei' } } });
    const rows = rowListFor(profile, index);
    await withFolder({ table: 'Datei\nscans/a.pdf\n' }, (folder) =>
      readManifest({ path: 'karton-1/index.csv', file: join(folder, 'table') }, rows, {
        profile,
        index,
        report: (finding) => expect(finding).toBeUndefined(),
      }),
    );
    expect(rows.at(0)?.entry?.path).toBe('karton-1/scans/a.pdf');
  });
});

describe('a manifest that is a part of a container', () => {
  const parts = [
    ['CSV', () => csv(), 2, {}],
    ['XLSX', xlsx, 2, {}],
    ['JSON', () => JSON.stringify(records), 1, {}],
    ['XML', () => xml(), 1, inXml],
  ] as const;

  it.each(parts)('says the same, stored or deflated: %s', async (_name, content, first, manifest) => {
    const bytes = Buffer.from(await content());
    const expected = said(await read(bytes, manifest), first);
    for (const compression of ['stored', 'deflate'] as const) {
      const packed = compression === 'stored' ? bytes : deflateRawSync(bytes);
      const part = { offset: 7, length: packed.length, compression, size: bytes.length, crc32: crc32(bytes) };
      const container = Buffer.concat([Buffer.from('before '), packed, Buffer.from(' behind')]);
      expect(said(await read(container, manifest, { part }), first)).toEqual(expected);
    }
  });

  it('is unreadable where its content is not what the container states', async () => {
    const packed = deflateRawSync(Buffer.from(csv()));
    const part = {
      offset: 0,
      length: packed.length,
      compression: 'deflate',
      size: csv().length + 9,
      crc32: 0,
    } as const;
    const { findings, file } = await read(packed, {}, { part });
    expect(findings.map(({ code }) => code)).toContain('manifest.unreadable');
    expect(file.complete).toBe(false);
  });
});

describe('a profile', () => {
  const mistakes = (manifest: Partial<NonNullable<DeliveryProfile['manifest']>>) => {
    const layout = { manifests: ['index'], files: ['scans/**'] };
    const base = { profile: 'test', version: '1', title: 'Test', layout };
    const prepared = prepareProfile({ ...base, manifest: { columns: { path: 'Datei' }, ...manifest } });
    return Array.isArray(prepared) ? prepared.map(({ steps }) => steps.join('.')) : [];
  };

  it('must say where the records of XML are, and may fill down only what it maps', () => {
    expect(mistakes({ format: 'xml' })).toEqual(['manifest.format']);
    expect(mistakes({ format: 'xml', records: 'l/d' })).toEqual([]);
    expect(mistakes({ fillDown: ['reference'] })).toEqual(['manifest.fillDown.0']);
  });
});
