import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult } from '../../src/validation/result.ts';
import { toResult } from '../../src/validation/result.ts';
import { runCli } from '../support/run-cli.ts';
import { faultyCheck } from './outputs/sample-report.ts';

let folder: string;
let result: CheckResult;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-compare-'));
  const check = await faultyCheck();
  result = { schema: 'urn:scanlot:schemas/check-result-1', ...toResult(check, 'de') } as CheckResult;
  write('a.json', result);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: unknown): void {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

async function compare(other: unknown) {
  write('b.json', other);
  const { exitCode, stdout, stderr } = await runCli(['result', 'compare', 'a.json', 'b.json', '--json'], folder);
  expect(stderr).not.toMatch(/\n\s+at /);
  return { exitCode, ...JSON.parse(stdout) };
}

describe('results that say the same', () => {
  test('compare as same, whatever the time, language and order', async () => {
    const other = {
      ...result,
      startedAt: '2021-01-01T00:00:00.000Z',
      finishedAt: '2021-01-01T00:00:01.000Z',
      findings: result.findings.map((finding) => ({ ...finding, message: 'x', remedy: 'y' })).reverse(),
      items: [...result.items].reverse(),
    };
    expect(await compare(other)).toMatchObject({ exitCode: 0, same: true, differences: [], items: [] });
  });

  test('say so to people', async () => {
    write('b.json', result);
    const { exitCode, stdout } = await runCli(['result', 'compare', 'a.json', 'b.json', '--lang', 'de'], folder);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Beide sagen dasselbe.');
  });
});

describe('results that differ', () => {
  test.each<[string, (one: CheckResult) => object, object]>([
    ['the version', (one) => ({ ...one, version: '9.9.9' }), { sameTool: false }],
    [
      'the profile',
      (one) => ({ ...one, profile: { ...one.profile, hash: 'f'.repeat(64) } }),
      { sameProfile: false, samePackage: true },
    ],
    ['the package', (one) => ({ ...one, packageHash: 'f'.repeat(64) }), { samePackage: false, sameProfile: true }],
  ])('in %s are told apart', async (_name, change, expected) => {
    expect(await compare(change(result))).toMatchObject({ exitCode: 1, same: false, ...expected });
  });

  test('in one finding and one file name both', async () => {
    const [first, ...others] = result.findings;
    const [item, ...rest] = result.items;
    const other = {
      ...result,
      findings: [{ ...first, path: 'other' }, ...others],
      items: [{ ...item, declaredPages: 77 }, ...rest],
    };
    const comparison = await compare(other);
    expect(comparison).toMatchObject({ exitCode: 1, same: false, samePackage: true });
    expect(comparison.onlyInA).toHaveLength(1);
    expect(comparison.onlyInB).toMatchObject([{ path: 'other' }]);
    expect(comparison.items).toMatchObject([{ path: item?.path, members: ['declaredPages'] }]);
  });
});

describe('files that are no complete result', () => {
  test.each<[string, () => unknown]>([
    ['no JSON', () => 'hello'],
    ['another document', () => ({ schema: 'x' })],
    ['a member too many', () => ({ ...result, extra: 1 })],
    ['counts that do not agree with the lists', () => ({ ...result, counts: { ...result.counts, passed: 5 } })],
    ['findings left out', () => ({ ...result, findings: result.findings.slice(1) })],
    ['an item that stands twice', () => ({ ...result, items: [...result.items, result.items[0]] })],
    ['nested too deeply', () => `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    [
      'a filtered one',
      () => ({ ...result, filter: { codes: [], severities: ['note'], files: [], pages: [], shown: 1, of: 2 } }),
    ],
    ['a prototype in disguise', () => `{"__proto__": {"schema": "urn:scanlot:schemas/check-result-1"}}`],
  ])('are refused with exit code 2: %s', async (_name, content) => {
    expect(await compare(content())).toMatchObject({ exitCode: 2, error: { exitCode: 2 } });
  });

  test('are refused when they are not UTF-8 or not there', async () => {
    writeFileSync(join(folder, 'latin.json'), Buffer.from([0x7b, 0xe4, 0x7d]));
    expect((await runCli(['result', 'compare', 'a.json', 'latin.json'], folder)).exitCode).toBe(2);
    expect((await runCli(['result', 'compare', 'a.json', 'none.json'], folder)).exitCode).toBe(2);
  });
});
