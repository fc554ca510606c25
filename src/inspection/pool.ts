import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { exitCodes, ScanlotError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { packagePath } from '../shared/package.ts';
import type { InspectionJob, Work } from './job.ts';
import { type FileInspection, inspectionOf, type Look } from './look.ts';
import { createSchedule } from './schedule.ts';
import { startWorkerSlot, type Task, type WorkerSlot } from './worker-slot.ts';

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
  /** Starts the first worker, where there soon will be work: while a package is listed, say. */
  prepare(): void;
  /**
   * Inspects one file; may be called many times at once: of all that wait, the largest is taken first. A file whose
   * worker dies, hangs or runs out of memory gets an observation, and the worker is replaced.
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
/** One more worker costs about 40 ms; less work than this is done sooner without it. */
const worthwhile = { bytes: 32 * 1024 * 1024, files: 400, waitMs: 500 };
/**
 * MiB for what is short-lived, all workers together: threads that each let garbage pile up would break the program's
 * memory limit, and one that may keep hardly any spends its time on clearing it away.
 */
const youngMb = { all: 32, least: 4, most: 16 };
const watchIntervalMs = 250;
/** Bytes from which a file's digests and facts are two tasks: opening it twice costs nothing against reading it. */
const largeFile = 4 * 1024 * 1024;

/** Creates an inspector; no thread is started before the first job or `prepare`. */
export function createInspector(options: InspectorOptions = {}): Inspector {
  const workers = Math.max(1, options.workers ?? Math.min(availableParallelism(), mostWorkers));
  const timeoutMs = options.timeoutMs ?? 30_000;
  const memoryMb = options.memoryMb ?? 128;
  const workerFile = options.workerFile ?? packagePath('dist', 'inspection', 'worker.cjs');
  const schedule = createSchedule(worthwhile);
  const slots = new Set<WorkerSlot>();
  /** Those that have looked at formats. */
  const describing = new Set<WorkerSlot>();
  let nextId = 1;
  let isScheduled = false;
  let closed: Error | undefined;
  let watch: NodeJS.Timeout | undefined;

  const startSlot = (): void => {
    const slot = startWorkerSlot({
      workerFile,
      memoryMb,
      youngMb: Math.min(youngMb.most, Math.max(youngMb.least, Math.floor(youngMb.all / workers))),
      limitOf: ({ size }) => timeoutMs + size / bytesPerTimeoutMs,
      onRoom: () => dispatch(),
      onLost: (tasks) => {
        slots.delete(slot);
        describing.delete(slot);
        for (const task of tasks) schedule.push(task);
        dispatch();
      },
      onStartFailure: (detail) => void shutDown(startFailure(detail)),
    });
    slots.add(slot);
  };

  const isHeldUp = (slot: WorkerSlot): boolean => slot.busyMs() >= worthwhile.waitMs;

  const needsMoreWorkers = (): boolean =>
    slots.size < workers &&
    (slots.size === 0 ||
      schedule.bytes >= worthwhile.bytes ||
      schedule.length >= worthwhile.files ||
      [...slots].every(isHeldUp));

  /** The next task, for the worker with the least to do of those that take one; undefined where none does. */
  const findWork = (): { slot: WorkerSlot; task: Task } | undefined => {
    let best: { slot: WorkerSlot; task: Task } | undefined;
    for (const slot of slots) {
      if (best && slot.load >= best.slot.load) continue;
      const describes = describing.size === 0 || describing.has(slot);
      const task = schedule.peek(describes, () => [...describing].every(isHeldUp));
      if (task && slot.accepts(task)) best = { slot, task };
    }
    return best;
  };

  const dispatch = (): void => {
    while (schedule.length > 0 && !closed) {
      const found = findWork();
      if (found?.slot.load !== 0 && needsMoreWorkers()) {
        startSlot();
        continue;
      }
      if (!found) break;
      const { slot, task } = found;
      schedule.take(task);
      if (task.work !== 'digests') describing.add(slot);
      slot.add(task);
    }
    for (const slot of slots) slot.flush();
    keepWatch();
  };

  /** Watches for hanging workers, and for work that waits behind long files, as long as there is work at all. */
  const keepWatch = (): void => {
    const isBusy = schedule.length > 0 || [...slots].some(({ load }) => load > 0);
    if (isBusy && !closed) {
      watch ??= setInterval(() => {
        for (const slot of [...slots]) slot.checkLimit();
        dispatch();
      }, watchIntervalMs);
    } else {
      clearInterval(watch);
      watch = undefined;
    }
  };

  /** Dispatches a little later, so that the largest of all files that are asked for now is the first. */
  const scheduleDispatch = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      dispatch();
    });
  };

  const shutDown = async (error: Error): Promise<void> => {
    closed ??= error;
    for (const task of schedule.drain()) task.reject(closed);
    const stopping = [...slots].map((slot) => slot.stop(error));
    slots.clear();
    keepWatch();
    await Promise.all(stopping);
  };

  const run = (job: InspectionJob, work: Work, size: number): Promise<Look> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(closed);
      schedule.push({ id: nextId++, job, work, size, resolve, reject });
      scheduleDispatch();
    });

  return {
    prepare: () => {
      if (slots.size === 0 && !closed) startSlot();
    },
    inspect: async (job) => {
      const size = job.size ?? (await sizeOf(job.file));
      // To unpack it twice would take longer.
      const isPacked = job.part?.compression === 'deflate';
      if (size < largeFile || isPacked || workers === 1) return inspectionOf([await run(job, 'all', size)]);
      try {
        return inspectionOf(await Promise.all([run(job, 'digests', size), run(job, 'facts', size)]));
      } finally {
        schedule.finish(job);
      }
    },
    close: () => shutDown(new InspectorClosedError('the inspector is closed')),
  };
}

/** Lends an inspector for work that is sure to need it: its first worker starts while whatever else is got ready. */
export async function withInspector<T>(work: (inspector: Inspector) => Promise<T>): Promise<T> {
  const inspector = createInspector();
  try {
    inspector.prepare();
    return await work(inspector);
  } finally {
    await inspector.close();
  }
}

/** The size by its path; 0 where it cannot be told: the worker will say why. */
async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}

function startFailure(detail: string): ScanlotError {
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
