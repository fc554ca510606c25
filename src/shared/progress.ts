import type { Text } from './language.ts';

/** What is counted while long work goes on: `files` are those of a disk, `caseFiles` those of the registry (Akten). */
export type ProgressUnit = 'bytes' | 'files' | 'caseFiles' | 'pages' | 'rows' | 'steps';

/** One piece of long work under way. */
export interface ProgressTask {
  advance(amount: number): void;
  finish(): void;
}

/** Where long work reports how far it is. The command line shows a bar with rate and time left, or a line a step. */
export interface Progress {
  start(title: Text, total: number, unit: ProgressUnit): ProgressTask;
}

/** For callers who show nothing. */
export const silentProgress: Progress = {
  start: () => ({ advance: () => {}, finish: () => {} }),
};
