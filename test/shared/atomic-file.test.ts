import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomically } from '../../src/shared/atomic-file.ts';
import { exitCodes, ScanlotError } from '../../src/shared/errors.ts';

describe('writing a file atomically', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scanlot-atomic-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('writes bytes, text, or what a function writes, and leaves nothing else behind', async () => {
    await writeFileAtomically(join(folder, 'a'), new Uint8Array([1, 2]));
    await writeFileAtomically(join(folder, 'b'), 'Übersicht');
    await writeFileAtomically(join(folder, 'c'), (path) => writeFile(path, 'c'));
    expect(await readFile(join(folder, 'a'))).toEqual(Buffer.from([1, 2]));
    expect(await readFile(join(folder, 'b'), 'utf8')).toBe('Übersicht');
    expect(await readFile(join(folder, 'c'), 'utf8')).toBe('c');
    expect((await readdir(folder)).sort()).toEqual(['a', 'b', 'c']);
  });

  it('replaces a former file', async () => {
    await writeFileAtomically(join(folder, 'a'), 'former');
    await writeFileAtomically(join(folder, 'a'), 'new');
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('new');
  });

  it('leaves the former file untouched when writing fails half-way, and clears up', async () => {
    await writeFileAtomically(join(folder, 'a'), 'former');
    const failing = writeFileAtomically(join(folder, 'a'), async (path) => {
      await writeFile(path, 'half');
      throw new Error('interrupted');
    });
    await expect(failing).rejects.toThrow('interrupted');
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('former');
    expect(await readdir(folder)).toEqual(['a']);
  });

  it('shows the name only when the content is complete', async () => {
    await writeFileAtomically(join(folder, 'a'), async (path) => {
      await writeFile(path, 'x');
      expect(await readdir(folder)).not.toContain('a');
    });
    expect(await readdir(folder)).toEqual(['a']);
  });

  it('tells what to do when the folder does not exist, or the name is a folder', async () => {
    const missing = writeFileAtomically(join(folder, 'no', 'a'), 'x');
    await expect(missing).rejects.toBeInstanceOf(ScanlotError);
    await expect(missing).rejects.toMatchObject({
      code: 'file.not-written',
      exitCode: exitCodes.fileSystem,
      remedy: { de: 'Den Ordner gibt es nicht: zuerst anlegen.' },
    });
    await mkdir(join(folder, 'sub'));
    await expect(writeFileAtomically(join(folder, 'sub'), 'x')).rejects.toMatchObject({ code: 'file.not-written' });
    expect(await readdir(folder)).toEqual(['sub']);
  });

  it('writes through a link, which stays one', async () => {
    await writeFile(join(folder, 'real'), 'former');
    await symlink('real', join(folder, 'link'));
    await writeFileAtomically(join(folder, 'link'), 'new');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(await readFile(join(folder, 'real'), 'utf8')).toBe('new');
  });

  it.runIf(existsSync('/dev/full'))(
    'writes to a device without replacing it, and tells that a disk is full',
    async () => {
      await writeFileAtomically('/dev/null', 'x');
      for (const content of ['x', (path: string) => writeFile(path, 'x')]) {
        await expect(writeFileAtomically('/dev/full', content)).rejects.toMatchObject({
          code: 'file.not-written',
          exitCode: exitCodes.fileSystem,
          remedy: { de: expect.stringContaining('Datenträger ist voll') },
        });
      }
      expect([statSync('/dev/null'), statSync('/dev/full')].map((stats) => stats.isFile())).toEqual([false, false]);
    },
  );

  it('removes what a killed process left of the same file, and nothing that belongs to a living one', async () => {
    const path = JSON.stringify(join(folder, 'a'));
    const module = JSON.stringify(new URL('../../src/shared/atomic-file.ts', import.meta.url).href);
    const script = `
      import { writeFileSync } from 'node:fs';
      const { writeFileAtomically } = await import(${module});
      await writeFileAtomically(${path}, async (temporary) => {
        writeFileSync(temporary, 'half');
        process.kill(process.pid, 'SIGKILL');
        await new Promise(() => setInterval(() => {}, 1000));
      });`;
    const node = [...['--import', 'tsx'], ...['--input-type=module', '--eval', script]];
    expect(spawnSync(process.execPath, node).signal).toBe('SIGKILL');
    const [left = ''] = await readdir(folder);
    expect(left).toMatch(/^\.a\..*\.tmp$/);
    const living = left.replace(/\.\d+\./, `.${process.pid}.`);
    await writeFile(join(folder, living), '');
    await writeFileAtomically(join(folder, 'a'), 'x');
    expect((await readdir(folder)).sort()).toEqual([living, 'a'].sort());
  });
});
