import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs, {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestAlgorithms } from '../../src/inspection/facts.ts';
import { inspectFile } from '../../src/inspection/read-file.ts';
import { buildTiff, pagesOf } from '../support/tiff.ts';

let folder: string;
const write = (name: string, bytes: Uint8Array | string): string => {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
};
const hex = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('hex');
const codes = (file: string) => inspectFile(file, []).observations.map(({ code }) => code);

const original = { readSync: fs.readSync, closeSync: fs.closeSync };

/** Has something happen when the file is read, as other programs and failing discs do. */
function onRead(happen: (position: number) => void): void {
  fs.readSync = ((...args: Parameters<typeof fs.readSync>) => {
    happen(Number((args as readonly unknown[])[4]));
    return original.readSync(...args);
  }) as typeof fs.readSync;
  syncBuiltinESMExports();
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-read-'));
});

afterEach(() => {
  Object.assign(fs, original);
  syncBuiltinESMExports();
  rmSync(folder, { recursive: true });
});

describe('one look at a file', () => {
  it('yields format, size, pages and digests', () => {
    const { bytes } = buildTiff(pagesOf(3));
    const { facts, observations } = inspectFile(write('scan.tif', bytes), ['md5', 'sha512']);
    expect(facts).toMatchObject({
      format: 'tiff',
      pages: 3,
      size: bytes.length,
      digests: { sha256: hex('sha256', bytes), md5: hex('md5', bytes), sha512: hex('sha512', bytes) },
    });
    expect(observations).toEqual([]);
  });

  it.each([1, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1, 3 * 2 ** 20 + 5])('hashes all bytes of a file of %d', (size) => {
    const bytes = Buffer.alloc(size, 'scanlot');
    const { facts } = inspectFile(write('bytes', bytes), digestAlgorithms);
    expect(facts).toMatchObject({ size, format: 'text' });
    for (const algorithm of digestAlgorithms) expect(facts?.digests[algorithm]).toBe(hex(algorithm, bytes));
  });

  it('finds the pages of a file that is larger than a chunk, too', () => {
    const page = { compression: 4, stripBytes: 700_000 };
    const { bytes } = buildTiff(pagesOf(4, page));
    expect(inspectFile(write('large.tif', bytes), []).facts).toMatchObject({ pages: 4, observations: [] });
    expect(codes(write('cut.tif', bytes.subarray(0, 2_000_000)))).toEqual(['tiff.directory-outside']);
  });

  it('carries the observations of the format on', () => {
    const { facts, observations } = inspectFile(write('cut.tif', 'II*\0\x09'), []);
    expect(observations).toEqual([{ code: 'tiff.header-broken', args: {} }]);
    expect(facts).toMatchObject({ pages: null, observations });
  });

  it('tells an empty file, with the digest of nothing', () => {
    const { facts, observations } = inspectFile(write('empty.pdf', ''), []);
    expect(facts).toMatchObject({
      format: 'empty',
      size: 0,
      pages: null,
      digests: { sha256: hex('sha256', Buffer.alloc(0)) },
    });
    expect(observations).toEqual([{ code: 'file.empty', args: {} }]);
  });

  it('survives a structured clone and JSON: it is plain data', () => {
    const inspection = inspectFile(write('scan.tif', buildTiff(pagesOf(2)).bytes), ['md5']);
    expect(structuredClone(inspection)).toEqual(inspection);
    expect(JSON.parse(JSON.stringify(inspection))).toEqual(inspection);
  });
});

describe('what cannot be read as a file', () => {
  it('is told: nothing there', () => {
    expect(codes(join(folder, 'absent'))).toEqual(['file.missing']);
    expect(codes(join(write('file', 'x'), 'below'))).toEqual(['file.missing']);
  });

  it('is told: a folder, a link, a device; a pipe is not waited for', () => {
    mkdirSync(join(folder, 'sub'));
    symlinkSync(write('target', 'x'), join(folder, 'link'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const observed = ['sub', 'link', 'pipe'].map((name) => inspectFile(join(folder, name), []).observations[0]);
    expect(observed).toEqual([
      { code: 'file.not-regular', args: { type: 'folder' } },
      { code: 'file.not-regular', args: { type: 'link' } },
      { code: 'file.not-regular', args: { type: 'special' } },
    ]);
    expect(codes('/dev/null')).toEqual(['file.not-regular']);
  });

  it.skipIf(process.getuid?.() === 0)('is told: no permission', () => {
    const file = write('secret', 'x');
    chmodSync(file, 0);
    expect(codes(file)).toEqual(['file.unreadable']);
  });

  it.each([0, 2 ** 20])('is told with the cause of the system: a bad sector at %d', (bad) => {
    const file = write('scan.pdf', Buffer.alloc(3 * 2 ** 20));
    onRead((position) => {
      if (position === bad) throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'read' });
    });
    expect(inspectFile(file, [])).toEqual({
      facts: null,
      observations: [{ code: 'file.unreadable', args: { cause: 'EIO' } }],
    });
  });

  it('leaves no handle open', () => {
    let closed = 0;
    fs.closeSync = (handle) => {
      closed += 1;
      original.closeSync(handle);
    };
    syncBuiltinESMExports();
    inspectFile(write('good', 'x'), []);
    inspectFile(folder, []);
    onRead(() => {
      throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'read' });
    });
    inspectFile(write('bad', 'x'), []);
    expect(closed).toBe(3);
  });
});

describe('a file that changes while it is read', () => {
  const changed = { facts: null, observations: [{ code: 'file.changed-while-read', args: {} }] };
  let file: string;
  /** Does it once, after the first chunk. */
  const meanwhile = (happen: () => void): void => {
    let done = false;
    onRead((position) => {
      if (position < 2 ** 20 || done) return;
      done = true;
      happen();
    });
  };

  beforeEach(() => {
    file = write('scan.pdf', Buffer.alloc(2 * 2 ** 20));
  });

  it('is not judged: it grew, as one still being copied does', () => {
    meanwhile(() => appendFileSync(file, 'more'));
    expect(inspectFile(file, [])).toEqual(changed);
  });

  it('is not judged: it was cut', () => {
    meanwhile(() => fs.truncateSync(file, 1000));
    expect(inspectFile(file, [])).toEqual(changed);
  });

  it('is not judged: it was written over, at the same length', () => {
    meanwhile(() => writeFileSync(file, Buffer.alloc(2 * 2 ** 20, 1)));
    expect(inspectFile(file, [])).toEqual(changed);
  });

  it('is not judged: another one took its place', () => {
    meanwhile(() => renameSync(write('other', Buffer.alloc(2 * 2 ** 20)), file));
    expect(inspectFile(file, [])).toEqual(changed);
  });

  it('is not judged: it was deleted', () => {
    meanwhile(() => rmSync(file));
    expect(inspectFile(file, [])).toEqual(changed);
  });
});
