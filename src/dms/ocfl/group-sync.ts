import type { FileOperations } from './file-operations.ts';
import { together } from './together.ts';

/** What was written and is perhaps not yet on the disk. */
export interface Written {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Brings to the disk what several writers have written at the same time. */
export interface GroupSync {
  /** While a writer works, its group waits for it, though not for long. */
  member<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Resolves when all of it is on the disk; rejects when that is not known of any part of the group. */
  sync(written: Written): Promise<void>;
}

/** From so many paths on, syncing the whole file system takes less than syncing each. */
const worthSyncingAll = 40;
/** How long those who are ready wait for the others, in milliseconds. */
const patience = 100;

/**
 * Many objects share one sync: it begins when all members wait for it, or the first of them has waited long enough. What
 * comes while a sync is going on goes along with the next one.
 * @param folder in the file system that is written to
 */
export function createGroupSync(folder: string, disk: FileOperations): GroupSync {
  let members = 0;
  let waiting: Waiting[] = [];
  let isSyncing = false;
  let timer: NodeJS.Timeout | undefined;

  const beginWhenReady = (): void => {
    if (isSyncing || waiting.length === 0) return;
    if (waiting.length >= members) void begin();
    else timer ??= setTimeout(() => void begin(), patience);
  };
  const begin = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (isSyncing) return;
    isSyncing = true;
    const group = waiting;
    waiting = [];
    try {
      await syncGroup(group);
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    isSyncing = false;
    beginWhenReady();
  };
  const syncGroup = async (group: readonly Waiting[]): Promise<void> => {
    const files = group.flatMap(({ written }) => written.files);
    const folders = [...new Set(group.flatMap(({ written }) => written.folders))];
    if (files.length + folders.length >= worthSyncingAll && (await disk.syncAll(folder))) return;
    await together([...files.map((file) => disk.syncFile(file)), ...folders.map((one) => disk.syncFolder(one))]);
  };
  return {
    async member(work) {
      members += 1;
      try {
        return await work();
      } finally {
        members -= 1;
        beginWhenReady();
      }
    },
    sync: (written) =>
      new Promise((resolve, reject) => {
        waiting.push({ written, resolve, reject });
        beginWhenReady();
      }),
  };
}

interface Waiting {
  readonly written: Written;
  resolve(): void;
  reject(error: unknown): void;
}
