import { canonicalHash } from '../shared/canonical-json.ts';

/** The fields of an audit row that its hash covers. */
export interface ChainedEntry {
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly actor: string;
  /** What was done: "call-off.created". */
  readonly action: string;
  /** To what: "call-off/A-2021-001". */
  readonly subject: string;
  /** JSON. */
  readonly before: string | null;
  readonly after: string | null;
  readonly seals: string | null;
  readonly previous_hash: string;
}

/** What the first entry names as its predecessor. */
export const chainStart = '0'.repeat(64);

/** sha256 over the canonical JSON of the entry with the hash of the one before it. */
export function entryHash(entry: ChainedEntry): string {
  const { seq, at, actor, action, subject, before, after, seals, previous_hash } = entry;
  return canonicalHash({ seq, at, actor, action, subject, before, after, seals, previous_hash });
}
