import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packagePath } from '../../src/shared/package.ts';

test('every test that docs/conformance.md refers to is there', () => {
  const text = readFileSync(packagePath('docs', 'conformance.md'), 'utf8');
  const named = [...new Set([...text.matchAll(/`(test\/[^`]+\.ts)`/g)].map(([, path]) => path ?? ''))];
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(packagePath(path)))).toEqual([]);
});
