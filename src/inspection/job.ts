import type { ContentLocation } from './content.ts';
import type { DigestAlgorithm } from './facts.ts';
import type { FileInspection } from './read-file.ts';

/** A file to be inspected. */
export interface InspectionJob extends ContentLocation {
  /** Digests wanted beside SHA-256, which is always taken. */
  readonly digests: readonly DigestAlgorithm[];
  /** Size in bytes, where known: large files are taken first, and may take longer. */
  readonly size?: number;
  /** False where the facts of the format beyond pages are not asked for: sending them would take longer than hashing. */
  readonly details?: boolean;
}

/** What the parent sends to a worker. */
export interface JobMessage extends ContentLocation {
  readonly id: number;
  readonly digests: readonly DigestAlgorithm[];
  readonly details?: boolean | undefined;
}

/** What a worker sends: once that it is ready, then one answer a job, in the order of the jobs. */
export type WorkerMessage = { readonly ready: true } | { readonly id: number; readonly inspection: FileInspection };
