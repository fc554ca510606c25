import { Worker } from 'node:worker_threads';

/** Threads that all run the same program and answer one request after the other. */
export interface Threads<Request, Answer> {
  /** @throws the system's error that the request met with */
  ask(request: Request): Promise<Answer>;
}

interface Failure {
  readonly failure: { readonly message: string; readonly code?: string; readonly syscall?: string };
}

interface Job<Request, Answer> {
  readonly request: Request;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * @param count so many at the most, each started when it is needed
 * @param program what comes before `answer`, a function from a request to its answer; JavaScript in which `require` is
 *   there. It is small enough to be kept in a text, so that no file of its own has to be found when we are bundled.
 */
export function createThreads<Request, Answer>(count: number, program: string): Threads<Request, Answer> {
  const waiting: Job<Request, Answer>[] = [];
  const idle: Worker[] = [];
  let started = 0;

  const next = (): void => {
    if (waiting.length === 0) return;
    const worker = idle.pop() ?? (started < count ? start() : undefined);
    const job = worker && waiting.shift();
    if (job) give(worker, job);
  };
  const start = (): Worker => {
    started += 1;
    // What a request brings along shall not lie around in the thread until much of it has gathered.
    return new Worker(program + answering, { eval: true, resourceLimits: { maxYoungGenerationSizeMb: 2 } });
  };
  /** A thread keeps the program alive only while it is at work. */
  const give = (worker: Worker, { request, resolve, reject }: Job<Request, Answer>): void => {
    const onMessage = (message: { readonly answer: Answer } | Failure): void => {
      worker.off('error', onError);
      worker.unref();
      idle.push(worker);
      if ('failure' in message) reject(Object.assign(new Error(message.failure.message), message.failure));
      else resolve(message.answer);
      next();
    };
    const onError = (error: unknown): void => {
      worker.off('message', onMessage);
      started -= 1;
      reject(error);
      next();
    };
    worker.once('message', onMessage);
    worker.once('error', onError);
    worker.ref();
    worker.postMessage(request);
  };
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ request, resolve, reject });
        next();
      }),
  };
}

const answering = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', (request) => {
  try {
    parentPort.postMessage({ answer: answer(request) });
  } catch (error) {
    const { message, code, syscall } = error;
    parentPort.postMessage({ failure: { message, code, syscall } });
  }
});`;
