import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { argumentsOf, optionsOf } from '../../src/cli/parse.ts';
import { placeholderWords } from '../../src/cli/placeholders.ts';
import { loadAllCommands } from '../../src/cli/registry.ts';
import { packagePath } from '../../src/shared/package.ts';
import { runCli } from '../support/run-cli.ts';

let folder: string;
const sound = packagePath('samples', 'valid', 'csv', 'delivery');
const profile = packagePath('samples', 'profile.json');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scanlot-answers-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('an empty word, as of a variable that is not set', () => {
  test('is not taken for the folder one stands in', async () => {
    const { exitCode, stderr } = await runCli(['check', '', '--lang', 'de'], folder);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('Für PFAD ist ein leerer Text'),
    });
  });

  test.each([
    ['--workspace', ['status', '--workspace', '']],
    ['--defects', ['check', sound, '--defects', '']],
    ['--out', ['check', sound, '--out', 'a.json', '--out', '']],
  ])('is refused as value of %s', async (name, words) => {
    const { exitCode, stderr } = await runCli([...words, '--lang', 'en'], folder);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(`given for ${name}.`) });
  });
});

describe('a word that is not known', () => {
  test('is told behind "help", too', async () => {
    const { exitCode, stdout, stderr } = await runCli(['help', 'chek', '--lang', 'en'], folder);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('Did you mean "check"?'),
    });
  });

  test('is taken for the beginning of one rather than for one unlike it', async () => {
    const { stderr } = await runCli(['findings', 'explain', 'checksum.mis', '--lang', 'en'], folder);
    expect(stderr).toContain('Did you mean "checksum.mismatch"?');
  });
});

describe('check', () => {
  test('tells the form by itself where --form says auto', async () => {
    expect(await runCli(['check', sound, '--profile', profile, '--form', 'auto'], folder)).toMatchObject({
      exitCode: 0,
    });
  });

  test.each(['--out', '--defects'])(
    'refuses %s in a folder that is not there before it reads anything',
    async (option) => {
      const target = join(folder, 'absent', 'result.csv');
      const { exitCode, stdout, stderr } = await runCli(['check', sound, option, target, '--lang', 'en'], folder);
      expect({ exitCode, stdout }).toEqual({ exitCode: 13, stdout: '' });
      expect(stderr).toContain('The folder does not exist');
      expect(stderr).not.toContain('Checking files');
    },
  );

  test('writes through links and into pipes as before', async () => {
    await mkdir(join(folder, 'real'));
    await symlink(join('real', 'result.csv'), join(folder, 'link.csv'));
    const run = await runCli(['check', sound, '--out', '/dev/null', '--format', 'csv', '--lang', 'en'], folder);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(await runCli(['check', sound, '--out', 'link.csv'], folder)).toMatchObject({ exitCode: 0 });
  });
});

test('the German help calls every argument and value by a German word', async () => {
  const neutral = ['A', 'B', 'EUR', 'IT', 'MB', 'N', 'NAME', 'POSITION', 'SHELL', 'SOCKET', 'TEXT'];
  const specs = (await loadAllCommands()).flatMap((command) => [...argumentsOf(command), ...optionsOf(command)]);
  const words = specs.flatMap(([, { placeholder }]) => placeholder.match(/[A-Z]+(?:-[A-Z]+)*/g) ?? []);
  const same = words.filter((word) => placeholderWords(word, 'de') === word);
  expect([...new Set(same)].filter((word) => !neutral.includes(word))).toEqual([]);
});

test('a file of the archive is asked for by its reference, a file on the disk as FILE', async () => {
  const specs = (await loadAllCommands()).flatMap((command) => argumentsOf(command));
  const archive = specs.filter(([, { summary }]) => /Akte/.test(summary.de)).map(([, { placeholder }]) => placeholder);
  expect(archive).toContain('REFERENCE');
  expect(archive.filter((placeholder) => placeholder.includes('FILE'))).toEqual([]);
});
