import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ublInvoice } from '../support/invoices.ts';
import { runCli } from '../support/run-cli.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-invoice-show-'));
  writeFileSync(join(folder, 'gut.xml'), ublInvoice());
  writeFileSync(join(folder, 'falsch.xml'), ublInvoice({ totals: { payable: '100.00' } }));
  writeFileSync(join(folder, 'brief.txt'), 'Sehr geehrte Damen und Herren');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('scanlot invoice show', () => {
  it('prints one document with the normal form, its amounts as decimal strings', async () => {
    const { exitCode, stdout } = await runCli(['invoice', 'show', 'gut.xml', '--json'], folder);
    expect(exitCode).toBe(0);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      schema: 'urn:scanlot:schemas/invoice-1',
      number: 'R-2021-17',
      totals: { lineNet: '65.25', net: '65.25', tax: '12.40', gross: '77.65', prepaid: '0.00', payable: '77.65' },
      findings: [],
    });
    expect(document.lines).toHaveLength(2);
  });

  it('shows people the lines and totals in their language', async () => {
    const { stdout } = await runCli(['invoice', 'show', 'gut.xml', '--lang', 'de'], folder);
    expect(stdout).toContain('Rechnung R-2021-17 (380)');
    expect(stdout).toMatch(/Datum\s+31\.03\.2021/);
    expect(stdout).toMatch(/1\.500 ZP\s+0,0235\s+19 %\s+35,25/);
    expect(stdout).toMatch(/Zahlbetrag\s+77,65/);
  });

  it('ends with 1 and names the rule where the invoice contradicts itself', async () => {
    const { exitCode, stdout } = await runCli(['invoice', 'show', 'falsch.xml', '--lang', 'de'], folder);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Zahlbetrag (BT-115): angegeben 100,00, nach BR-CO-16 ergibt sich 77,65.');
  });

  it('says what to do with a file that is none, or is not there', async () => {
    const text = await runCli(['invoice', 'show', 'brief.txt', '--lang', 'de'], folder);
    expect(text.exitCode).toBe(2);
    expect(text.stderr).toMatch(
      /keine erfasste Rechnung: .*„Menge“ und „Einzelpreis“ fehlt.*\n.*scanlot invoice template/,
    );
    const absent = await runCli(['invoice', 'show', 'fehlt.xml', '--lang', 'en'], folder);
    expect(absent.exitCode).toBeGreaterThan(1);
    expect(absent.stderr).not.toMatch(/ {4}at /);
  });
});
