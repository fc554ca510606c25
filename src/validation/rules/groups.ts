import { randomInt } from 'node:crypto';

/** Numbers the different keys of the rows: equal keys, equal number. Keeps hashes, not keys: a million rows take 16 MB. */
export interface Groups {
  /** The group of a row. A row that is the first of its group makes a new one. */
  idOf(row: number, key: string): number;
  readonly size: number;
  /** The row that made the group. */
  firstOf(group: number): number;
}

const EMPTY = -1;

/** @param keyAt the key of a row that was numbered before, to tell keys apart that have the same hash */
export function createGroups(keyAt: (row: number) => string): Groups {
  // Hashes are different in each run: nobody can make up keys that all fall together.
  const seed = randomInt(2 ** 31);
  const firsts: number[] = [];
  const hashes: number[] = [];
  let slots = new Int32Array(1024).fill(EMPTY);
  let last = { key: '', group: EMPTY };

  const place = (hash: number, group: number): void => {
    let at = hash & (slots.length - 1);
    while (slots[at] !== EMPTY) at = (at + 1) & (slots.length - 1);
    slots[at] = group;
  };
  const grow = (): void => {
    slots = new Int32Array(slots.length * 2).fill(EMPTY);
    for (const [group, hash] of hashes.entries()) place(hash, group);
  };
  const find = (hash: number, key: string): number => {
    for (let at = hash & (slots.length - 1); slots[at] !== EMPTY; at = (at + 1) & (slots.length - 1)) {
      const group = slots[at] ?? EMPTY;
      if (hashes[group] === hash && keyAt(firsts[group] ?? 0) === key) return group;
    }
    return EMPTY;
  };
  return {
    idOf: (row, key) => {
      // Rows of a group mostly stand together.
      if (last.group !== EMPTY && last.key === key) return last.group;
      const hash = hashOf(key, seed);
      let group = find(hash, key);
      if (group === EMPTY) {
        group = firsts.push(row) - 1;
        hashes.push(hash);
        if (firsts.length * 2 > slots.length) grow();
        else place(hash, group);
      }
      last = { key, group };
      return group;
    },
    get size() {
      return firsts.length;
    },
    firstOf: (group) => firsts[group] ?? 0,
  };
}

/** FNV-1a over UTF-16 units, mixed at the end; from 0 to 2³¹ − 1. */
function hashOf(key: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < key.length; index += 1) {
    hash ^= key.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  return (hash ^ (hash >>> 13)) & 0x7fffffff;
}
