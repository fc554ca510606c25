import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeliveryProfile } from '../../src/delivery/profile.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { inspectFile } from '../../src/inspection/read-file.ts';
import { checkPackage } from '../../src/validation/check-package.ts';
import {
  checkFiles,
  directInspector,
  type Files,
  header,
  soundFiles,
  sumsOf,
  testProfile,
  withFolder,
} from '../support/delivery.ts';
import { tablePdf } from '../support/sample-pdfs.ts';

const codesOf = ({ findings }: { findings: Iterable<Finding> }) => Array.from(findings, ({ code }) => code).sort();
const manifest = (...rows: string[]) => `${[header, ...rows].join('\n')}\n`;
const rowA = 'scans/a.pdf;32.1-1;3;2;1;';
const rowB = 'scans/b.pdf;32.1-2;2;1;0;';
const sound = soundFiles();
const sums = String(sound.SHA256SUMS);
const digestA = sums.slice(0, 64);

test('a sound package passes: every document once, pages counted, books balanced', async () => {
  const check = await checkFiles(sound);
  expect([...check.findings]).toEqual([]);
  expect(check.verdict).toBe('pass');
  expect(check.counts).toMatchObject({ declared: 2, unlisted: 0, passed: 2, failed: 0, errored: 0 });
  expect(check.counts).toMatchObject({ files: 4, declaredPages: 5, countedPages: 5, uncounted: 0 });
  expect(check.items.map(({ path, row, state }) => [path, row, state])).toEqual([
    ['scans/a.pdf', 2, 'passed'],
    ['scans/b.pdf', 3, 'passed'],
  ]);
  expect(check.items.at(0)).toMatchObject({
    reference: '32.1-1',
    declaredPages: 3,
    sheets: 2,
    removedBlanks: 1,
    fields: { place: 'Süd' },
    facts: { format: 'pdf', pages: 3, sha256: digestA },
  });
});

interface Case {
  readonly name: string;
  readonly change?: Files;
  readonly without?: readonly string[];
  readonly profile?: Partial<DeliveryProfile>;
  /** Exactly these, sorted. */
  readonly codes: readonly string[];
  readonly verdict?: 'pass' | 'fail' | 'error';
}

