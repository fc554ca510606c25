import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createFolderAdapter } from '../../src/dms/folder/adapter.ts';
import type { FolderRecord } from '../../src/dms/folder/record.ts';
import type { FolderSettings } from '../../src/dms/folder/settings.ts';
import type { SystemUnderTest } from './adapter-contract.ts';
import { watchedDisk } from './faulty-disk.ts';

/** A tree of folders, held to the contract. */
export async function createFolderSystem(folder: string, more: Partial<FolderSettings> = {}): Promise<SystemUnderTest> {
  let pending: (() => void | Promise<void>) | undefined;
  let isReadOnly = false;
  const disk = watchedDisk(async (step, path) => {
    if (isReadOnly) throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES', syscall: step });
    if (step !== 'write' || /index\.(csv|json|xml)$/.test(path)) return;
    const action = pending;
    pending = undefined;
    await action?.();
  });
  const settings: FolderSettings = { type: 'folder', path: folder, folder: '/Akten', ...more };
  return {
    troubles: {
      setReadOnly: (value) => {
        isReadOnly = value;
      },
      removeParent: async () => rmSync(join(folder, 'Akten'), { recursive: true, force: true }),
    },
    adapter: createFolderAdapter({ settings, disk }),
    another: () => createFolderAdapter({ settings, disk }),
    whileSending: (action) => {
      pending = action;
    },
    expectSound: async (keys) => expectSoundTree(folder, keys),
    dispose: async () => {},
  };
}

/** The tree holds the files of these keys and nothing else, each with every byte, and nothing half-built. */
export function expectSoundTree(root: string, keys: readonly string[]): void {
  const state = join(root, '.scanlot');
  const records = namesIn(join(state, 'files')).map(
    (name): FolderRecord => JSON.parse(readFileSync(join(state, 'files', name), 'utf8')),
  );
  expect(records.map(({ key }) => key).sort()).toEqual(keys.map((key) => key.normalize('NFC')).sort());
  expect(namesIn(join(state, 'staging'))).toEqual([]);
  expect(namesIn(join(state, 'locks'))).toEqual([]);
  const handOvers = records.flatMap((record) => [record, ...record.earlier]);
  expect(namesIn(join(state, 'places'))).toHaveLength(handOvers.length);
  const expected = new Set<string>();
  for (const record of records) expect(record.state).toBe('published');
  for (const { place, documents } of handOvers) {
    for (const { stored, sha256 } of documents) {
      const bytes = readFileSync(join(root, place, stored));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expected.add(join(place, stored));
    }
    if (existsSync(join(root, place, 'index.csv'))) expected.add(join(place, 'index.csv'));
  }
  const files = namesIn(root, true).filter((path) => !path.startsWith('.scanlot'));
  expect(files.sort()).toEqual([...expected].sort());
}

function namesIn(folder: string, deep = false): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: deep, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() || !deep)
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
