import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memorySource } from '../../src/inspection/byte-source.ts';
import { fileSource, ReadTooLongError } from '../../src/inspection/file-source.ts';

const size = 3_000_000;
let folder: string;
let file: string;
let handle: number;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-source-'));
  file = join(folder, 'bytes');
  writeFileSync(
    file,
    Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 9)) & 0xff),
  );
  handle = openSync(file, 'r');
});

afterAll(() => {
  closeSync(handle);
  rmSync(folder, { recursive: true });
});

describe('the bytes of a file', () => {
  it('are the same from disk as from memory, wherever and in whatever order they are read', () => {
    const memory = memorySource(readFileSync(file));
    const disk = fileSource(handle, size);
    const place = fc.oneof(fc.integer({ min: -10, max: size + 10 }), fc.integer({ min: size - 20_000, max: size }));
    const length = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100_000 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(place, length), { minLength: 1, maxLength: 30 }), (reads) => {
        for (const [offset, count] of reads) {
          const expected = memory.read(Math.max(0, offset), count + Math.min(0, offset));
          expect(Buffer.compare(disk.read(offset, count), expected)).toBe(0);
        }
      }),
    );
  });

  it('are empty beyond the end and for lengths that are none', () => {
    const source = fileSource(handle, size);
    for (const [offset, length] of [
      [size, 1],
      [2 ** 53, 10],
      [10, 0],
      [10, -5],
      [Number.NaN, 5],
      [5, Number.NaN],
    ] as const) {
      expect(source.read(offset, length)).toHaveLength(0);
    }
  });

  it('end where the file ends, even if it was said to be longer', () => {
    expect(fileSource(handle, size + 50_000).read(size - 3, 20_000)).toHaveLength(3);
  });

  it('are not handed out in amounts that no honest file needs', () => {
    expect(() => fileSource(handle, 2 ** 40).read(0, 2 ** 39)).toThrow(ReadTooLongError);
  });

  it('that cannot be read are an error of the system', () => {
    const directory = openSync(folder, 'r');
    try {
      expect(() => fileSource(directory, 100).read(0, 10)).toThrow(expect.objectContaining({ code: 'EISDIR' }));
    } finally {
      closeSync(directory);
    }
  });
});
