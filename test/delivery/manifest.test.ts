import { join } from 'node:path';
import Excel from 'exceljs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexEntries } from '../../src/delivery/entry-index.ts';
import { readManifest, rowListFor } from '../../src/delivery/manifest.ts';
import type { DeliveryProfile } from '../../src/delivery/profile.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { header, testProfile, withFolder } from '../support/delivery.ts';

const paths = ['scans/a.pdf', 'scans/b.pdf'];

async function read(content: string | Uint8Array, changes: Partial<DeliveryProfile> = {}) {
  const findings: Finding[] = [];
  const index = indexEntries(paths.map((path) => ({ path, kind: 'file', size: 1, stamp: 0 })));
  const reading = { profile: testProfile(changes), index, report: (finding: Finding) => void findings.push(finding) };
  const rows = rowListFor(reading.profile, index);
  const file = await withFolder({ table: content }, (folder) =>
    readManifest({ path: 'index.csv', file: join(folder, 'table') }, rows, reading),
  );
  return { file, rows: [...rows], findings, codes: findings.map(({ code }) => code) };
}

async function workbook(...rows: readonly unknown[][]): Promise<Uint8Array> {
  const book = new Excel.Workbook();
  book.addWorksheet('Liste').addRows([header.split(';'), ...rows]);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe('the columns of a manifest', () => {
  test('that are missing are told all at once, with what there is', async () => {
    const { codes, findings, file } = await read('Datei;Ort\nscans/a.pdf;Süd\n');
    expect(codes).toEqual([
      'manifest.column-missing',
      'manifest.column-missing',
      'manifest.column-missing',
      'manifest.column-missing',
    ]);
    expect(findings.map(({ args }) => args)).toContainEqual({
      field: 'pages',
      column: 'Seiten',
      present: ['Datei', 'Ort'],
    });
    expect(file).toMatchObject({ rows: 1, complete: true });
  });

  test('are needed to know which files are meant: without that of the paths no row counts', async () => {
    const { codes, rows, file } = await read(`${header.replace('Datei', 'Name')}\nscans/a.pdf;1;1;1;1;\n`);
    expect(codes).toEqual(['manifest.column-missing', 'manifest.columns-unused']);
    expect(rows).toEqual([]);
    expect(file).toMatchObject({ rows: 0, complete: false });
  });

  test('may be absent where the profile says so', async () => {
    const { codes, rows } = await read(`${header.replace(';Ort', '')}\nscans/a.pdf;1;1;1;1\n`);
    expect(codes).toEqual([]);
    expect(rows[0]?.values).toEqual({
      path: 'scans/a.pdf',
      reference: '1',
      pages: '1',
      sheets: '1',
      removedBlanks: '1',
    });
  });
});

describe('a manifest in XLSX', () => {
  test('gives numbers and dates as a CSV file would have them', async () => {
    const { rows, codes, file } = await read(
      await workbook(['scans/a.pdf', 4711, 3, 2, 1, new Date('2019-03-14T00:00:00Z')]),
    );
    expect(codes).toEqual([]);
    expect(file).toMatchObject({ format: 'xlsx', sheet: 'Liste', rows: 1, complete: true });
    expect(rows[0]?.values).toMatchObject({ reference: '4711', pages: '3', place: '2019-03-14' });
  });

  test('tells a cell whose formula fails, and trusts the row no further', async () => {
    const { rows, findings } = await read(await workbook(['scans/a.pdf', { error: '#REF!' }, 3, 2, 1, '']));
    expect(findings).toMatchObject([
      { code: 'manifest.value-unreadable', row: 2, args: { column: 'Aktenzeichen', value: '#REF!', expected: 'cell' } },
    ]);
    expect(rows).toMatchObject([{ path: 'scans/a.pdf', broken: true }]);
  });

  test('without the sheet that was agreed is unreadable', async () => {
    const base = testProfile().source.manifest ?? { columns: { path: 'Datei' } };
    const { findings } = await read(await workbook(['scans/a.pdf', 1, 1, 1, 1, '']), {
      manifest: { ...base, sheet: 'Index' },
    });
    expect(findings).toMatchObject([{ code: 'manifest.unreadable', args: { problem: { code: 'sheet-unknown' } } }]);
  });
});

describe('a prefix that stands before every path', () => {
  const base = testProfile().source.manifest ?? { columns: { path: 'Datei' } };
  const pathOf = async (written: string, pathPrefix: string) => {
    const { rows, codes } = await read(`${header}\n${written};1;1;1;1;\n`, { manifest: { ...base, pathPrefix } });
    return [rows[0]?.path, ...codes];
  };

  test.each([
    ['file:///scans/a.pdf', 'file:///'],
    ['D:\\Scans\\Los 1\\scans\\a.pdf', 'D:\\Scans\\Los 1'],
    ['d/scans/a.pdf', 'd\\'],
  ])('is no part of %s', async (written, prefix) => {
    expect((await pathOf(written, prefix))[0]).toBe('scans/a.pdf');
  });

  test('leads nowhere else: what remains is relative to the package, other paths are read as they stand', async () => {
    expect(await pathOf('file:////etc/passwd', 'file:///')).toEqual(['etc/passwd']);
    expect(await pathOf('file:///../x.pdf', 'file:///')).toEqual(['file:///../x.pdf', 'manifest.path-unsafe']);
    expect(await pathOf('D:\\Scans2\\a.pdf', 'D:\\Scans')).toEqual(['D:\\Scans2\\a.pdf', 'manifest.path-unsafe']);
  });
});

describe('what a manifest says', () => {
  test('is kept up to the row that cannot be read, and it is not complete', async () => {
    const { rows, findings, file } = await read(`${header}\nscans/a.pdf;1;1;1;1;\n"scans/b.pdf;2`);
    expect(rows.map(({ path, row }) => [path, row])).toEqual([['scans/a.pdf', 2]]);
    expect(findings).toMatchObject([{ code: 'manifest.unreadable', path: 'index.csv', row: 3 }]);
    expect(file.complete).toBe(false);
  });

  test('in the agreed encoding is read in no other', async () => {
    const base = testProfile().source.manifest ?? { columns: { path: 'Datei' } };
    const content = Buffer.from(`${header}\nscans/a.pdf;1;1;1;1;Süd\n`, 'latin1');
    expect((await read(content, { manifest: { ...base, encoding: 'utf-8' } })).codes).toEqual(['manifest.unreadable']);
    const { rows } = await read(content, { manifest: { ...base, encoding: 'windows-1252' } });
    expect(rows[0]?.values.place).toBe('Süd');
  });

  test('is bounded: rows beyond the limit are told, not read', async () => {
    const { rows, codes, file } = await read(`${header}\n${'scans/a.pdf;1;1;1;1;\n'.repeat(9)}`, {
      limits: { rows: 5 },
    });
    expect([rows.length, codes, file.complete]).toEqual([5, ['manifest.too-many-rows'], false]);
  });

  test('comes out as it went in, whatever cells hold, and every row is there once', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll('\0', ''));
    const row = fc.tuple(fc.constantFrom(...paths), cell, cell);
    const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (written) => {
        const lines = written.map(
          ([path, reference, place]) => `${path};${quote(reference)};1;1;1;${quote(place)}\r\n`,
        );
        const { rows, codes } = await read(`\uFEFF${header}\r\n${lines.join('')}`);
        expect(codes).toEqual([]);
        expect(rows.map(({ path, values }) => [path, values.reference ?? '', values.place ?? ''])).toEqual(
          written.map(([path, reference, place]) => [path, reference.trim(), place.trim()]),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('never makes the reader throw, whatever its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, headed) => {
        const content = headed ? Buffer.concat([Buffer.from(`${header}\n`), bytes]) : bytes;
        const { file, rows, findings } = await read(content);
        expect(rows).toHaveLength(file.rows);
        if (!file.complete) expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
