import { describe, expect, test } from 'vitest';
import { type DeliveryProfile, type LoadedProfile, prepareProfile } from '../../src/delivery/profile.ts';
import { messageOf } from '../../src/findings/finding.ts';
import type { PackageCheck } from '../../src/validation/check-package.ts';
import { checkFiles, type Files } from '../support/delivery.ts';
import { tablePdf } from '../support/sample-pdfs.ts';

const base: DeliveryProfile = {
  profile: 'files',
  version: '1',
  title: 'One row a file',
  layout: { manifests: ['index.csv'], files: ['scans/{reference}/**/*.pdf'] },
  checksums: { required: false },
  manifest: {
    rows: 'file',
    columns: { path: 'Ordner', reference: 'Az', pages: 'Seiten', sheets: 'Blatt', removedBlanks: 'Leer' },
  },
  pages: { declaredEqualsCounted: true, sheetsTimesTwo: true },
};
const { path: _path, ...withoutPath } = base.manifest?.columns ?? {};
const byReference: Partial<DeliveryProfile> = { manifest: { rows: 'file', columns: withoutPath } };

function loaded(changes: Partial<DeliveryProfile> = {}): LoadedProfile {
  const profile = prepareProfile({ ...base, ...changes });
  if (Array.isArray(profile)) throw new Error(profile.map(({ words }) => words.en).join('; '));
  return profile;
}

/** Two files: the first of two documents with three and two pages, the second of one page. */
const documents = {
  'scans/A-1/1.pdf': tablePdf(3),
  'scans/A-1/Anlagen/2.pdf': tablePdf(2),
  'scans/A-2/1.pdf': tablePdf(1),
};
const rows = ['scans/A-1;A-1;5;3;1', 'scans/A-2/;A-2;1;1;1'];

function withRows(list: readonly string[], files: Files = documents): Files {
  return { 'index.csv': ['Ordner;Az;Seiten;Blatt;Leer', ...list].map((row) => `${row}\r\n`).join(''), ...files };
}

const told = ({ findings }: PackageCheck) =>
  findings.map((finding) => `${finding.code} ${finding.path} ${finding.row ?? '-'} ${messageOf(finding, 'en')}`);
const states = ({ items }: PackageCheck) => items.map(({ path, row, state }) => `${path} ${row ?? '-'} ${state}`);

