import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/** A heap of so many bytes may grow much without the program becoming large. */
const smallHeap = 32e6;
/** In percent, between two collections of the whole heap; 50 is that of the program (bin/run-bundle.js). */
const growth = { small: 400, large: 50 };
let current: number | undefined;

/**
 * What comes over a connection lies outside the JavaScript heap and counts as its growth: a small one, kept tight, would be
 * collected as a whole with every 15 MB, which takes a third of the processor time of an import. To be called now and then.
 */
export function makeRoom(): void {
  const percent = getHeapStatistics().used_heap_size < smallHeap ? growth.small : growth.large;
  if (percent !== current) setFlagsFromString(`--heap-growing-percent=${percent}`);
  current = percent;
}
