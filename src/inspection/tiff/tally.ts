import type { Observation } from '../../findings/finding.ts';
import { observe } from '../../findings/observe.ts';
import type { DataProblem } from './image-data.ts';

/** What can be wrong with single pages; told once a file, with the number of pages and the first of them. */
export type PageProblem = DataProblem | 'broken' | 'resolution' | 'size' | 'unsorted' | 'value';

/** Counts the pages that have a problem, so that ten thousand pages of one faulty writer make one observation. */
export interface Tally {
  /** Notes a problem of a page; a page counts once. @param tag the tag concerned, where there is one */
  count(problem: PageProblem, page: number, tag?: number): void;
  observations(): Observation[];
}

interface Count {
  pages: number;
  readonly first: number;
  latest: number;
  readonly tag: number;
}

export function createTally(): Tally {
  const counts = new Map<PageProblem, Count>();
  return {
    count: (problem, page, tag = 0) => {
      const known = counts.get(problem);
      if (!known) counts.set(problem, { pages: 1, first: page, latest: page, tag });
      else if (known.latest !== page) {
        known.pages += 1;
        known.latest = page;
      }
    },
    observations: () => [...counts].map(([problem, count]) => observationOf(problem, count)),
  };
}

function observationOf(problem: PageProblem, { pages, first, tag }: Count): Observation {
  switch (problem) {
    case 'broken':
    case 'unplaced':
      return observe('tiff.page-broken', { count: pages }, first);
    case 'outside':
      return observe('tiff.data-outside', { count: pages }, first);
    case 'missing':
      return observe('tiff.data-missing', { count: pages }, first);
    case 'uncounted':
      return observe('tiff.byte-counts-missing', { count: pages }, first);
    case 'resolution':
      return observe('tiff.resolution-missing', { count: pages }, first);
    case 'size':
      return observe('tiff.size-implausible', { count: pages }, first);
    case 'unsorted':
      return observe('tiff.tags-unsorted', { count: pages }, first);
    case 'value':
      return observe('tiff.value-outside', { count: pages, tag }, first);
  }
}
