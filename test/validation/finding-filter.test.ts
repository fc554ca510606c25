import { beforeAll, describe, expect, test } from 'vitest';
import { createFinding } from '../../src/findings/finding.ts';
import type { PackageCheck } from '../../src/validation/check-package.ts';
import { type FindingFilter, filterFindings, readFilter } from '../../src/validation/finding-filter.ts';
import { groupFindings } from '../../src/validation/finding-groups.ts';
import { renderCheck, textForms } from '../../src/validation/outputs/forms.ts';
import { reportOn } from '../../src/validation/outputs/report.ts';
import { faultyCheck } from './outputs/sample-report.ts';

const none: FindingFilter = { codes: [], severities: [], files: [], pages: [] };
let check: PackageCheck;
beforeAll(async () => {
  check = await faultyCheck();
});

function codes(filter: Partial<FindingFilter>): string[] {
  return filterFindings(check.findings, { ...none, ...filter }, check.items).map(({ code }) => code);
}

describe('a filter', () => {
  test.each<[string, Partial<FindingFilter>, string[]]>([
    ['of a code', { codes: ['package.junk'] }, ['package.junk']],
    ['of a topic', { codes: ['pages'] }, ['pages.count-differs', 'pages.sheets-differ']],
    ['of a severity', { severities: ['note'] }, ['package.junk']],
    ['of a file', { files: ['scans/c.pdf'] }, ['manifest.file-absent']],
    ['of a pattern', { files: ['**/~$*'] }, ['package.junk']],
    ['of a page, where none has one', { pages: [{ from: 1, to: 99 }] }, []],
    ['of several kinds, which must all fit', { codes: ['pages'], files: ['scans/c.pdf'] }, []],
  ])('%s leaves what fits', (_name, filter, left) => {
    expect(codes(filter)).toEqual(left);
  });

  test('of a folder leaves what is in it', () => {
    expect(codes({ files: ['scans/'] })).toHaveLength(check.findings.length);
  });

  test('of a file leaves findings about the row that names it', () => {
    const { manifest = '', row = 0, path } = check.items.at(0)!;
    const aboutRow = createFinding('manifest.file-absent', { path: manifest, row }, { manifest });
    expect([...filterFindings([aboutRow], { ...none, files: [path] }, check.items)]).toEqual([aboutRow]);
  });

  test('of nothing is none; of a code that does not exist is refused', () => {
    expect(readFilter(none)).toBeUndefined();
    expect(() => readFilter({ ...none, codes: ['pages.cuont-differs'] })).toThrow(/no finding code/);
    expect(() => readFilter({ ...none, files: ['{a'] })).toThrow(/pattern/);
  });

  test.each(textForms)('changes neither verdict nor books nor items of %s, and is told there', async (form) => {
    const filter = { ...none, severities: ['note'] as const };
    const [all, some] = await Promise.all(
      [undefined, filter].map(async (one) => [...(await renderCheck(reportOn(check, 'en', one), form))].join('')),
    );
    expect(some).toMatch(/[Ff]ilter/);
    expect(all).not.toMatch(/Filtered \(|"filter"/);
    expect(some).toContain('fail');
    expect(some).not.toContain('manifest.file-absent:');
  });
});

describe('groups', () => {
  test('by code put errors first and count the files', () => {
    const groups = groupFindings(check.findings, { by: 'code', examples: 1 });
    expect(groups.map(({ severity }) => severity)).toEqual(['error', 'error', 'error', 'error', 'note']);
    expect(groups.every(({ count, examples }) => count === 1 && examples.length === 1)).toBe(true);
  });

  test('by file tell the gravest severity and all that is about the file', () => {
    const group = groupFindings(check.findings, { by: 'file', examples: 5 }).find(({ path }) => path === 'scans/a.pdf');
    expect(group).toMatchObject({ severity: 'error', count: 2, files: 1 });
  });

  test('by cause keep apart what says different things', () => {
    const absent = (manifest: string, path: string) => createFinding('manifest.file-absent', { path }, { manifest });
    const findings = [absent('a.csv', '1'), absent('a.csv', '2'), absent('b.csv', '3')];
    expect(groupFindings(findings, { by: 'cause', examples: 0 }).map(({ count, files }) => [count, files])).toEqual([
      [2, 2],
      [1, 1],
    ]);
    expect(groupFindings(findings, { by: 'code', examples: 0 })).toHaveLength(1);
  });

  test('a file that is absent is told once: neither its digest nor its pages are', () => {
    const aboutAbsent = check.findings.filter(({ path }) => path === 'scans/c.pdf');
    expect(aboutAbsent.map(({ code }) => code)).toEqual(['manifest.file-absent']);
  });
});
