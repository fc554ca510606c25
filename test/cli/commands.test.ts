import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { argumentsOf, longName, optionsOf } from '../../src/cli/parse.ts';
import { commandGroups, commandNames, loadAllCommands } from '../../src/cli/registry.ts';
import { runCli } from '../support/run-cli.ts';

const commands = await loadAllCommands();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The words that satisfy a command's required arguments and options, so that only what a test adds can be wrong. */
function required(command: (typeof commands)[number]): string[] {
  const words = argumentsOf(command)
    .filter(([, spec]) => spec.required)
    .map(() => 'x');
  const options = optionsOf(command)
    .filter(([, spec]) => spec.required)
    .flatMap(([key]) => [longName(key), '1']);
  return [...command.name.split(' '), ...words, ...options];
}

describe.each(commands.map((command) => [command.name, command] as const))('scanlot %s', (_name, command) => {
  test.each(['de', 'en'] as const)('explains itself in %s, with an example', async (language) => {
    const { exitCode, stdout, stderr } = await runCli(
      [...command.name.split(' '), '--help', '--lang', language],
      folder,
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(command.summary[language].split(' ')[0]);
    expect(stdout.includes('[options]')).toBe(language === 'en');
    const [, options = ''] = stdout.split(/^(?:Optionen|Options):$/m);
    const [own = ''] = options.split(/^(?:Beispiele|Examples):$/m);
    expect(own.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toContain(command.examples[0]);
    for (const [key] of optionsOf(command)) expect(stdout).toContain(longName(key));
  });

  test('refuses an unknown option in the language asked for, without a stack trace', async () => {
    const { exitCode, stdout, stderr } = await runCli([...required(command), '--wrong', '--lang', 'de'], folder);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Die Option --wrong gibt es hier nicht.');
    expect(stderr).not.toMatch(/ {4}at /);
  });

  const takesAnyNumber = argumentsOf(command).some(([, spec]) => spec.variadic);
  test.skipIf(takesAnyNumber)('refuses too many words', async () => {
    const many = [...required(command), ...Array.from({ length: 5 }, () => 'x')];
    expect((await runCli(many, folder)).exitCode).toBe(2);
  });

  const missing = argumentsOf(command).filter(([, spec]) => spec.required);
  test.runIf(missing.length > 0)('names a missing argument', async () => {
    const { exitCode, stderr } = await runCli([...command.name.split(' '), '--lang', 'en'], folder);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/is missing/);
  });

  test.each(
    optionsOf(command)
      .filter(([, spec]) => spec.placeholder !== '')
      .map(([key]) => longName(key)),
  )('refuses %s without a value', async (option) => {
    const { exitCode, stderr } = await runCli([...required(command), option], folder);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(option) });
  });

  test.each(
    optionsOf(command)
      .filter(([, spec]) => spec.choices)
      .map(([key]) => longName(key)),
  )('refuses a value of %s that is no choice', async (option) => {
    const { exitCode, stderr } = await runCli([...required(command), option, 'nonsense'], folder);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('nonsense');
  });

  test.runIf(command.workspace !== 'none')(
    'says what to do outside a workspace, as a document with --json',
    async () => {
      const { exitCode, stdout, stderr } = await runCli([...required(command), '--json', '--lang', 'en'], folder);
      expect(exitCode).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({ schema: 'urn:scanlot:schemas/error-1', error: { exitCode: 2 } });
      expect(stderr).not.toMatch(/ {4}at /);
    },
  );
});

describe('scanlot', () => {
  test('without words shows every command', async () => {
    const { exitCode, stdout } = await runCli([], folder);
    expect(exitCode).toBe(0);
    const shown = stdout.split('\n').flatMap((line) => /^ {2}(\S+(?: \S+)*) {2}/.exec(line)?.[1] ?? []);
    expect(shown.sort()).toEqual([...commandNames].sort());
  });

  // A word that is a command as well (report, and report trace) does what the command does.
  test.each(commandGroups.filter((group) => !commandNames.includes(group)))(
    '%s alone shows its commands and is no success',
    async (group) => {
      const { exitCode, stdout } = await runCli([group], folder);
      expect(exitCode).toBe(2);
      expect(stdout).toContain(`${group} `);
    },
  );

  test('suggests the nearest command', async () => {
    const { exitCode, stderr } = await runCli(['lott', 'list', '--lang', 'en'], folder);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('To do:');
  });

  test('tells its version', async () => {
    expect(await runCli(['--version'], folder)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  test.each([
    [['--json', 'status', '--lang', 'de'], 'de'],
    [['status', '--lang=de'], 'de'],
    [['--lang', 'de', 'status'], 'de'],
  ])('takes global options anywhere: %j', async (argv) => {
    expect((await runCli(argv, folder)).stderr).toContain('Abhilfe');
  });

  test('follows SCANLOT_LANG and the locale', async () => {
    expect((await runCli(['status'], folder, { SCANLOT_LANG: 'de' })).stderr).toContain('Abhilfe');
    expect((await runCli(['status'], folder, { LANG: 'de_DE.UTF-8' })).stderr).toContain('Abhilfe');
    expect((await runCli(['status'], folder, { LANG: 'C' })).stderr).toContain('To do');
  });
});
