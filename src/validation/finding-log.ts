import type { FindingKind, Severity } from '../findings/definition.ts';
import { type Finding, type FindingCode, kindOf, type Place } from '../findings/finding.ts';
import { FindingList } from '../findings/finding-list.ts';
import { IntColumn, NumberTable, SmallIntColumn } from '../shared/columns/numbers.ts';
import { TextTable } from '../shared/columns/texts.ts';

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
  readonly findings: FindingList;
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
  /** Numbers the paths; shared by all who speak of the same package. */
  readonly paths?: TextTable;
}

/** What is remembered of a place: higher weighs more. */
const kinds: readonly Blame[] = [undefined, 'unjudged', 'defect'];

export function createFindingLog(options: FindingLogOptions): FindingLog {
  const { limit, severities, referenceOf, paths = new TextTable() } = options;
  const findings = new FindingList(paths);
  const counts = { error: 0, warning: 0, note: 0 };
  const errors = { defect: 0, unjudged: 0 };
  const blamedPaths = new SmallIntColumn();
  const blamedRows = createBlamedRows();
  const blame = (path: string, row: number | undefined, weight: number): void => {
    const number = paths.numberOf(path);
    blamedPaths.set(number, Math.max(weight, blamedPaths.get(number)));
    if (row !== undefined) blamedRows.blame(number, row, weight);
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
        blame(told.path, told.row, kinds.indexOf(kind));
      }
      if (findings.length < limit) {
        const own = reference === undefined ? {} : { reference };
        findings.push({ ...told, severity, ...own } as Finding);
      }
    },
    blameOf: ({ path, row }) => {
      const number = paths.find(path);
      if (number < 0) return undefined;
      return kinds[row === undefined ? blamedPaths.get(number) : blamedRows.weightOf(number, row)];
    },
  };
}

/** How much weighs what has been told of a row of a path: 0 for nothing. */
interface BlamedRows {
  blame(pathNumber: number, row: number, weight: number): void;
  weightOf(pathNumber: number, row: number): number;
}

/** Of nearly every path one row is told at most: only further ones need a table. */
function createBlamedRows(): BlamedRows {
  const firstRows = new IntColumn();
  const firstWeights = new SmallIntColumn();
  const further = new NumberTable();
  return {
    blame: (path, row, weight) => {
      const first = firstRows.get(path);
      if (first < 0) firstRows.set(path, row);
      if (first < 0 || first === row) firstWeights.set(path, Math.max(weight, firstWeights.get(path)));
      else further.set(rowKey(path, row), Math.max(weight, further.get(rowKey(path, row))));
    },
    weightOf: (path, row) => (firstRows.get(path) === row ? firstWeights.get(path) : further.get(rowKey(path, row))),
  };
}

/** Exact for rows below 2^28 and as many paths as a package can have. */
function rowKey(pathNumber: number, row: number): number {
  return pathNumber * 2 ** 28 + row;
}
