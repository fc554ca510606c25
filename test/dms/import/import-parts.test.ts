import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLanes } from '../../../src/dms/import/lanes.ts';
import { type Clock, createRateLimit, isWithin } from '../../../src/dms/import/pace.ts';
import { createThrottle } from '../../../src/dms/import/throttle.ts';

describe('lanes', () => {
  it('begin the items of a lane in their order, each after the one before was released', () => {
    const lanes = createLanes(['a1', 'a2', 'b1', '-', 'a3'], (item) => (item === '-' ? undefined : item[0]));
    expect([lanes.take(), lanes.take(), lanes.take(), lanes.take()]).toEqual(['a1', 'b1', '-', undefined]);
    lanes.release('a1');
    expect([lanes.take(), lanes.take()]).toEqual(['a2', undefined]);
    lanes.release('a2');
    expect([lanes.take(), lanes.left]).toEqual(['a3', 0]);
  });

  it('give out every item exactly once, whatever is released when', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { maxLength: 600 }),
        fc.array(fc.boolean(), { maxLength: 2000 }),
        (kinds, turns) => {
          const items = kinds.map((kind, at) => ({ kind, at }));
          const lanes = createLanes(items, ({ kind }) => (kind === 0 ? undefined : String(kind)));
          const underWay: typeof items = [];
          const begun: typeof items = [];
          const take = () => {
            const item = lanes.take();
            if (!item) return;
            if (item.kind !== 0) expect(underWay.filter(({ kind }) => kind === item.kind)).toEqual([]);
            underWay.push(item);
            begun.push(item);
          };
          const finish = () => {
            const item = underWay.shift();
            if (item) lanes.release(item);
          };
          for (const turn of turns) turn ? take() : finish();
          while (lanes.left > 0) {
            take();
            finish();
          }
          expect(begun.map(({ at }) => at).sort((a, b) => a - b)).toEqual(items.map(({ at }) => at));
          for (const kind of [1, 2, 3, 4]) {
            const own = begun.filter((item) => item.kind === kind).map(({ at }) => at);
            expect(own).toEqual([...own].sort((a, b) => a - b));
          }
        },
      ),
    );
  });
});

describe('the throttle', () => {
  /** Objects of one size, at a pace that depends on how many are under way. */
  const work = (largest: number, pace: (parallel: number) => number, objects: number) => {
    const throttle = createThrottle(largest);
    let at = 0;
    for (let done = 0; done < objects; done++) throttle.done(1, (at += 1000 / pace(throttle.limit)));
    return throttle;
  };

  it('begins with two and grows while more gets done', () => {
    expect(createThrottle(8).limit).toBe(2);
    expect(work(8, (parallel) => parallel, 500).limit).toBe(8);
  });

  it('does not grow on and on where more at once gets nothing more done', () => {
    expect(work(32, (parallel) => Math.min(parallel, 4), 500).most).toBeLessThan(8);
  });

  it('goes back where more at once gets less done', () => {
    const throttle = work(32, (parallel) => (parallel <= 3 ? parallel : 3 / parallel), 500);
    expect(throttle.limit).toBeLessThanOrEqual(4);
  });

  it('halves when the system asks for less, down to one', () => {
    const throttle = work(16, (parallel) => parallel, 1000);
    expect(throttle.limit).toBe(16);
    const limits = [0, 1, 2, 3, 4, 5].map((at) => {
      throttle.overloaded(at);
      return throttle.limit;
    });
    expect(limits).toEqual([8, 4, 2, 1, 1, 1]);
  });

  it('never leaves its bounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.nat(5000), { maxLength: 500 }), (largest, times) => {
        const throttle = createThrottle(largest);
        let at = 0;
        for (const time of times) {
          if (time === 0) throttle.overloaded(at);
          else throttle.done(time % 7, (at += time));
          expect(throttle.limit).toBeGreaterThanOrEqual(1);
          expect(throttle.limit).toBeLessThanOrEqual(largest);
        }
      }),
    );
  });
});

describe('the import window', () => {
  const at = (time: string) => new Date(`2021-03-01T${time}:00`);

  it.each([
    ['20:00', '06:00', '19:59', false],
    ['20:00', '06:00', '20:00', true],
    ['20:00', '06:00', '00:00', true],
    ['20:00', '06:00', '05:59', true],
    ['20:00', '06:00', '06:00', false],
    ['09:30', '11:15', '09:29', false],
    ['09:30', '11:15', '11:14', true],
    ['09:30', '11:15', '11:15', false],
    ['00:00', '00:00', '13:00', true],
  ])('from %s to %s: %s is %s', (from, to, time, expected) => {
    expect(isWithin({ from, to }, at(time))).toBe(expected);
  });
});

describe('the rate limit', () => {
  const slow = (): Clock & { slept: number[] } => {
    let elapsed = 0;
    const slept: number[] = [];
    const sleep = async (milliseconds: number) => {
      slept.push(milliseconds);
      elapsed += milliseconds;
    };
    return { now: () => new Date(0), elapsed: () => elapsed, sleep, slept };
  };

  it('spaces beginnings evenly', async () => {
    const clock = slow();
    const nextMayBegin = createRateLimit(30, clock);
    for (let at = 0; at < 4; at++) await nextMayBegin(new AbortController().signal);
    expect(clock.slept).toEqual([2000, 2000, 2000]);
  });

  it('waits for nothing where there is no limit', async () => {
    const clock = slow();
    const nextMayBegin = createRateLimit(undefined, clock);
    for (let at = 0; at < 4; at++) await nextMayBegin(new AbortController().signal);
    expect(clock.slept).toEqual([]);
  });
});
