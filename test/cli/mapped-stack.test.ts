import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { mappedStack } from '../../src/cli/mapped-stack.ts';
import { packagePath } from '../../src/shared/package.ts';

test('--debug of the built program names places in the source', () => {
  const words = ['check', packagePath('no-such-package'), '--debug'];
  const { status, stderr } = spawnSync(process.execPath, [packagePath('bin', 'scanlot.js'), ...words], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/ at async .* \(src\/cli\/run\.ts:\d+:\d+\)/);
  expect(stderr).not.toContain('dist');
});

test('places of which there is no map stay as they are', () => {
  const stack = 'Error: no\n    at read (/nowhere/program.js:1:20)\n    at node:internal/process:9:1\n    at x.cjs:3:4';
  expect(mappedStack(stack)).toBe(stack);
});
