import { describe, expect, it } from 'vitest';
import type { Work } from '../../src/inspection/job.ts';
import { createSchedule, type Schedule } from '../../src/inspection/schedule.ts';

let id = 0;
function push(schedule: Schedule, work: Work, size = 5_000_000) {
  const task = { id: id++, job: { file: `${id}`, digests: [] }, work, size, resolve: () => {}, reject: () => {} };
  schedule.push(task);
  return task;
}
function takeNext(schedule: Schedule, describes: boolean, isHeldUp = false): Work | undefined {
  const task = schedule.peek(describes, () => isHeldUp);
  if (task) schedule.take(task);
  return task?.work;
}

describe('the schedule', () => {
  it('gives facts to whoever knows the formats, and digests to the others', () => {
    const schedule = createSchedule({ files: 3, bytes: 1e9 });
    for (const work of ['all', 'digests', 'facts'] as const) push(schedule, work);
    expect(takeNext(schedule, false)).toBe('digests');
    expect(takeNext(schedule, false)).toBeUndefined();
    expect([takeNext(schedule, true), takeNext(schedule, true), takeNext(schedule, true)]).toEqual([
      'facts',
      'all',
      undefined,
    ]);
  });

  it.each([
    ['many', { files: 3, bytes: 1e9 }],
    ['large', { files: 100, bytes: 15_000_000 }],
  ])('gives whole files to the others, too, when those that wait are %s', (_name, worthwhile) => {
    const schedule = createSchedule(worthwhile);
    for (let file = 0; file < 3; file += 1) push(schedule, 'all');
    expect(takeNext(schedule, false)).toBe('all');
    expect(takeNext(schedule, false)).toBeUndefined();
  });

  it('gives the others what they can hash first even where those that know the formats are held up', () => {
    const schedule = createSchedule({ files: 3, bytes: 1e9 });
    for (const work of ['all', 'facts', 'digests'] as const) push(schedule, work);
    const taken = Array.from({ length: 4 }, () => takeNext(schedule, false, true));
    expect(taken).toEqual(['digests', 'facts', 'all', undefined]);
  });

  it('lets facts run ahead of digests by a few dozen files only', () => {
    const schedule = createSchedule({ files: 3, bytes: 1e9 });
    const tasks = Array.from({ length: 40 }, () => {
      push(schedule, 'digests');
      return push(schedule, 'facts');
    });
    const taken = Array.from({ length: 33 }, () => takeNext(schedule, true));
    expect(taken).toEqual([...new Array<Work>(32).fill('facts'), 'digests']);
    for (const { job } of tasks) schedule.finish(job);
    expect(takeNext(schedule, true)).toBe('facts');
  });

  it('never leaves facts lying when nothing else is to be done', () => {
    const schedule = createSchedule({ files: 3, bytes: 1e9 });
    for (let file = 0; file < 100; file += 1) push(schedule, 'facts');
    expect(Array.from({ length: 100 }, () => takeNext(schedule, true))).not.toContain(undefined);
    expect(schedule.length).toBe(0);
  });

  it('hands back all that waits', () => {
    const schedule = createSchedule({ files: 3, bytes: 1e9 });
    const tasks = (['all', 'digests', 'facts', 'all'] as const).map((work) => push(schedule, work));
    expect(schedule.bytes).toBe(15_000_000);
    expect(new Set(schedule.drain())).toEqual(new Set(tasks));
    expect([schedule.length, schedule.bytes]).toEqual([0, 0]);
  });
});
