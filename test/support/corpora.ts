import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { packagePath } from '../../src/shared/package.ts';

/**
 * The folder of a corpus of public test files, which lie beside the repository (SCANLOT_CORPORA: elsewhere).
 * @returns undefined where it is missing, after saying so; in CI a missing corpus is an error
 */
export function corpus(name: string): string | undefined {
  const folder = resolve(process.env.SCANLOT_CORPORA ?? packagePath('..', 'shared', 'corpora'), name);
  if (existsSync(folder)) return folder;
  const message = `corpus missing, its tests are skipped: ${folder} (set SCANLOT_CORPORA)`;
  if (process.env.CI) throw new Error(message);
  console.warn(message);
  return undefined;
}
