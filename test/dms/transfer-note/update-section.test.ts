import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serialise, textString } from '../../../src/dms/transfer-note/pdf/serialise.ts';
import { updateSection } from '../../../src/dms/transfer-note/pdf/update-section.ts';
import { Lexer } from '../../../src/inspection/pdf/lexer.ts';
import { Name } from '../../../src/inspection/pdf/names.ts';
import { readValue } from '../../../src/inspection/pdf/objects.ts';
import { decodeText } from '../../../src/inspection/pdf/text-string.ts';
import { type PdfValue, Ref } from '../../../src/inspection/pdf/values.ts';

const latin = fc.string({
  unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 8,
});
const simple: fc.Arbitrary<PdfValue> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => value / 1024),
  latin.map((text) => new Name(text)),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => new Uint8Array(bytes)),
  fc.tuple(fc.nat(), fc.nat(65_535)).map(([number, generation]) => new Ref(number, generation)),
);
const { value: anyValue } = fc.letrec<{ value: PdfValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    simple,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(latin, tie('value')), { maxLength: 4 })
      .map((entries) => new Map(entries.filter(([, value]) => value !== null))),
  ),
}));

const read = (text: string) => readValue(new Lexer(Buffer.from(text, 'latin1')));

describe('a value written into a PDF', () => {
  it('is read again as it was', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 5 }), (values) => {
        expect(read(serialise(values))).toEqual(values);
      }),
      { seed: 1 },
    );
  });

  it('is a number without an exponent, however large or small', () => {
    expect([1e21, -1e-7, 1e-12, 0.1, -0].map(serialise)).toEqual([
      '1000000000000000000000',
      '-0.0000001',
      '0',
      '0.1',
      '0',
    ]);
  });

  it('is text that people can read in the file where it is plain', () => {
    expect(serialise(textString('Bescheid.pdf'))).toBe('(Bescheid.pdf)');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        const written = read(serialise(textString(text)));
        expect(written instanceof Uint8Array && decodeText(written)).toBe(text);
      }),
      { seed: 1 },
    );
  });
});

describe('an update', () => {
  const trailer = new Map<string, PdfValue>([
    ['Size', 5],
    ['Root', new Ref(1, 0)],
  ]);
  const streamTrailer = new Map<string, PdfValue>([...trailer, ['Type', new Name('XRef')], ['W', [1, 2, 1]]]);
  const objects = [{ ref: new Ref(5, 0), value: null }];
  const sectionAt = (size: number, entries: ReadonlyMap<string, PdfValue>) =>
    updateSection({ size, startxref: 9, trailer: entries, nextNumber: 5 }, objects).toString('latin1');

  it('of a file of more than ten thousand million bytes is told by a cross-reference stream alone', () => {
    expect(sectionAt(9_999_999_000, trailer)).toContain('\n9999999001 00000 n \n');
    expect(() => sectionAt(10_000_000_000, trailer)).toThrow('too-large');
    const section = sectionAt(2 ** 40, streamTrailer);
    expect(section).toContain('/W [1 6 2] /Index [5 2] /Root 1 0 R /Size 7 /Prev 9');
    expect(section).toContain('\nstream\n\x01\x01\0\0\0\0\x01\0\0\x01');
  });

  it('does not write a generation that no cross-reference can tell', () => {
    const base = { size: 100, startxref: 9, trailer, nextNumber: 5 };
    expect(() => updateSection(base, [{ ref: new Ref(1, 65_536), value: null }])).toThrow('damaged');
  });
});
