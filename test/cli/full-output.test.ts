import { spawnSync } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packagePath } from '../../src/shared/package.ts';

const full = '/dev/full';

test.skipIf(!existsSync(full)).each([
  ['de', 'Die Ausgabe konnte nicht geschrieben werden: kein Speicherplatz mehr (ENOSPC).'],
  ['en', 'The output could not be written: no space left (ENOSPC).'],
])('an answer in %s for which there is no room is told as such, and is no finding', (language, words) => {
  const command = [packagePath('bin', 'scanlot.js'), 'findings', 'list', '--lang', language];
  const { status, stderr } = spawnSync(process.execPath, command, {
    stdio: ['ignore', openSync(full, 'w'), 'pipe'],
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 13, stderr: expect.stringContaining(words) });
  expect(stderr).not.toMatch(/ {4}at /);
});
