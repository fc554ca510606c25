import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleDelivery, writeDelivery } from '../../../scripts/samples/delivery.ts';
import { prepareProfile } from '../../../src/delivery/profile.ts';
import { documentMistakes } from '../../../src/shared/document.ts';
import { checkPackage } from '../../../src/validation/check-package.ts';
import { inferProfile } from '../../../src/validation/infer/infer-profile.ts';
import { inferLayout } from '../../../src/validation/infer/layout.ts';
import { shapeOf } from '../../../src/validation/infer/shape.ts';
import { directInspector, withFolder } from '../../support/delivery.ts';
import { tablePdf } from '../../support/sample-pdfs.ts';

const options = { inspector: directInspector };

describe('a profile inferred from a good package', () => {
  test('states layout, columns, what values have in common, checksums, page rules; and the package passes it', async () => {
    await withFolder({}, async (root) => {
      const folder = join(root, 'Muster Lieferung');
      await writeDelivery(folder, sampleDelivery());
      const { profile, check } = await inferProfile(folder, options);
      expect(documentMistakes(profile, 'delivery-profile-1')).toEqual([]);
      expect(profile).toMatchObject({
        profile: 'muster-lieferung',
        layout: { manifests: ['index.csv'], checksums: ['SHA256SUMS'], files: ['scans/{reference}/*.{pdf,tif}'] },
        manifest: {
          format: 'csv',
          delimiter: ';',
          columns: { path: 'Dateiname', reference: 'Aktenzeichen', pages: 'Seiten' },
        },
        row: { properties: { reference: { pattern: '^ORD-[0-9]{4}-[0-9]{3}$' } } },
        files: { formats: ['pdf', 'tiff'] },
        checksums: { required: true, algorithms: ['sha256'] },
        pages: { declaredEqualsCounted: true, sheetsTimesTwo: true },
      });
      expect(check.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(check.verdict).toBe('pass');
    });
  });

  test('refuses what the good package did not show', async () => {
    await withFolder({}, async (root) => {
      await writeDelivery(join(root, 'good'), sampleDelivery());
      const { profile } = await inferProfile(join(root, 'good'), options);
      const loaded = prepareProfile(profile);
      if (Array.isArray(loaded)) throw new Error('unfit');
      await writeDelivery(
        join(root, 'bad'),
        sampleDelivery(undefined, { files: { 'scans/ORD-2019-001/0001.pdf': tablePdf(9) } }),
      );
      const { findings } = await checkPackage(join(root, 'bad'), loaded, options);
      expect(findings.map(({ code }) => code)).toContain('pages.count-differs');
    });
  });

  test('needs no manifest', async () => {
    const { profile, check } = await withFolder({ 'a/x.pdf': tablePdf(1), 'a/b/y.pdf': tablePdf(2) }, (folder) =>
      inferProfile(folder, options),
    );
    expect(profile).toMatchObject({ layout: { files: ['a/**/*.pdf'] }, checksums: { required: false } });
    expect(check.verdict).toBe('pass');
  });

  test.each([
    ['JSON', 'index.json', (rows: object[]) => JSON.stringify(rows)],
    ['JSON Lines', 'index.jsonl', (rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')],
    [
      'CSV',
      'index.csv',
      (rows: object[]) => ['Datei;Seiten', ...rows.map((row) => Object.values(row).join(';'))].join('\n'),
    ],
  ])('finds the manifest as %s, with paths from its own folder', async (_form, name, write) => {
    const rows = [1, 2].map((pages) => ({ Datei: `a${pages}.pdf`, Seiten: pages }));
    for (const folder of ['', 'scans/']) {
      const files = {
        [`${folder}a1.pdf`]: tablePdf(1),
        [`${folder}a2.pdf`]: tablePdf(2),
        [`${folder}${name}`]: Buffer.from(write(rows)),
      };
      const { profile, check, doubts } = await withFolder(files, (place) => inferProfile(place, options));
      expect(profile).toMatchObject({
        layout: { manifests: [`${folder}${name}`] },
        manifest: { columns: { path: 'Datei', pages: 'Seiten' } },
        pages: { declaredEqualsCounted: true },
      });
      expect([check.verdict, check.counts.declared, doubts]).toEqual(['pass', 2, { ignored: [], pagesDiffer: 0 }]);
    }
  });

  test('tells what it cannot make a rule of', async () => {
    const files = {
      'a.pdf': tablePdf(1),
      'b.pdf': tablePdf(2),
      'index.csv': Buffer.from('Datei;Seiten\na.pdf;1\nb.pdf;3\n'),
      'index.xml': Buffer.from('<l><d>a.pdf</d></l>'),
      'mets.xml': Buffer.from('<mets/>'),
    };
    const { profile, doubts } = await withFolder(files, (place) => inferProfile(place, options));
    expect(profile.pages?.declaredEqualsCounted ?? false).toBe(false);
    expect(doubts).toEqual({ ignored: ['index.xml', 'mets.xml'], pagesDiffer: 1 });
  });

  test('is not made from a package without documents', async () => {
    await expect(withFolder({ 'x.txt': 'x' }, (folder) => inferProfile(folder, options))).rejects.toMatchObject({
      code: 'profile.no-documents',
    });
  });
});

test.each([
  [['1', '22', '0'], { type: 'integer', always: true, schema: { format: 'count' } }],
  [['31.12.2020', '2020-01-01'], { type: 'date', schema: { format: 'any-date' } }],
  [['1,5', '1.000,25'], { type: 'decimal', schema: { format: 'decimal' } }],
  [['ja', 'Nein'], { type: 'yes-no' }],
  [['0001', '0002'], { type: 'text', schema: { pattern: '^[0-9]{4}$' } }],
  [['A-1/20', 'B-22/21'], { schema: { pattern: '^[A-Z]+-[0-9]{1,2}\\/[0-9]{2}$' } }],
  [['B', 'B', 'A', 'A', 'A', 'B'], { schema: { enum: ['A', 'B'] } }],
  [['frei', 'Text mit Worten'], { schema: {} }],
  [['x', undefined], { always: false }],
])('the values %j have in common %j', (values, expected) => {
  expect(shapeOf(values)).toMatchObject(expected);
});

test('more values than a function may have arguments have a shape', () => {
  const values = Array.from({ length: 200_000 }, (_, index) => `A-${index}`);
  expect(shapeOf(values).schema).toEqual({ pattern: '^A-[0-9]{1,6}$' });
});

test.each([
  [['a/1.pdf', 'b/2.pdf'], ['*/*.pdf']],
  [['s/a/1.pdf', 's/2.tif'], ['s/**/*.{pdf,tif}']],
  [['1.PDF', '2.pdf'], ['*.pdf']],
  [['a{x}/1.pdf'], ['a?x?/*.pdf']],
])('documents at %j lie in %j', (paths, expected) => {
  expect(inferLayout(paths.map((path) => ({ path, values: {} })))).toEqual(expected);
});
