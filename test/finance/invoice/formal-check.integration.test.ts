import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFormally } from '../../../src/finance/invoice/formal/formal-check.ts';
import { readJsonResult } from '../../../src/finance/invoice/formal/json-result.ts';
import { readInvoice } from '../../../src/finance/invoice/read-invoice.ts';
import { runProgram } from '../../../src/inspection/engines/run-program.ts';
import { corpus } from '../../support/corpora.ts';
import { xrechnungRules } from '../../support/xrechnung-rules.ts';

let command: readonly string[];
let folder: string;
beforeAll(async () => {
  command = await xrechnungRules();
  folder = mkdtempSync(join(tmpdir(), 'scanlot-rules-'));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = ['xrechnung', 'en16931']
  .map(corpus)
  .flatMap((root) =>
    root === undefined
      ? []
      : (readdirSync(root, { recursive: true }) as string[])
          .filter((name) => name.endsWith('.xml'))
          .map((name) => [name, join(root, name)] as const),
  );

const judge = (path: string) => checkFormally(path, readInvoice(path), command);

describe.skipIf(files.length === 0)('the official Schematron as a validator', () => {
  it('accepts all public samples', async () => {
    expect(files.length).toBeGreaterThan(80);
    // All at once, which is what the program can and scanlot does not need; each line is read as scanlot reads it.
    const [program = '', ...words] = command;
    const { stdout, exitCode } = await runProgram(program, [...words, ...files.map(([, path]) => path)], {
      timeoutMs: 240_000,
    });
    const opinions = stdout.trim().split('\n').map(readJsonResult);
    expect(opinions).toHaveLength(files.length);
    const refused = files.filter((_file, index) => opinions[index]?.valid !== true).map(([name]) => name);
    expect([exitCode, refused]).toEqual([0, []]);
  }, 250_000);

  it.each(['_ubl.xml', '_uncefact.xml'])('accepts a sample by itself: %s', async (ending) => {
    const [, path = ''] = files.find(([name]) => name.includes('01.01a') && name.endsWith(ending)) ?? [];
    const { verdict, findings } = await judge(path);
    expect([verdict, findings.filter(({ severity }) => severity === 'error')]).toEqual(['valid', []]);
  });

  const [, sample = ''] = files.find(([name]) => name.includes('01.01a') && name.endsWith('_ubl.xml')) ?? [];
  it.each([
    ['without its Leitweg-ID', /<cbc:BuyerReference>[^<]*<\/cbc:BuyerReference>/, '', 'BR-DE-15'],
    ['with another amount due', /(<cbc:PayableAmount[^>]*>)[^<]*/, '$11.00', 'BR-CO-16'],
  ])('finds a sample %s', async (_what, search, replacement, rule) => {
    const path = join(folder, `${rule}.xml`);
    const xml = readFileSync(sample, 'utf8');
    const mutant = xml.replace(search, replacement);
    expect(mutant).not.toBe(xml);
    writeFileSync(path, mutant);
    const { verdict, findings } = await judge(path);
    expect(verdict).toBe('invalid');
    expect(findings.map(({ args }) => ('rule' in args ? args.rule : ''))).toContain(rule);
  });
});
