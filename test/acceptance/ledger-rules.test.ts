import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SampleDocument, writePackage } from '../../scripts/samples/package.ts';
import { samplePdf } from '../../scripts/samples/pdf.ts';
import { packagePath } from '../../src/shared/package.ts';
import { runCli } from '../support/run-cli.ts';

const county = (name: string) => packagePath('samples', 'county', name);
const demands = ['ordered', 'picked-up', 'not-delivered-before', 'content-new'];

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'scanlot-ledger-rules-'));
  const profile = { extends: './profile-files.json', profile: 'strict', version: '1', title: 'Streng' };
  copyFileSync(county('profile-files.json'), join(root, 'profile-files.json'));
  const rules = demands.map((ledger) => ({ id: ledger, ledger }));
  writeFileSync(join(root, 'strict.json'), JSON.stringify({ ...profile, rules }));
  await run('init', 'county');
  await run('contract', 'import', county('contract.json'));
  await run('budget', 'import', county('budget.csv'));
  await run('order', 'create', '--lot', 'L5', '--pages', '100', '--date', '2021-03-01', '--number', 'O-1');
  await batch('B-1', ['A', 'B']);
  await batch('B-2', ['C', 'D']);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<{ findings: { code: string; row: number }[] }> {
  const workspace = argv[0] === 'init' ? [] : ['--workspace', 'county'];
  const { stdout, stderr } = await runCli([...argv, ...workspace, '--json'], root);
  const document = JSON.parse(stdout === '' ? '{}' : stdout);
  if (stdout === '' || document.error) throw new Error(`${argv.join(' ')}: ${stderr}${stdout}`);
  return document;
}

async function batch(key: string, references: readonly string[], ...more: readonly string[]): Promise<void> {
  writeFileSync(
    join(root, `${key}.csv`),
    `Aktenzeichen;Blatt\r\n${references.map((name) => `${name};1\r\n`).join('')}`,
  );
  await run('batch', 'create', '--order', 'O-1', '--pick-list', `${key}.csv`, '--key', key, ...more);
}

const scan = (reference: string, text = reference): SampleDocument => ({
  path: `scans/${reference}.pdf`,
  reference,
  volume: '',
  box: 'K-0001',
  title: 'Akte',
  sheets: 1,
  pages: 2,
  removedBlanks: 0,
  bytes: samplePdf(text, 2),
});

/** What the rules about the ledger say of a delivery, by row of index.csv. */
async function deliver(key: string, folder: string, documents: readonly SampleDocument[]): Promise<string[]> {
  writePackage(join(root, folder), documents);
  const { findings } = await run('delivery', 'receive', folder, '--batch', key, '--profile', 'strict.json');
  return findings.filter(({ code }) => code.startsWith('rule.')).map(({ code, row }) => `${row} ${code}`);
}

it('holds a delivery against pick lists and earlier deliveries of the workspace', async () => {
  expect(await deliver('B-1', 'first', [scan('A'), scan('B')])).toEqual([]);
  const second = [scan('A', 'another A'), scan('C', 'B'), scan('D'), scan('E')];
  expect((await deliver('B-2', 'second', second)).sort()).toEqual([
    '2 rule.delivered-before',
    '2 rule.not-picked-up',
    '3 rule.content-known',
    '5 rule.not-ordered',
    '5 rule.not-picked-up',
  ]);
});

it('does not hold a redelivery against the round before', async () => {
  await run('reject', 'B-2', '--reason', 'falsche Akten', '--yes');
  expect(await deliver('B-2', 'third', [scan('C', 'the real C'), scan('D')])).toEqual([]);
});

it('does not hold the delivery of what was ordered anew against the first one', async () => {
  await run('reconcile', 'B-1');
  const { findings } = await run('delivery', 'show', 'B-1');
  for (const code of new Set(findings.map((finding) => finding.code)))
    await run('waive', 'B-1', code, '--reason', 'Test');
  await run('accept', 'B-1');
  await batch('B-3', ['A'], '--rescan', 'in Farbe gebraucht');
  expect(await deliver('B-3', 'fourth', [scan('A', 'A in colour')])).toEqual([]);
});
