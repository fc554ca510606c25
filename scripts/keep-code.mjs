// Keeps the code that the engine compiles for a check and for a look at a workspace beside the bundle (bin/run-bundle.js).
// Each run adds what it needs to what the one before has left.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runBundle } from '../bin/run-bundle.js';

const self = fileURLToPath(import.meta.url);
const root = join(self, '..', '..');
const bundle = join(root, 'dist', 'scanlot.js');
const words = process.argv.slice(2);
if (words.length === 0) runAll();
else process.on('exit', runBundle(bundle).keep);

function runAll() {
  const folder = mkdtempSync(join(tmpdir(), 'scanlot-build-'));
  const workspace = join(folder, 'workspace');
  try {
    const samples = join(root, 'samples');
    const delivery = join(samples, 'valid', 'csv', 'delivery');
    run('check', delivery, '--profile', join(samples, 'profile.json'));
    run('check', delivery);
    run('init', workspace);
    run('status', '--workspace', workspace);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  function run(...command) {
    // Options of the engine would make code that a start without them does not take.
    const env = { ...process.env, NODE_OPTIONS: '', SCANLOT_CACHE: join(folder, 'cache') };
    const { status, stderr } = spawnSync(process.execPath, [self, ...command], { encoding: 'utf8', env });
    if (status !== 0) throw new Error(`scanlot ${command.join(' ')}: ${status}\n${stderr}`);
  }
}
