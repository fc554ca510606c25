import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { documentMistakes } from '../../src/shared/document.ts';
import { packagePath } from '../../src/shared/package.ts';

const files = 40;
/** Large enough for a check to take its time; holes, so that the disk has nothing to do. */
const size = 64 * 1024 * 1024;

let top: string;
let journals: string;
beforeEach(async () => {
  top = mkdtempSync(join(tmpdir(), 'scanlot-check-kills-'));
  journals = join(top, 'cache', 'checks');
  mkdirSync(join(top, 'package'));
  for (let number = 0; number < files; number += 1) {
    const path = join(top, 'package', `${number}.bin`);
    writeFileSync(path, String(number));
    truncateSync(path, size);
  }
  // Files that were written just now are not noted.
  await sleep(2600);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

const left = () => (existsSync(journals) ? readdirSync(journals) : []);

/** Files whose line is there to its end. */
function noted(): number {
  const lines = left().flatMap((name) => readFileSync(join(journals, name), 'utf8').match(/"inspection":.*\n/g) ?? []);
  return lines.length;
}

function start(...more: string[]) {
  const words = ['--import', 'tsx', packagePath('src', 'cli', 'start.ts'), 'check', join(top, 'package'), '--json'];
  const child = spawn(process.execPath, [...words, ...more], {
    cwd: packagePath(),
    env: { ...process.env, SCANLOT_CACHE: join(top, 'cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  child.stdout.on('data', (piece) => (stdout += piece));
  child.stderr.resume();
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  const document = async () => {
    await ended;
    return JSON.parse(stdout);
  };
  return { child, ended, document };
}

async function stopWhen(isTime: () => boolean, signal: NodeJS.Signals) {
  const { child, ended } = start();
  while (!isTime() && child.exitCode === null) await sleep(5);
  child.kill(signal);
  return ended;
}

test('killed before or after files were noted, or stopped by Ctrl-C, a check goes on with all that were noted', async () => {
  expect(await stopWhen(() => left().length > 0, 'SIGKILL')).toBe('SIGKILL');
  expect(noted()).toBe(0);
  expect(await stopWhen(() => noted() > 0, 'SIGKILL')).toBe('SIGKILL');
  const first = noted();
  expect(await stopWhen(() => noted() > first, 'SIGINT')).toBe(130);
  const second = noted();
  expect(second).toBeGreaterThan(first);
  expect(second).toBeLessThan(files);
  const result = await start().document();
  expect(documentMistakes(result, 'check-result-1')).toEqual([]);
  expect(result.resumed).toMatchObject({ files: second, bytes: second * size });
  expect(left()).toEqual([]);
  const whole = await start('--fresh').document();
  expect(whole.resumed).toBeNull();
  const { startedAt, finishedAt } = result;
  expect({ ...whole, startedAt, finishedAt, resumed: result.resumed }).toEqual(result);
});