const cases: readonly Case[] = [
  {
    name: 'a listed file is absent: told once, though its checksum misses it too',
    without: ['scans/b.pdf'],
    codes: ['manifest.file-absent'],
  },
  {
    name: 'a document is in no manifest',
    change: { 'index.csv': manifest(rowA) },
    codes: ['manifest.file-not-listed'],
  },
  {
    name: 'the manifest is absent: one cause, not one for each file',
    without: ['index.csv'],
    codes: ['manifest.absent'],
  },
  { name: 'the manifest has a header and no row', change: { 'index.csv': manifest() }, codes: ['manifest.empty'] },
  {
    name: 'a file is listed twice',
    change: { 'index.csv': manifest(rowA, rowB, rowA) },
    codes: ['manifest.path-duplicate'],
  },
  {
    name: 'a path leads out of the package',
    change: { 'index.csv': manifest(rowA, rowB, '../x.pdf;1;1;1;1;') },
    codes: ['manifest.path-unsafe'],
  },
  {
    name: 'a row names no file',
    change: { 'index.csv': manifest(rowA, rowB, ';32.1-3;1;1;1;') },
    codes: ['manifest.path-missing'],
  },
  {
    name: 'a row is cut short',
    change: { 'index.csv': manifest(rowA, rowB, 'scans/c.pdf;32') },
    codes: ['manifest.row-width'],
  },
  {
    name: 'folders are divided by backslashes',
    change: { 'index.csv': manifest(rowA.replace('/', '\\'), rowB) },
    codes: ['manifest.backslashes'],
    verdict: 'pass',
  },
  {
    name: 'a listed name differs in letter case',
    change: { 'index.csv': manifest(rowA.replace('a.pdf', 'A.PDF'), rowB) },
    codes: ['name.case-differs'],
    verdict: 'pass',
  },
  {
    name: 'pages are fewer than declared',
    change: { 'index.csv': manifest('scans/a.pdf;32.1-1;4;2;0;', rowB) },
    codes: ['pages.count-differs'],
  },
  {
    name: 'sheets do not fit the pages',
    change: { 'index.csv': manifest('scans/a.pdf;32.1-1;3;9;1;', rowB) },
    codes: ['pages.sheets-differ'],
  },
  {
    name: 'pages are not declared',
    change: { 'index.csv': manifest('scans/a.pdf;32.1-1;;2;1;', rowB) },
    codes: ['pages.not-declared'],
  },
  {
    name: 'a count is no number',
    change: { 'index.csv': manifest('scans/a.pdf;32.1-1;drei;2;1;', rowB) },
    codes: ['manifest.value-unreadable'],
  },
  {
    name: 'pages differ within the tolerance',
    change: { 'index.csv': manifest('scans/a.pdf;32.1-1;4;2;0;', rowB) },
    profile: { pages: { declaredEqualsCounted: true, tolerance: 1 } },
    codes: ['pages.count-differs-slightly'],
    verdict: 'pass',
  },
  {
    name: 'a row breaks the row schema',
    profile: { row: { type: 'object', properties: { reference: { type: 'string', pattern: '^99' } } } },
    codes: ['manifest.row-invalid', 'manifest.row-invalid'],
  },
  {
    name: 'bytes are not those of the checksum',
    change: { SHA256SUMS: sums.replaceAll(digestA, 'f'.repeat(64)) },
    codes: ['checksum.mismatch'],
  },
  {
    name: 'a document has no checksum',
    change: { SHA256SUMS: sums.split('\n')[0] ?? '' },
    codes: ['checksum.not-listed'],
  },
  { name: 'no checksum file is there', without: ['SHA256SUMS'], codes: ['checksum.none'] },
  { name: 'the checksum file is empty', change: { SHA256SUMS: '' }, codes: ['checksum.no-usable-line'] },
  { name: 'the checksum file holds prose', change: { SHA256SUMS: 'see e-mail\n' }, codes: ['checksum.no-usable-line'] },
  { name: 'one line is no checksum', change: { SHA256SUMS: `${sums}oops\n` }, codes: ['checksum.line-unusable'] },
  {
    name: 'a checksum is listed twice',
    change: { SHA256SUMS: sums + sums.split('\n')[0] },
    codes: ['checksum.listed-twice'],
    verdict: 'pass',
  },
  {
    name: 'a checksum leads out of the package',
    change: { SHA256SUMS: `${sums}${digestA}  ../../etc/passwd\n` },
    codes: ['checksum.path-unsafe'],
  },
  {
    name: 'a checksum is for a file that is not there',
    change: { SHA256SUMS: `${sums}${digestA}  gone.pdf\n` },
    codes: ['checksum.file-absent'],
  },
  { name: 'a file fits no pattern', change: { 'notes.doc': 'x' }, codes: ['package.file-unexpected'] },
  { name: 'the system left a file', change: { 'scans/Thumbs.db': 'x' }, codes: ['package.junk'], verdict: 'pass' },
  {
    name: 'a file that is ignored by agreement is no finding',
    change: { 'readme.txt': 'x' },
    profile: { layout: { ...testProfile().source.layout, ignore: ['readme.txt'] } },
    codes: [],
    verdict: 'pass',
  },
];

describe('finding by finding', () => {
  test.each(cases)('$name', async ({ change = {}, without = [], profile = {}, codes, verdict = 'fail' }) => {
    const files = { ...sound, ...change };
    for (const path of without) delete files[path];
    const check = await checkFiles(files, testProfile(profile));
    expect(codesOf(check)).toEqual(codes);
    expect(check.verdict).toBe(verdict);
  });

  test('the same file can be wrong in checksum and pages at once', async () => {
    const check = await checkFiles({ ...sound, 'scans/a.pdf': tablePdf(7) });
    expect(codesOf(check)).toEqual(['checksum.mismatch', 'pages.count-differs']);
    expect(check.findings.map(({ reference }) => reference)).toEqual(['32.1-1', '32.1-1']);
  });

  test('a profile may lower a finding with a reason, and it then no longer fails the item', async () => {
    const severity = { 'pages.count-differs': { severity: 'warning', reason: 'pilot' } } as const;
    const files = { ...sound, 'index.csv': manifest('scans/a.pdf;32.1-1;4;2;0;', rowB) };
    const check = await checkFiles(files, testProfile({ severity }));
    expect(check.findings.map((finding) => finding.severity)).toEqual(['warning']);
    expect(check).toMatchObject({ verdict: 'pass', counts: { passed: 2, warnings: 1, errors: 0 } });
  });
});

