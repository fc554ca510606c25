import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { workbook as bookOf } from '../../scripts/samples/workbook.ts';
import { type DeliveryProfile, prepareProfile } from '../../src/delivery/profile.ts';
import { documentMistakes } from '../../src/shared/document.ts';
import { inferProfile } from '../../src/validation/infer/infer-profile.ts';
import { inlineRow, type WorkbookContent, workbook, workbookParts, zip } from '../shared/tables/table-files.ts';
import { checkFiles, directInspector, testProfile, withFolder } from '../support/delivery.ts';
import { bytesOf, checkForm } from '../support/package-forms.ts';
import { tablePdf } from '../support/sample-pdfs.ts';

const pdfs = { 'scans/a.pdf': tablePdf(3), 'scans/b.pdf': tablePdf(2) };
const sha256 = (path: keyof typeof pdfs) => createHash('sha256').update(pdfs[path]).digest('hex');

/** Names that every object of the language has, beside one that none has. */
const inherited = ['toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', 'usual'];

/** A manifest with a column of this name, in each format; '' is a cell without a value. */
function manifests(
  name: string,
  [a, b]: readonly [string, string],
): readonly (readonly [string, string | Uint8Array])[] {
  const rows = [
    ['scans/a.pdf', 3, a],
    ['scans/b.pdf', 2, b],
  ] as const;
  const objects = rows.map(([path, pages, value]) => JSON.stringify({ Datei: path, Seiten: pages, [name]: value }));
  return [
    ['csv', `Datei;Seiten;${name}\r\n${rows.map((row) => row.join(';')).join('\r\n')}`],
    ['json', `[${objects.join()}]`],
    ['jsonl', objects.join('\n')],
    ['xlsx', bookOf('Index', [['Datei', 'Seiten', name], ...rows])],
  ];
}

function profileOf(field: string, changes: Partial<DeliveryProfile> = {}) {
  return testProfile({
    layout: { manifests: ['index.*'], checksums: ['SHA256SUMS'], files: ['scans/*.pdf'] },
    manifest: { columns: { path: 'Datei', pages: 'Seiten', fields: { [field]: field } } },
    checksums: { required: false },
    pages: { declaredEqualsCounted: true },
    ...changes,
  });
}

describe('fields that are called as something that every object has', () => {
  test.each(inherited)('have the values of the manifest, and none where it has none: %s', async (field) => {
    const check = `has(row.${field}) && row.${field} == 'x'`;
    const profile = profileOf(field, {
      row: { type: 'object', required: [field], properties: { [field]: { type: 'string', maxLength: 3 } } },
      rules: [{ id: 'same', check, message: { de: 'x', en: 'x' } }],
    });
    for (const [format, manifest] of manifests(field, ['x', ''])) {
      const { findings, items } = await checkFiles({ ...pdfs, [`index.${format}`]: manifest }, profile);
      expect([...items].map(({ fields }) => Object.entries(fields))).toEqual([[[field, 'x']], []]);
      expect(findings.map(({ code }) => code)).toEqual(['manifest.row-invalid', 'rule.violated']);
    }
  });

  test.each(inherited)('take the value of the row above only where a row above has one: %s', async (field) => {
    const { manifest } = profileOf(field).source;
    const profile = profileOf(field, { manifest: { columns: {}, ...manifest, fillDown: [field] } as never });
    for (const [format, content] of manifests(field, ['', 'x'])) {
      const { findings, items } = await checkFiles({ ...pdfs, [`index.${format}`]: content }, profile);
      expect([[...findings], [...items].map(({ fields }) => fields[field])]).toEqual([[], [undefined, 'x']]);
    }
  });

  test.each(inherited)('differ from no name that the layout does not look for: %s', async (field) => {
    const layout = { manifests: ['index.*'], files: ['scans/{title}.pdf'] };
    for (const [format, manifest] of manifests(field, ['x', 'y'])) {
      const { findings } = await checkFiles({ ...pdfs, [`index.${format}`]: manifest }, profileOf(field, { layout }));
      expect([...findings]).toEqual([]);
    }
    const [[, manifest] = ['', '']] = manifests(field, ['a', 'x']);
    const named = profileOf(field, { layout: { ...layout, files: [`scans/{${field}}.pdf`] } });
    const { findings } = await checkFiles({ ...pdfs, 'index.csv': manifest }, named);
    expect(findings.map(({ code, row }) => [code, row])).toEqual([['rule.name-differs', 3]]);
  });

  test('are refused where expressions could not speak of them', () => {
    const { source } = profileOf('usual');
    const written = { ...source, manifest: { columns: { path: 'Datei', fields: { constructor: 'x' } } } };
    expect(documentMistakes(written, 'delivery-profile-1')).not.toEqual([]);
  });

  test.each(['constructor', '__proto__', ...inherited])(
    'are inferred from a column %s, and the package passes',
    async (name) => {
      for (const [format, manifest] of [...manifests(name, ['x', 'y']), ...manifests(name, ['', 'y'])]) {
        const { profile, check } = await withFolder({ ...pdfs, [`index.${format}`]: manifest }, (folder) =>
          inferProfile(folder, { inspector: directInspector }),
        );
        expect([check.verdict, check.counts.passed]).toEqual(['pass', 2]);
        expect(Object.values(profile.manifest?.columns.fields ?? {})).toEqual([name]);
        expect(documentMistakes(profile, 'delivery-profile-1')).toEqual([]);
      }
    },
  );
});

