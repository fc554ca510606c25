import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesOf, rowsOf, runIn, type SmallCounty, smallCounty } from '../storage/small-county.ts';
import { runCli } from '../support/run-cli.ts';

let county: SmallCounty;
beforeAll(async () => {
  county = await smallCounty();
});
afterAll(() => county.remove());

/** Runs a command in both languages. @returns the English run; both ended alike, with a remedy and without a trace */
async function refusal(root: string, ...argv: string[]) {
  const run = (lang: string) => runCli([...argv, '--workspace', root, '--wait', '0', '--lang', lang], root);
  const de = await run('de');
  const en = await run('en');
  expect(de.exitCode).toBe(en.exitCode);
  expect(de.stderr).toMatch(/Fehler: .+[\s\S]*Abhilfe: .+/);
  expect(en.stderr).toMatch(/Error: .+[\s\S]*To do: .+/);
  for (const { stderr, stdout } of [de, en]) {
    expect(stderr).not.toMatch(/ {4}at /);
    expect(stdout).toBe('');
  }
  return en;
}

function inDatabase(root: string, sql: string): void {
  const db = new BetterSqlite3(join(root, 'scanlot.db'));
  db.exec(sql);
  db.close();
}

describe('a workspace that cannot be worked in', () => {
  test('of a newer version is not touched', async () => {
    const root = county.copyOf('accepted');
    inDatabase(root, "insert into migration (name, applied_at) values ('9999-later', '2031-01-01T00:00:00.000Z')");
    const before = rowsOf(root);
    for (const argv of [['status'], ['accept', 'B-2021-001'], ['audit', 'verify']]) {
      const { exitCode, stderr } = await refusal(root, ...argv);
      expect(exitCode).toBe(12);
      expect(stderr).toContain('newer version');
    }
    expect(rowsOf(root)).toEqual(before);
  });

  test.each<[string, (path: string) => void]>([
    ['is missing', (path) => unlinkSync(path)],
    ['is empty', (path) => writeFileSync(path, '')],
    ['is something else', (path) => writeFileSync(path, 'Protokoll der Sitzung vom 3. Mai\n'.repeat(400))],
    ['is cut off', (path) => writeFileSync(path, readFileSync(path).subarray(0, 6_000))],
    [
      'belongs to another program',
      (path) => {
        unlinkSync(path);
        new BetterSqlite3(path).exec('create table address (name text)').close();
      },
    ],
  ])('because its database %s: nothing new is put in its place', async (_what, damage) => {
    const root = county.copyOf('accepted');
    const path = join(root, 'scanlot.db');
    damage(path);
    const left = existsSync(path) ? readFileSync(path) : undefined;
    for (const argv of [['status'], ['import', 'run']]) {
      const { exitCode, stderr } = await refusal(root, ...argv);
      expect(exitCode).toBe(12);
      expect(stderr).toContain('restore the backup');
    }
    expect(existsSync(path) ? readFileSync(path) : undefined).toEqual(left);
    expect((await refusal(root, 'init', root)).exitCode).toBe(left ? 2 : 12);
  });

  test('because pages of its database are damaged: the audit finds it', async () => {
    const root = county.copyOf('accepted');
    const path = join(root, 'scanlot.db');
    const bytes = readFileSync(path);
    // Every page but the first holds rows or entries of indices.
    for (let page = 4096; page < bytes.length; page += 4096) bytes.fill(0x5a, page + 2_000, page + 4_096);
    writeFileSync(path, bytes);
    const { exitCode } = await runIn(root, county.path, ['audit', 'verify']);
    expect([1, 12]).toContain(exitCode);
  });

  test.each([
    ['is no JSON', '{"county": "Test"', 'not valid JSON'],
    ['is empty', '', 'scanlot.json'],
    ['has a mistake', '{"county": "Test", "langauge": "de"}', 'did you mean "language"'],
  ])('because its configuration %s', async (_what, config, words) => {
    const root = county.copyOf('empty');
    writeFileSync(join(root, 'scanlot.json'), config);
    const { exitCode, stderr } = await refusal(root, 'status');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
  });

  test('because its configuration was lost: it is neither taken for none nor made anew', async () => {
    const root = county.copyOf('accepted');
    rmSync(join(root, 'scanlot.json'));
    const before = rowsOf(root);
    for (const argv of [['status'], ['init', root, '--sample'], ['init', root]]) {
      const { exitCode, stderr } = await refusal(root, ...argv);
      expect(exitCode).toBe(12);
      expect(stderr).toContain('scanlot.json');
    }
    expect(rowsOf(root)).toEqual(before);
    expect(existsSync(join(root, 'scanlot.json'))).toBe(false);
  });
});

