import { parentPort, workerData } from 'node:worker_threads';
import { type Answer, decodeJobs, encodeAnswers, type JobMessage, type WorkerData, type WorkerMessage } from './job.ts';
import { claimsPdfa } from './pdfa-claim.ts';
import type { AskPdfium } from './pdfium/pdfium.ts';
import { isDoubtful } from './pdfium/second-opinion.ts';
import { type FileInspection, inspectFile } from './read-file.ts';

/** Entry of a worker thread (dist/inspection/worker.js): answers jobs one after the other, those of a message together. */
const port = parentPort;
if (!port) throw new Error('src/inspection/worker.ts runs in a worker thread only');

const begun = new Int32Array((workerData as WorkerData).begun);
const send = (message: WorkerMessage) => port.postMessage(message);

/** Loaded when the first PDF of which our own reader has its doubts is met: most workers never need it. */
let pdfium: AskPdfium | undefined;

async function inspect({ file, part, digests, details = true }: JobMessage): Promise<FileInspection> {
  const inspection = inspectFile(file, digests, part, pdfium, details);
  if (pdfium || !inspection.facts || !isDoubtful(inspection.facts)) return inspection;
  const { loadPdfium } = await import('./pdfium/pdfium.ts');
  pdfium = await loadPdfium();
  return inspectFile(file, digests, part, pdfium, details);
}

async function answer(jobs: readonly JobMessage[]): Promise<void> {
  const answers: Answer[] = [];
  for (const job of jobs) {
    Atomics.add(begun, 0, 1);
    answers.push({ id: job.id, inspection: asAsked(job, await inspect(job)) });
  }
  send({ answers: encodeAnswers(answers) });
}

/** Leaves out what was not asked for; whether a file claims to be PDF/A is always told. */
function asAsked({ details }: JobMessage, inspection: FileInspection): FileInspection {
  const { facts, observations } = inspection;
  if (details !== false || !facts) return inspection;
  const claim = claimsPdfa(facts) ? { document: { pdfa: true } } : {};
  return { facts: { ...facts, details: claim }, observations };
}

let answered = Promise.resolve();
port.on('message', (message: string) => {
  answered = answered.then(() => answer(decodeJobs(message)));
});
send({ ready: true });
