// A worker that does what the job's file is called, to see how the inspector takes it. It speaks the protocol of
// src/inspection/job.ts and inspects nothing: its answers say which jobs were worked on, and when.
import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const hoard = [];

const deeds = {
  exit: () => process.exit(3),
  throw: () => {
    throw new Error('out of order');
  },
  hang: () => {
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  },
  hoard: () => {
    for (;;) hoard.push(new Array(100_000).fill(hoard.length));
  },
  slow: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1200),
};

const begun = new Int32Array(workerData.begun);

function work({ id, file, digests }) {
  Atomics.add(begun, 0, 1);
  // The folder of a job holds a log of what was begun.
  if (digests.includes('md5')) appendFileSync(file.replace(/[^/]*$/, 'log'), `${basename(file)}\n`);
  deeds[basename(file).replace(/-.*/, '')]?.();
  const look = { failure: { code: 'done', args: { file } } };
  parentPort.postMessage({ answers: JSON.stringify([{ id, look }]) });
}

parentPort.on('message', (jobs) => JSON.parse(jobs).forEach(work));
parentPort.postMessage({ ready: true });
