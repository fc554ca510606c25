import { observe } from '../findings/finding.ts';
import type { InspectionJob } from './job.ts';
import type { FileInspection } from './read-file.ts';
import { type Death, startWorkerThread } from './worker-thread.ts';

/** A job on its way through the inspector. */
export interface Task {
  readonly id: number;
  readonly job: InspectionJob;
  /** Bytes. */
  readonly size: number;
  readonly resolve: (inspection: FileInspection) => void;
  readonly reject: (error: Error) => void;
}

export interface WorkerSlotOptions {
  readonly workerFile: string;
  readonly memoryMb: number;
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
  send(task: Task): void;
  /** How long it has been at its present task, in ms; 0 while it starts or has none. */
  busyMs(): number;
  /** Gives up on a task that is over its limit: its worker is stopped, and lost. */
  checkLimit(): void;
  /** Stops the worker and rejects its tasks. */
  stop(error: Error): Promise<void>;
}

/** Small files are sent ahead, so that a worker need not wait for the parent between them. */
const smallFile = 64 * 1024;
const mostSentAhead = 16;

export function startWorkerSlot(options: WorkerSlotOptions): WorkerSlot {
  /** In the order in which they were sent: the first is the one being worked on. */
  const sent: Task[] = [];
  let ready = false;
  let since = 0;

  const lose = (inspection: FileInspection): void => {
    const [culprit, ...others] = sent.splice(0);
    culprit?.resolve(inspection);
    options.onLost(others);
  };
  const thread = startWorkerThread({
    workerFile: options.workerFile,
    memoryMb: options.memoryMb,
    onReady: () => {
      ready = true;
      since = performance.now();
    },
    onAnswer: (id, inspection) => {
      if (sent[0]?.id !== id) return;
      since = performance.now();
      sent.shift()?.resolve(inspection);
      options.onRoom();
    },
    onDeath: (death) => {
      if (ready) lose(died(death));
      else options.onStartFailure(death.detail);
    },
  });
  const busyMs = () => (ready && sent.length > 0 ? performance.now() - since : 0);

  return {
    get load() {
      return sent.length;
    },
    accepts: ({ size }) =>
      sent.length === 0 ||
      (size <= smallFile && sent.length < mostSentAhead && sent.every((task) => task.size <= smallFile)),
    send: (task) => {
      if (sent.length === 0) since = performance.now();
      sent.push(task);
      const { file, part, digests, details } = task.job;
      thread.send({ id: task.id, file, part, digests, details });
    },
    busyMs,
    checkLimit: () => {
      const [task] = sent;
      if (!task || busyMs() <= options.limitOf(task)) return;
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

function died({ reason, detail }: Death): FileInspection {
  return { facts: null, observations: [observe('file.worker-died', { reason, detail })] };
}

function timedOut(limitMs: number): FileInspection {
  const seconds = Math.ceil(limitMs / 1000);
  return { facts: null, observations: [observe('file.inspection-timeout', { seconds })] };
}
