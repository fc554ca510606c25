import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { observe } from '../findings/finding.ts';
import { exitCodes, ScanlotError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { packagePath } from '../shared/package.ts';
import type { InspectionJob } from './job.ts';
import { createJobQueue } from './job-queue.ts';
import type { FileInspection } from './read-file.ts';
import { type Death, startWorkerThread, type WorkerThread } from './worker-thread.ts';

export interface InspectorOptions {
  /** Number of worker threads at most; default: the available cores, at most 8. */
  readonly workers?: number;
  /** Time for one file before its size is considered; each MB adds a second. Default: 30,000 ms. */
  readonly timeoutMs?: number;
  /** Limit of each worker's JavaScript heap, in MiB; default: 128. */
  readonly memoryMb?: number;
  /** The worker's code; default: the one bundled with the program. */
  readonly workerFile?: string;
}

/** Inspects files in worker threads, which are started when there is work for them. */
export interface Inspector {
  /**
   * Inspects one file; may be called many times at once. A file whose worker dies, hangs or runs out of memory gets an
   * observation, and the worker is replaced.
   * @throws ScanlotError when workers cannot be started; InspectorClosedError when it is or gets closed
   */
  inspect(job: InspectionJob): Promise<FileInspection>;
  /** Stops all workers; what is not answered yet is rejected. May be called twice. */
  close(): Promise<void>;
}

/** The inspector was closed before the file's turn had come or was over. */
export class InspectorClosedError extends Error {
  override readonly name = 'InspectorClosedError';
}

const mostWorkers = 8;
const bytesPerTimeoutMs = 1000;
/** Small files are sent ahead, so that a worker need not wait for the parent between them. */
const smallFile = 64 * 1024;
const mostSentAhead = 16;
/** One more worker costs about 40 ms; less work than this is done sooner without it. */
const worthwhile = { bytes: 32 * 1024 * 1024, files: 400, waitMs: 500 };
const watchIntervalMs = 250;

interface Task {
  readonly id: number;
  readonly job: InspectionJob;
  readonly size: number;
  readonly resolve: (inspection: FileInspection) => void;
  readonly reject: (error: Error) => void;
}

interface Slot {
  readonly thread: WorkerThread;
  /** Sent and not answered, in order: the first is the one being worked on. */
  readonly sent: Task[];
  ready: boolean;
  /** When work on the first one began (ms, monotonic). */
  since: number;
}

/** Creates an inspector; no thread is started before the first job. */
export function createInspector(options: InspectorOptions = {}): Inspector {
  const workers = Math.max(1, options.workers ?? Math.min(availableParallelism(), mostWorkers));
  const timeoutMs = options.timeoutMs ?? 30_000;
  const memoryMb = options.memoryMb ?? 128;
  const workerFile = options.workerFile ?? packagePath('dist', 'inspection', 'worker.js');
  const queue = createJobQueue<Task>();
  const slots = new Set<Slot>();
  let nextId = 1;
  let scheduled = false;
  let closed: Error | undefined;
  let watch: NodeJS.Timeout | undefined;

  const limitOf = (task: Task) => timeoutMs + task.size / bytesPerTimeoutMs;

  const startSlot = (): Slot => {
    const slot: Slot = {
      thread: startWorkerThread({
        workerFile,
        memoryMb,
        onReady: () => {
          slot.ready = true;
          slot.since = performance.now();
        },
        onAnswer: (id, inspection) => {
          if (slot.sent[0]?.id !== id) return;
          slot.sent.shift()?.resolve(inspection);
          slot.since = performance.now();
          dispatch();
        },
        onDeath: (death) => {
          if (death.atStart) void shutDown(startFailure(death));
          else replace(slot, died(death));
        },
      }),
      sent: [],
      ready: false,
      since: performance.now(),
    };
    slots.add(slot);
    return slot;
  };

  /** Fails the file that a lost worker was at, and gives its other files back to the queue. */
  const replace = (slot: Slot, inspection: FileInspection): void => {
    slots.delete(slot);
    const [culprit, ...others] = slot.sent;
    culprit?.resolve(inspection);
    for (const task of others) queue.push(task);
    dispatch();
  };

  const isWorthwhile = (): boolean => {
    const now = performance.now();
    return (
      slots.size === 0 ||
      queue.bytes >= worthwhile.bytes ||
      queue.length >= worthwhile.files ||
      [...slots].every((slot) => slot.ready && now - slot.since >= worthwhile.waitMs)
    );
  };

  const findSlot = (task: Task): Slot | undefined => {
    let free: Slot | undefined;
    for (const slot of slots) {
      if (accepts(slot, task) && (!free || slot.sent.length < free.sent.length)) free = slot;
    }
    if (free && free.sent.length === 0) return free;
    return slots.size < workers && isWorthwhile() ? startSlot() : free;
  };

  const dispatch = (): void => {
    for (let task = queue.peek(); task && !closed; task = queue.peek()) {
      const slot = findSlot(task);
      if (!slot) break;
      queue.pop();
      if (slot.sent.length === 0) slot.since = performance.now();
      slot.sent.push(task);
      slot.thread.send({ id: task.id, file: task.job.file, digests: task.job.digests });
    }
    keepWatch();
  };

  const keepWatch = (): void => {
    const isBusy = queue.length > 0 || [...slots].some((slot) => slot.sent.length > 0);
    if (isBusy && !closed) watch ??= setInterval(lookAfter, Math.min(watchIntervalMs, timeoutMs / 2));
    else {
      clearInterval(watch);
      watch = undefined;
    }
  };

  const lookAfter = (): void => {
    const now = performance.now();
    for (const slot of [...slots]) {
      const [task] = slot.sent;
      if (!task || !slot.ready || now - slot.since <= limitOf(task)) continue;
      // A thread that hangs in the system cannot be waited for.
      void slot.thread.stop();
      replace(slot, timedOut(limitOf(task)));
    }
    dispatch();
  };

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    // Later, so that the largest of all files that are asked for now is the first.
    setImmediate(() => {
      scheduled = false;
      dispatch();
    });
  };

  const shutDown = (error: Error): Promise<unknown> => {
    closed ??= error;
    for (const slot of slots) for (const task of slot.sent) task.reject(closed);
    for (let task = queue.pop(); task; task = queue.pop()) task.reject(closed);
    const stopping = [...slots].map((slot) => slot.thread.stop());
    slots.clear();
    keepWatch();
    return Promise.all(stopping);
  };

  return {
    inspect: async (job) => {
      const size = job.size ?? (await sizeOf(job.file));
      return new Promise((resolve, reject) => {
        if (closed) return reject(closed);
        queue.push({ id: nextId++, job, size, resolve, reject });
        schedule();
      });
    },
    close: async () => {
      await shutDown(new InspectorClosedError('the inspector is closed'));
    },
  };
}

function accepts(slot: Slot, task: Task): boolean {
  if (slot.sent.length === 0) return true;
  return (
    task.size <= smallFile && slot.sent.length < mostSentAhead && slot.sent.every((sent) => sent.size <= smallFile)
  );
}

/** The size by its path; 0 where it cannot be told: the worker will say why. */
async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}

function died({ reason, detail }: Death): FileInspection {
  return { facts: null, observations: [observe('file.worker-died', { reason, detail })] };
}

function timedOut(limitMs: number): FileInspection {
  const seconds = Math.ceil(limitMs / 1000);
  return { facts: null, observations: [observe('file.inspection-timeout', { seconds })] };
}

function startFailure({ detail }: Death): ScanlotError {
  return new ScanlotError(exitCodes.internal, 'inspection.workers-not-started', {
    message: text({
      de: `Die Prüfprozesse konnten nicht gestartet werden: ${detail}`,
      en: `The inspection workers could not be started: ${detail}`,
    }),
    remedy: text({
      de: 'Programm neu installieren (aus dem Quelltext: npm run build); freien Arbeitsspeicher prüfen.',
      en: 'Install the program again (from source: npm run build); check the free memory.',
    }),
  });
}
