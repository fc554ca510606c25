import type { FindingRow } from './delivery-store.ts';

/** What stands in the way of accepting a delivery: error findings that nobody has waived. */
export interface Obstacles {
  /** About the package, or about a file that is not in this delivery. */
  readonly general: readonly FindingRow[];
  /** By the id of the delivered file. */
  readonly byFile: ReadonlyMap<number, readonly FindingRow[]>;
}

export function obstacles(findings: readonly FindingRow[]): Obstacles {
  const open = findings.filter(({ severity, waiver_id }) => severity === 'error' && waiver_id === null);
  const byFile = new Map<number, FindingRow[]>();
  for (const finding of open) {
    if (finding.delivery_file_id === null) continue;
    const group = byFile.get(finding.delivery_file_id);
    if (group) group.push(finding);
    else byFile.set(finding.delivery_file_id, [finding]);
  }
  return { general: open.filter((finding) => finding.delivery_file_id === null), byFile };
}

/** Errors of the package as a whole; an absent file (named by its reference) does not spoil those that are there. */
export function packageObstacles({ general }: Obstacles): FindingRow[] {
  return general.filter(({ reference }) => reference === null);
}