describe('a row that stands for a whole file (Akte)', () => {
  test('takes all documents in its folder, at any depth; each of them is an item, and the books balance', async () => {
    const check = await checkFiles(withRows(rows), loaded());
    expect(told(check)).toEqual([]);
    expect(
      check.items.map(({ path, row, reference, declaredPages, sheets, removedBlanks, facts }) => [
        path,
        row,
        reference,
        declaredPages,
        sheets,
        removedBlanks,
        facts?.pages,
      ]),
    ).toEqual([
      ['scans/A-1/1.pdf', 2, 'A-1', 5, 3, 1, 3],
      ['scans/A-1/Anlagen/2.pdf', 2, 'A-1', null, null, null, 2],
      ['scans/A-2/1.pdf', 3, 'A-2', 1, 1, 1, 1],
    ]);
    expect(check).toMatchObject({
      verdict: 'pass',
      counts: { declared: 3, passed: 3, unlisted: 0, declaredPages: 6, countedPages: 6 },
    });
  });

  test('fails with all its documents when its pages are not the sum of theirs; other files pass', async () => {
    const check = await checkFiles(withRows(['scans/A-1;A-1;6;3;0', rows[1] ?? '']), loaded());
    expect(told(check)).toEqual(['pages.count-differs index.csv 2 Declared pages: 6, counted: 5.']);
    expect(check.findings.at(0)).toMatchObject({ reference: 'A-1', args: { declared: 6, counted: 5 } });
    expect(states(check)).toEqual([
      'scans/A-1/1.pdf 2 failed',
      'scans/A-1/Anlagen/2.pdf 2 failed',
      'scans/A-2/1.pdf 3 passed',
    ]);
  });

  test('holds sheets × 2 against the pages and removed blanks of the whole file', async () => {
    const check = await checkFiles(withRows(['scans/A-1;A-1;5;4;1', rows[1] ?? '']), loaded());
    expect(told(check)).toEqual([expect.stringMatching(/^pages\.sheets-differ index\.csv 2 4 sheets have 8 sides/)]);
  });

  test('has no sum where the pages of one document cannot be counted: that document fails, none is taken for 0', async () => {
    const check = await checkFiles(
      withRows(rows, { ...documents, 'scans/A-1/Anlagen/2.pdf': tablePdf(2).subarray(0, 300) }),
      loaded(),
    );
    expect(check.verdict).not.toBe('pass');
    expect(check.findings.map(({ code }) => code)).not.toContain('pages.count-differs');
    expect(states(check)).toContain('scans/A-1/Anlagen/2.pdf 2 failed');
  });

  test('without any document fails, as does a row for an empty or unknown folder', async () => {
    const check = await checkFiles(withRows([...rows, 'scans/A-9;A-9;4;2;0']), loaded());
    expect(told(check)).toEqual(['manifest.file-empty index.csv 4 There is no document in the folder "scans/A-9".']);
    expect(states(check).at(-1)).toBe('scans/A-9 4 failed');
    expect(check.counts).toMatchObject({ declared: 4, passed: 3, failed: 1 });
  });

  test('leaves documents of no row unlisted', async () => {
    const check = await checkFiles(withRows(rows.slice(0, 1)), loaded());
    expect(told(check)).toEqual([expect.stringMatching(/^manifest\.file-not-listed scans\/A-2\/1\.pdf/)]);
  });

  test('shares no document with another: a folder listed twice, or within a listed one, is told of the later row', async () => {
    const twice = await checkFiles(withRows([...rows, rows[0] ?? '']), loaded());
    expect(told(twice)).toEqual([
      'manifest.rows-overlap index.csv 4 Documents of this file that belong to row 2 of "index.csv" already: 2.',
    ]);
    expect(states(twice).at(-1)).toBe('scans/A-1 4 failed');
    expect(twice.counts).toMatchObject({ declared: 4, countedPages: 6 });
    const within = await checkFiles(withRows([...rows, 'scans/A-1/Anlagen;A-1;2;1;0']), loaded());
    expect(told(within)).toEqual([expect.stringMatching(/^manifest\.rows-overlap index\.csv 4 .*row 2.*: 1\.$/)]);
  });

  test('may be named by its reference alone, where paths hold references', async () => {
    const list = ['A-1;5;3;1', 'A-2;1;1;1'].map((row) => `x;${row}`);
    const check = await checkFiles(withRows(list), loaded(byReference));
    expect(check.findings.map(({ code }) => code)).toEqual(['manifest.columns-unused']);
    expect(check.counts).toMatchObject({ declared: 3, passed: 3 });
    const wrong = await checkFiles(withRows([...list, 'x;A-3;1;1;1', 'x;;1;1;1']), loaded(byReference));
    expect(told(wrong).slice(1).sort()).toEqual([
      'manifest.file-empty index.csv 4 The package holds no document of this file.',
      'manifest.path-missing index.csv 5 The column "Az" is empty; the row belongs to no file.',
    ]);
  });

  test('is held against what the paths of its documents say', async () => {
    const check = await checkFiles(withRows(['scans/A-1;A-7;5;3;1', rows[1] ?? '']), loaded());
    expect(told(check)).toEqual([expect.stringMatching(/^rule\.name-differs index\.csv 2 .*"A-1".*"A-7"/)]);
  });

  test('is one row for rules, and file.pages are the pages of all its documents', async () => {
    const message = { de: 'passt nicht', en: 'does not fit' };
    const rules = [
      { id: 'once', unique: ['reference'] },
      { id: 'sum', check: 'file.pages == row.pages && file.present', message },
      { id: 'few', check: 'file.pages < 5', severity: 'note' as const, message },
    ];
    const check = await checkFiles(withRows(rows), loaded({ rules }));
    expect(check.findings.map(({ code, row }) => `${code} ${row}`)).toEqual(['rule.violated 2']);
    expect(check.verdict).toBe('pass');
  });

  test('may name the one document that it consists of', async () => {
    const check = await checkFiles(withRows(['scans/A-1;A-1;5;3;1', 'scans/A-2/1.pdf;A-2;1;1;1']), loaded());
    expect(check.verdict).toBe('pass');
  });
});

describe('a profile', () => {
  const mistakes = (changes: Partial<DeliveryProfile>) => {
    const prepared = prepareProfile({ ...base, ...changes });
    return Array.isArray(prepared) ? prepared.map(({ steps, words }) => `${steps.join('.')}: ${words.en}`) : [];
  };

  test('must say how rows name their documents', () => {
    const { manifest } = base;
    expect(mistakes({ manifest: { columns: withoutPath } })).toEqual([
      'manifest.columns: "path" is missing: the column that tells the path of the document',
    ]);
    expect(mistakes({ ...byReference, layout: { ...base.layout, files: ['scans/**/*.pdf'] } })).toEqual([
      expect.stringContaining('nothing names the documents of a file'),
    ]);
    expect(mistakes({ manifest: { ...manifest, columns: { ...manifest?.columns, sha256: 'SHA' } } })).toEqual([
      expect.stringContaining('manifest.columns.sha256: a row for a whole file can have no checksum'),
    ]);
  });
});
