import { describe, expect, test } from 'vitest';
import { workbook } from '../../scripts/samples/workbook.ts';
import type { DeliveryProfile } from '../../src/delivery/profile.ts';
import { inferProfile } from '../../src/validation/infer/infer-profile.ts';
import {
  checkFiles,
  directInspector,
  header,
  soundFiles,
  testProfile,
  testRules,
  withFolder,
} from '../support/delivery.ts';
import { bytesOf, checkForm, packageForms } from '../support/package-forms.ts';

const rows = ['scans/a.pdf;32.1-1;3;2;1;Süd', 'scans/b.pdf;32.1-2;2;1;0;'];
const csv = (...above: readonly string[]) => [...above, header, ...rows, ''].join('\r\n');
const cells = (...above: readonly string[]) => [
  ...above.map((line) => line.split(';')),
  header.split(';'),
  ...rows.map((row) => row.split(';')),
];

function withHeadingRow(headingRow: number) {
  const { manifest = { columns: {} } } = testRules;
  return testProfile({ manifest: { ...manifest, headingRow } as NonNullable<DeliveryProfile['manifest']> });
}

async function told(manifest: string | Uint8Array, profile = testProfile()) {
  const check = await checkFiles({ ...soundFiles(), 'index.csv': manifest }, profile);
  return { codes: check.findings.map(({ code, row }) => [code, row]), passed: check.counts.passed, check };
}

describe('headings below other rows', () => {
  test.each<[string, string | Uint8Array, number]>([
    ['a title', csv('Lieferung 4711'), 2],
    ['a title with commas', csv('Lieferung 4711, Landkreis Süd, Amt 32, 2021, Teil 1, neu'), 2],
    ['a title and a blank row', csv('Lieferung 4711', ''), 3],
    ['a title as Excel saves it', csv('Lieferung 4711;;;;;', ';;;;;', 'Stand: 1.2.2021;;;;;'), 4],
    ['a table of its own', csv('Amt;Süd', 'Datum;1.2.2021', 'Anzahl;2'), 4],
    ['a title, with commas between cells', csv('Lieferung 4711').replaceAll(';', ','), 2],
    ['a title, with tabs between cells', csv('Lieferung; 4711').replaceAll(/(?<!rung);/g, '\t'), 2],
    ['a title in a workbook', workbook('Index', cells('Lieferung 4711', '')), 3],
    ['a word that is a heading, too', csv('Datei'), 2],
  ])('are found and told: %s', async (_, manifest, row) => {
    const { codes, passed } = await told(manifest);
    expect(codes).toEqual([['manifest.heading-lower', row]]);
    expect(passed).toBe(2);
  });

  test('are not looked for beyond thirty rows, nor among rows that lack the paths', async () => {
    const above = Array.from({ length: 40 }, (_, index) => `Hinweis ${index}`);
    expect((await told(csv(...above))).codes).toContainEqual(['manifest.column-missing', 1]);
    expect((await told(csv('Aktenzeichen;Seiten;Blatt'))).codes).toEqual([['manifest.heading-lower', 2]]);
  });

  test('tell rows by the numbers that a spreadsheet shows', async () => {
    const { check } = await told(csv('Lieferung 4711', '').replace(';32.1-1;3;', ';32.1-1;4;'));
    expect(check.findings.find(({ code }) => code === 'pages.count-differs')?.row).toBe(4);
  });

  test('are taken from the row that the profile fixes, without a word', async () => {
    const title = csv('Lieferung 4711', 'Datei;Aktenzeichen;Seiten;Blatt;Leerseiten;Ort', 'x;1;1;1;1;');
    expect((await told(title, withHeadingRow(4))).codes).toEqual([]);
    expect((await told(workbook('Index', cells('Lieferung 4711', '')), withHeadingRow(3))).codes).toEqual([]);
    expect((await told(csv(), withHeadingRow(1))).codes).toEqual([]);
  });

  test('are not looked for elsewhere where the profile fixes the row', async () => {
    expect((await told(csv('Lieferung', ''), withHeadingRow(2))).codes).toContainEqual(['manifest.unreadable', 2]);
    expect((await told(csv(), withHeadingRow(9))).codes).toContainEqual(['manifest.unreadable', 9]);
    expect((await told(csv('Lieferung'), withHeadingRow(1))).codes).toContainEqual(['manifest.column-missing', 1]);
  });

  test('do not hide what is wrong in a row below', async () => {
    const { codes, passed } = await told(`${csv().replace('Aktenzeichen', 'AZ')}"scans/c.pdf;`);
    expect(codes).toContainEqual(['manifest.unreadable', 4]);
    expect(passed).toBe(2);
  });

  test.each(Object.keys(packageForms))('are told the same in a %s', async (form) => {
    const check = await checkForm(
      form,
      bytesOf({ ...soundFiles(), 'index.csv': csv('Lieferung 4711') }),
      testProfile(),
    );
    expect(check.findings.map(({ code, row }) => [code, row])).toEqual([['manifest.heading-lower', 2]]);
  });

  test.each<[string, string | Uint8Array, number]>([
    ['CSV', csv('Lieferung 4711', ''), 3],
    ['CSV with commas', csv('Lieferung 4711').replaceAll(';', ','), 2],
    ['a workbook', workbook('Index', cells('Lieferung 4711', '')), 3],
    ['CSV with headings that nobody knows', csv('Lieferung').replace(header, 'A;B;C;D;E;F'), 2],
  ])('are fixed in a profile that is inferred from %s', async (_, manifest, row) => {
    const inferred = await withFolder({ ...soundFiles(), 'index.csv': manifest }, (folder) =>
      inferProfile(folder, { inspector: directInspector }),
    );
    expect(inferred.profile.manifest?.headingRow).toBe(row);
    expect([inferred.check.verdict, inferred.check.counts.passed]).toEqual(['pass', 2]);
  });
});
