import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/findings/catalogue.ts';
import { severities } from '../../src/findings/definition.ts';
import { createFinding, type Finding } from '../../src/findings/finding.ts';
import { FindingList } from '../../src/findings/finding-list.ts';
import { chosenFindings } from '../../src/findings/findings.ts';
import { TextTable } from '../../src/shared/columns/texts.ts';

const number = fc.option(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { nil: undefined });
const words = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', '\u0000', '\ud800', 'Łódź'));

/** Any finding at all: the list has to keep arguments as they are, whatever the code. */
const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    code: fc.constantFrom(...Object.keys(catalogue)),
    severity: fc.constantFrom(...severities),
    path: words,
    row: number,
    page: number,
    reference: fc.option(words, { nil: undefined }),
    args: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
  })
  .map((parts) => {
    const given = Object.entries(parts).filter(([, value]) => value !== undefined);
    return JSON.parse(JSON.stringify(Object.fromEntries(given))) as Finding;
  });

function listOf(findings: readonly Finding[]): FindingList {
  const list = new FindingList();
  for (const finding of findings) list.push(finding);
  return list;
}

describe('a list of findings', () => {
  test('gives back what was added, in its order', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 30 }), (findings) => {
        const list = listOf(findings);
        expect([...list]).toStrictEqual(findings);
        expect(list.length).toBe(findings.length);
      }),
    );
  });

  test('can be asked as an array can', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 30 }), fc.integer({ min: -35, max: 35 }), (findings, place) => {
        const list = listOf(findings);
        const isError = ({ severity }: Finding) => severity === 'error';
        expect(list.at(place)).toEqual(findings.at(place));
        expect(list.map(({ code }) => code)).toEqual(findings.map(({ code }) => code));
        expect(list.filter(isError)).toEqual(findings.filter(isError));
        expect(list.find(isError)).toEqual(findings.find(isError));
        expect(list.some(isError)).toBe(findings.some(isError));
        expect(list.slice(2, 5)).toEqual(findings.slice(2, 5));
      }),
    );
  });

  test('shares the numbers of paths with all who speak of the same package', () => {
    const paths = new TextTable();
    const list = new FindingList(paths);
    list.push(createFinding('manifest.file-absent', { path: 'scans/a.pdf', row: 2 }, { manifest: 'index.csv' }));
    expect(paths.find('scans/a.pdf')).toBe(0);
    expect(list.at(0)?.path).toBe('scans/a.pdf');
  });
});

describe('findings chosen from others', () => {
  test('are those that pass the test, whether the others are a list or an array', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 30 }), (findings) => {
        const isWarning = ({ severity }: Finding) => severity === 'warning';
        const expected = findings.filter(isWarning);
        expect([...chosenFindings(listOf(findings), isWarning)]).toEqual(expected);
        expect([...chosenFindings(findings, isWarning)]).toEqual(expected);
        expect(chosenFindings(findings, isWarning).at(-1)).toEqual(expected.at(-1));
      }),
    );
  });
});
