import type { FileOperations } from './file-operations.ts';
import type { GroupSync } from './group-sync.ts';
import type { ContentAlgorithm, InventoryUser } from './inventory.ts';
import type { RecentReadings } from './readings.ts';
import type { Staging } from './staging.ts';
import type { Workshop } from './workshop.ts';

/** What all operations on a store need. */
export interface Store {
  readonly root: string;
  readonly staging: Staging;
  readonly workshop: Workshop;
  readonly disk: FileOperations;
  readonly groupSync: GroupSync;
  readonly readings: RecentReadings;
  readonly user: InventoryUser;
  /** Addresses the content of new objects; those that are there keep theirs. */
  readonly algorithm: ContentAlgorithm;
}
