import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLanguage, ExpressionMistake, NotEvaluable } from '../../../src/delivery/profile/expression.ts';
import { compileWording } from '../../../src/delivery/profile/wording.ts';

const language = createLanguage({ row: { pages: 'integer', title: 'text', day: 'date' }, file: { pages: 'integer' } });
const scope = (members: Record<string, unknown>) => ({
  row: language.object('row', members),
  file: language.object('file', {}),
});

function mistakeOf(source: string, wanted?: readonly string[]): ExpressionMistake {
  try {
    language.compile(source, wanted);
  } catch (error) {
    if (error instanceof ExpressionMistake) return error;
    throw error;
  }
  throw new Error(`no mistake in ${source}`);
}

describe('an expression', () => {
  test.each<[string, string, RegExp, number]>([
    ['an unknown member', 'row.pagse > 1', /pagse/, 4],
    ['an unknown variable', 'foo > 1', /foo/, 0],
    ['types that do not fit', 'row.pages == "x"', /int == string/, 0],
    ['a syntax error', 'row.pages >', /EOF|end/, 11],
    ['a value that is not true or false', 'row.pages', /yields int; needed is bool/, 0],
    ['a pattern that is none', 'row.title.matches("(")', /regular expression/, 18],
    ['a pattern that is not written out', 'row.title.matches(row.title)', /written out/, 18],
    ['a loop inside a loop', '[1].exists(x, [2].exists(y, x == y))', /loop inside a loop/, 14],
    ['too long an expression', `"${'x'.repeat(2100)}" == ""`, /longer than 2000/, 0],
  ])('tells %s and its place when it is compiled', (_name, source, words, offset) => {
    const mistake = mistakeOf(source, ['bool']);
    expect(mistake.words.en).toMatch(words);
    expect(mistake.offset).toBe(offset);
  });

  test('too deep or too large is refused', () => {
    expect(mistakeOf(`${'('.repeat(200)}true${')'.repeat(200)}`).words.en).toBeTruthy();
    expect(mistakeOf(Array.from({ length: 900 }, () => '1').join('+')).words.en).toBeTruthy();
  });

  test('says which value is missing', () => {
    const { evaluate } = language.compile('row.pages > 1', ['bool']);
    expect(() => evaluate(scope({}))).toThrowError(NotEvaluable);
    expect(() => evaluate(scope({}))).toThrow('pages');
    expect(evaluate(scope({ pages: 2n }))).toBe(true);
  });

  test('division by zero and numbers that are none have no value, and are no crash', () => {
    for (const source of [
      'row.pages / 0 == 1',
      'number(row.title) > 1.0',
      'int(row.title) > 1',
      'day(row.title) > day("1.1.2020")',
    ]) {
      expect(() => language.compile(source).evaluate(scope({ pages: 1n, title: 'x' }))).toThrowError(NotEvaluable);
    }
  });

  test('reaches nothing but its variables', () => {
    for (const source of [
      'process.exit(1)',
      'globalThis',
      'row.constructor',
      'row.__proto__',
      '"".constructor',
      'this',
    ]) {
      expect(() => language.compile(source)).toThrowError(ExpressionMistake);
    }
  });

  test('whatever is written, compiling answers with an expression or a mistake', () => {
    const part = fc.constantFrom(
      'row',
      '.pages',
      '.title',
      '"a"',
      '1',
      '1.5',
      '+',
      '==',
      '&&',
      '(',
      ')',
      '[',
      ']',
      '.matches(',
      '?',
      ':',
      '!',
      ' in ',
      '{',
      '}',
      'has(',
      '.exists(x,',
      '\\',
      'é',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        try {
          language.compile(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionMistake);
        }
      }),
    );
  });
});

describe('a wording', () => {
  test('fills in values in the form of its language; what is missing reads as a dash', () => {
    const template = compileWording(
      { de: '{row.pages} am {row.day}: {{{row.title}', en: '{row.pages} on {row.day}: {row.title}' },
      language,
    );
    expect(template.fill(scope({ pages: 1234n, day: new Date('2020-12-31') }))).toEqual({
      de: '1.234 am 31.12.2020: {–',
      en: '1,234 on 2020-12-31: –',
    });
  });

  test('that is wrong names language and place', () => {
    expect(() => compileWording({ de: 'x {row.foo}', en: 'x' }, language)).toThrowError(
      expect.objectContaining({ language: 'de', offset: 7 }),
    );
    expect(() => compileWording({ de: 'x', en: 'x {row.pages' }, language)).toThrowError(
      expect.objectContaining({ language: 'en', offset: 2 }),
    );
  });
});