test.each(['folder', 'deflated zip', 'bag in a folder'])(
  'files and references of such names are files and references, in a %s',
  async (form) => {
    const names = ['__proto__', 'constructor', 'toString', '{x}', '^x'];
    const files = Object.fromEntries(names.map((name) => [`scans/${name}/${name}.pdf`, tablePdf(1)]));
    const rows = names.map((name) => `scans/${name}/${name}.pdf;${name};1`);
    const sums = names.map(
      (name) => `${createHash('sha256').update(tablePdf(1)).digest('hex')}  scans/${name}/${name}.pdf\n`,
    );
    const profile = testProfile({
      layout: { manifests: ['index.csv'], checksums: ['SHA256SUMS'], files: ['scans/{reference}/{title}.pdf'] },
      manifest: { columns: { path: 'Datei', reference: 'AZ', pages: 'Seiten' } },
      pages: { declaredEqualsCounted: true },
      rules: [{ id: 'once', unique: ['reference'] }],
    });
    const check = await checkForm(
      form,
      bytesOf({ ...files, 'index.csv': ['Datei;AZ;Seiten', ...rows].join('\n'), SHA256SUMS: sums.join('') }),
      profile,
    );
    expect([
      [...check.findings],
      check.counts.passed,
      [...check.items].map(({ reference }) => reference).sort(),
    ]).toEqual([[], names.length, [...names].sort()]);
  },
);

describe('values of workbooks', () => {
  const profile = profileOf('usual', { manifest: { columns: { path: 'Datei', pages: 'Seiten' } } });
  const head = inlineRow(1, 'Datei', 'Seiten');
  const last = inlineRow(3, 'scans/b.pdf', '2');
  const withCells = (cells: string, content: Partial<WorkbookContent> = {}) =>
    workbook({
      sheetData: `${head}<row r="2"><c r="A2" t="inlineStr"><is><t>scans/a.pdf</t></is></c>${cells}</row>${last}`,
      ...content,
    });
  const codes = async (manifest: Uint8Array) =>
    (await checkFiles({ ...pdfs, 'index.xlsx': manifest }, profile)).findings.map(({ code }) => code);

  test.each<[string, string, Partial<WorkbookContent>]>([
    ['a cell that is there twice', '<c r="B2"><v>9</v></c><c r="B2"><v>3</v></c>', {}],
    ['a cell of another row', '<c r="B7"><v>3</v></c>', {}],
    ['a shared text without a number', '<c r="B2" t="s"><v></v></c>', { strings: '<si><t>3</t></si>' }],
    ['a shared text that is no number', '<c r="B2" t="s"><v>0x0</v></c>', { strings: '<si><t>3</t></si>' }],
    [
      'a row that is no number',
      '',
      { sheetData: `${head}${inlineRow(2, 'scans/a.pdf', '3').replace('r="2"', 'r="1e3"')}` },
    ],
  ])('are refused where nobody knows what is meant: %s', async (_, cells, content) => {
    expect(await codes(withCells(cells, content))).toEqual(['manifest.unreadable']);
  });

  test('are numbers only as workbooks write numbers', async () => {
    expect(await codes(withCells('<c r="B2"><v>3E0</v></c>'))).toEqual([]);
    expect(await codes(withCells('<c r="B2"><v>0x3</v></c>'))).toEqual(['manifest.value-unreadable']);
  });

  test('come from the first sheet that people see, unless all are hidden', async () => {
    const parts = workbookParts({ sheetData: head + inlineRow(2, 'scans/a.pdf', '3') + last });
    const sheets = (first: string, second: string) =>
      zip([
        ...parts.map(({ name, bytes }) => ({
          name,
          bytes: String(bytes)
            .replace('<sheet name="Blatt"', `<sheet name="Liste" ${first} r:id="rId9"/><sheet name="Blatt" ${second}`)
            .replace(
              '</Relationships>',
              `${name.includes('workbook') ? '<Relationship Id="rId9" Type="x/worksheet" Target="worksheets/sheet9.xml"/>' : ''}</Relationships>`,
            ),
        })),
        {
          name: 'xl/worksheets/sheet9.xml',
          bytes: `<worksheet><sheetData>${inlineRow(1, 'Wert')}</sheetData></worksheet>`,
        },
      ]);
    expect(await codes(sheets('state="hidden"', ''))).toEqual([]);
    expect(await codes(sheets('state="veryHidden"', 'state="visible"'))).toEqual([]);
    expect(await codes(sheets('', ''))).toContain('manifest.column-missing');
    expect(await codes(sheets('state="hidden"', 'state="hidden"'))).toContain('manifest.column-missing');
  });
});

