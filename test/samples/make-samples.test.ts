import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSamples } from '../../scripts/samples/make.ts';
import { packagePath } from '../../src/shared/package.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'scanlot-make-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Path → bytes of every file below a folder. */
function filesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(folder, path), readFileSync(path, 'latin1')] as const;
    }),
  );
}

it('makes the same bytes every time, and those that are kept in the repository', async () => {
  const [one, other] = [join(root, 'one'), join(root, 'other')];
  await makeSamples(one);
  await makeSamples(other);
  const made = filesOf(one);
  expect(filesOf(other)).toEqual(made);
  const keptFiles = filesOf(packagePath('samples'));
  expect([...keptFiles.keys()].sort()).toEqual([...made.keys()].sort());
  expect([...made].filter(([path, content]) => keptFiles.get(path) !== content).map(([path]) => path)).toEqual([]);
});

it('makes samples that everybody can afford to download', () => {
  const sizes = [...filesOf(packagePath('samples')).keys()].map((path) => statSync(packagePath('samples', path)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_500_000);
});