describe('init that was cut off', () => {
  /** What a kill leaves, from early to late. */
  const leavings: readonly (readonly [string, (root: string, whole: string) => void])[] = [
    ['some folders', (root) => mkdirSync(join(root, 'deliveries'), { recursive: true })],
    ['an empty database', (root) => writeFileSync(join(root, 'scanlot.db'), '')],
    [
      'a database without tables',
      (root) => new BetterSqlite3(join(root, 'scanlot.db')).exec('pragma journal_mode = wal').close(),
    ],
    [
      'everything but the configuration',
      (root, whole) => copyFileSync(join(whole, 'scanlot.db'), join(root, 'scanlot.db')),
    ],
    [
      'an unfinished configuration',
      (root) => writeFileSync(join(root, '.scanlot.json.abcdef.1.00000000.tmp'), '{"cou'),
    ],
  ];

  test.each(leavings)('and left %s is simply run again', async (_what, leave) => {
    const whole = county.path('whole');
    const root = county.path('half');
    for (const folder of [whole, root]) rmSync(folder, { recursive: true, force: true });
    const init = (folder: string) => runCli(['init', folder, '--sample', '--county', 'Test'], county.folder);
    expect(await init(whole)).toMatchObject({ exitCode: 0 });
    mkdirSync(root);
    leave(root, whole);
    expect(await init(root)).toMatchObject({ exitCode: 0 });
    expect(rowsOf(root)).toEqual(rowsOf(whole));
    expect(filesOf(root)).toEqual(filesOf(whole));
    expect(await init(root)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is a workspace already') });
  });
});

describe('a place where nothing may be written', () => {
  /** As somebody without rights, even when the tests run as root. */
  async function withoutRights<T>(work: () => Promise<T>): Promise<T> {
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      return await work();
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  }

  test.runIf(process.platform === 'linux')(
    'is told with what to do, by commands that write and that read',
    async () => {
      const { chmodSync } = await import('node:fs');
      const commands = [
        ['status'],
        ['accept', 'B-2021-001', '--partial'],
        ['report', 'cost-against-budget', '--format', 'csv'],
      ];
      // Loads what they need while it may be read.
      for (const argv of commands) await runIn(county.copyOf('reconciled'), county.path, argv);
      const root = county.copyOf('reconciled');
      const before = { rows: rowsOf(root), files: filesOf(root) };
      const shut = [root, join(root, '.locks'), join(root, 'outputs'), join(root, 'deliveries')];
      for (const folder of [county.folder, root]) chmodSync(folder, 0o755);
      for (const folder of shut) chmodSync(folder, 0o555);
      for (const argv of commands) {
        const { exitCode, stderr } = await withoutRights(() => refusal(root, ...argv));
        expect(exitCode).toBe(13);
        expect(stderr).toMatch(/right to (read or )?write/);
      }
      for (const folder of shut) chmodSync(folder, 0o755);
      expect({ rows: rowsOf(root), files: filesOf(root) }).toEqual(before);
    },
  );

  test.runIf(existsSync('/dev/full'))('is told when the disk is full', async () => {
    const root = county.copyOf('accepted');
    const { exitCode, stderr } = await refusal(
      root,
      ...['report', 'cost-against-budget', '--format', 'csv', '--out', '/dev/full'],
    );
    expect(exitCode).toBe(13);
    expect(stderr).toContain('make room');
  });
});
