import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { inspectBytes, warns } from '../../support/pdf-facts.ts';
import { samplePdfs } from '../../support/sample-pdfs.ts';

/** Raised by hand for long campaigns: SCANLOT_FUZZ_RUNS=100000 npx vitest run test/inspection/pdf/mutations */
const runs = Number(process.env.SCANLOT_FUZZ_RUNS ?? 500);
const isCampaign = runs > 500;
vi.setConfig({ testTimeout: isCampaign ? 600_000 : 20_000 });
const seed = Number(process.env.SCANLOT_FUZZ_SEED ?? 20_201_231);

/** Words that the structure hangs on: damage there tells more than damage anywhere. */
const words = [
  ...['obj', 'endobj', 'stream', 'endstream', 'xref', 'trailer', 'startxref', '%%EOF', ' R', ' n', ' f', '%PDF-'],
  ...['/Kids', '/Count', '/Type', '/Pages', '/Page', '/Parent', '/Root', '/Prev', '/XRefStm', '/Length', '/Filter'],
  ...['/W', '/Index', '/Size', '/N ', '/First', '/Predictor', '/Columns', '/Linearized', '/L '],
] as const;

interface Damage {
  readonly name: string;
  apply(bytes: Buffer): Buffer;
}

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** A place anywhere, or in or right behind one of the words. */
const place = fc.oneof(
  share.map((at) => (bytes: Buffer) => Math.floor(at * bytes.length)),
  fc.tuple(fc.constantFrom(...words), share, fc.nat(12)).map(([word, at, step]) => (bytes: Buffer) => {
    const found = bytes.indexOf(word, Math.floor(at * bytes.length), 'latin1');
    return Math.min(bytes.length - 1, Math.max(0, found) + step);
  }),
);
const byte = fc.oneof(fc.nat(255), fc.integer({ min: 48, max: 57 }), fc.constantFrom(...Buffer.from(' \n%/<>[]()R-.')));

const damage = (name: string, apply: (bytes: Buffer) => Buffer): Damage => ({ name, apply });
const someBytes = fc.integer({ min: 1, max: 400 });

const damages: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(place, byte).map(([at, value]) =>
    damage(`set ${value}`, (bytes) => {
      const damaged = Buffer.from(bytes);
      damaged[at(bytes)] = value;
      return damaged;
    }),
  ),
  fc
    .tuple(place, someBytes)
    .map(([at, length]) =>
      damage(`remove ${length}`, (bytes) =>
        Buffer.concat([bytes.subarray(0, at(bytes)), bytes.subarray(at(bytes) + length)]),
      ),
    ),
  fc
    .tuple(place, fc.uint8Array({ minLength: 1, maxLength: 5 }))
    .map(([at, inserted]) =>
      damage(`insert ${inserted.length}`, (bytes) =>
        Buffer.concat([bytes.subarray(0, at(bytes)), inserted, bytes.subarray(at(bytes))]),
      ),
    ),
  place.map((at) => damage('cut', (bytes) => bytes.subarray(0, at(bytes)))),
  fc
    .tuple(place, someBytes)
    .map(([at, length]) =>
      damage(`zero ${length}`, (bytes) =>
        Buffer.from(bytes).fill(0, at(bytes), Math.min(bytes.length, at(bytes) + length)),
      ),
    ),
  fc
    .tuple(place, place, someBytes)
    .map(([from, to, length]) =>
      damage(`repeat ${length}`, (bytes) =>
        Buffer.concat([
          bytes.subarray(0, to(bytes)),
          bytes.subarray(from(bytes), from(bytes) + length),
          bytes.subarray(to(bytes)),
        ]),
      ),
    ),
);

/** Cut exactly at the end of an earlier state, a file is that state: nothing in it tells of a later one. */
function isEarlierState(damaged: Buffer, original: Buffer): boolean {
  const isBeginning = original.subarray(0, damaged.length).equals(damaged) && damaged.length < original.length;
  return isBeginning && damaged.toString('latin1').trimEnd().endsWith('%%EOF');
}

describe('damaged PDFs', () => {
  test.each(samplePdfs)('with $name never have a wrong count without any finding', ({ pages, bytes }) => {
    const original = bytes();
    fc.assert(
      fc.property(fc.array(damages, { minLength: 1, maxLength: 2 }), (list) => {
        const damaged = list.reduce(
          (current, { apply }) => (current.length === 0 ? current : apply(current)),
          original,
        );
        const facts = inspectBytes(damaged);
        if (facts.pages === null) expect(facts.observations.length).toBeGreaterThan(0);
        if (!warns(facts) && !isEarlierState(damaged, original)) expect(facts.pages).toBe(pages);
      }),
      { seed, numRuns: Math.ceil(runs / samplePdfs.length) },
    );
  });

  test.each(samplePdfs)('with $name and any single byte changed never have one', ({ pages, bytes }) => {
    const original = bytes();
    const step = isCampaign ? 1 : 3;
    for (let at = 0; at < original.length; at += step) {
      const damaged = Buffer.from(original);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      const facts = inspectBytes(damaged);
      if (!warns(facts)) expect({ at, pages: facts.pages }).toEqual({ at, pages });
    }
  });

  test('any bytes at all have no count without pages', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        const facts = inspectBytes(bytes);
        expect([facts.pages, warns(facts)]).toEqual([null, true]);
      }),
      { seed, numRuns: 200 },
    );
  });
});
