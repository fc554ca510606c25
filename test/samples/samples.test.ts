import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenPackages } from '../../scripts/samples/broken/index.ts';
import type { Expected } from '../../scripts/samples/expected.ts';
import { withoutSample } from '../../scripts/samples/without-sample.ts';
import { writeCommonProfile, writeSample } from '../../scripts/samples/write-sample.ts';
import { catalogue } from '../../src/findings/catalogue.ts';
import { packagePath } from '../../src/shared/package.ts';
import { runCli } from '../support/run-cli.ts';

const samples = packagePath('samples');

/** Folders of samples with an expectation: "valid/csv", "broken/pages.count-differs". */
const kept = ['valid', 'broken'].flatMap((kind) =>
  readdirSync(join(samples, kind))
    .sort()
    .map((name) => `${kind}/${name}`),
);

const broken = [...brokenPackages()];
const unportable = broken.filter(([, { portable }]) => !portable);

function readExpected(folder: string): Expected {
  return JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
}

interface CheckResult {
  readonly verdict: string;
  readonly findings: readonly { readonly code: string; readonly severity: string }[];
  readonly counts: Readonly<Record<'passed' | 'failed' | 'errored' | 'declared' | 'unlisted', number>>;
}

/** What the check says of a sample, in the form of its expected.json. */
async function checked(folder: string, expected: Expected): Promise<Expected> {
  const profile = expected.profile === null ? [] : ['--profile', expected.profile];
  const { exitCode, stdout } = await runCli(['check', expected.package, ...profile, '--json'], folder);
  const { verdict, findings, counts } = JSON.parse(stdout) as CheckResult;
  expect(counts.passed + counts.failed + counts.errored).toBe(counts.declared + counts.unlisted);
  expect(verdict === 'pass').toBe(!findings.some(({ severity }) => severity === 'error'));
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  return { ...expected, verdict, exitCode, codes } as Expected;
}

describe.concurrent('the check of a sample that is kept in the repository', () => {
  it.each(kept)('says what is expected of it: %s', async (sample) => {
    const folder = join(samples, sample);
    const expected = readExpected(folder);
    expect(await checked(folder, expected)).toEqual(expected);
  });
});

describe.concurrent('the check of a sample that only a temporary folder can hold', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'scanlot-samples-'));
    writeCommonProfile(root);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(unportable)('says what is expected of it: %s', async (code, sample) => {
    const folder = join(root, 'broken', code);
    const expected = await writeSample(folder, sample);
    expect(await checked(folder, expected)).toEqual(expected);
  });
});

describe('every finding of the catalogue', () => {
  it('has a sample, or a reason why not', () => {
    const shown = new Set<string>([...broken.map(([code]) => code), ...Object.keys(withoutSample)]);
    expect(Object.keys(catalogue).filter((code) => !shown.has(code))).toEqual([]);
  });

  it('has not both', () => {
    const codes: readonly string[] = broken.map(([code]) => code);
    expect(Object.keys(withoutSample).filter((code) => codes.includes(code))).toEqual([]);
  });

  it('is shown by the sample of its name', () => {
    for (const [code, { codes }] of broken) expect(codes).toContain(code);
    const names = broken.filter(([, { portable }]) => portable).map(([code]) => code);
    expect(readdirSync(join(samples, 'broken')).sort()).toEqual(names.sort());
  });

  it.each(Object.entries(withoutSample))('without a sample is shown by a test: %s', (code, { test }) => {
    expect(existsSync(packagePath(test))).toBe(true);
    expect(readFileSync(packagePath(test), 'utf8')).toMatch(new RegExp(`'${code.replaceAll('.', '[.]')}[' ]`));
  });
});
