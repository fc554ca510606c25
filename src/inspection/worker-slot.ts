import { observe } from '../findings/observe.ts';
import type { InspectionJob, JobMessage, Work } from './job.ts';
import type { Look } from './look.ts';
import { type Death, startWorkerThread } from './worker-thread.ts';

/** A job on its way through the inspector. */
export interface Task {
  readonly id: number;
  readonly job: InspectionJob;
  readonly work: Work;
  /** Bytes. */
  readonly size: number;
  readonly resolve: (look: Look) => void;
  readonly reject: (error: Error) => void;
}

export interface WorkerSlotOptions {
  readonly workerFile: string;
  readonly memoryMb: number;
  readonly youngMb: number;
  /** Time for a task, in ms. */
  limitOf(task: Task): number;
  /** A task was answered: there is room for another. */
  onRoom(): void;
  /** The worker is gone, the file that it was at has its observation; the other tasks it had are handed back. */
  onLost(tasks: readonly Task[]): void;
  /** The worker could not even start. */
  onStartFailure(detail: string): void;
}

/** A worker with the tasks that were sent to it; it lives until it is lost or stopped. */
export interface WorkerSlot {
  /** Tasks sent and not answered. */
  readonly load: number;
  accepts(task: Task): boolean;
  /** Takes a task; it is on its way after `flush`. */
  add(task: Task): void;
  /** Sends what was added, in few messages. */
  flush(): void;
  /** How long it has been seen at its present task, in ms; 0 while it starts or has none. */
  busyMs(): number;
  /** Gives up on a task that is over its limit: its worker is stopped, and lost. */
  checkLimit(): void;
  /** Stops the worker and rejects its tasks. */
  stop(error: Error): Promise<void>;
}

/**
 * Small files are sent ahead, so that a worker need not wait for the parent between them, and several in a message: a
 * message takes longer than reading a small file.
 */
const smallFile = 64 * 1024;
const mostSentAhead = 128;
/** In a message: the answers to one are under way while the worker is at the next. */
const mostInMessage = mostSentAhead / 2;

export function startWorkerSlot(options: WorkerSlotOptions): WorkerSlot {
  /** In the order in which they were sent: the first is the one being worked on. */
  const sent: Task[] = [];
  let ready = false;
  /** Tasks answered in all, and begun by the worker when that was last looked at. */
  let answered = 0;
  let begun = 0;
  /** When that number was last seen to rise. */
  let since = 0;
  let added: JobMessage[] = [];
  /** Bytes of the largest task since the last time there was none. */
  let largest = 0;

  const lose = (look: Look): void => {
    const at = Math.max(0, thread.begun - answered - 1);
    const [culprit] = sent.splice(at, 1);
    const others = sent.splice(0);
    added = [];
    culprit?.resolve(look);
    options.onLost(others);
  };
  const thread = startWorkerThread({
    workerFile: options.workerFile,
    memoryMb: options.memoryMb,
    youngMb: options.youngMb,
    onReady: () => {
      ready = true;
      since = performance.now();
    },
    onAnswers: (answers) => {
      since = performance.now();
      answered += answers.length;
      const done = sent.splice(0, answers.length);
      for (const [index, { look }] of answers.entries()) done[index]?.resolve(look);
      options.onRoom();
    },
    onDeath: (death) => {
      if (ready) lose(died(death));
      else options.onStartFailure(death.detail);
    },
  });
  const busyMs = () => {
    if (!ready || sent.length === 0) return 0;
    if (thread.begun !== begun) {
      begun = thread.begun;
      since = performance.now();
    }
    return performance.now() - since;
  };

  return {
    get load() {
      return sent.length;
    },
    accepts: ({ size }) =>
      sent.length === 0 || (size <= smallFile && sent.length < mostSentAhead && largest <= smallFile),
    add: (task) => {
      if (sent.length === 0) since = performance.now();
      largest = sent.length === 0 ? task.size : Math.max(largest, task.size);
      sent.push(task);
      const { file, part, digests, details } = task.job;
      added.push({ id: task.id, work: task.work, file, part, digests, details });
    },
    flush: () => {
      for (let at = 0; at < added.length; at += mostInMessage) thread.send(added.slice(at, at + mostInMessage));
      if (added.length > 0) added = [];
    },
    busyMs,
    checkLimit: () => {
      const ms = busyMs();
      const task = sent[Math.max(0, begun - answered - 1)];
      if (!task || ms <= options.limitOf(task)) return;
      // Not awaited: a thread that hangs in the system may never end.
      void thread.stop();
      lose(timedOut(options.limitOf(task)));
    },
    stop: (error) => {
      for (const task of sent.splice(0)) task.reject(error);
      return thread.stop();
    },
  };
}

function died({ reason, detail }: Death): Look {
  return { failure: observe('file.worker-died', { reason, detail }) };
}

function timedOut(limitMs: number): Look {
  return { failure: observe('file.inspection-timeout', { seconds: Math.ceil(limitMs / 1000) }) };
}
