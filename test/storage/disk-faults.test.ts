import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../../src/audit/verify.ts';
import { openWorkspace } from '../../src/storage/workspace.ts';
import { filesOf, rowsOf, runIn, type SmallCounty, type Stage, smallCounty } from './small-county.ts';

const original = { ...fs };

let county: SmallCounty;
beforeAll(async () => {
  county = await smallCounty();
});
afterAll(() => county.remove());
afterEach(mend);

function mend(): void {
  Object.assign(fs, original);
  syncBuiltinESMExports();
}

/** Calls by which something is written; what only reads goes through. */
const isWriting = {
  open: (_path: string, flags: unknown) => typeof flags === 'string' && flags !== 'r',
  copyFile: () => true,
  rename: () => true,
  mkdir: () => true,
} as const;

/** Lets the n-th call that writes fail; without n it only takes notes. */
function failAtCall(code: string, n = Number.POSITIVE_INFINITY): { readonly seen: string[] } {
  const seen: string[] = [];
  for (const name of ['open', 'copyFile', 'rename', 'mkdir'] as const) {
    const call = original[name] as (...args: unknown[]) => Promise<unknown>;
    const faulty = async (...args: unknown[]) => {
      if (!isWriting[name](String(args[0]), args[1])) return call(...args);
      seen.push(name);
      if (seen.length === n) {
        throw Object.assign(new Error(`${code}: injected, ${name} '${args[0]}'`), {
          code,
          syscall: name,
          path: args[0],
        });
      }
      return call(...args);
    };
    Object.assign(fs, { [name]: faulty });
  }
  syncBuiltinESMExports();
  return { seen };
}

const commands: readonly (readonly [Stage, readonly string[]])[] = [
  ['empty', ['contract', 'import', '@contract.json']],
  ['batch', ['delivery', 'receive', '@sound', '--batch', 'B-2021-001']],
  ['reconciled', ['accept', 'B-2021-001', '--partial']],
  ['reconciled', ['reject', 'B-2021-001', '--reason', 'Mängel']],
  ['accepted', ['report', 'cost-against-budget', '--format', 'json', '--format', 'csv']],
  ['batch', ['batch', 'pick-list', 'B-2021-001', '--format', 'csv']],
];

const codes = ['ENOSPC', 'EIO', 'EROFS', 'EACCES'];

test.each(commands.map(([stage, argv]) => [argv.slice(0, 2).join(' '), stage, argv] as const))(
  'scanlot %s in a workspace at "%s": a disk that fails at any write loses nothing, and is told with what to do',
  async (_name, stage, argv) => {
    const undisturbed = county.copyOf(stage);
    const { seen } = failAtCall('');
    expect(await runIn(undisturbed, county.path, argv)).toMatchObject({ exitCode: 0 });
    mend();
    const expected = filesOf(undisturbed);
    expect(seen.length).toBeGreaterThan(1);

    for (const [index, call] of seen.entries()) {
      const code = codes[index % codes.length] ?? '';
      const place = `${code} at call ${index + 1} of ${seen.length}: ${call}`;
      const root = county.copyOf(stage);
      const before = { rows: rowsOf(root), whole: new Set([...filesOf(root), ...expected]) };
      failAtCall(code, index + 1);
      const failed = await runIn(root, county.path, argv);
      mend();
      expect(failed, place).toMatchObject({ exitCode: 13, stdout: '' });
      expect(failed.stderr, place).toMatch(/(^|\n)Error: .+\nTo do: .+\n$/);
      expect(rowsOf(root), place).toEqual(before.rows);
      // Of several files some may be there already; none of them is half-written, and no temporary one is left.
      expect(
        filesOf(root).filter((file) => !before.whole.has(file)),
        place,
      ).toEqual([]);
      const workspace = await openWorkspace(root, { mode: 'read', waitMs: 0 });
      expect((await verifyAudit(workspace)).breaks).toEqual([]);
      await workspace.close();

      expect(await runIn(root, county.path, argv), `again after ${place}`).toMatchObject({ exitCode: 0 });
      expect(filesOf(root)).toEqual(expected);
    }
  },
);

test.each(['ENOSPC', 'EIO'])('the result of a check that meets %s is no file, or the former one', async (code) => {
  const out = county.path('result.json');
  const argv = ['check', '@sound', '--profile', '@profile.json', '--out', '@result.json'];
  const check = () => runCheck(argv);
  expect(await check()).toMatchObject({ exitCode: 0 });
  const former = await fs.readFile(out, 'utf8');
  for (const n of [1, 2]) {
    failAtCall(code, n);
    const failed = await check();
    mend();
    expect(failed).toMatchObject({ exitCode: 13 });
    expect(await fs.readFile(out, 'utf8')).toBe(former);
  }
  expect((await fs.readdir(county.folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

async function runCheck(argv: readonly string[]) {
  const { runCli } = await import('../support/run-cli.ts');
  return runCli(
    argv.map((word) => (word.startsWith('@') ? join(county.folder, word.slice(1)) : word)),
    county.folder,
  );
}
