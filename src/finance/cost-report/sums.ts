import type { Cents } from '../../shared/money.ts';

/** Sum of a money member; exact, for cents are integers. */
export function sumOf<T>(items: readonly T[], amount: (item: T) => number): Cents {
  return items.reduce((sum, item) => sum + amount(item), 0) as Cents;
}

/** Sum of what is known; null when nothing is. */
export function sumOfKnown<T>(items: readonly T[], amount: (item: T) => number | null): Cents | null {
  const known = items.filter((item) => amount(item) !== null);
  return known.length === 0 ? null : sumOf(known, (item) => amount(item) ?? 0);
}

/** Items by a key, in the order in which the keys first come. */
export function groupBy<T, K>(items: readonly T[], key: (item: T) => K): [K, T[]][] {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups];
}
