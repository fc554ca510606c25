import type { Dirent } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Batch } from '../custody/store.ts';
import { copyPackage } from '../delivery/copy-package.ts';
import { syncFolder } from '../shared/atomic-file.ts';
import { text } from '../shared/language.ts';
import type { Progress } from '../shared/progress.ts';
import type { Workspace } from '../storage/workspace.ts';

/** Where a delivered package lies while it is checked, and where it is kept. */
export interface PackagePlace {
  readonly checked: string;
  readonly target: string;
  fill(source: string, progress: Progress, signal: AbortSignal): Promise<void>;
  /** Moves what was checked to where it is kept, durably. */
  settle(): Promise<void>;
  /** Removes what was not settled. */
  clear(): Promise<void>;
}

/** The package stays where it is. */
export function inPlace(path: string): PackagePlace {
  const nothing = async () => {};
  return { checked: resolve(path), target: resolve(path), fill: nothing, settle: nothing, clear: nothing };
}

const PREFIX = '.incoming-';

/** The package is copied into a folder of the workspace that does not count yet, and takes its name when it is recorded. */
export function incoming({ paths: { deliveries } }: Workspace, batch: Batch, round: number): PackagePlace {
  const staged = join(deliveries, `${PREFIX}${batch.key}-${round}`);
  const target = join(deliveries, batch.key, `round-${round}`);
  return {
    checked: staged,
    target,
    fill: async (source, progress, signal) => {
      await sweep(deliveries);
      const task = progress.start(text({ de: 'Übernehmen', en: 'Taking in' }), 0, 'files');
      try {
        await copyPackage(source, staged, () => task.advance(1), signal);
      } finally {
        task.finish();
      }
    },
    settle: async () => {
      // A folder in the way is the copy of a run that was cut off before its delivery was recorded.
      await rm(target, { recursive: true, force: true });
      await mkdir(dirname(target), { recursive: true });
      await syncFolders(staged);
      await rename(staged, target);
      for (const folder of [dirname(target), deliveries]) await syncFolder(folder);
    },
    // What cannot be removed now is swept the next time; what stopped the work is what has to be told.
    clear: () => rm(staged, { recursive: true, force: true }).catch(() => undefined),
  };
}

/** Removes the copies of runs that were killed: one at a time writes, and that is us. */
async function sweep(deliveries: string): Promise<void> {
  await mkdir(deliveries, { recursive: true });
  for (const name of await readdir(deliveries)) {
    if (name.startsWith(PREFIX)) await rm(join(deliveries, name), { recursive: true, force: true });
  }
}

/** Makes the names in a package durable, whatever bytes they are. The content of its files is already. */
async function syncFolders(root: string): Promise<void> {
  const waiting = [Buffer.from(root)];
  for (let folder = waiting.pop(); folder; folder = waiting.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' as never })) {
      if (!entry.isDirectory()) continue;
      waiting.push(Buffer.concat([folder, Buffer.from('/'), (entry as unknown as Dirent<Buffer>).name]));
    }
    await syncFolder(folder);
  }
}
