import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PartDamagedError } from '../../src/inspection/content.ts';
import { createInflater, inflatedSource } from '../../src/inspection/inflate-part.ts';

function inflaterOf(packed: Buffer, size: number) {
  return createInflater(
    (target, position) => packed.copy(target, 0, position, position + target.length),
    packed.length,
    size,
  );
}

function unpack(packed: Buffer, size: number): Buffer {
  const inflater = inflaterOf(packed, size);
  const pieces: Buffer[] = [];
  for (let piece = inflater.next(); piece.length > 0; piece = inflater.next()) pieces.push(Buffer.from(piece));
  inflater.assertEnd();
  return Buffer.concat(pieces);
}

/** Numbers that look random and are the same in every run. */
function noise(length: number, letters: number): Buffer {
  let state = 42;
  return Buffer.from(
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >> 16) % letters;
    }),
  );
}

const contents: Readonly<Record<string, Buffer>> = {
  nothing: Buffer.alloc(0),
  'one byte': Buffer.from('x'),
  zeros: Buffer.alloc(1_000_000),
  noise: noise(400_000, 256),
  'few letters': noise(600_000, 7),
  words: Buffer.from('Aktenzeichen 32.1-2019/0815 '.repeat(40_000)),
};

const settings = [
  { level: 0 },
  { level: 1 },
  { level: 9 },
  { strategy: constants.Z_HUFFMAN_ONLY },
  { strategy: constants.Z_FIXED },
  { strategy: constants.Z_RLE, memLevel: 4 },
];

describe('the inflater', () => {
  test.each(Object.entries(contents))('unpacks %s, however it was packed', (_, content) => {
    for (const setting of settings)
      expect(unpack(deflateRawSync(content, setting), content.length).equals(content)).toBe(true);
  });

  test('unpacks whatever zlib packs', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.constantFrom(...settings), (bytes, setting) => {
        const content = Buffer.from(bytes);
        expect(unpack(deflateRawSync(content, setting), content.length).equals(content)).toBe(true);
      }),
    );
  });

  test('agrees with zlib on what is damaged', () => {
    const content = noise(4000, 20);
    const sound = deflateRawSync(content);
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const packed = Buffer.from(sound);
        packed[at] = (packed[at] ?? 0) ^ change;
        let expected: Buffer | undefined;
        try {
          const options = { info: true } as const;
          const result = inflateRawSync(packed, options) as unknown as {
            buffer: Buffer;
            engine: { bytesWritten: number };
          };
          if (result.engine.bytesWritten === packed.length) expected = result.buffer;
        } catch {
          expected = undefined;
        }
        if (expected) expect(unpack(packed, 1_000_000).equals(expected)).toBe(true);
        else expect(() => unpack(packed, 1_000_000)).toThrow(PartDamagedError);
      }),
      { numRuns: 400 },
    );
  });

  test('stops at the stated size, at the end of what is there, and tells what is left over', () => {
    const content = noise(600_000, 50);
    const packed = deflateRawSync(content);
    expect(() => unpack(packed, 599_999)).toThrow(PartDamagedError);
    expect(() => unpack(packed.subarray(0, packed.length / 2), 600_000)).toThrow(PartDamagedError);
    expect(() => unpack(Buffer.concat([packed, Buffer.from('x')]), 600_000)).toThrow(PartDamagedError);
  });

  test.each(settings.slice(0, 3))('gives the bytes at any position, back and forth: %o', (setting) => {
    const content = Buffer.concat([noise(2_000_000, 11), noise(1_200_000, 256), Buffer.alloc(1_500_000, 'ab')]);
    const packed = deflateRawSync(content, setting);
    const inflater = inflaterOf(packed, content.length);
    for (let piece = inflater.next(); piece.length > 0; ) piece = inflater.next();
    const source = inflatedSource(inflater, content.length);
    fc.assert(
      fc.property(fc.nat(content.length + 10), fc.nat(70_000), (offset, length) => {
        const expected = content.subarray(offset, offset + length);
        expect(Buffer.from(source.read(offset, length)).equals(expected)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});
