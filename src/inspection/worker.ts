import { parentPort, workerData } from 'node:worker_threads';
import { type Answer, decodeJobs, encodeAnswers, type JobMessage, type WorkerData, type WorkerMessage } from './job.ts';
import type { ContentFacts, Look } from './look.ts';
import { claimsPdfa } from './pdfa-claim.ts';
import type { AskPdfium } from './pdfium/pdfium.ts';
import { isDoubtful } from './pdfium/second-opinion.ts';
import { lookAtFile, type Wanted } from './read-file.ts';

/** Entry of a worker thread (dist/inspection/worker.cjs): answers jobs one after the other, those of a message together. */
const port = parentPort;
if (!port) throw new Error('src/inspection/worker.ts runs in a worker thread only');

const begun = new Int32Array((workerData as WorkerData).begun);
const send = (message: WorkerMessage) => port.postMessage(message);

/** Loaded when the first PDF of which our own reader has its doubts is met: most workers never need it. */
let pdfium: AskPdfium | undefined;

async function work(job: JobMessage): Promise<Look> {
  const look = lookAtFile(wantedBy(job));
  if (pdfium || 'failure' in look || !look.facts || !isDoubtful(look.facts)) return look;
  const { loadPdfium } = await import('./pdfium/pdfium.ts');
  pdfium = await loadPdfium();
  return lookAtFile(wantedBy(job));
}

function wantedBy({ file, part, work: what, digests, details = true }: JobMessage): Wanted {
  return {
    path: file,
    part,
    digests: what === 'facts' ? undefined : digests,
    facts: what === 'digests' ? undefined : { ask: pdfium, described: details },
  };
}

async function answer(jobs: readonly JobMessage[]): Promise<void> {
  const answers: Answer[] = [];
  for (const job of jobs) {
    Atomics.add(begun, 0, 1);
    answers.push({ id: job.id, look: asAsked(job, await work(job)) });
  }
  send({ answers: encodeAnswers(answers) });
}

/** Leaves out what was not asked for; whether a file claims to be PDF/A is always told. */
function asAsked({ details }: JobMessage, look: Look): Look {
  if (details !== false || 'failure' in look || !look.facts) return look;
  return { ...look, facts: withoutDetails(look.facts) };
}

function withoutDetails(facts: ContentFacts): ContentFacts {
  return { ...facts, details: claimsPdfa(facts) ? { document: { pdfa: true } } : {} };
}

let answered = Promise.resolve();
port.on('message', (message: string) => {
  answered = answered.then(() => answer(decodeJobs(message)));
});
send({ ready: true });
