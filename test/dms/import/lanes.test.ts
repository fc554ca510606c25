import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLanes } from '../../../src/dms/import/lanes.ts';

interface Item {
  readonly lane: string | undefined;
}

const inLane = (lane: string | undefined): Item => ({ lane });
const laneOf = ({ lane }: Item): string | undefined => lane;

describe('lanes', () => {
  it('keeps a lane taken for the one that began last, though the one before says twice that it is done', () => {
    const items = [inLane('K1'), inLane('K1'), inLane('K1')] as const;
    const lanes = createLanes(items, laneOf);
    expect(lanes.take()).toBe(items[0]);
    lanes.release(items[0]);
    expect(lanes.take()).toBe(items[1]);
    lanes.release(items[0]);
    expect(lanes.take()).toBeUndefined();
    lanes.release(items[1]);
    expect(lanes.take()).toBe(items[2]);
    expect(lanes.left).toBe(0);
  });

  it('begins each lane in its order, one at a time, whenever and however often items are released', () => {
    const names = fc.constantFrom('K1', 'K2', 'K3', undefined);
    fc.assert(
      fc.property(fc.array(names, { maxLength: 40 }), fc.array(fc.nat(), { maxLength: 200 }), (all, choices) => {
        const items = all.map(inLane);
        const lanes = createLanes(items, laneOf);
        const begun: Item[] = [];
        const released = new Set<Item>();
        const take = (): void => {
          const item = lanes.take();
          if (!item) return;
          const before = begun.filter(({ lane }) => lane !== undefined && lane === item.lane);
          expect(before.every((one) => released.has(one))).toBe(true);
          begun.push(item);
        };
        for (const choice of choices) {
          const one = begun[choice % (begun.length + 1)];
          if (choice % 2 === 0 || !one) take();
          else {
            lanes.release(one);
            released.add(one);
          }
        }
        while (lanes.left > 0) {
          take();
          for (const one of begun) {
            lanes.release(one);
            released.add(one);
          }
        }
        expect(begun.length).toBe(items.length);
        for (const lane of ['K1', 'K2', 'K3']) {
          const ofLane = (list: readonly Item[]) => list.filter((item) => item.lane === lane);
          expect(ofLane(begun).every((item, at) => item === ofLane(items)[at])).toBe(true);
        }
      }),
    );
  });
});
