import type { Bar } from './group4.ts';

/** What stands on a sample page: lines of different length, like paragraphs, so that no two pages are alike. */
export function pageBars(seed: number, page: number): Bar[] {
  const random = generator(seed * 1000 + page + 1);
  return Array.from({ length: 12 }, (_, line) => ({
    top: 300 + line * 240 + (random() % 60),
    rows: 24,
    width: 64 * (1 + (random() % 27)),
  }));
}

/** Numbers that look random and are always the same: Lehmer's generator (Park and Miller, 1988). */
function generator(seed: number): () => number {
  let state = seed % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
}
