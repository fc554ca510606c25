import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonMistake } from '../../src/shared/json-mistake.ts';

function told(source: string): string | undefined {
  const found = jsonMistake(source);
  return found && `${found.place.line}:${found.place.column} ${found.words.en}`;
}

describe('a text that is no JSON', () => {
  test.each([
    ['{\n  "a": 1,\n}', '3:1 one comma too many before this place'],
    ['[1,,2]', '1:4 one comma too many before this place'],
    ['{ "a": 1\n "b": 2 }', '2:2 a comma is missing before this place'],
    ['["a", "b" "c"]', '1:11 a comma is missing before this place'],
    ['{ "a": "b" "c": 1 }', '1:12 a comma is missing before this place'],
    ['{ "a" 1 }', '1:7 a colon is missing after the name'],
    ['{ "a" "b" }', '1:7 a colon is missing after the name'],
    ['{ "a": }', '1:8 a value is missing before }'],
    ["{ 'a': 1 }", `1:3 quotation mark ' in place of "; JSON has only the straight double "`],
    ['{ "a": „b“ }', '1:8 quotation mark „ in place of "; JSON has only the straight double "'],
    ['{ a: 1 }', '1:3 a name in double quotes must stand here, found a'],
    ['{ "a": 1 // b\n}', '1:10 comments are not allowed in JSON'],
    ['{ "a": 1, # b\n}', '1:11 comments are not allowed in JSON'],
    ['{ "a": TRUE }', '1:8 "TRUE" is not allowed here'],
    ['{ "a": 01 }', '1:8 "01" is not allowed here'],
    ['{ "a":\u00a01 }', '1:7 "U+00A0" is not allowed here'],
    ['{ "a": [1, 2 }', '1:14 } does not close the bracket [ of line 1; expected ]'],
    ['{ "a": 1 } }', '1:12 the bracket } is one too many'],
    ['{ "a": 1 }\n{ "a": 2 }', '2:1 something stands behind the end of the document'],
    ['{ "a": 1 } x', '1:12 something stands behind the end of the document'],
    ['a: 1\nb: 2', '1:1 no JSON begins here; expected { or ['],
    ['', '1:1 the file is empty'],
    ['{\n "a": [1', '2:9 the file ends too early: the bracket [ of line 2 is not closed'],
    ['{ "a": tr', '1:8 the file ends too early: the bracket { of line 1 is not closed'],
    ['{ "a": "b', '1:8 the file ends too early: the text that begins here is not closed by "'],
  ])('%j: %s', (source, words) => {
    expect(told(source)).toBe(words);
  });

  test('is told for a path of Windows with single backslashes, and for a text that goes on over the end of its line', () => {
    expect(told('{ "a": "C:\\Users" }')).toMatch(/^1:8 .* holds a wrong \\ sequence/);
    expect(told('{ "a": "b\n", "c": 1 }')).toMatch(/^1:8 .* lacks its closing "/);
  });

  test('is told as too deep where its brackets never end', () => {
    expect(told('['.repeat(200_000))).toMatch(/^1:\d+ too deeply nested$/);
  });

  test('is never found in what JSON.stringify writes, and always in what is left of it when it is cut short', () => {
    const documents = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { minKeys: 1 });
    fc.assert(
      fc.property(documents, fc.nat(), (value, cut) => {
        const source = JSON.stringify(value, undefined, 1);
        expect(jsonMistake(source)).toBeUndefined();
        expect(told(source.slice(0, 1 + (cut % (source.length - 1))))).toMatch(/the file ends too early/);
      }),
    );
  });
});
