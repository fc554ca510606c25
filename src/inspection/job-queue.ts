/** Hands out the largest first, equal ones in the order they came: a long file begun last would leave cores idle. */
export interface JobQueue<Item> {
  push(item: Item): void;
  pop(): Item | undefined;
  peek(): Item | undefined;
  /** Takes all of them, in no order. */
  drain(): Item[];
  readonly length: number;
  /** Sum of the sizes of all that wait. */
  readonly bytes: number;
}

interface Sized {
  readonly size: number;
  /** Rises with each item. */
  readonly id: number;
}

/** A binary heap: push and pop in logarithmic time. */
export function createJobQueue<Item extends Sized>(): JobQueue<Item> {
  const heap: Item[] = [];
  let bytes = 0;
  return {
    get length() {
      return heap.length;
    },
    get bytes() {
      return bytes;
    },
    peek: () => heap[0],
    push: (item) => {
      bytes += item.size;
      heap.push(item);
      siftUp(heap, item);
    },
    pop: () => {
      const [first] = heap;
      const last = heap.pop();
      if (first === undefined || last === undefined) return undefined;
      bytes -= first.size;
      if (first !== last) siftDown(heap, last);
      return first;
    },
    drain: () => {
      bytes = 0;
      return heap.splice(0);
    },
  };
}

function precedes(one: Sized, other: Sized): boolean {
  return one.size === other.size ? one.id < other.id : one.size > other.size;
}

function siftUp<Item extends Sized>(heap: Item[], item: Item): void {
  let at = heap.length - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !precedes(item, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = item;
}

function siftDown<Item extends Sized>(heap: Item[], item: Item): void {
  let at = 0;
  for (;;) {
    const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
    if (left === undefined) break;
    const takesRight = right !== undefined && precedes(right, left);
    const child = takesRight ? right : left;
    if (!precedes(child, item)) break;
    heap[at] = child;
    at = 2 * at + (takesRight ? 2 : 1);
  }
  heap[at] = item;
}
