import type { ContentLocation } from './content.ts';
import type { DigestAlgorithm } from './facts.ts';
import type { Look } from './look.ts';

/** A file to be inspected. */
export interface InspectionJob extends ContentLocation {
  /** Digests wanted beside SHA-256, which is always taken. */
  readonly digests: readonly DigestAlgorithm[];
  /** Size in bytes, where known: large files are taken first, and may take longer. */
  readonly size?: number;
  /** False where the facts of the format beyond pages are not asked for: sending them would take longer than hashing. */
  readonly details?: boolean;
}

/** All that is wanted of a file, or a half of it. */
export type Work = 'all' | 'digests' | 'facts';

/** One of the jobs that the parent sends to a worker, several in a message. */
export interface JobMessage extends ContentLocation {
  readonly id: number;
  readonly work: Work;
  readonly digests: readonly DigestAlgorithm[];
  readonly details?: boolean | undefined;
}

/** What a worker gets when it is started. */
export interface WorkerData {
  /** One Int32 in shared memory: how many jobs the worker has begun. Should it die, that tells at which one. */
  readonly begun: SharedArrayBuffer;
}

export interface Answer {
  readonly id: number;
  readonly look: Look;
}

/**
 * What a worker sends: once that it is ready, then an answer to each job in the order of the jobs, one or several. Jobs
 * and answers cross as JSON: that takes a third of the time in which the engine copies as many small objects.
 */
export type WorkerMessage = { readonly ready: true } | { readonly answers: string };

export function encodeJobs(jobs: readonly JobMessage[]): string {
  return JSON.stringify(jobs);
}

export function decodeJobs(message: string): readonly JobMessage[] {
  return JSON.parse(message) as readonly JobMessage[];
}

export function encodeAnswers(answers: readonly Answer[]): string {
  return JSON.stringify(answers);
}

export function decodeAnswers(message: string): readonly Answer[] {
  return JSON.parse(message) as readonly Answer[];
}
