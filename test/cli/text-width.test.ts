import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { textWidth } from '../../src/cli/text-width.ts';

describe('textWidth', () => {
  it('measures every character of the alphabets as the library does', () => {
    const wrong: string[] = [];
    for (let code = 0x20; code < 0x3000; code += 1) {
      const character = String.fromCharCode(code);
      if (textWidth(character) !== stringWidth(character)) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it('measures any text as the library does', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('Müller → 漢字', '👩‍👧', 'e\u0301'),
    );
    const property = fc.property(text, (words) => {
      expect(textWidth(words)).toBe(stringWidth(words));
    });
    fc.assert(property, { numRuns: 500 });
  });
});
