import type { FindingArgs, FindingCode, Observation } from './finding.ts';

/** Makes an observation; the inspection knows no path. By itself, so that workers need not load the catalogue. */
export function observe<Code extends FindingCode>(code: Code, args: FindingArgs<Code>, page?: number): Observation {
  return (page === undefined ? { code, args } : { code, args, page }) as Observation;
}
