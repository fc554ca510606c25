import BetterSqlite3 from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { verifyAudit } from '../../src/audit/verify.ts';
import { openWorkspace } from '../../src/storage/workspace.ts';
import { filesOf, rowsOf, runIn, type SmallCounty, type Stage, smallCounty } from './small-county.ts';

let county: SmallCounty;
beforeAll(async () => {
  county = await smallCounty();
});
afterAll(() => county.remove());
afterEach(() => vi.restoreAllMocks());

interface Writes {
  /** Statements that changed something or committed, one after the other. */
  readonly seen: string[];
}

/** Lets the n-th write of every connection fail as on a full disk; without n it only takes notes. */
function failAtWrite(n = Number.POSITIVE_INFINITY): Writes {
  const seen: string[] = [];
  const prepare = BetterSqlite3.prototype.prepare;
  vi.spyOn(BetterSqlite3.prototype, 'prepare').mockImplementation(function (this: BetterSqlite3.Database, sql: string) {
    const statement = prepare.call(this, sql);
    const kind = /^(insert into "\w+"|update "\w+"|delete from "\w+"|commit)/i.exec(sql.trim())?.[0];
    if (kind === undefined) return statement;
    const before = <A extends unknown[], R>(method: (...args: A) => R) =>
      function (this: unknown, ...args: A): R {
        seen.push(kind);
        if (seen.length === n) {
          throw new BetterSqlite3.SqliteError('database or disk is full', 'SQLITE_FULL');
        }
        return method.apply(statement, args);
      };
    const { all, run, get } = statement;
    return Object.assign(statement, { all: before(all), run: before(run), get: before(get) });
  });
  return { seen };
}

const commands: readonly (readonly [Stage, readonly string[], exitCode?: number])[] = [
  ['empty', ['contract', 'import', '@contract.json']],
  ['contract', ['contract', 'import', '@amended.json']],
  ['empty', ['budget', 'import', '@budget.csv']],
  ['contract', ['holding', 'import', '@holdings.csv']],
  ['contract', ['order', 'create', '--lot', 'L1', '--pages', '1000']],
  ['ordered', ['order', 'close', 'A-2021-001', '--yes']],
  ['ordered', ['batch', 'create', '--order', 'A-2021-001', '--pick-list', '@list.csv']],
  ['batch', ['batch', 'hand-over', 'B-2021-001', '--on', '2021-02-04']],
  ['batch', ['delivery', 'receive', '@sound', '--batch', 'B-2021-001']],
  ['received', ['reconcile', 'B-2021-001'], 1],
  ['reconciled', ['waive', 'B-2021-001', 'pages.count-differs', '--reason', 'geklärt']],
  ['reconciled', ['accept', 'B-2021-001', '--partial']],
  ['reconciled', ['reject', 'B-2021-001', '--reason', 'Mängel']],
  ['accepted', ['import', 'run']],
  ['accepted', ['complaint', 'raise', 'B-2021-001', '32.1-1', '--reason', 'unscharf', '--deadline', '2021-06-01']],
  ['redelivered', ['complaint', 'dispute', 'B-2021-001', '32.1-1', '--reason', 'so im Original']],
  ['redelivered', ['complaint', 'withdraw', 'B-2021-001', '32.1-1', '--reason', 'so im Original']],
  ['redelivered', ['accept', 'B-2021-001']],
  ['corrected', ['import', 'run']],
];

/** An import is a chain of changes: attempts and log entries tell of the interruption. */
const isChain = (argv: readonly string[]) => argv[0] === 'import';

function rowsFor(root: string, argv: readonly string[]) {
  if (!isChain(argv)) return rowsOf(root);
  const { import_object, ...rows } = rowsOf(root, ['audit', 'seal']);
  return { ...rows, import_object: import_object?.map((row) => ({ ...(row as object), attempts: 0 })) };
}

test.each(commands.map(([stage, argv, exitCode = 0]) => [argv.slice(0, 2).join(' '), stage, argv, exitCode] as const))(
  'scanlot %s in a workspace at "%s": a database that fails at any write leaves nothing half done',
  async (_name, stage, argv, exitCode) => {
    const undisturbed = county.copyOf(stage);
    const { seen } = failAtWrite();
    expect(await runIn(undisturbed, county.path, argv)).toMatchObject({ exitCode });
    vi.restoreAllMocks();
    const expected = { rows: rowsFor(undisturbed, argv), files: filesOf(undisturbed) };
    expect(seen).toContain('commit');
    expect(seen).toContain('insert into "audit"');

    for (const [index, statement] of seen.entries()) {
      const root = county.copyOf(stage);
      const before = { rows: rowsOf(root), files: filesOf(root) };
      failAtWrite(index + 1);
      const failed = await runIn(root, county.path, argv);
      vi.restoreAllMocks();
      const place = `write ${index + 1} of ${seen.length}: ${statement}`;
      expect(failed, place).toMatchObject({ exitCode: 13, stdout: '' });
      expect(failed.stderr).toMatch(/No space left.*\nTo do: Make room/);
      if (!isChain(argv)) expect(rowsOf(root), place).toEqual(before.rows);
      // What was prepared for the commit may stay behind when that very statement fails; it is replaced below.
      if (!isChain(argv) && statement !== 'commit') expect(filesOf(root), place).toEqual(before.files);
      const workspace = await openWorkspace(root, { mode: 'read', waitMs: 0 });
      expect((await verifyAudit(workspace)).breaks).toEqual([]);
      await workspace.close();

      expect(await runIn(root, county.path, argv)).toMatchObject({ exitCode });
      expect({ rows: rowsFor(root, argv), files: filesOf(root) }, `again after ${place}`).toEqual(expected);
    }
  },
);
