// Damages sound files at random and inspects them: nothing may crash, hang, swell or be counted wrongly in silence.
// Run: npx tsx scripts/fuzz.ts --format pdf|tiff|jpeg|jp2|png|csv|xlsx|json|xml|zip [--cases 20000] [--seed 1]
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { memorySource } from '../src/inspection/byte-source.ts';
import { inspectBytes } from '../src/inspection/inspect-bytes.ts';
import { mutate } from './fuzz/mutate.ts';
import { formats } from './fuzz/seeds.ts';
import { type Seed, warns } from './fuzz/sound-files.ts';
import { createRandom } from './generators/random.ts';

const longestMs = 5000;
const mostMemory = 512 * 1024 * 1024;

const { values } = parseArgs({
  options: {
    format: { type: 'string', default: 'pdf' },
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
  },
});
const format = formats[values.format];
if (!format) throw new Error(`no seeds for the format ${values.format}; known: ${Object.keys(formats).join(', ')}`);
const seeds = format.seeds();
const random = createRandom(Number(values.seed));

/** The number of the case at hand, watched from another thread. */
const current = new Int32Array(new SharedArrayBuffer(4));
const watchdog = new Worker(
  `const { workerData } = require('node:worker_threads');
   let last = -1;
   setInterval(() => {
     const now = Atomics.load(workerData, 0);
     if (now === last) { console.error('case ' + now + ' hangs'); process.abort(); }
     last = now;
   }, ${longestMs});`,
  { eval: true, workerData: current },
);
watchdog.unref();

/**
 * Cut exactly at the end of an earlier state, a PDF is that state: nothing in it tells of a later one. It may have other
 * damage besides, which does no harm.
 */
function isEarlierState(damaged: Buffer, original: Buffer): boolean {
  const [earlier, whole] = [damaged.toString('latin1').trimEnd(), original.toString('latin1').trimEnd()];
  if (!earlier.endsWith('%%EOF') || earlier.length >= whole.length) return false;
  const end = whole.indexOf(earlier.slice(-lengthOfEnd));
  return end >= 0 && end < whole.length - lengthOfEnd;
}

/** What closes a PDF: the keyword startxref, a number, the mark of the end. */
const lengthOfEnd = 'startxref 360 %%EOF'.length;

/** What is wrong with how a damaged file was taken; undefined where all is well. */
function complaint(damaged: Buffer, seed: Seed): string | undefined {
  const started = performance.now();
  const { pages, observations } = inspectBytes(memorySource(damaged));
  const spent = performance.now() - started;
  if (spent > longestMs) return `took ${spent.toFixed(0)} ms`;
  if (observations.some(({ code }) => code === 'file.reader-failed')) return JSON.stringify(observations);
  const isTold = observations.some(({ code }) => warns(code));
  if (pages === null && observations.length === 0) return 'no count and no reason';
  if (pages !== null && pages !== seed.pages && !isTold && !isEarlierState(damaged, seed.bytes)) {
    return `${pages} pages instead of ${seed.pages}, and no finding`;
  }
  return undefined;
}

function swollen(): string | undefined {
  const { rss } = process.memoryUsage();
  return rss > mostMemory ? `${Math.round(rss / 1024 / 1024)} MB of memory` : undefined;
}

let folder: string | undefined;
let complaints = 0;
for (let index = 0; index < Number(values.cases); index += 1) {
  Atomics.store(current, 0, index);
  const seed = seeds[random.between(0, seeds.length - 1)];
  if (!seed) throw new Error('no seeds');
  const damaged = mutate(seed.bytes, format.words, random);
  const wrong = (format.complaint ? await format.complaint(damaged) : complaint(damaged, seed)) ?? swollen();
  if (wrong === undefined) continue;
  complaints += 1;
  folder ??= mkdtempSync(join(tmpdir(), 'scanlot-fuzz-'));
  const file = join(folder, `${index}.${values.format}`);
  writeFileSync(file, damaged);
  console.log(`case ${index} (${seed.name}): ${wrong}; kept as ${file}`);
}
console.log(`${values.cases} cases of ${seeds.length} seeds (seed ${values.seed}): ${complaints} complaints`);
process.exitCode = complaints === 0 ? 0 : 1;
