import type { Extent } from './directory.ts';

/** Which bytes of a file its directories account for, and to which page picture data belongs. */
export interface Coverage {
  /** Marks bytes as accounted for. @param page number of the page whose picture they hold, 0 for everything else */
  add(extent: Extent, page: number): void;
  /** More was added than is kept: nothing can be concluded. */
  readonly isFull: boolean;
  /** Looks at all that was added: the runs of bytes that nothing accounts for, and the pages that share bytes. */
  evaluate(size: number): CoverageResult;
}

export interface CoverageResult {
  readonly gaps: readonly Extent[];
  /** Pages whose picture lies (partly) in the bytes of another page's, with the first such pair. */
  readonly shared: { readonly count: number; readonly page: number; readonly other: number } | undefined;
}

/** Honest files have a few extents a page. */
const mostExtents = 500_000;

export function createCoverage(): Coverage {
  const extents: (Extent & { readonly page: number })[] = [];
  return {
    add: ({ start, end }, page) => {
      if (end > start && extents.length <= mostExtents) extents.push({ start, end, page });
    },
    get isFull() {
      return extents.length > mostExtents;
    },
    evaluate: (size) => {
      extents.sort((a, b) => a.start - b.start);
      return { gaps: findGaps(extents, size), shared: findShared(extents) };
    },
  };
}

function findGaps(sorted: readonly Extent[], size: number): Extent[] {
  const gaps: Extent[] = [];
  let covered = 0;
  for (const { start, end } of sorted) {
    if (start > covered) gaps.push({ start: covered, end: start });
    covered = Math.max(covered, end);
  }
  if (covered < size) gaps.push({ start: covered, end: size });
  return gaps;
}

function findShared(sorted: readonly (Extent & { readonly page: number })[]): CoverageResult['shared'] {
  const sharing = new Set<number>();
  let first: { page: number; other: number } | undefined;
  let reach = { end: 0, page: 0 };
  for (const { start, end, page } of sorted) {
    if (page === 0) continue;
    if (start < reach.end && page !== reach.page) {
      const later = Math.max(page, reach.page);
      sharing.add(later);
      first ??= { page: later, other: Math.min(page, reach.page) };
    }
    if (end > reach.end) reach = { end, page };
  }
  return first && { count: sharing.size, ...first };
}
