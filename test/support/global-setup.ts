import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { packagePath } from '../../src/shared/package.ts';

/** Tests of the worker pool and of the program itself run the bundle. */
export default function setup(): void {
  if (existsSync(packagePath('dist', 'inspection', 'worker.cjs'))) return;
  const { status } = spawnSync(process.execPath, [packagePath('scripts', 'build.mjs')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the build failed');
}
