import { type Finding, messageOf, remedyOf } from '../findings/finding.ts';
import type { Language } from '../shared/language.ts';
import { packageVersion } from '../shared/package.ts';
import type { CheckedItem, PackageCheck } from './check-package.ts';
import type { FindingFilter } from './finding-filter.ts';
import { type CheckReport, reportOn } from './outputs/report.ts';

/** Name and version of the result document: an interface; its schema is schemas/check-result-1.schema.json. */
export const resultSchema = 'check-result-1';

/** A finding as the result document tells it. */
export type ResultFinding = Finding & { readonly message: string; readonly remedy: string };

/** The members of the result document beside "schema". It stands alone: two parties can tell whether they checked alike. */
export interface CheckResult {
  /** Name and version of the program that checked. */
  readonly tool: string;
  readonly version: string;
  readonly verdict: PackageCheck['verdict'];
  readonly counts: PackageCheck['counts'];
  readonly profile: { readonly key: string; readonly version: string; readonly title: string; readonly hash: string };
  readonly packageHash: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly resumed: PackageCheck['resumed'];
  readonly manifests: PackageCheck['manifests'];
  /** Other programs that judged files, with their versions. */
  readonly engines: readonly string[];
  /** Files that claim to be PDF/A, and whether veraPDF judged them or only plain contradictions were looked for. */
  readonly pdfa: { readonly claims: number; readonly judgedBy: 'veraPDF' | 'contradictions' };
  /** There when not all findings are listed; `of` is how many there are. */
  readonly filter?: FindingFilter & { readonly shown: number; readonly of: number };
  readonly findings: readonly ResultFinding[];
  readonly items: readonly CheckedItem[];
}

/** A result whose lists are made as they are read. */
export type ListedResult = Omit<CheckResult, 'findings' | 'items'> & {
  readonly findings: Iterable<ResultFinding>;
  readonly items: Iterable<CheckedItem>;
};

/** The result for machines; messages and remedies are in the language asked for. */
export function toResult(check: PackageCheck, language: Language, filter?: FindingFilter): CheckResult {
  const { findings, items, ...head } = toListedResult(check, language, filter);
  return { ...head, findings: [...findings], items: [...items] };
}

/** The same for packages of any size: its lists never stand in memory as a whole. */
export function toListedResult(check: PackageCheck, language: Language, filter?: FindingFilter): ListedResult {
  const report = reportOn(check, language, filter);
  return {
    ...resultHead(report),
    findings: presented(report.findings, (finding) => toResultFinding(finding, language)),
    items: check.items,
  };
}

/** The result document as text, piece by piece: one line for each finding and item, however many there are. */
export function* renderResult(report: CheckReport): Iterable<string> {
  const head = { schema: `urn:scanlot:schemas/${resultSchema}`, ...resultHead(report) };
  yield JSON.stringify(head, undefined, 2).slice(0, -'\n}'.length);
  const findings = presented(report.findings, (finding) => toResultFinding(finding, report.language));
  yield* renderList('findings', findings);
  yield* renderList('items', report.check.items);
  yield '\n}\n';
}

/** The elements, each presented when it is read; may be read several times. */
function presented<T, Shown>(list: Iterable<T>, present: (element: T) => Shown): Iterable<Shown> {
  return {
    *[Symbol.iterator]() {
      for (const element of list) yield present(element);
    },
  };
}

function* renderList(name: string, list: Iterable<unknown>): Iterable<string> {
  yield `,\n  "${name}": [`;
  let separator = '';
  for (const element of list) {
    yield `${separator}\n    ${JSON.stringify(element)}`;
    separator = ',';
  }
  yield separator === '' ? ']' : '\n  ]';
}

/** Everything but the lists: who checked what by which rules, when, and how it came out. */
export function resultHead({ check, filter, findings }: CheckReport): Omit<CheckResult, 'findings' | 'items'> {
  const { profile, version, title } = check.profile.source;
  return {
    tool: 'scanlot',
    version: packageVersion(),
    verdict: check.verdict,
    counts: check.counts,
    profile: { key: profile, version, title, hash: check.profileHash },
    packageHash: check.packageHash,
    startedAt: check.startedAt,
    finishedAt: check.finishedAt,
    resumed: check.resumed,
    manifests: check.manifests,
    engines: check.engines,
    pdfa: { claims: check.pdfaClaims, judgedBy: judgeOfPdfa(check) },
    ...(filter ? { filter: { ...filter, shown: findings.length, of: check.findings.length } } : {}),
  };
}

function judgeOfPdfa({ engines }: PackageCheck): CheckResult['pdfa']['judgedBy'] {
  return engines.some((name) => name.startsWith('veraPDF')) ? 'veraPDF' : 'contradictions';
}

export function toResultFinding(finding: Finding, language: Language): ResultFinding {
  return { ...finding, message: messageOf(finding, language), remedy: remedyOf(finding.code, language) };
}
