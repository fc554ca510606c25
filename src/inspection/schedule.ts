import type { InspectionJob, Work } from './job.ts';
import { createJobQueue, type JobQueue } from './job-queue.ts';
import type { Task } from './worker-slot.ts';

/** The tasks that wait, and which of them a worker takes next. */
export interface Schedule {
  push(task: Task): void;
  /**
   * The next task for a worker, which stays where it is until it is taken. Whoever knows the formats takes the facts
   * first; the others take digests, and do not begin to learn the formats before that is worth its while: the engine
   * compiles the readers' code anew in each of them.
   * @param describes whether the worker is one that knows the formats
   * @param isHeldUp whether those that know them are held up
   */
  peek(describes: boolean, isHeldUp: () => boolean): Task | undefined;
  take(task: Task): void;
  /** Takes all that wait. */
  drain(): Task[];
  /** Nothing more is to be done for the file. */
  finish(job: InspectionJob): void;
  readonly length: number;
  /** Of the files that wait to be read as a whole. */
  readonly bytes: number;
}

/** Work of which the other half is not done yet: its facts are in memory. */
const mostHalfDone = 32;

/** @param worthwhile waiting files, or bytes of them, for which one more worker should know the formats */
export function createSchedule(worthwhile: { readonly files: number; readonly bytes: number }): Schedule {
  const queues: Readonly<Record<Work, JobQueue<Task>>> = {
    all: createJobQueue(),
    digests: createJobQueue(),
    facts: createJobQueue(),
  };
  const { all, digests, facts } = queues;
  const described = new Set<InspectionJob>();

  const forThoseWhoKnow = (): JobQueue<Task> => {
    if (facts.length > 0 && (described.size < mostHalfDone || digests.length === 0)) return facts;
    return all.length > 0 ? all : digests;
  };
  const forOthers = (isHeldUp: () => boolean): JobQueue<Task> => {
    if (digests.length > 0) return digests;
    if (all.length >= worthwhile.files || all.bytes >= worthwhile.bytes) return all;
    if (facts.length >= mostHalfDone || isHeldUp()) return facts.length > 0 ? facts : all;
    return digests;
  };

  return {
    push: (task) => queues[task.work].push(task),
    peek: (describes, isHeldUp) => (describes ? forThoseWhoKnow() : forOthers(isHeldUp)).peek(),
    take: (task) => {
      queues[task.work].pop();
      if (task.work === 'facts') described.add(task.job);
    },
    drain: () => Object.values(queues).flatMap((queue) => queue.drain()),
    finish: (job) => void described.delete(job),
    get length() {
      return all.length + digests.length + facts.length;
    },
    get bytes() {
      return all.bytes + digests.bytes;
    },
  };
}
