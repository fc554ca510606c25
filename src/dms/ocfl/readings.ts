import type { StoredDocument } from '../adapter.ts';

/** A reading of stored bytes, made after they were on the disk. */
export interface Reading extends Pick<StoredDocument, 'sha256' | 'size'> {
  /** State of the file that was read (`fileState`): it counts only as long as the file is in it. */
  readonly state: string;
}

/** By content path, from the object root. */
export type Readings = ReadonlyMap<string, Reading>;

/**
 * The readings of objects that were just stored, by their ids. Each serves the next read-back of its object, and that one
 * alone: whoever reads it again reads every byte anew.
 */
export interface RecentReadings {
  note(id: string, readings: Readings): void;
  take(id: string): Readings | undefined;
}

/** Objects that are stored and not read back are forgotten in their order. */
const most = 1_000;

export function createRecentReadings(): RecentReadings {
  const recent = new Map<string, Readings>();
  return {
    note(id, readings) {
      if (readings.size === 0) return;
      recent.set(id, readings);
      for (const oldest of recent.keys()) {
        if (recent.size <= most) return;
        recent.delete(oldest);
      }
    },
    take(id) {
      const readings = recent.get(id);
      recent.delete(id);
      return readings;
    },
  };
}
