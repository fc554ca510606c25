import type { JsonObject, NewDocument } from '../adapter.ts';
import type { Obstacle } from '../transfer-note/pdf/obstacle.ts';

/** What goes along with the accepted documents of a file, made by us. */
export interface Additions {
  readonly documents: readonly NewDocument[];
  /** Copies that are stored in the place of accepted documents, whose bytes they begin with; by the accepted path. */
  readonly copies: ReadonlyMap<string, NewDocument>;
  /** Members of the index data. */
  readonly metadata: JsonObject;
  /** Where the transfer notes are; null where they were not to be in the documents. */
  readonly note: NotePlaces | null;
  /** Removes what was made for it on the disk. */
  remove(): Promise<void>;
}

/** How many documents of a file hold their transfer note, and why others do not. */
export interface NotePlaces {
  readonly embedded: number;
  /** Documents whose note lies beside them, by the reason. */
  readonly beside: readonly {
    readonly reason: Obstacle;
    readonly documents: number;
    /** Path of the first one. */
    readonly first: string;
  }[];
}

export const noAdditions: Additions = {
  documents: [],
  copies: new Map(),
  metadata: {},
  note: null,
  remove: async () => {},
};
