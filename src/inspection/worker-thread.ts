import { Worker } from 'node:worker_threads';
import type { JobMessage, WorkerMessage } from './job.ts';
import type { FileInspection } from './read-file.ts';

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
  /** Its code runs; a death before that is the program's fault, not a file's. */
  onReady(): void;
  onAnswer(id: number, inspection: FileInspection): void;
  /** Called once, when it ended without having been stopped. */
  onDeath(death: Death): void;
}

export interface WorkerThread {
  send(job: JobMessage): void;
  /** Ends it; nothing is reported after that. The promise may hang as long as the thread hangs in the system. */
  stop(): Promise<void>;
}

/** Starts a worker thread. */
export function startWorkerThread(options: WorkerThreadOptions): WorkerThread {
  const worker = new Worker(options.workerFile, {
    // A small young generation: eight threads that each let garbage pile up would break the program's memory limit.
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb, maxYoungGenerationSizeMb: 4 },
  });
  let isStopped = false;
  let failure: unknown;
  worker.on('message', (message: WorkerMessage) => {
    if (isStopped) return;
    if ('ready' in message) options.onReady();
    else options.onAnswer(message.id, message.inspection);
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
    send: (job) => worker.postMessage(job),
    stop: async () => {
      isStopped = true;
      await worker.terminate();
    },
  };
}
