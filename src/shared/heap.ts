import { setFlagsFromString } from 'node:v8';

/**
 * By how much, in percent, the JavaScript heap may grow between two collections of all of it. V8 by itself lets a heap of
 * 50 MB become 200, most of it garbage, where memory is plenty. At 50 percent the check of 200,000 files takes 120 MB less
 * and no more processor time that could be measured.
 */
const growthPercent = 50;

/**
 * Lets the engine collect the heap before it has grown by several times its content; for work on very many things, whose
 * garbage outlives the collections of what is short-lived. Holds for the whole process from now on, worker threads
 * included; may be called again.
 */
export function keepHeapTight(): void {
  setFlagsFromString(`--heap-growing-percent=${growthPercent}`);
}
