import { parentPort } from 'node:worker_threads';
import type { JobMessage, WorkerMessage } from './job.ts';
import { claimsPdfa } from './pdfa-claim.ts';
import type { AskPdfium } from './pdfium/pdfium.ts';
import { isDoubtful } from './pdfium/second-opinion.ts';
import { type FileInspection, inspectFile } from './read-file.ts';

/** Entry of a worker thread (dist/inspection/worker.js): answers each job, one after the other. */
const port = parentPort;
if (!port) throw new Error('src/inspection/worker.ts runs in a worker thread only');

const send = (message: WorkerMessage) => port.postMessage(message);

/** Loaded when the first PDF of which our own reader has its doubts is met: most workers never need it. */
let pdfium: AskPdfium | undefined;

async function inspect({ file, part, digests }: JobMessage): Promise<FileInspection> {
  const inspection = inspectFile(file, digests, part, pdfium);
  if (pdfium || !inspection.facts || !isDoubtful(inspection.facts)) return inspection;
  const { loadPdfium } = await import('./pdfium/pdfium.ts');
  pdfium = await loadPdfium();
  return inspectFile(file, digests, part, pdfium);
}

/** Leaves out what was not asked for; whether a file claims to be PDF/A is always told. */
function asAsked({ details }: JobMessage, inspection: FileInspection): FileInspection {
  const { facts, observations } = inspection;
  if (details !== false || !facts) return inspection;
  const claim = claimsPdfa(facts) ? { document: { pdfa: true } } : {};
  return { facts: { ...facts, details: claim }, observations };
}

let answered = Promise.resolve();
port.on('message', (job: JobMessage) => {
  answered = answered.then(async () => send({ id: job.id, inspection: asAsked(job, await inspect(job)) }));
});
send({ ready: true });
