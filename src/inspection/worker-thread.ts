import { Worker } from 'node:worker_threads';
import { type Answer, decodeAnswers, encodeJobs, type JobMessage, type WorkerData, type WorkerMessage } from './job.ts';

/** Why a worker ended on its own. */
export interface Death {
  readonly reason: 'memory' | 'crash';
  /** The system's words: an error message or exit code. */
  readonly detail: string;
}

export interface WorkerThreadOptions {
  /** The worker's bundled code. */
  readonly workerFile: string;
  /** Limit of its JavaScript heap, in MiB. */
  readonly memoryMb: number;
  /** The part of it for what is short-lived, in MiB. */
  readonly youngMb: number;
  /** Its code runs; a death before that is the program's fault, not a file's. */
  onReady(): void;
  onAnswers(answers: readonly Answer[]): void;
  /** Called once, when it ended without having been stopped. */
  onDeath(death: Death): void;
}

export interface WorkerThread {
  /** Jobs that the worker has begun so far, of all that were sent. */
  readonly begun: number;
  send(jobs: readonly JobMessage[]): void;
  /** Ends it; nothing is reported after that. The promise may hang as long as the thread hangs in the system. */
  stop(): Promise<void>;
}

/** Starts a worker thread. */
export function startWorkerThread(options: WorkerThreadOptions): WorkerThread {
  const begun = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: WorkerData = { begun: begun.buffer };
  const worker = new Worker(options.workerFile, {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb, maxYoungGenerationSizeMb: options.youngMb },
  });
  let isStopped = false;
  let failure: unknown;
  worker.on('message', (message: WorkerMessage) => {
    if (isStopped) return;
    if ('ready' in message) options.onReady();
    else options.onAnswers(decodeAnswers(message.answers));
  });
  worker.on('error', (error) => {
    failure = error;
  });
  worker.on('exit', (exitCode) => {
    if (isStopped) return;
    isStopped = true;
    const code = failure instanceof Error && 'code' in failure ? failure.code : undefined;
    const reason = code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash';
    const detail = failure instanceof Error ? failure.message : `exit code ${exitCode}`;
    options.onDeath({ reason, detail });
  });
  return {
    get begun() {
      return Atomics.load(begun, 0);
    },
    send: (jobs) => worker.postMessage(encodeJobs(jobs)),
    stop: async () => {
      isStopped = true;
      await worker.terminate();
    },
  };
}
