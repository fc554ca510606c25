import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../src/inspection/byte-source.ts';
import { Lexer } from '../../../src/inspection/pdf/lexer.ts';
import { WorkBudget } from '../../../src/inspection/pdf/limits.ts';
import { Name } from '../../../src/inspection/pdf/names.ts';
import { readObjectAt, readValue } from '../../../src/inspection/pdf/objects.ts';
import { PdfStream, type PdfValue, Ref } from '../../../src/inspection/pdf/values.ts';

function parse(text: string): unknown {
  return plain(readValue(new Lexer(Buffer.from(text, 'latin1'))));
}

/** Names as "/Name", strings as their characters, references as "1 0 R". */
function plain(value: PdfValue): unknown {
  if (value instanceof Name) return `/${value.text}`;
  if (value instanceof Ref) return `${value.number} ${value.generation} R`;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

describe('values', () => {
  test.each([
    ['12', 12],
    ['+17 ', 17],
    ['-.002', -0.002],
    ['4.', 4],
    ['true', true],
    ['null', null],
    ['7 0 R', '7 0 R'],
    ['7 0 obj', 7],
    ['/A#20B#zz', '/A B#zz'],
    ['/', '/'],
    ['<48 65 6c6C6f7>', 'Hellop'],
    ['(a(b)c\\)\\(\\\\)', 'a(b)c)(\\'],
    ['(\\101\\60\\0051\\n\\x\\\r\nz)', 'A0\u00051\nxz'],
    ['[1 2 3 0 R(x)/N[]]', [1, 2, '3 0 R', 'x', '/N', []]],
    ['<</A<</B 1>>/C null/D 5 0 R>>', { A: { B: 1 }, D: '5 0 R' }],
    ['% comment\n<< % more\r/A 1 >>', { A: 1 }],
  ])('%j is read', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  test.each([
    ...['', ')', '>', '}', '[1', '<< /A 1', '<< /A >>', '<< 1 2 >>', '[ >> ]', '(open', '<12', '<1x>', '--5', '1.2.3'],
    ...['[R]', '[1 R]', '[-1 0 R]', '[1.5 0 R]', 'obj', '[word]'],
  ])('%j is refused', (text) => {
    expect(() => parse(text)).toThrow();
  });
});

describe('an object in a file', () => {
  const at = (text: string, offset = 0) =>
    readObjectAt(memorySource(Buffer.from(text, 'latin1')), offset, new WorkBudget());

  test('is read with its number, and may begin behind white space', () => {
    expect(at('junk \n12 3 obj\n(x)\nendobj', 4)).toMatchObject({ number: 12, generation: 3 });
  });

  test('that is a stream tells where its data begin, whatever the line end', () => {
    for (const lineEnd of ['\n', '\r\n', ' \r\n']) {
      const text = `1 0 obj <</Length 3>>stream${lineEnd}abc\nendstream`;
      const { value } = at(text);
      expect(value instanceof PdfStream && value.start).toBe(text.indexOf('abc'));
    }
  });

  test('is the same wherever a read ends in it', () => {
    for (let padding = 960; padding < 1030; padding += 1) {
      const text = `1 0 obj <</P (${'x'.repeat(padding)}) /Length 3 /Q 1234>>stream\r\nabc\nendstream${' '.repeat(2000)}`;
      const { value } = at(text);
      expect(value instanceof PdfStream && [value.start, value.dictionary.get('Q')]).toEqual([
        text.indexOf('abc'),
        1234,
      ]);
    }
    for (let padding = 1000; padding < 1030; padding += 1) {
      expect(at(`1 0 obj${' '.repeat(padding)}123456 endobj${' '.repeat(2000)}`).value).toBe(123456);
    }
  });

  test('that does not begin there is refused', () => {
    for (const text of ['xref', '1 obj', '1 0 R', 'a 0 obj', '1.5 0 obj 1', '']) expect(() => at(text)).toThrow();
  });
});
