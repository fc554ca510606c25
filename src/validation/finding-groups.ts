import { severities } from '../findings/definition.ts';
import type { Finding, FindingCode } from '../findings/finding.ts';

/**
 * By what findings are put together. code: all of one kind. file: all about one file of the package. cause: those of one
 * kind that say the same (200 dpi in place of 300), in however many files.
 */
export const groupings = ['code', 'file', 'cause'] as const;
export type Grouping = (typeof groupings)[number];

/** Findings that are told together: thousands of equal ones read as one line with a few examples. */
export interface FindingGroup {
  /** Of the first finding; all of the group have it, unless they are grouped by file. */
  readonly code: FindingCode;
  /** Path of the file when grouped by file. */
  readonly path: string;
  /** The gravest. */
  readonly severity: Finding['severity'];
  readonly count: number;
  /** How many different files they are about. */
  readonly files: number;
  /** The first ones, in the order in which they were told. */
  readonly examples: readonly Finding[];
}

interface Open {
  readonly first: Finding;
  severity: Finding['severity'];
  count: number;
  readonly paths: Set<string>;
  readonly examples: Finding[];
}

/** Groups findings: errors first, then the most frequent. */
export function groupFindings(
  findings: Iterable<Finding>,
  { by, examples }: { readonly by: Grouping; readonly examples: number },
): FindingGroup[] {
  const groups = new Map<string, Open>();
  for (const finding of findings) {
    const key = keyOf(finding, by);
    let group = groups.get(key);
    if (!group)
      groups.set(
        key,
        (group = { first: finding, severity: finding.severity, count: 0, paths: new Set(), examples: [] }),
      );
    group.count += 1;
    group.paths.add(finding.path);
    if (rank(finding) < rank(group)) group.severity = finding.severity;
    if (group.examples.length < examples) group.examples.push(finding);
  }
  return [...groups.values()]
    .sort((a, b) => rank(a) - rank(b) || b.count - a.count)
    .map(({ first, severity, count, paths, examples: shown }) => ({
      code: first.code,
      path: first.path,
      severity,
      count,
      files: paths.size,
      examples: shown,
    }));
}

function keyOf({ severity, code, path, args }: Finding, by: Grouping): string {
  switch (by) {
    case 'code':
      return `${severity} ${code}`;
    case 'file':
      return path;
    case 'cause':
      return `${severity} ${code} ${JSON.stringify(args)}`;
  }
}

function rank({ severity }: Pick<Finding, 'severity'>): number {
  return severities.indexOf(severity);
}
