import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lastChange, stateOf } from '../../src/inspection/file-state.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-state-'));
  file = join(folder, 'a.pdf');
  writeFileSync(file, 'x');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a file that was written to has another state', () => {
  const before = stateOf(statSync(file));
  expect(stateOf(statSync(file))).toBe(before);
  appendFileSync(file, 'y');
  expect(stateOf(statSync(file))).not.toBe(before);
});

it('a state tells when the file was last changed', () => {
  const stats = statSync(file);
  expect(lastChange(stateOf(stats))).toBe(Math.max(stats.mtimeMs, stats.ctimeMs));
});

it('a file without a number of its own cannot be told from another', () => {
  expect(lastChange('1 0 3 1000 2000')).toBeUndefined();
});
