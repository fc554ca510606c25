import type { FindingKind, Severity } from '../findings/definition.ts';
import { type Finding, type FindingCode, kindOf, type Place } from '../findings/finding.ts';

/** What has been told of a place: a defect weighs more than that it could not be judged. */
export type Blame = FindingKind | undefined;

export interface FindingCounts {
  readonly error: number;
  readonly warning: number;
  readonly note: number;
}

/**
 * Collects findings: counts all of them, lists as many as the limit allows, and remembers which files and rows have an
 * error. However many findings a hostile package provokes, verdict and counts stay right.
 */
export interface FindingLog {
  add(finding: Finding): void;
  /** What the errors about exactly this path or row say; notes and warnings blame nobody. */
  blameOf(place: Pick<Place, 'path' | 'row'>): Blame;
  /** Those that are listed one by one, in the order in which they were told. */
  readonly findings: readonly Finding[];
  /** All findings by severity, those included that are not listed. */
  readonly counts: FindingCounts;
  /** Errors by kind. */
  readonly errors: Readonly<Record<FindingKind, number>>;
}

export interface FindingLogOptions {
  readonly limit: number;
  /** Severities other than the catalogue's. */
  readonly severities: ReadonlyMap<FindingCode, Severity>;
  /** The file (Akte) that a path belongs to. */
  readonly referenceOf: (path: string) => string | undefined;
}

export function createFindingLog({ limit, severities, referenceOf }: FindingLogOptions): FindingLog {
  const findings: Finding[] = [];
  const counts = { error: 0, warning: 0, note: 0 };
  const errors = { defect: 0, unjudged: 0 };
  const blamed = new Map<string, FindingKind>();
  const blame = (key: string, kind: FindingKind): void => {
    if (blamed.get(key) !== 'defect') blamed.set(key, kind);
  };
  return {
    findings,
    counts,
    errors,
    add(told) {
      const severity = severities.get(told.code) ?? told.severity;
      const reference = told.reference ?? referenceOf(told.path);
      counts[severity] += 1;
      if (severity === 'error') {
        const kind = kindOf(told.code);
        errors[kind] += 1;
        blame(told.path, kind);
        if (told.row !== undefined) blame(rowKey(told.path, told.row), kind);
      }
      if (findings.length < limit) {
        findings.push({ ...told, severity, ...(reference === undefined ? {} : { reference }) } as Finding);
      }
    },
    blameOf: ({ path, row }) => blamed.get(row === undefined ? path : rowKey(path, row)),
  };
}

function rowKey(path: string, row: number): string {
  return `${path}\n${row}`;
}
