import { type Observation, observe } from '../findings/finding.ts';
import type { FileFacts, FileFormat, FormatFacts } from './facts.ts';

/** What one look at a file yields. */
export interface FileInspection {
  /** null where the file could not be read as a whole; then an observation says why. */
  readonly facts: FileFacts | null;
  /** All that was observed, the facts' own observations included. */
  readonly observations: readonly Observation[];
}

/** What a look at the bytes tells of their format. */
export type ContentFacts = FormatFacts & { readonly format: FileFormat };

/**
 * One opening of a file: its digests, its facts, or both. Large files are looked at twice, for whoever takes the digests
 * need not know the formats. Plain data: it crosses from the worker to the parent.
 */
export type Look = { readonly failure: Observation } | Seen;

export interface Seen {
  /** Device, number, size and times of the file, the same before and after. */
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
  const { size, digests, facts } = seen;
  if (size === undefined || !digests || !facts) throw new Error('a file needs looks at its digests and at its facts');
  return { facts: { ...facts, size, digests }, observations: facts.observations };
}

function unread(observation: Observation): FileInspection {
  return { facts: null, observations: [observation] };
}
