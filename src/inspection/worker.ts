import { parentPort } from 'node:worker_threads';
import type { JobMessage, WorkerMessage } from './job.ts';
import { inspectFile } from './read-file.ts';

/** Entry of a worker thread (dist/inspection/worker.js): answers each job, one after the other. */
const port = parentPort;
if (!port) throw new Error('src/inspection/worker.ts runs in a worker thread only');

const send = (message: WorkerMessage) => port.postMessage(message);

port.on('message', ({ id, file, part, digests }: JobMessage) => {
  send({ id, inspection: inspectFile(file, digests, part) });
});
send({ ready: true });
