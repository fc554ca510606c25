import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJobQueue } from '../../src/inspection/job-queue.ts';

describe('the queue of files', () => {
  it('hands out the largest first, and equal ones in the order they came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (sizes) => {
        const queue = createJobQueue<{ size: number; id: number }>();
        const items = sizes.map((size, id) => ({ size, id }));
        for (const item of items) queue.push(item);
        expect(queue).toMatchObject({ length: items.length, bytes: sizes.reduce((sum, size) => sum + size, 0) });
        const handedOut = items.map(() => {
          const first = queue.peek();
          expect(queue.pop()).toBe(first);
          return first;
        });
        expect(handedOut).toEqual(items.toSorted((one, other) => other.size - one.size || one.id - other.id));
        expect(queue).toMatchObject({ length: 0, bytes: 0 });
        expect(queue.pop()).toBeUndefined();
      }),
    );
  });

  it('keeps that order while items come and go', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 99 }))), (steps) => {
        const queue = createJobQueue<{ size: number; id: number }>();
        let waiting: { size: number; id: number }[] = [];
        for (const [id, size] of steps.entries()) {
          if (size !== null) {
            queue.push({ size, id });
            waiting.push({ size, id });
            continue;
          }
          waiting = waiting.sort((one, other) => other.size - one.size || one.id - other.id);
          expect(queue.pop()).toEqual(waiting.shift());
        }
      }),
    );
  });
});
