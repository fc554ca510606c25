import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('the engine knows the setting that keeps the heap tight', () => {
  expect(execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })).toContain('--heap-growing-percent');
});