describe('zero verified is a failure', () => {
  test('an empty folder', async () => {
    const check = await checkFiles({});
    expect(codesOf(check)).toEqual(['package.empty']);
    expect(check.verdict).toBe('fail');
  });

  test('a package that holds nothing but what is ignored', async () => {
    const layout = { files: ['scans/*.pdf'], ignore: ['*.txt'] };
    const { manifest: _columns, pages: _pages, ...source } = testProfile().source;
    const check = await checkFiles(
      { 'readme.txt': 'x' },
      testProfile({ ...source, layout, manifest: undefined, pages: undefined } as Partial<DeliveryProfile>),
    );
    expect(codesOf(check)).toContain('package.nothing-verified');
    expect(check.verdict).toBe('error');
  });

  test('documents that the inspection could not judge are errored, never passed', async () => {
    const inspector: typeof directInspector = {
      inspect: async () => ({ facts: null, observations: [{ code: 'file.inspection-timeout', args: { seconds: 1 } }] }),
    };
    const check = await checkFiles(sound, testProfile(), { inspector });
    expect(check.counts).toMatchObject({ passed: 0, failed: 0, errored: 2, uncounted: 2 });
    expect(check.verdict).toBe('error');
  });

  test('an inspection that says nothing at all is not taken for a pass', async () => {
    const inspector: typeof directInspector = { inspect: async () => ({ facts: null, observations: [] }) };
    const check = await checkFiles(sound, testProfile(), { inspector });
    expect(new Set(codesOf(check))).toEqual(new Set(['package.item-unjudged']));
    expect(check.verdict).toBe('error');
  });
});

describe('a package that moves, or is no plain one', () => {
  test('links are told and not followed', async () => {
    await withFolder(sound, async (folder) => {
      rmSync(join(folder, 'scans/b.pdf'));
      symlinkSync('a.pdf', join(folder, 'scans/b.pdf'));
      const check = await checkPackage(folder, testProfile(), { inspector: directInspector });
      expect(codesOf(check)).toContain('package.link');
      expect(check.items.map(({ state }) => state)).toEqual(['passed', 'failed']);
    });
  });

  test('a file that is added, changed or removed during the check voids its result', async () => {
    await withFolder(sound, async (folder) => {
      let done = false;
      const inspector: typeof directInspector = {
        inspect: async ({ file, digests }) => {
          const inspection = inspectFile(file, digests);
          if (!done) {
            done = true;
            mkdirSync(join(folder, 'late'));
            writeFileSync(join(folder, 'late/x.pdf'), 'x');
          }
          return inspection;
        },
      };
      const check = await checkPackage(folder, testProfile(), { inspector });
      expect(codesOf(check)).toEqual(['package.changed']);
      expect(check.verdict).toBe('error');
    });
  });

  test('an aborted check ends with the reason of the signal', async () => {
    await expect(checkFiles(sound, testProfile(), { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow(
      'stop',
    );
  });

  test('a folder that does not exist is a usage error, not a finding', async () => {
    await expect(checkPackage('/nowhere/at/all', testProfile())).rejects.toMatchObject({ exitCode: 2 });
  });
});

test('equal packages have equal hashes; a byte, a name or a file more changes it; ignored files do not', async () => {
  const hash = async (files: Files) => (await checkFiles(files)).packageHash;
  const own = await hash(sound);
  expect(await hash({ ...sound })).toBe(own);
  expect(await hash({ ...sound, 'scans/.DS_Store': 'x' })).toBe(own);
  expect(await hash({ ...sound, 'extra.txt': '' })).not.toBe(own);
  expect(await hash({ ...sound, 'scans/a.pdf': tablePdf(4) })).not.toBe(own);
});

test('findings beyond the limit are counted though not listed, and the verdict stays', async () => {
  const rows = Array.from({ length: 20 }, (_, index) => `scans/gone-${index}.pdf;1;1;1;1;`);
  const files = { ...sound, 'index.csv': manifest(rowA, rowB, ...rows) };
  const check = await checkFiles(files, testProfile({ limits: { findings: 5 } }));
  expect(check.findings).toHaveLength(6);
  expect(check.findings.at(0)).toMatchObject({ code: 'package.findings-truncated', args: { listed: 5, total: 20 } });
  expect(check).toMatchObject({ verdict: 'fail', counts: { errors: 20, failed: 20, passed: 2 } });
});

test('whatever rows and files there are, each is in the result once and the books balance', async () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  await fc.assert(
    fc.asyncProperty(fc.array(name, { maxLength: 6 }), fc.uniqueArray(name), async (listed, present) => {
      const documents = Object.fromEntries(present.map((key) => [`scans/${key}.pdf`, tablePdf(1)]));
      const rows = listed.map((key) => `scans/${key}.pdf;1;1;1;1;`);
      const check = await checkFiles({ 'index.csv': manifest(...rows), SHA256SUMS: sumsOf(documents), ...documents });
      const { passed, failed, errored, declared, unlisted } = check.counts;
      expect(declared).toBe(listed.length);
      expect(passed + failed + errored).toBe(declared + unlisted);
      expect(check.items).toHaveLength(declared + unlisted);
      const missed = present.filter((key) => !listed.includes(key));
      expect([...check.items].filter(({ row }) => row === undefined)).toHaveLength(missed.length);
      const clean = listed.length > 0 && new Set(listed).size === listed.length && missed.length === 0;
      expect(check.verdict === 'pass').toBe(clean && listed.every((key) => present.includes(key)));
    }),
    { numRuns: 40 },
  );
});
