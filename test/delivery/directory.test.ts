import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDirectory } from '../../src/delivery/directory.ts';
import type { PackageEntry } from '../../src/delivery/package-reader.ts';
import { type Files, withFolder } from '../support/delivery.ts';

async function list(folder: string): Promise<PackageEntry[]> {
  const reader = openDirectory(folder);
  const entries: PackageEntry[] = [];
  for await (const entry of reader.list()) entries.push(entry);
  await reader.close();
  return entries;
}

function listFiles(files: Files, prepare: (folder: string) => unknown = () => undefined) {
  return withFolder(files, async (folder) => {
    await prepare(folder);
    return list(folder);
  });
}

const root = process.getuid?.() === 0;

describe('a package in a directory', () => {
  test('is listed with folders before their content, in the order of names, whatever its depth', async () => {
    const entries = await listFiles({ 'b/2.pdf': '12', 'a/x/1.pdf': '1', 'a/0.pdf': '', 'c.pdf': '' });
    expect(entries.map(({ path, kind, size }) => [path, kind, size])).toEqual([
      ['a', 'folder', 0],
      ['b', 'folder', 0],
      ['c.pdf', 'file', 0],
      ['a/0.pdf', 'file', 0],
      ['a/x', 'folder', 0],
      ['a/x/1.pdf', 'file', 1],
      ['b/2.pdf', 'file', 2],
    ]);
  });

  test('links are told and not followed, a loop of them included', async () => {
    const entries = await listFiles({ 'a/1.pdf': '' }, (folder) => {
      symlinkSync('..', join(folder, 'a/loop'));
      symlinkSync('/etc/passwd', join(folder, 'a/secret.pdf'));
      symlinkSync('nowhere', join(folder, 'a/broken.pdf'));
    });
    expect(entries.filter(({ kind }) => kind === 'link').map(({ path }) => path)).toEqual([
      'a/broken.pdf',
      'a/loop',
      'a/secret.pdf',
    ]);
    expect(entries).toHaveLength(5);
  });

  test.skipIf(process.platform === 'win32')('pipes and sockets are told, and opening them is not tried', async () => {
    const entries = await listFiles({}, async (folder) => {
      expect(spawnSync('mkfifo', [join(folder, 'pipe.pdf')]).status).toBe(0);
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(join(folder, 'socket.pdf'), resolve));
      server.unref();
    });
    expect(entries.map(({ path, kind }) => [path, kind])).toEqual([
      ['pipe.pdf', 'pipe'],
      ['socket.pdf', 'socket'],
    ]);
  });

  test.skipIf(process.platform !== 'linux')('names that are no UTF-8 stay apart and readable', async () => {
    const entries = await listFiles({}, (folder) => {
      const name = (...bytes: number[]) =>
        Buffer.concat([Buffer.from(`${folder}/M`), Buffer.from(bytes), Buffer.from('ller')]);
      mkdirSync(name(0xfc));
      writeFileSync(Buffer.concat([name(0xfc), Buffer.from('/1.pdf')]), 'x');
      writeFileSync(name(0xe4), '');
      writeFileSync(join(folder, 'Müller.pdf'), '');
    });
    expect(entries.map(({ path, undecodable = false }) => [path, undecodable])).toEqual([
      ['Müller.pdf', false],
      ['M\\xE4ller', true],
      ['M\\xFCller', true],
      ['M\\xFCller/1.pdf', true],
    ]);
  });

  test.skipIf(root)('a folder that may not be read is an entry, and the rest is listed', async () => {
    const entries = await listFiles({ 'a/1.pdf': '', 'b/2.pdf': '' }, (folder) => chmodSync(join(folder, 'a'), 0o000));
    expect(entries).toContainEqual({ path: 'a', kind: 'unreadable', size: 0, stamp: 0, cause: 'EACCES' });
    expect(entries.map(({ path }) => path)).toContain('b/2.pdf');
  });

  test('a stamp changes when a file is written, and a folder has none', async () => {
    await withFolder({ 'a/1.pdf': 'x' }, async (folder) => {
      const before = await list(folder);
      writeFileSync(join(folder, 'a/1.pdf'), 'xy');
      const after = await list(folder);
      expect(after[0]).toEqual(before[0]);
      expect(after[1]).not.toEqual(before[1]);
    });
  });

  test('listing ends as soon as it is aborted', async () => {
    await withFolder({ 'a.pdf': '', 'b.pdf': '' }, async (folder) => {
      const controller = new AbortController();
      const seen: string[] = [];
      const run = async () => {
        for await (const { path } of openDirectory(folder).list(controller.signal)) {
          seen.push(path);
          controller.abort(new Error('stop'));
        }
      };
      await expect(run()).rejects.toThrow('stop');
      expect(seen).toEqual(['a.pdf']);
    });
  });
});

describe('what is no directory', () => {
  test('is refused with a way out', async () => {
    expect(() => openDirectory('/nowhere/at/all')).toThrow(
      /Cannot reach the package \/nowhere\/at\/all: no such file or folder \(ENOENT\)/,
    );
    await withFolder({ 'a.zip': 'x' }, (folder) => {
      expect(() => openDirectory(join(folder, 'a.zip'))).toThrow(/is not a directory/);
    });
  });
});
