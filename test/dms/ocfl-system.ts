import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createOcflAdapter } from '../../src/dms/ocfl/adapter.ts';
import { objectId } from '../../src/dms/ocfl/layout.ts';
import { verifyStorageRoot } from '../../src/dms/ocfl/verify.ts';
import type { SystemUnderTest } from './adapter-contract.ts';
import { watchedDisk } from './faulty-disk.ts';

/** The embedded store in a folder, held to the contract. */
export async function createOcflSystem(folder: string): Promise<SystemUnderTest> {
  const store = { root: join(folder, 'store'), staging: join(folder, 'staging') };
  let pending: (() => void | Promise<void>) | undefined;
  let isReadOnly = false;
  const disk = watchedDisk(async (step, path) => {
    if (isReadOnly) throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES', syscall: step });
    if (step !== 'write' || !path.includes('documents')) return;
    const action = pending;
    pending = undefined;
    await action?.();
  });
  return {
    troubles: {
      setReadOnly: (value) => {
        isReadOnly = value;
      },
      removeParent: () => rm(store.staging, { recursive: true, force: true }),
    },
    adapter: createOcflAdapter({ ...store, disk }),
    another: () => createOcflAdapter({ ...store, disk }),
    whileSending: (action) => {
      pending = action;
    },
    expectSound: (keys) => expectSoundStore(store.root, keys),
    dispose: async () => {},
  };
}

/** A valid storage root with these objects and no others. */
export async function expectSoundStore(root: string, keys: readonly string[]): Promise<void> {
  const ids: (string | null)[] = [];
  for await (const verdict of verifyStorageRoot(root)) {
    expect(verdict.problems).toEqual([]);
    if (verdict.kind === 'object') ids.push(verdict.id);
  }
  expect(ids.sort()).toEqual(keys.map(objectId).sort());
}
