import { hash } from 'node:crypto';
import { catalogue } from '../../findings/catalogue.ts';
import type { FindingDefinition } from '../../findings/definition.ts';
import { type Finding, type FindingCode, messageOf } from '../../findings/finding.ts';
import { visible } from '../../reporting/safe-text.ts';
import type { Language } from '../../shared/language.ts';
import type { CheckedItem } from '../items.ts';
import { resultHead } from '../result.ts';
import { exitCodeOf } from '../verdict.ts';
import type { CheckReport } from './report.ts';
import { filterWords, labels } from './words.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const base = 'PACKAGE';

/**
 * SARIF 2.1.0 (OASIS): rules are the finding codes that occur, results the findings, artifacts the files of the package,
 * each once. The books, and every item with its state, are in the run's properties. URIs are relative to the package.
 */
export function* renderSarif(report: CheckReport): Iterable<string> {
  const { check, findings, language } = report;
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const ruleIndex = new Map(codes.map((code, index) => [code, index]));
  const head = resultHead(report);
  yield `{\n"$schema": ${JSON.stringify(schema)},\n"version": "2.1.0",\n"runs": [{\n`;
  const driver = {
    name: 'scanlot',
    version: head.version,
    semanticVersion: head.version,
    rules: codes.map((code) => rule(code, language)),
  };
  yield `"tool": ${JSON.stringify({ driver })},\n`;
  yield `"language": "${language}",\n"columnKind": "utf16CodeUnits",\n`;
  yield `"originalUriBaseIds": ${JSON.stringify({ [base]: { description: { text: labels.packageHash[language] } } })},\n`;
  const invocation = {
    executionSuccessful: true,
    exitCode: exitCodeOf(check.verdict),
    startTimeUtc: check.startedAt,
    endTimeUtc: check.finishedAt,
  };
  yield `"invocations": [${JSON.stringify(invocation)}],\n`;
  yield* list('artifacts', artifacts(check.items));
  yield ',\n';
  yield* list('results', results(report, ruleIndex));
  const { verdict, counts, profile, packageHash, engines, pdfa } = head;
  const filtered = filterWords(report)?.[language];
  const facts = { verdict, counts, profile, packageHash, engines, pdfa, ...(filtered ? { filter: filtered } : {}) };
  yield `,\n"properties": ${JSON.stringify(facts).slice(0, -1)},\n`;
  yield* list('items', itemStates(check.items));
  yield '}\n}]\n}\n';
}

function* list(name: string, elements: Iterable<object>): Iterable<string> {
  yield `"${name}": [`;
  let separator = '\n';
  for (const element of elements) {
    yield separator + JSON.stringify(element);
    separator = ',\n';
  }
  yield ']';
}

function rule(code: FindingCode, language: Language): object {
  const { severity, title, remedy, reference } = catalogue[code] as FindingDefinition<object>;
  return {
    id: code,
    shortDescription: { text: title[language] },
    fullDescription: { text: reference === undefined ? title[language] : `${title[language]} (${reference})` },
    help: { text: remedy[language] },
    defaultConfiguration: { level: severity },
  };
}

function* results(
  { findings, language, check }: CheckReport,
  ruleIndex: ReadonlyMap<FindingCode, number>,
): Iterable<object> {
  const manifests = new Set(check.manifests.map(({ path }) => path));
  for (const finding of findings) {
    const { code, severity, path, row, page, reference } = finding;
    const properties = {
      ...(page === undefined ? {} : { page }),
      ...(row === undefined ? {} : { row }),
      ...(reference === undefined ? {} : { reference: visible(reference) }),
    };
    yield {
      ruleId: code,
      ruleIndex: ruleIndex.get(code) ?? -1,
      level: severity,
      message: { text: visible(messageOf(finding, language)) },
      ...(path === '' ? {} : { locations: [location(path, manifests.has(path) ? row : undefined)] }),
      partialFingerprints: { 'finding/v1': fingerprint(finding) },
      ...(Object.keys(properties).length === 0 ? {} : { properties }),
    };
  }
}

/** The row is a line of the manifest; where another file is the place, it only says which row names that file. */
function location(path: string, line: number | undefined): object {
  const region = line === undefined ? {} : { region: { startLine: line } };
  return { physicalLocation: { artifactLocation: { uri: uriOf(path), uriBaseId: base }, ...region } };
}

/** Equal for the same finding in every run: what is told of which place, but neither wording nor severity. */
function fingerprint({ code, path, row, page, args }: Finding): string {
  return hash('sha256', JSON.stringify([code, path, row ?? null, page ?? null, args]));
}

function* artifacts(items: Iterable<CheckedItem>): Iterable<object> {
  const told = new Set<string>();
  for (const { path, facts } of items) {
    if (path === '' || told.has(path)) continue;
    told.add(path);
    const bytes = facts ? { length: facts.size, hashes: { 'sha-256': facts.sha256 } } : {};
    const found = facts ? { properties: { format: facts.format, pages: facts.pages } } : {};
    yield { location: { uri: uriOf(path), uriBaseId: base }, ...bytes, ...found };
  }
}

function* itemStates(items: Iterable<CheckedItem>): Iterable<object> {
  for (const item of items) yield itemState(item);
}

function itemState({ path, manifest, row, reference, state }: CheckedItem): object {
  return { path, ...(manifest === undefined ? {} : { manifest, row }), reference, state };
}

/**
 * A relative reference (RFC 3986, clause 4.2): everything but unreserved characters is percent-encoded, as UTF-8; slashes
 * at the beginning too, which would lead away from the package.
 */
function uriOf(path: string): string {
  const leading = /^\/*/.exec(path)?.[0].length ?? 0;
  return '%2F'.repeat(leading) + path.slice(leading).split('/').map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  if (segment === '.' || segment === '..') return segment.replaceAll('.', '%2E');
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, '\uFFFD'));
}
