import type { JsonObject, NewDocument } from '../adapter.ts';

/** What goes along with the accepted documents of a file, made by us. */
export interface Additions {
  readonly documents: readonly NewDocument[];
  /** Members of the index data. */
  readonly metadata: JsonObject;
  /** Removes what was made for it on the disk. */
  remove(): Promise<void>;
}

export const noAdditions: Additions = { documents: [], metadata: {}, remove: async () => {} };
