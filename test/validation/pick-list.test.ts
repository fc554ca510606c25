import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PickedFile } from '../../src/custody/pick-list-import.ts';
import { referenceKey } from '../../src/custody/reference.ts';
import { messageOf } from '../../src/findings/finding.ts';
import type { PackageCheck } from '../../src/validation/check-package.ts';
import { checkFiles, type Files, testProfile } from '../support/delivery.ts';
import { runCli } from '../support/run-cli.ts';
import { tablePdf } from '../support/sample-pdfs.ts';

const columns = { path: 'Datei', reference: 'Az', volume: 'Band', box: 'Karton', sheets: 'Blatt' };
const profile = testProfile({ manifest: { columns }, pages: {}, checksums: { required: false } });

function packageOf(rows: readonly string[]): Files {
  const documents = rows.map((row) => [row.split(';')[0] ?? '', tablePdf(1)] as const);
  return { 'index.csv': ['Datei;Az;Band;Karton;Blatt', ...rows, ''].join('\r\n'), ...Object.fromEntries(documents) };
}

function picked(reference: string, given: Partial<PickedFile> = {}): PickedFile {
  const key = referenceKey(reference);
  return { row: 2, reference, referenceKey: key, volume: '', box: null, expectedSheets: null, title: '', ...given };
}

/** Two documents of the file A 1, one of the second volume of B. */
const rows = ['scans/1.pdf;A 1;;K-1;3', 'scans/2.pdf;A 1;;K-1;2', 'scans/3.pdf;B;2;K-1;1'];
const fitting = [picked('A  1', { box: 'K-1', expectedSheets: 5 }), picked('B', { volume: '2' })];

const told = ({ findings }: PackageCheck) =>
  findings.map((finding) => `${finding.code} ${finding.row ?? '-'} ${messageOf(finding, 'en')}`);

describe('a package held against the pick list', () => {
  test('says nothing where files, boxes and the sheets of all documents fit', async () => {
    const check = await checkFiles(packageOf(rows), profile, { pickList: fitting });
    expect([told(check), check.verdict]).toEqual([[], 'pass']);
  });

  test('lacks a file of the list: fails, with row and box of the list', async () => {
    const pickList = [...fitting, picked('C', { row: 7, box: 'K-2' })];
    const check = await checkFiles(packageOf(rows), profile, { pickList });
    expect(told(check)).toEqual([
      'pick-list.file-missing - The file "C" is on the pick list (row 7, box K-2), but not in the delivery.',
    ]);
    expect([check.verdict, check.findings.at(0)?.reference]).toEqual(['fail', 'C']);
  });

  test('has a file, or a volume, that the list lacks: its row fails', async () => {
    const check = await checkFiles(packageOf(rows), profile, { pickList: [picked('A 1'), picked('B')] });
    expect(told(check).sort()).toEqual([
      'pick-list.file-missing - The file "B" is on the pick list (row 2), but not in the delivery.',
      'pick-list.file-not-listed 4 The file "B", volume 2 is not on the pick list.',
    ]);
    expect(check.items.map(({ state }) => state)).toEqual(['passed', 'passed', 'failed']);
  });

  test('names another box or other sheets: warned, once for each file', async () => {
    const pickList = [picked('A 1', { box: 'K-9', expectedSheets: 6 }), picked('B', { volume: '2' })];
    const check = await checkFiles(packageOf(rows), profile, { pickList });
    expect(told(check)).toEqual([
      'pick-list.box-differs 2 The file "A 1" is declared in box K-1; the pick list has K-9.',
      'pick-list.sheets-differ 2 The file "A 1" is declared with 5 sheets; the pick list has 6.',
    ]);
    expect(check.verdict).toBe('pass');
  });

  test('does not add missing files to a manifest that cannot be read', async () => {
    const check = await checkFiles({ ...packageOf(rows), 'index.csv': 'Datei;Az\r\n"scans/1.pdf' }, profile, {
      pickList: fitting,
    });
    expect(check.verdict).toBe('fail');
    expect(check.findings.map(({ code }) => code)).not.toContain('pick-list.file-missing');
  });
});

describe('scanlot check --pick-list', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'scanlot-pick-list-'));
    mkdirSync(join(folder, 'paket', 'scans'), { recursive: true });
    for (const [path, content] of Object.entries(packageOf(rows))) {
      writeFileSync(join(folder, 'paket', path), content);
    }
    writeFileSync(join(folder, 'profile.json'), JSON.stringify(profile.source));
    writeFileSync(join(folder, 'list.csv'), 'Aktenzeichen;Band;Karton;Blatt\r\nA 1;;K-1;5\r\nC;;K-1;1\r\n');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('reads the list that the county writes', async () => {
    const options = ['--profile', join(folder, 'profile.json'), '--pick-list', join(folder, 'list.csv'), '--json'];
    const { exitCode, stdout } = await runCli(['check', join(folder, 'paket'), ...options], folder);
    const codes = JSON.parse(stdout).findings.map(({ code }: { code: string }) => code);
    expect([exitCode, codes]).toEqual([1, ['pick-list.file-missing', 'pick-list.file-not-listed']]);
  });

  test('needs a profile that knows references, and a list that can be read', async () => {
    const bare = await runCli(
      ['check', join(folder, 'paket'), '--pick-list', join(folder, 'list.csv'), '--lang', 'en'],
      folder,
    );
    expect([bare.exitCode, bare.stderr]).toEqual([2, expect.stringContaining('column of file references')]);
    const options = ['--profile', join(folder, 'profile.json'), '--pick-list', join(folder, 'no.csv')];
    expect((await runCli(['check', join(folder, 'paket'), ...options], folder)).exitCode).toBe(2);
  });
});
