import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repeatedName } from '../../src/shared/json-names.ts';

describe('names in JSON', () => {
  test('that stand twice in one object are found, however they are written', () => {
    expect(repeatedName('{"a":1,"b":[{"c":"x"}],"a":2}')).toEqual({ name: 'a', offset: 23 });
    expect(repeatedName('{"b":{"a":1,"\\u0061":2}}')).toEqual({ name: 'a', offset: 12 });
  });

  test('may stand in several objects, and as values', () => {
    expect(repeatedName('{"a":{"a":[{"a":"a"},{"a":"a"}]},"b":"a","c":"{\\"a\\":1,\\"a\\":2}"}')).toBeUndefined();
  });

  test('are never found twice in what JSON.stringify writes', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => repeatedName(JSON.stringify(value, undefined, 1)) === undefined));
  });
});
