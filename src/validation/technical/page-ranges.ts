/** Consecutive pages, counted from 1. */
export interface PageRange {
  readonly first: number;
  readonly last: number;
}

const MAXIMUM_SHOWN = 10;

/** "3–7, 12"; many ranges are cut. @param ranges ascending */
export function showPages(ranges: readonly PageRange[]): string {
  const joined: { first: number; last: number }[] = [];
  for (const { first, last } of ranges) {
    const before = joined.at(-1);
    if (before && before.last + 1 === first) before.last = last;
    else joined.push({ first, last });
  }
  const shown = joined
    .slice(0, MAXIMUM_SHOWN)
    .map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`));
  return shown.join(', ') + (joined.length > MAXIMUM_SHOWN ? ', …' : '');
}
