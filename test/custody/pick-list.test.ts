import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { renderPickList } from '../../src/custody/pick-list-export.ts';
import { readPickList } from '../../src/custody/pick-list-import.ts';
import { fileKey, referenceKey } from '../../src/custody/reference.ts';
import type { Batch, ListedFileRow } from '../../src/custody/store.ts';
import type { ScanlotError } from '../../src/shared/errors.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function csv(...lines: readonly string[]): string {
  const path = join(folder, 'list.csv');
  writeFileSync(path, lines.join('\r\n'));
  return path;
}

async function mistakesOf(path: string): Promise<string[]> {
  const error = await readPickList(path).then(
    () => undefined,
    (reason: ScanlotError) => reason,
  );
  expect(error?.exitCode).toBe(2);
  return (error?.details ?? []).map(({ en }) => en);
}

test('columns are recognised in German and in English, others are told as unused', async () => {
  const german = await readPickList(
    csv('Aktenzeichen;Band;Karton;Blattzahl;Betreff;Regal', 'III/12;2;K-1;1.200;Müller;7'),
  );
  expect(german.ignored).toEqual(['Regal']);
  const english = await readPickList(
    csv('file reference,volume,box,expected sheets,title', 'III/12,2,K-1,1200,Müller'),
  );
  expect(english.files).toEqual(german.files);
  expect(english.files[0]).toMatchObject({ reference: 'III/12', volume: '2', box: 'K-1', expectedSheets: 1200 });
});

test('only the reference has to be there', async () => {
  const { files } = await readPickList(csv('AZ', '4711'));
  expect(files).toEqual([
    { row: 2, reference: '4711', referenceKey: '4711', volume: '', box: null, expectedSheets: null, title: '' },
  ]);
});

test('all mistakes are told at once, by row and column', async () => {
  const path = csv(
    'Aktenzeichen;Band;Karton;Blatt;Titel',
    'A 1;1;K1;10;x',
    ';1;K1;10;x',
    'A 3;1;K1;zehn;x',
    'A  1;1;K2;0;x',
    `${'A'.repeat(201)};1;Käfig;5;x`,
    'A\u202e4;1;K1;5;x',
  );
  const mistakes = await mistakesOf(path);
  expect(mistakes).toEqual([
    expect.stringContaining('Row 3, column "Aktenzeichen"'),
    expect.stringContaining('Row 4, column "Blatt"'),
    expect.stringMatching(/Row 5, column "Blatt"/),
    expect.stringMatching(/Row 5, column "Band".*row 2/),
    expect.stringMatching(/Row 6, column "Aktenzeichen".*at most 200/),
    expect.stringContaining('Row 6, column "Karton"'),
    expect.stringMatching(/Row 7, column "Aktenzeichen".*control characters/),
  ]);
});

test('a reference that a spreadsheet made into a date is refused, not guessed', async () => {
  const exceljs = (await import('exceljs')).default;
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('Liste');
  sheet.addRow(['Aktenzeichen', 'Blatt']);
  sheet.addRow([new Date('2020-12-01T00:00:00Z'), 3]).getCell(1).numFmt = 'dd.mm.yyyy';
  const path = join(folder, 'list.xlsx');
  await workbook.xlsx.writeFile(path);
  expect(await mistakesOf(path)).toEqual([expect.stringContaining('made a date of it')]);
});

test('white space and Unicode form make no difference between references, letter case does', () => {
  expect(referenceKey(' III / 12\u00a0 a ')).toBe('III / 12 a');
  expect(referenceKey('Mu\u0308ller')).toBe('M\u00fcller');
  expect(referenceKey('III/12 a')).not.toBe(referenceKey('III/12 A'));
  expect(fileKey({ reference: 'A 1', volume: '1' })).toBe(fileKey({ reference: 'A  1 ', volume: ' 1' }));
  expect(fileKey({ reference: 'A 1', volume: '' })).not.toBe(fileKey({ reference: 'A', volume: '1' }));
});

const batch = { key: 'B-1', handed_over_on: '2021-02-01', order: { id: 1, number: 'A-1', pages: 1 } } as Batch;

/** Words as people write them, and what a spreadsheet would take for a formula. */
const words = fc
  .tuple(
    fc.constantFrom('', '=', '+', '-', '@', "'"),
    fc.string({ unit: fc.constantFrom('a', 'Z', 'ä', 'ß', '0', '7', ' ', '/', ';', ',', '"', '.'), maxLength: 12 }),
    fc.constantFrom('x', 'Ü', '9'),
  )
  .map((parts) => referenceKey(parts.join('')));

const row = fc.record({
  reference: words.filter((value) => !value.startsWith("'")),
  volume: fc.constantFrom('', '1', '2', 'III'),
  box: fc.constantFrom(null, 'K-1', '=K2'),
  sheets: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: null }),
  title: fc.oneof(fc.constant(''), words).filter((value) => !value.startsWith("'")),
});

test('what is written as CSV or XLSX reads back as it was, and holds no formula', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(row, { minLength: 1, maxLength: 8, selector: fileKey }),
      fc.constantFrom('csv', 'xlsx'),
      fc.constantFrom('de', 'en'),
      async (rows, format, language) => {
        const files = rows.map(
          ({ sheets, ...file }) => ({ ...file, expected_sheets: sheets }) as unknown as ListedFileRow,
        );
        const bytes = await renderPickList(batch, files, { format, language, at: new Date('2021-02-01') });
        const path = join(folder, `list.${format}`);
        writeFileSync(path, bytes);
        if (format === 'csv') expect(Buffer.from(bytes).toString('utf8')).not.toMatch(/(^|[\r\n,;"])[=+@]/u);
        const { files: read, ignored } = await readPickList(path);
        expect(ignored).toEqual([]);
        expect(
          read.map(({ reference, volume, box, expectedSheets, title }) => ({
            reference,
            volume,
            box,
            sheets: expectedSheets,
            title,
          })),
        ).toEqual(rows);
      },
    ),
    { numRuns: 40 },
  );
});
