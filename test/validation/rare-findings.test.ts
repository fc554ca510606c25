import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DigestList } from '../../src/delivery/digest-list.ts';
import { indexEntries } from '../../src/delivery/entry-index.ts';
import { RowList } from '../../src/delivery/manifest/row-list.ts';
import type { PackageEntry } from '../../src/delivery/package-reader.ts';
import { type Finding, type FindingCode, kindOf } from '../../src/findings/finding.ts';
import type { FileFacts } from '../../src/inspection/facts.ts';
import { inspectFile } from '../../src/inspection/read-file.ts';
import { checkPackage } from '../../src/validation/check-package.ts';
import { unusableEntries } from '../../src/validation/checks/package.ts';
import type { CheckContext } from '../../src/validation/context.ts';
import { createFindingLog } from '../../src/validation/finding-log.ts';
import { collectInspections } from '../../src/validation/inspected-files.ts';
import { ItemList } from '../../src/validation/item-list.ts';
import { closingFindings, exitCodeOf, verdictOf } from '../../src/validation/verdict.ts';
import {
  checkFiles,
  directInspector,
  header,
  soundFiles,
  sumsOf,
  testProfile,
  withFolder,
} from '../support/delivery.ts';
import { tablePdf } from '../support/sample-pdfs.ts';

const codesOf = ({ findings }: { findings: Iterable<Finding> }) => Array.from(findings, ({ code }) => code);

/** Everything that the checks see of a package with these entries and nothing said about them. */
function contextOf(entries: readonly PackageEntry[]): CheckContext {
  const index = indexEntries(entries);
  return {
    form: 'folder',
    profileApplied: true,
    profile: testProfile(),
    index,
    listedCompletely: true,
    manifests: [],
    rows: new RowList([], index),
    listedDigests: new DigestList(),
    files: collectInspections(),
    judgements: new Map(),
    changes: [],
    rowByPath: new Map(),
    isBlamed: () => false,
  };
}

function emptyLog(severities: ReadonlyMap<FindingCode, Finding['severity']> = new Map()) {
  return createFindingLog({ limit: 10, severities, referenceOf: () => undefined });
}

describe('findings that a sample package cannot hold', () => {
  test('what cannot be read is unjudged: the package neither passes nor counts as defective', () => {
    const entry = { path: 'scans', kind: 'unreadable', size: 0, stamp: 0, cause: 'EACCES' } as const;
    const findings = [...unusableEntries(contextOf([entry]))];
    expect(findings).toMatchObject([{ code: 'package.entry-unreadable', path: 'scans', args: { cause: 'EACCES' } }]);
    const log = emptyLog();
    for (const finding of findings) log.add(finding);
    expect(verdictOf(log)).toBe('error');
    expect(exitCodeOf(verdictOf(log))).toBe(1);
  });

  test.skipIf(process.platform === 'win32')(
    'a pipe is a special file, and the check does not wait for it',
    async () => {
      await withFolder(soundFiles(), async (folder) => {
        execFileSync('mkfifo', [join(folder, 'scans/c.pdf')]);
        const check = await checkPackage(folder, testProfile(), { inspector: directInspector });
        expect(codesOf(check)).toEqual(['package.special-file']);
        expect(check.items.at(-1)).toMatchObject({ path: 'scans/c.pdf', state: 'failed', facts: null });
      });
    },
  );

  test.skipIf(process.platform !== 'linux')(
    'a name that is no UTF-8 is told once, for the folder that has it',
    async () => {
      await withFolder(soundFiles(), async (folder) => {
        const name = Buffer.concat([Buffer.from(`${folder}/scans/M`), Buffer.from([0xfc]), Buffer.from('ller.pdf')]);
        writeFileSync(name, tablePdf(1));
        const check = await checkPackage(folder, testProfile(), { inspector: directInspector });
        expect(codesOf(check)).toEqual(['name.not-utf8']);
        expect(check.items.at(-1)).toMatchObject({ path: 'scans/M\\xFCller.pdf', state: 'failed' });
      });
    },
  );

  test('books that do not balance are shown, never smoothed', () => {
    const entry = { path: 'scans/a.pdf', kind: 'file', size: 1, stamp: 0 } as const;
    const findings = [...closingFindings(contextOf([entry]), ItemList.of([]), emptyLog())];
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'package.books-unbalanced',
        args: { declared: 0, unlisted: 1, passed: 0, failed: 0, errored: 0 },
      }),
    );
  });

  test.each([
    [null, 'pages.uncounted', 'errored'],
    [0, 'pages.none', 'failed'],
  ] as const)(
    'a document with %s pages, of which the reader says no more, is told as %s',
    async (pages, code, state) => {
      const rows = `${header}\nscans/a.pdf;32.1-1;3;2;1;\nscans/b.pdf;32.1-2;0;0;0;\n`;
      const inspector: typeof directInspector = {
        inspect: async ({ file, digests }) => {
          const inspection = inspectFile(file, digests);
          if (!file.endsWith('b.pdf')) return inspection;
          return { facts: { ...(inspection.facts as FileFacts), pages }, observations: [] };
        },
      };
      const check = await checkFiles({ ...soundFiles(), 'index.csv': rows }, testProfile(), { inspector });
      expect(codesOf(check)).toEqual([code]);
      expect(check.items.at(1)).toMatchObject({ path: 'scans/b.pdf', state });
    },
  );
});

