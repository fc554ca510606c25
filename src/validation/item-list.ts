import type { CheckedItem, ItemState } from './items.ts';

/** The items of a check. There may be a million: only the state of each is kept, the rest is made when it is asked for. */
export class ItemList implements Iterable<CheckedItem> {
  readonly #states: readonly ItemState[] | Uint8Array;
  readonly #make: (place: number, state: ItemState) => CheckedItem;

  /**
   * @param states of all items, by their names or by their places in `itemStates`
   * @param make makes the item at a place; the same one each time
   */
  constructor(states: readonly ItemState[] | Uint8Array, make: (place: number, state: ItemState) => CheckedItem) {
    this.#states = states;
    this.#make = make;
  }

  static of(items: readonly CheckedItem[]): ItemList {
    return new ItemList(
      items.map(({ state }) => state),
      (place) => items[place] as CheckedItem,
    );
  }

  get length(): number {
    return this.#states.length;
  }

  stateOf(place: number): ItemState {
    const state = this.#states[place];
    return typeof state === 'number' ? (itemStates[state] ?? 'errored') : (state ?? 'errored');
  }

  /** @param place from the end where it is below 0 */
  at(place: number): CheckedItem | undefined {
    const index = place < 0 ? this.length + place : place;
    return index >= 0 && index < this.length ? this.#make(index, this.stateOf(index)) : undefined;
  }

  map<Shown>(show: (item: CheckedItem) => Shown): Shown[] {
    return Array.from(this, show);
  }

  *[Symbol.iterator](): Iterator<CheckedItem> {
    for (let place = 0; place < this.length; place += 1) yield this.#make(place, this.stateOf(place));
  }
}

export const itemStates: readonly ItemState[] = ['passed', 'failed', 'errored'];
