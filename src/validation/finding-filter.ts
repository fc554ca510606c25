import { readPattern } from '../delivery/glob.ts';
import { catalogue } from '../findings/catalogue.ts';
import type { Severity } from '../findings/definition.ts';
import { type Finding, isFindingCode } from '../findings/finding.ts';
import { chosenFindings, type Findings } from '../findings/findings.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { CheckedItem } from './items.ts';

/** Pages from the first to the last, both included, counted from 1. */
export interface PageRange {
  readonly from: number;
  readonly to: number;
}

/** Which findings are shown; a list that is empty leaves all. What is given of several lists must all fit. */
export interface FindingFilter {
  /** Codes, or the topic before the full stop: "pdf". */
  readonly codes: readonly string[];
  readonly severities: readonly Severity[];
  /** Paths, folders, or patterns of the layout's kind: "scans/**". */
  readonly files: readonly string[];
  readonly pages: readonly PageRange[];
}

/** Undefined when it leaves everything. @throws UsageError for a code that does not exist or a pattern that is none */
export function readFilter(filter: FindingFilter): FindingFilter | undefined {
  for (const code of filter.codes) requireCode(code);
  for (const pattern of filter.files) requirePattern(pattern);
  return Object.values(filter).every((list: readonly unknown[]) => list.length === 0) ? undefined : filter;
}

/**
 * The findings that the filter leaves, in their order. A finding about a row of a manifest is also one about the file
 * that the row names.
 */
export function filterFindings(
  findings: Findings,
  filter: FindingFilter | undefined,
  items: Iterable<CheckedItem>,
): Findings {
  if (!filter) return findings;
  const fitsFile = fileTest(filter, items);
  return chosenFindings(
    findings,
    (finding) =>
      fitsCode(filter.codes, finding.code) &&
      (filter.severities.length === 0 || filter.severities.includes(finding.severity)) &&
      fitsPage(filter.pages, finding.page) &&
      fitsFile(finding),
  );
}

function fitsCode(codes: readonly string[], code: string): boolean {
  return codes.length === 0 || codes.some((wanted) => code === wanted || code.startsWith(`${wanted}.`));
}

function fitsPage(pages: readonly PageRange[], page: number | undefined): boolean {
  if (pages.length === 0) return true;
  return page !== undefined && pages.some(({ from, to }) => from <= page && page <= to);
}

function fileTest({ files }: FindingFilter, items: Iterable<CheckedItem>): (finding: Finding) => boolean {
  if (files.length === 0) return () => true;
  const tests = files.map((written) => {
    const path = written.replace(/\/+$/, '').normalize('NFC');
    const pattern = readPattern(path);
    return (other: string) => other === path || other.startsWith(`${path}/`) || pattern.matches(other);
  });
  const fits = (path: string) => path !== '' && tests.some((test) => test(path.normalize('NFC')));
  const named = new Map<string, string>();
  for (const { manifest, row, path } of items) if (manifest !== undefined) named.set(`${manifest}\n${row}`, path);
  return ({ path, row }) => fits(path) || (row !== undefined && fits(named.get(`${path}\n${row}`) ?? ''));
}

function requireCode(code: string): void {
  const topics = new Set(Object.keys(catalogue).map((known) => known.slice(0, known.indexOf('.'))));
  if (isFindingCode(code) || topics.has(code)) return;
  throw new UsageError(
    'filter.unknown-code',
    text({ de: `Die Kennung „${code}“ gibt es nicht.`, en: `There is no finding code "${code}".` }),
    didYouMean(code, [...Object.keys(catalogue), ...topics]),
  );
}

function requirePattern(pattern: string): void {
  try {
    readPattern(pattern);
  } catch {
    throw new UsageError(
      'filter.bad-pattern',
      text({ de: `Das Muster „${pattern}“ ist nicht lesbar.`, en: `Cannot read the pattern "${pattern}".` }),
      text({
        de: 'Geschweifte Klammern müssen paarweise stehen, etwa scans/*.{pdf,tif}.',
        en: 'Braces must stand in pairs, as in scans/*.{pdf,tif}.',
      }),
    );
  }
}