describe('one cause is told once', () => {
  test('rows below a link or an unreadable folder are not told as absent', async () => {
    await withFolder(soundFiles(), async (folder) => {
      rmSync(join(folder, 'scans'), { recursive: true });
      execFileSync('ln', ['-s', '/tmp', join(folder, 'scans')]);
      const check = await checkPackage(folder, testProfile(), { inspector: directInspector });
      expect(codesOf(check)).toEqual(['package.link']);
      // The link is an item of its own.
      expect(check.counts).toMatchObject({ declared: 2, unlisted: 1, passed: 0, failed: 3 });
    });
  });

  test('a file that is read while it changes is told by the reader, not again by the listing', async () => {
    await withFolder(soundFiles(), async (folder) => {
      const inspector: typeof directInspector = {
        inspect: async ({ file, digests }) => {
          if (!file.endsWith('b.pdf')) return inspectFile(file, digests);
          writeFileSync(file, 'grown');
          return { facts: null, observations: [{ code: 'file.changed-while-read', args: {} }] };
        },
      };
      const check = await checkPackage(folder, testProfile(), { inspector });
      expect(codesOf(check)).toEqual(['file.changed-while-read']);
      expect(check.items.map(({ state }) => state)).toEqual(['passed', 'errored']);
    });
  });

  test('a cell that the row schema refuses is not refused again for what it is', async () => {
    const profile = testProfile({ row: { properties: { pages: { format: 'count' } } } });
    const rows = `${header}\nscans/a.pdf;32.1-1;drei;2;1;\nscans/b.pdf;32.1-2;2;1;0;\n`;
    const check = await checkFiles({ ...soundFiles(), 'index.csv': rows }, profile);
    expect([...check.findings]).toMatchObject([
      {
        code: 'manifest.row-invalid',
        path: 'index.csv',
        row: 2,
        reference: '32.1-1',
        args: { field: 'pages', column: 'Seiten', value: 'drei', rule: 'format', limit: 'count' },
      },
    ]);
  });
});

