import type { Dirent } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Batch } from '../custody/store.ts';
import { copyPackage } from '../delivery/copy-package.ts';
import type { LoadedProfile } from '../delivery/profile.ts';
import { unpackPackage } from '../delivery/unpack-package.ts';
import { syncFolder } from '../shared/atomic-file.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { Progress } from '../shared/progress.ts';
import type { Workspace } from '../storage/workspace.ts';

/** Where a delivered package lies while it is checked, and where it is kept. */
export interface PackagePlace {
  readonly checked: string;
  readonly target: string;
  fill(source: string, progress: Progress, signal: AbortSignal): Promise<void>;
  /** Unpacks what is no plain folder, so that it is kept as delivered and as files. */
  unpack(profile: LoadedProfile, progress: Progress, signal: AbortSignal): Promise<void>;
  /** Moves what was checked to where it is kept, durably. */
  settle(): Promise<void>;
  /** Removes what was not settled. */
  clear(): Promise<void>;
}

/** The package stays where it is. */
export function inPlace(path: string): PackagePlace {
  const nothing = async () => {};
  const place = resolve(path);
  return { checked: place, target: place, fill: nothing, unpack: refuseInPlace, settle: nothing, clear: nothing };
}

/** The import takes files from where the package lies. */
async function refuseInPlace(): Promise<never> {
  throw new UsageError(
    'delivery.in-place-form',
    text({
      de: 'Nur ein Ordner kann liegen bleiben, kein ZIP und kein BagIt-Paket.',
      en: 'Only a folder can be left in place, no zip file and no bag.',
    }),
    text({
      de: 'Ohne --in-place übernehmen; das Paket wird dann kopiert und entpackt.',
      en: 'Take it in without --in-place; it is copied and unpacked then.',
    }),
  );
}

const PREFIX = '.incoming-';

/** The package is copied into a folder of the workspace that does not count yet, and takes its name when it is recorded. */
export function incoming({ paths: { deliveries } }: Workspace, batch: Batch, round: number): PackagePlace {
  const staged = join(deliveries, `${PREFIX}${batch.key}-${round}`);
  const target = join(deliveries, batch.key, `round-${round}`);
  const unpacked = `${staged}.content`;
  let isUnpacked = false;
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
    unpack: async (profile, progress, signal) => {
      const task = progress.start(text({ de: 'Entpacken', en: 'Unpacking' }), 0, 'files');
      try {
        await unpackPackage(staged, unpacked, profile, { signal, onFile: () => task.advance(1) });
        isUnpacked = true;
      } finally {
        task.finish();
      }
    },
    settle: async () => {
      // A folder in the way is the copy of a run that was cut off before its delivery was recorded.
      const moves = isUnpacked
        ? ([
            [staged, `${target}.delivered`],
            [unpacked, target],
          ] as const)
        : ([[staged, target]] as const);
      await mkdir(dirname(target), { recursive: true });
      for (const [from, to] of moves) {
        await rm(to, { recursive: true, force: true });
        await syncFolders(from);
        await rename(from, to);
      }
      for (const folder of [dirname(target), deliveries]) await syncFolder(folder);
    },
    // What cannot be removed now is swept the next time; what stopped the work is what has to be told.
    clear: async () => {
      for (const folder of [staged, unpacked]) {
        await rm(folder, { recursive: true, force: true }).catch(() => undefined);
      }
    },
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
