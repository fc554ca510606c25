import type { TiffPageFacts } from './page.ts';

/** Consecutive pages whose facts are equal. */
export type PageRun = TiffPageFacts & { readonly first: number; readonly last: number };

/** The facts of all pages, told compactly. */
export interface PageRuns {
  add(facts: TiffPageFacts): void;
  readonly runs: readonly PageRun[];
  /** Pages at the end that are counted but not described, because their facts differ too often. */
  readonly undescribed: number;
}

/** A file that changes its size with every page (cropped scans) still gets each page described. */
const mostRuns = 10_000;

export function createPageRuns(): PageRuns {
  const runs: PageRun[] = [];
  let key = '';
  let undescribed = 0;
  return {
    runs,
    get undescribed() {
      return undescribed;
    },
    add: (facts) => {
      const last = runs.at(-1);
      const page = (last?.last ?? 0) + 1;
      const nextKey = JSON.stringify(facts);
      if (undescribed > 0 || (runs.length >= mostRuns && nextKey !== key)) undescribed += 1;
      else if (last && nextKey === key) runs[runs.length - 1] = { ...last, last: page };
      else runs.push({ first: page, last: page, ...facts });
      key = nextKey;
    },
  };
}
