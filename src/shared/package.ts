import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the installed package: the same from source, from the bundle and from a test. */
export const packageRoot: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('scanlot is not installed whole: its package.json is missing');
    folder = above;
  }
  return folder;
})();

/** A path of a file that ships with the package: schemas, samples, report definitions, worker code. */
export function packagePath(...parts: readonly string[]): string {
  return join(packageRoot, ...parts);
}

export function packageVersion(): string {
  return (JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string }).version;
}
