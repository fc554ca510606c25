// Makes a fresh clone ready: installs from the lockfile when node_modules is missing or stale, builds when the program is
// missing or older than its source. Needs nothing but Node and npm.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules', '.scanlot-lock');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) fail(`Node.js 20.19 or newer is needed; this is ${process.version}.`);

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  say('Installing dependencies (npm ci) …');
  run('npm', ['ci', '--no-audit', '--no-fund']);
  writeFileSync(stamp, lock);
}

const bundle = join(root, 'dist', 'scanlot.js');
if (!existsSync(bundle) || newest(join(root, 'src')) > statSync(bundle).mtimeMs) {
  say('Building …');
  run(process.execPath, [join(root, 'scripts', 'build.mjs')]);
}

/** Time of the newest file below a folder, ms. */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }, 0);
}

function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail(`"${command} ${args.join(' ')}" failed.`);
}

function say(words) {
  process.stderr.write(`${words}\n`);
}

function fail(words) {
  say(words);
  process.exit(1);
}
