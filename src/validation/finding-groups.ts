import { severities } from '../findings/definition.ts';
import type { Finding, FindingCode } from '../findings/finding.ts';

/** Findings of one code and severity: thousands of equal ones read as one line with a few examples. */
export interface FindingGroup {
  readonly code: FindingCode;
  readonly severity: Finding['severity'];
  readonly count: number;
  /** The first ones, in the order in which they were told. */
  readonly examples: readonly Finding[];
}

/** Groups findings by code: errors first, then the most frequent. */
export function groupFindings(findings: readonly Finding[], examples: number): FindingGroup[] {
  const groups = new Map<
    string,
    { code: FindingCode; severity: Finding['severity']; count: number; examples: Finding[] }
  >();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.code}`;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { code: finding.code, severity: finding.severity, count: 0, examples: [] }));
    group.count += 1;
    if (group.examples.length < examples) group.examples.push(finding);
  }
  const rank = (group: FindingGroup) => severities.indexOf(group.severity);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
}