describe('values of JSON', () => {
  const profile = profileOf('usual', { manifest: { columns: { path: 'Datei', pages: 'Seiten' } } });
  const record = (pages: string, path = 'a') => `{"Datei":"scans/${path}.pdf","Seiten":${pages}}`;
  const codes = async (manifest: string) =>
    (await checkFiles({ ...pdfs, 'index.json': manifest }, profile)).findings.map(({ code }) => code);

  test('are counts where programs keep these as floats, and not where they have a fraction', async () => {
    expect(await codes(`[${record('3.0')},${record('2.00', 'b')}]`)).toEqual([]);
    expect(await codes(`[${record('3.01')},${record('2', 'b')}]`)).toEqual(['manifest.value-unreadable']);
    expect(await codes(`[${record('"3.0"')},${record('2', 'b')}]`)).toEqual(['manifest.value-unreadable']);
  });

  test('are one text: what is joined to it is refused', async () => {
    expect(await codes(`[${record('3')}][${record('2', 'b')}]`)).toContain('manifest.unreadable');
    expect(await codes(`[${record('3')},${record('2', 'b')}]\n`)).toEqual([]);
  });
});

describe('an inferred profile', () => {
  const inferred = async (files: Record<string, string | Uint8Array>) => {
    const found = await withFolder(files, (folder) => inferProfile(folder, { inspector: directInspector }));
    expect(prepareProfile(found.profile)).not.toBeInstanceOf(Array);
    expect(documentMistakes(found.profile, 'delivery-profile-1')).toEqual([]);
    return found;
  };

  test('demands checksums only where every document has one', async () => {
    const one = await inferred({ ...pdfs, SHA256SUMS: `${sha256('scans/a.pdf')}  scans/a.pdf\n` });
    expect([one.profile.checksums?.required, one.check.verdict]).toEqual([false, 'pass']);
    const sums = `${sha256('scans/a.pdf')}  scans/a.pdf\n${sha256('scans/b.pdf')}  scans/b.pdf\n`;
    const both = await inferred({ ...pdfs, SHA256SUMS: sums });
    expect([both.profile.checksums, both.check.verdict]).toEqual([{ required: true, algorithms: ['sha256'] }, 'pass']);
  });

  test('names no algorithms where a list does not say its own', async () => {
    const hashdeep = `%%%% HASHDEEP-1.0\n%%%% size,sha256,filename\n1,${sha256('scans/b.pdf')},scans/b.pdf\n`;
    const md5 = createHash('md5').update(pdfs['scans/a.pdf']).digest('hex');
    const { profile, check } = await inferred({ ...pdfs, 'hashdeep.txt': hashdeep, MD5SUMS: `${md5}  scans/a.pdf\n` });
    expect([profile.checksums, check.verdict]).toEqual([{ required: true }, 'pass']);
  });

  test('takes many files of one kind by their ending', async () => {
    const files: Record<string, string | Uint8Array> = {};
    for (let number = 0; number < 110; number += 1) {
      files[`scans/${number}.pdf`] = tablePdf(1);
      files[`scans/${number}.pdf.sha256`] = createHash('sha256').update(tablePdf(1)).digest('hex');
      files[`text/${number}.txt`] = `Seite ${number}`;
    }
    const { profile, check } = await inferred(files);
    expect(profile.layout).toMatchObject({ checksums: ['**/*.sha256'], ignore: ['**/*.txt'] });
    expect([check.verdict, [...check.findings]]).toEqual(['pass', []]);
  });

  test.each(['^x', '{a,b}', '{x}', 'a{b'])('takes names that look like patterns for names: %s', async (name) => {
    const { check, profile } = await inferred({
      [`scans/${name}/a.pdf`]: tablePdf(1),
      [`${name}.txt`]: 'x',
      [`${name}.csv`]: `Datei;Aktenzeichen\nscans/${name}/a.pdf;${name}\n`,
    });
    expect([check.verdict, [...check.findings], profile.layout.ignore?.length]).toEqual(['pass', [], 1]);
  });
});
