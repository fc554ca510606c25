import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/inspection/byte-source.ts';
import { inspectTiff } from '../../src/inspection/tiff/inspect-tiff.ts';
import { buildTiff, type TiffPage } from '../support/tiff.ts';

const page: fc.Arbitrary<TiffPage> = fc.oneof(
  fc.record({ width: fc.integer({ min: 1, max: 60 }), height: fc.integer({ min: 1, max: 12 }) }),
  fc.record({
    height: fc.constant(12),
    rowsPerStrip: fc.integer({ min: 1, max: 12 }),
    compression: fc.constant(4),
    stripBytes: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({ tile: fc.constant(16), width: fc.integer({ min: 1, max: 40 }), bits: fc.constant([8]) }),
);
const options = fc.record({ bigEndian: fc.boolean(), big: fc.boolean() });
const pages = fc.array(page, { minLength: 1, maxLength: 6 });

/** A change of bytes, at a place given as a share of the file's length. */
const mutation = fc.record({
  kind: fc.constantFrom('set', 'flip', 'insert', 'delete', 'zero'),
  place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  value: fc.integer({ min: 0, max: 255 }),
  length: fc.integer({ min: 1, max: 8 }),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(bytes: Buffer, { kind, place, value, length }: Mutation): Buffer {
  const at = Math.floor(place * bytes.length);
  const copy = Buffer.from(bytes);
  if (kind === 'set') copy[at] = value;
  else if (kind === 'flip') copy[at] = (copy[at] ?? 0) ^ (1 << (value % 8));
  else if (kind === 'zero') copy.fill(0, at, Math.min(at + length, copy.length));
  else if (kind === 'insert')
    return Buffer.concat([copy.subarray(0, at), Buffer.alloc(length, value), copy.subarray(at)]);
  else return Buffer.concat([copy.subarray(0, at), copy.subarray(at + length)]);
  return copy;
}

const inspect = (bytes: Uint8Array) => inspectTiff(memorySource(bytes));

describe('whatever happens to the bytes of a TIFF', () => {
  it('a sound one has its pages, without observation', () => {
    fc.assert(
      fc.property(pages, options, (list, option) => {
        expect(inspect(buildTiff(list, option).bytes)).toMatchObject({ pages: list.length, observations: [] });
      }),
    );
  });

  it('a cut one has no count, or the right one with what is missing', () => {
    fc.assert(
      fc.property(
        pages,
        options,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (list, option, share) => {
          const { bytes } = buildTiff(list, option);
          const { pages: counted, observations } = inspect(bytes.subarray(0, Math.floor(share * bytes.length)));
          expect([null, list.length]).toContain(counted);
          expect(observations).not.toEqual([]);
        },
      ),
    );
  });

  it('a changed one never has a wrong count in silence', () => {
    fc.assert(
      fc.property(pages, options, fc.array(mutation, { minLength: 1, maxLength: 4 }), (list, option, mutations) => {
        const { pages: counted, observations } = inspect(mutations.reduce(mutate, buildTiff(list, option).bytes));
        if (counted !== list.length) expect(observations).not.toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  it('links that were changed for others of the file never give a wrong count in silence', () => {
    fc.assert(
      fc.property(pages, options, fc.nat(), fc.nat(), (list, option, from, to) => {
        const { bytes, pointers, directories } = buildTiff(list, option);
        const at = pointers[from % pointers.length]!;
        const target = [0, ...directories][to % (directories.length + 1)]!;
        const size = option.big ? 8 : 4;
        if (option.bigEndian) bytes.writeUIntBE(target, at + size - 4, 4);
        else bytes.writeUIntLE(target, at, 4);
        const { pages: counted, observations } = inspect(bytes);
        if (counted !== list.length) expect(observations).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('bytes of no sense behind a header neither crash nor hang the reader', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('II*\0', 'MM\0*', 'II+\0\x08\0\0\0'),
        fc.uint8Array({ maxLength: 400 }),
        (head, tail) => {
          const { pages: counted, observations } = inspect(Buffer.concat([Buffer.from(head, 'latin1'), tail]));
          expect(counted === null || counted > 0).toBe(true);
          if (counted === null) expect(observations).not.toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