describe('names', () => {
  const umlaut = 'scans/Bußgeldübersicht.pdf';
  const documents = (form: 'NFC' | 'NFD') => ({ [umlaut.normalize(form)]: tablePdf(1) });

  test.each([
    ['NFC', 'NFD'],
    ['NFD', 'NFC'],
  ] as const)('listed in %s and stored in %s are the same, and the stored form is kept', async (listed, stored) => {
    const check = await checkFiles({
      ...documents(stored),
      'index.csv': `${header}\n${umlaut.normalize(listed)};32.1-1;1;1;1;\n`,
      SHA256SUMS: sumsOf(documents(listed)),
    });
    expect(check.verdict).toBe('pass');
    expect([...check.items]).toMatchObject([{ path: umlaut.normalize(stored), state: 'passed' }]);
    expect(codesOf(check)).toEqual(stored === 'NFD' ? ['name.decomposed'] : []);
  });

  test('of a broken folder fail the documents in it', async () => {
    const files = { 'scans/aux/a.pdf': tablePdf(1) };
    const check = await checkFiles({
      ...files,
      'index.csv': `${header}\nscans/aux/a.pdf;32.1-1;1;1;1;\n`,
      SHA256SUMS: sumsOf(files),
    });
    expect([...check.findings]).toMatchObject([{ code: 'name.reserved', path: 'scans/aux' }]);
    expect([...check.items]).toMatchObject([{ state: 'failed' }]);
  });
});

describe('digests', () => {
  test('in columns of the manifest count as checksums, and are compared', async () => {
    const base = testProfile().source;
    const manifest = { columns: { ...(base.manifest?.columns ?? { path: 'Datei' }), sha256: 'SHA-256' } };
    const profile = testProfile({ layout: { ...base.layout, checksums: [] }, manifest });
    const documents = { 'scans/a.pdf': tablePdf(3), 'scans/b.pdf': tablePdf(2) };
    const [a = '', b = ''] = sumsOf(documents)
      .split('\n')
      .map((line) => line.slice(0, 64));
    const rows = (last: string) =>
      `${header};SHA-256\nscans/a.pdf;1;3;2;1;;${a.toUpperCase()}\nscans/b.pdf;2;2;1;0;;${last}\n`;
    const codes = async (last: string) => codesOf(await checkFiles({ ...documents, 'index.csv': rows(last) }, profile));
    expect(await codes(b)).toEqual([]);
    expect(await codes(a)).toEqual(['checksum.mismatch']);
    expect(await codes('')).toEqual(['checksum.not-listed']);
    expect(await codes('abc')).toEqual(['manifest.value-unreadable']);
  });

  test('of what the system left behind are disregarded: the file may have changed or be gone', async () => {
    const sums = `${soundFiles().SHA256SUMS}${'0'.repeat(64)}  scans/Thumbs.db\n${'0'.repeat(64)}  .DS_Store\n`;
    const check = await checkFiles({ ...soundFiles(), SHA256SUMS: sums, 'scans/Thumbs.db': 'x' });
    expect(codesOf(check)).toEqual(['package.junk']);
    expect(check.verdict).toBe('pass');
  });

  test('of two identical files are fine', async () => {
    const documents = { 'scans/a.pdf': tablePdf(1), 'scans/b.pdf': tablePdf(1) };
    const rows = `${header}\nscans/a.pdf;1;1;1;1;\nscans/b.pdf;2;1;1;1;\n`;
    const check = await checkFiles({ ...documents, 'index.csv': rows, SHA256SUMS: sumsOf(documents) });
    expect(check).toMatchObject({ verdict: 'pass', findings: { length: 0 }, counts: { passed: 2 } });
  });
});

test('what is unjudged weighs less than a defect, whichever is told first', () => {
  const log = emptyLog();
  const at = (code: 'package.changed' | 'package.link'): Finding =>
    ({ code, severity: 'error', path: 'a', args: code === 'package.changed' ? { change: 'changed' } : {} }) as Finding;
  log.add(at('package.changed'));
  expect([verdictOf(log), log.blameOf({ path: 'a' })]).toEqual(['error', 'unjudged']);
  log.add(at('package.link'));
  log.add(at('package.changed'));
  expect([verdictOf(log), log.blameOf({ path: 'a' })]).toEqual(['fail', 'defect']);
  expect(kindOf('package.changed')).toBe('unjudged');
});
