import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packagePath, packageVersion } from '../../src/shared/package.ts';

let folder: string;
let bundle: string;
let kept: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-kept-code-'));
  bundle = join(folder, 'scanlot.js');
  kept = `${bundle}.code`;
  await copyFile(packagePath('package.json'), join(folder, 'package.json'));
  await copyFile(packagePath('dist', 'scanlot.js'), bundle);
  await copyFile(packagePath('dist', 'scanlot.js.code'), kept);
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('the code that the engine kept of an earlier run', () => {
  it('is taken', () => {
    expect(start()).toEqual({ printed: packageVersion(), rejected: false });
  });

  it('is done without where there is none', async () => {
    await rm(kept);
    expect(start()).toEqual({ printed: packageVersion() });
  });

  it('is done without where it is damaged, cut off, empty, or of another bundle', async () => {
    const sound = await readFile(kept);
    const damaged = Buffer.from(sound).fill(0xff, sound.length >> 1, (sound.length >> 1) + 100);
    for (const bytes of [damaged, sound.subarray(0, 1000), Buffer.alloc(0), Buffer.from('no code')]) {
      await writeFile(kept, bytes);
      expect(start()).toEqual({ printed: packageVersion() });
    }
    await writeFile(kept, sound);
    // As long as before: of the source, the engine itself compares the length only.
    await writeFile(bundle, (await readFile(bundle, 'latin1')).replace('scanlot', 'SCANLOT'), 'latin1');
    expect(start()).toEqual({ printed: packageVersion() });
  });
});

/** Asks the bundle for its version. */
function start(): { readonly printed: string; readonly rejected?: boolean } {
  const code = `
    process.argv.splice(1, Infinity, 'scanlot', '--version');
    const write = process.stdout.write.bind(process.stdout);
    let printed = '';
    process.stdout.write = (text) => { printed += text; return true; };
    const { script } = require(${JSON.stringify(packagePath('bin', 'run-bundle.js'))})
      .runBundle(${JSON.stringify(bundle)});
    process.on('exit', () => write(JSON.stringify({ printed: printed.trim(), rejected: script.cachedDataRejected })));
  `;
  const env = { ...process.env, NODE_OPTIONS: '' };
  return JSON.parse(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8', timeout: 20_000, env }));
}
