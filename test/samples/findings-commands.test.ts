import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { catalogue } from '../../src/findings/catalogue.ts';
import { examples } from '../../src/findings/examples.ts';
import { isFindingCode, messageOf } from '../../src/findings/finding.ts';
import { packagePath } from '../../src/shared/package.ts';
import { runCli } from '../support/run-cli.ts';

const run = (...argv: string[]) => runCli(['findings', ...argv], tmpdir());
const json = async (...argv: string[]) => JSON.parse((await run(...argv, '--json')).stdout);

it('lists the whole catalogue, in its order', async () => {
  const { findings } = await json('list');
  expect(findings.map(({ code }: { code: string }) => code)).toEqual(Object.keys(catalogue));
  expect(findings[0]).toMatchObject({ code: 'package.empty', topic: 'package', severity: 'error', sample: null });
});

it('lists one topic or one severity', async () => {
  const { findings } = await json('list', '--topic', 'pdf', '--severity', 'warning');
  expect(findings.length).toBeGreaterThan(0);
  for (const finding of findings) expect(finding).toMatchObject({ topic: 'pdf', severity: 'warning' });
});

it('says which topic was meant', async () => {
  const { exitCode, stderr } = await run('list', '--topic', 'manifests', '--lang', 'en');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Did you mean "manifest"?');
});

it('explains a finding by what its sample yields, in both languages', async () => {
  const { stdout: german } = await run('explain', 'pages.count-differs', '--lang', 'de');
  expect(german).toContain('scans/ORD-2019-001/0002.pdf: ');
  expect(german).toMatch(/Schwere\s+Fehler/);
  expect(german).toContain(catalogue['pages.count-differs'].remedy.de);
  const { stdout: english } = await run('explain', 'pages.count-differs', '--lang', 'en');
  expect(english).toMatch(/severity\s+error/);
  expect(english).toContain(catalogue['pages.count-differs'].remedy.en);
  expect(english).toMatch(/samples.broken.pages\.count-differs/);
});

it('explains a finding without a sample by an example', async () => {
  const { finding, example } = await json('explain', 'ledger.file-missing', '--lang', 'en');
  expect(finding).toMatchObject({ code: 'ledger.file-missing', sample: null });
  expect(example).toMatchObject({ args: { box: 'K-0012' }, path: null });
  expect(example.message).toContain('K-0012');
});

it('says which code was meant', async () => {
  const { exitCode, stderr } = await run('explain', 'page.count-differ', '--lang', 'de');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Meinten Sie „pages.count-differs“?');
});

it('has a sample or an example for every finding', () => {
  const kept = new Set(readdirSync(packagePath('samples', 'broken')));
  const explained = (code: string) => kept.has(code) || code in examples;
  expect(Object.keys(catalogue).filter((code) => !explained(code))).toEqual([]);
});

it.each(Object.entries(examples))('has an example that its wording understands: %s', (code, args) => {
  if (!isFindingCode(code)) throw new Error(`${code} is no finding`);
  for (const language of ['de', 'en'] as const) {
    expect(messageOf({ code, args }, language)).not.toMatch(/undefined|NaN|null|\[object/);
  }
});
