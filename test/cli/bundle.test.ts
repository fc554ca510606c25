import { readFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { expect, it } from 'vitest';
import { packagePath } from '../../src/shared/package.ts';

it('the bundles find every library that they leave in node_modules', async () => {
  for (const bundle of [packagePath('dist', 'scanlot.js'), packagePath('dist', 'inspection', 'worker.cjs')]) {
    const { resolve } = createRequire(bundle);
    const asked = [...(await readFile(bundle, 'latin1')).matchAll(/\brequire\("([^"]+)"\)/g)].map(
      ([, name = '']) => name,
    );
    const libraries = [...new Set(asked)].filter((name) => !isBuiltin(name));
    expect(asked.length).toBeGreaterThan(5);
    expect(libraries.filter((name) => !found(name, resolve))).toEqual([]);
  }
});

function found(name: string, resolve: (name: string) => string): boolean {
  try {
    resolve(name);
    return true;
  } catch {
    return false;
  }
}
