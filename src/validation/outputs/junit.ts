import { type Finding, messageOf, remedyOf } from '../../findings/finding.ts';
import { escapeMarkup, visible } from '../../reporting/safe-text.ts';
import { type Language, text } from '../../shared/language.ts';
import type { CheckedItem } from '../items.ts';
import { resultHead } from '../result.ts';
import { type FindingsByItem, findingsByItem } from './findings-by-item.ts';
import type { CheckReport } from './report.ts';
import { booksWords, filterWords, placeWords, severityWords, verdictText } from './words.ts';

const notTold = {
  failed: text({
    de: 'Mangelhaft; der Befund ist hier nicht aufgeführt.',
    en: 'Failed; the finding is not listed here.',
  }),
  errored: text({
    de: 'Nicht prüfbar; der Befund ist hier nicht aufgeführt.',
    en: 'Could not be judged; the finding is not listed here.',
  }),
};

/**
 * JUnit XML as build servers read it. Suite "items": a test case for every row and every unlisted file, so that its
 * tests, failures and errors are the books of the check. Suite "package": what is wrong with other files, folders and the
 * package as a whole; its first case stands for the verdict. Warnings and notes are in system-out.
 */
export function* renderJUnit(report: CheckReport): Iterable<string> {
  const { check, language } = report;
  const { counts } = check;
  const places = findingsByItem(report);
  const others = [...places.elsewhere].filter(([path]) => path !== '');
  const broken = others.filter(([, findings]) => findings.some(isError)).length;
  const failed = { fail: [1, 0], error: [0, 1], pass: [0, 0] }[check.verdict];
  const [failures, errors] = [broken + (failed[0] ?? 0), failed[1] ?? 0];
  const time = ((Date.parse(check.finishedAt) - Date.parse(check.startedAt)) / 1000).toFixed(3);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield open('testsuites', {
    name: 'scanlot',
    tests: check.items.length + others.length + 1,
    failures: counts.failed + failures,
    errors: counts.errored + errors,
    time,
  });
  yield open('testsuite', {
    name: 'package',
    tests: others.length + 1,
    failures,
    errors,
    skipped: 0,
    timestamp: check.startedAt.slice(0, 19),
    time,
  });
  yield* properties(report);
  yield* packageCases(report, places, others);
  yield '</testsuite>\n';
  yield open('testsuite', {
    name: 'items',
    tests: check.items.length,
    failures: counts.failed,
    errors: counts.errored,
    skipped: counts.waived,
    timestamp: check.startedAt.slice(0, 19),
    time: '0.000',
  });
  for (const item of check.items) yield* itemCase(item, places.of(item), language);
  yield '</testsuite>\n</testsuites>\n';
}

function* properties(report: CheckReport): Iterable<string> {
  const { version, verdict, counts, profile, packageHash, startedAt, finishedAt } = resultHead(report);
  const filtered = filterWords(report);
  const values: Record<string, string | number> = {
    tool: `scanlot ${version}`,
    verdict,
    ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [`counts.${name}`, count])),
    books: booksWords(counts)[report.language],
    profile: `${profile.title} ${profile.version}`,
    profileHash: profile.hash,
    packageHash,
    startedAt,
    finishedAt,
    ...(filtered ? { filter: filtered[report.language] } : {}),
  };
  yield '<properties>\n';
  for (const [name, value] of Object.entries(values)) yield `<property${attributes({ name, value })}/>\n`;
  yield '</properties>\n';
}

function* packageCases(
  { check, language }: CheckReport,
  { elsewhere }: FindingsByItem,
  others: readonly (readonly [string, readonly Finding[]])[],
): Iterable<string> {
  const told = elsewhere.get('') ?? [];
  yield open('testcase', { name: 'package', classname: 'package' });
  const verdict = verdictText(check)[language];
  if (check.verdict === 'fail') yield problem('failure', verdict, told.filter(isError), language);
  if (check.verdict === 'error') yield problem('error', verdict, told.filter(isError), language);
  yield remarks(told, language);
  yield '</testcase>\n';
  for (const [path, findings] of others) {
    const errors = findings.filter(isError);
    yield open('testcase', { name: path, classname: 'package' });
    const [first] = errors;
    if (first) yield problem('failure', messageOf(first, language), errors, language);
    yield remarks(findings, language);
    yield '</testcase>\n';
  }
}

function* itemCase(item: CheckedItem, findings: readonly Finding[], language: Language): Iterable<string> {
  const { path, manifest, row, reference, state } = item;
  const origin = manifest === undefined ? '' : `${manifest}:${row}`;
  const name = [path, ...(origin === '' ? [] : [`(${origin})`])].filter((part) => part !== '').join(' ');
  const errors = findings.filter(isError);
  yield open('testcase', { name, classname: reference ?? 'items' });
  const first = errors[0];
  if (state !== 'passed') {
    const message = first ? messageOf(first, language) : notTold[state][language];
    yield problem(state === 'failed' ? 'failure' : 'error', message, errors, language);
  }
  yield remarks(findings, language);
  yield '</testcase>\n';
}

function problem(
  element: 'failure' | 'error',
  message: string,
  findings: readonly Finding[],
  language: Language,
): string {
  const type = findings[0]?.code ?? 'scanlot';
  const lines = findings.map((finding) => findingLine(finding, language));
  return `<${element}${attributes({ message, type })}>${escapeMarkup(lines.join('\n'))}</${element}>\n`;
}

function remarks(findings: readonly Finding[], language: Language): string {
  const others = findings.filter((finding) => !isError(finding));
  if (others.length === 0) return '';
  return `<system-out>${escapeMarkup(others.map((finding) => findingLine(finding, language)).join('\n'))}</system-out>\n`;
}

function findingLine(finding: Finding, language: Language): string {
  const { code, severity } = finding;
  const place = placeWords(finding, language);
  const message = `${place === '' ? '' : `${place}: `}${visible(messageOf(finding, language))}`;
  return `${severityWords[severity][language]} ${code}: ${message} – ${remedyOf(code, language)}`;
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function open(element: string, values: Readonly<Record<string, string | number>>): string {
  return `<${element}${attributes(values)}>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeMarkup(visible(String(value)))}"`)
    .join('');
}
