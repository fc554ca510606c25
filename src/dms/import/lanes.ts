/** Items of one lane begin one after the other, in their order; those of different lanes at the same time. */
export interface Lanes<Item> {
  /** The first item whose lane is free; its lane is taken until `release`. Undefined when none may begin now. */
  take(): Item | undefined;
  /** The next item of this one's lane may begin; said again, after it has begun, it changes nothing. */
  release(item: Item): void;
  /** Items that have not begun. */
  readonly left: number;
}

/** How far ahead of the first waiting item others may begin. */
const reach = 256;

/** @param laneOf undefined for an item that waits for nothing */
export function createLanes<Item>(items: readonly Item[], laneOf: (item: Item) => string | undefined): Lanes<Item> {
  const begun = new Set<number>();
  const holders = new Map<string, Item>();
  let first = 0;
  let left = items.length;

  const begin = (at: number): Item | undefined => {
    const item = items[at];
    const lane = item && laneOf(item);
    if (item !== undefined && lane !== undefined) holders.set(lane, item);
    begun.add(at);
    left -= 1;
    while (begun.delete(first)) first += 1;
    return item;
  };
  return {
    take() {
      for (let at = first; at < Math.min(first + reach, items.length); at++) {
        const item = items[at];
        if (item === undefined || begun.has(at)) continue;
        const lane = laneOf(item);
        if (lane === undefined || !holders.has(lane)) return begin(at);
      }
      return undefined;
    },
    release(item) {
      const lane = laneOf(item);
      if (lane !== undefined && holders.get(lane) === item) holders.delete(lane);
    },
    get left() {
      return left;
    },
  };
}
