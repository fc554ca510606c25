import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type ContentPart, PartDamagedError } from '../../src/inspection/content.ts';
import { contentPieces, openContent } from '../../src/inspection/read-content.ts';
import { inspectFile } from '../../src/inspection/read-file.ts';
import { withFolder } from '../support/delivery.ts';
import { tablePdf } from '../support/sample-pdfs.ts';

const before = Buffer.from('what stands before');
const after = Buffer.from('what stands behind');

/** A file in which the content lies as a part, with what its container says of it. */
async function withPart<T>(
  content: Buffer,
  compression: ContentPart['compression'],
  work: (file: string, part: ContentPart) => T | Promise<T>,
): Promise<T> {
  const stored = compression === 'stored' ? content : deflateRawSync(content);
  return withFolder({}, (folder) => {
    const file = join(folder, 'container');
    writeFileSync(file, Buffer.concat([before, stored, after]));
    return work(file, {
      offset: before.length,
      length: stored.length,
      compression,
      size: content.length,
      crc32: crc32(content),
    });
  });
}

async function readAll(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

const forms = ['stored', 'deflate'] as const;
/** Packed beyond 32 MiB: unpacked step by step. */
const large = Buffer.concat([tablePdf(40), Buffer.alloc(33 * 1024 * 1024)]);

describe.each(forms)('content that is a %s part of a file', (form) => {
  test('is read as it is, empty content included', async () => {
    for (const content of [Buffer.alloc(0), Buffer.from('Ein Satz.'), large]) {
      await withPart(content, form, async (file, part) => {
        expect((await readAll(contentPieces({ file, part }))).equals(content)).toBe(true);
      });
    }
  });

  test.each(['size', 'crc'] as const)('with a wrong %s is damaged', async (damage) => {
    await withPart(Buffer.from('Ein Satz.'), form, async (file, part) => {
      const wrong = damage === 'size' ? { ...part, size: 5 } : { ...part, crc32: 1 };
      await expect(readAll(contentPieces({ file, part: wrong }))).rejects.toBeInstanceOf(PartDamagedError);
      const { facts, observations } = inspectFile(file, [], wrong);
      expect(facts).toBeNull();
      expect(observations).toEqual([{ code: 'zip.content-damaged', args: { damage } }]);
    });
  });

  test('is opened for reads at any position, which may overlap', async () => {
    await withPart(large, form, async (file, part) => {
      const opened = await openContent({ file, part });
      expect(opened.size).toBe(large.length);
      const positions = [0, 5_000_000, 100, large.length - 3, large.length + 10];
      const read = positions.map(async (position) => {
        const buffer = Buffer.alloc(10);
        const { bytesRead } = await opened.read(buffer, 0, 10, position);
        return buffer.subarray(0, bytesRead).equals(large.subarray(position, position + bytesRead)) && bytesRead;
      });
      expect(await Promise.all(read)).toEqual([10, 10, 10, 3, 0]);
      await opened.close();
      await opened.close();
    });
  });

  test('yields the same facts and digests as a file of its own', async () => {
    await withFolder({ 'a.pdf': large }, (folder) =>
      withPart(large, form, (file, part) => {
        const { state, ...ofFile } = inspectFile(join(folder, 'a.pdf'), ['md5']);
        expect(inspectFile(file, ['md5'], part)).toEqual({
          ...ofFile,
          state: expect.not.stringContaining(state ?? ''),
        });
      }),
    );
  });
});

test('packed bytes that make no sense are told as such', async () => {
  await withPart(Buffer.from('Ein Satz.'.repeat(50)), 'deflate', async (file, part) => {
    const cut = { ...part, length: part.length - 3 };
    expect(inspectFile(file, [], cut).observations).toEqual([
      { code: 'zip.content-damaged', args: { damage: 'stream' } },
    ]);
    await expect(readAll(contentPieces({ file, part: cut }))).rejects.toBeInstanceOf(PartDamagedError);
  });
});
