import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { hasErrorCode } from '../errors.ts';
import type { FileOperations } from './file-operations.ts';
import { namesIn } from './names-in.ts';

/** A folder whose owner runs on another machine counts as left over after this time (milliseconds). */
const foreignLifetime = 24 * 3_600_000;
const owner = { host: hostname().replace(/[^A-Za-z0-9-]/g, '_') || 'host', process: process.pid, thread: threadId };
/** The folders of this thread that are in use; a restart with the same process id must not take over old ones. */
const inUse = new Set<string>();

/**
 * The folder beside the storage root where objects are built: OCFL 1.1 section 4.1 allows no unfinished objects inside
 * the root. It has to lie in the root's file system, because the finished object is moved, not copied. Folders of
 * processes that ended in the middle are recognised by their names and removed.
 */
export interface Staging {
  /** A new folder of our own. */
  claim(): Promise<string>;
  /** Ends its use and removes what is still in it. A failure leaves it for the next `sweep`. */
  release(folder: string): Promise<void>;
  /** Removes what is left at a place in a claimed folder. A failure leaves it for `release`. */
  discard(place: string): Promise<void>;
  /** A free place to which an object is moved that is being removed from these folders of the root. */
  removal(folders: readonly string[]): Promise<string>;
  /**
   * Removes what ended processes left behind.
   * @param tidy completes, in the root, the removal of an object from these folders
   */
  sweep(tidy: (folders: readonly string[]) => Promise<void>): Promise<void>;
}

/** "removed.3c0-ff4-240-<digest>.<random>": names the folders of the object that is removed. */
const removalName = /^removed\.([0-9a-f-]+)\.[0-9a-f]{16}$/;

export function createStaging(folder: string, disk: FileOperations): Staging {
  return {
    async claim() {
      const name = `object.${owner.host}.${owner.process}.${owner.thread}.${randomBytes(8).toString('hex')}`;
      inUse.add(name);
      try {
        await disk.makeFolder(join(folder, name));
      } catch (error) {
        inUse.delete(name);
        throw error;
      }
      return join(folder, name);
    },
    async release(claimed) {
      inUse.delete(claimed.slice(folder.length + 1));
      // Whatever stopped the work may stop this too; then the next sweep finds the folder.
      await disk.removeTree(claimed).catch(() => undefined);
    },
    async discard(place) {
      if (existsSync(place)) await disk.removeTree(place).catch(() => undefined);
    },
    async removal(folders) {
      await disk.makeFolder(folder);
      return join(folder, `removed.${folders.join('-')}.${randomBytes(8).toString('hex')}`);
    },
    async sweep(tidy) {
      for (const name of namesIn(folder) ?? []) {
        const [, removed] = removalName.exec(name) ?? [];
        if (removed !== undefined) {
          await tidy(removed.split('-'));
          await disk.removeTree(join(folder, name));
        } else if (name.startsWith('leftover.')) await disk.removeTree(join(folder, name));
        else if (await isLeftOver(folder, name)) await discard(folder, name, disk);
      }
    },
  };
}

/** First moved aside in one step: should its owner live after all, it fails instead of storing half an object. */
async function discard(folder: string, name: string, disk: FileOperations): Promise<void> {
  const aside = join(folder, `leftover.${randomBytes(8).toString('hex')}`);
  try {
    await disk.rename(join(folder, name), aside);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return; // another process was faster
    throw error;
  }
  await disk.removeTree(aside);
}

async function isLeftOver(folder: string, name: string): Promise<boolean> {
  const match = /^object\.([A-Za-z0-9_-]+)\.(\d+)\.(\d+)\.[0-9a-f]{16}$/.exec(name);
  if (!match) return false;
  const [, host, processId, thread] = match;
  if (host !== owner.host) return isOlderThan(join(folder, name), foreignLifetime);
  if (Number(processId) !== owner.process) return !isRunning(Number(processId));
  return Number(thread) === owner.thread && !inUse.has(name);
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return hasErrorCode(error, 'EPERM');
  }
}

async function isOlderThan(path: string, milliseconds: number): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > milliseconds;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
}
