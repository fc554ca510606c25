import type { PageFacts, PageRun } from './page-facts.ts';

/** The facts of all pages, told compactly: one entry for consecutive pages that are alike. */
export interface PageRuns {
  add(facts: PageFacts): void;
  readonly runs: readonly PageRun[];
  /** Pages at the end that are counted but not described, because their facts differ too often. */
  readonly undescribed: number;
}

/** A file whose scans differ in size from page to page still gets each page described. */
const mostRuns = 20_000;

export function createPageRuns(): PageRuns {
  const runs: (PageFacts & { readonly first: number; last: number })[] = [];
  let key = '';
  let page = 0;
  let undescribed = 0;
  return {
    runs,
    get undescribed() {
      return undescribed;
    },
    add: (facts) => {
      page += 1;
      const last = runs.at(-1);
      const nextKey = JSON.stringify(facts);
      if (undescribed > 0 || (runs.length >= mostRuns && nextKey !== key)) undescribed += 1;
      else if (last && nextKey === key) last.last = page;
      else runs.push({ first: page, last: page, ...facts });
      key = nextKey;
    },
  };
}
