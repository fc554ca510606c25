import type { Observation } from '../findings/finding.ts';
import { observe } from '../findings/observe.ts';
import type { FileFacts, FileFormat, FormatFacts } from './facts.ts';

/** What one look at a file yields. */
export interface FileInspection {
  /** null where the file could not be read as a whole; then an observation says why. */
  readonly facts: FileFacts | null;
  /** All that was observed, the facts' own observations included. */
  readonly observations: readonly Observation[];
  /** Of the file, as `stateOf` tells it, before and after it was read; undefined where it could not be read. */
  readonly state?: string;
}

/** What a look at the bytes tells of their format. */
export type ContentFacts = FormatFacts & { readonly format: FileFormat };

/**
 * One opening of a file: its digests, its facts, or both. Large files are looked at twice, for whoever takes the digests
 * need not know the formats. Plain data: it crosses from the worker to the parent.
 */
export type Look = { readonly failure: Observation } | Seen;

export interface Seen {
  /** Of the file, as `stateOf` tells it, the same before and after. */
  readonly state: string;
  /** Bytes of the content. */
  readonly size: number;
  readonly digests?: FileFacts['digests'];
  readonly facts?: ContentFacts;
}

/** Puts the looks at one file together; between them it must have stayed what it was. */
export function inspectionOf(looks: readonly Look[]): FileInspection {
  const seen: Partial<Seen> = {};
  for (const look of looks) {
    if ('failure' in look) return unread(look.failure);
    if (seen.state !== undefined && seen.state !== look.state) return unread(observe('file.changed-while-read', {}));
    Object.assign(seen, look);
  }
  const { size, digests, facts, state } = seen;
  if (state === undefined || size === undefined || !digests || !facts) throw new Error('half of a file is missing');
  return { facts: { ...facts, size, digests }, observations: facts.observations, state };
}

function unread(observation: Observation): FileInspection {
  return { facts: null, observations: [observation] };
}
