import type { FileOperations } from './file-operations.ts';
import type { ContentAlgorithm, InventoryUser } from './inventory.ts';
import type { Staging } from './staging.ts';

/** What all operations on a store need. */
export interface Store {
  readonly root: string;
  readonly staging: Staging;
  readonly disk: FileOperations;
  readonly user: InventoryUser;
  /** Addresses the content of new objects; those that are there keep theirs. */
  readonly algorithm: ContentAlgorithm;
}
