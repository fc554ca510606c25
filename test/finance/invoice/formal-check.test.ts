import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invoiceXml } from '../../../scripts/samples/invoice.ts';
import { commandWords } from '../../../src/cli/invoice-form-output.ts';
import { checkFormally } from '../../../src/finance/invoice/formal/formal-check.ts';
import { openInvoice } from '../../../src/finance/invoice/open-invoice.ts';
import { approveInvoice } from '../../../src/finance/invoice-matching/approve.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';
import { openWorkspace } from '../../../src/storage/workspace.ts';
import { invoiceFile, vendorInvoice } from '../../support/invoice-ledger.ts';
import { acceptPages, addBatch, addBudget, addCallOff, addContract, createLedger } from '../../support/ledger.ts';
import { runCli } from '../../support/run-cli.ts';

let folder: string;
let invoice: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-formal-test-'));
  invoice = join(folder, 'rechnung.xml');
  writeFileSync(invoice, invoiceXml(vendorInvoice()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A validator of our own, as another program: a script that gets the file's name as its last argument. */
function validator(script: string): string[] {
  const path = join(folder, `validator-${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(path, script);
  return [process.execPath, path];
}
const printing = (output: string, exitCode = 0) =>
  validator(`process.stdout.write(${JSON.stringify(output)}); process.exitCode = ${exitCode};`);

async function judged(command: readonly string[] | undefined, path = invoice, timeoutMs = 20_000) {
  const { verdict, findings } = await checkFormally(path, await openInvoice(path), command, { timeoutMs });
  return [verdict, ...findings.map(({ code, args }) => [code, args])];
}

const line = (document: object) => `${JSON.stringify(document)}\n`;
const finding = {
  layer: 'xr',
  level: 'error',
  id: 'BR-DE-1',
  location: '/Invoice[1]',
  text: '[BR-DE-1] Eine Angabe fehlt.',
};

describe('a validator that prints a JSON line', () => {
  it('accepts', async () => {
    expect(await judged(printing(line({ file: 'x', valid: true, findings: [] })))).toEqual(['valid']);
  });

  it('rejects, and its rules become findings with their place', async () => {
    const findings = [
      finding,
      { level: 'warning', id: 'BR-DE-21', line: 7, text: 'w' },
      { level: 'information', text: 'i' },
    ];
    expect(await judged(printing(line({ valid: false, findings }), 1))).toEqual([
      'invalid',
      ['invoice.formal-error', { rule: 'BR-DE-1', place: '/Invoice[1]', text: 'Eine Angabe fehlt.' }],
      ['invoice.formal-warning', { rule: 'BR-DE-21', place: 'line 7', text: 'w' }],
      ['invoice.formal-note', { rule: '', place: '', text: 'i' }],
    ]);
  });

  it('rejects without a reason', async () => {
    const command = printing(line({ valid: false }), 1);
    expect(await judged(command)).toEqual(['invalid', ['invoice.formal-rejected', { validator: command[0] }]]);
  });

  it('tells an error and accepts all the same: that is no pass', async () => {
    expect((await judged(printing(line({ valid: true, findings: [finding] }))))[0]).toBe('invalid');
  });
});

describe('a validator that does not judge never passes', () => {
  const reason = async (command: readonly string[], timeoutMs?: number) => {
    const [verdict, [code, args] = []] = (await judged(command, invoice, timeoutMs)) as [
      string,
      [string, { reason: string }],
    ];
    expect([verdict, code]).toEqual(['not-judged', 'invoice.formal-not-judged']);
    return args?.reason;
  };

  it('because it is not there', async () => {
    expect(await reason([join(folder, 'no-such-program')])).toBe('ENOENT');
  });
  it('because it says so', async () => {
    expect(await reason(printing(line({ valid: null, error: 'root element' }), 3))).toBe('root element');
  });
  it('because it prints nothing, whatever its exit code', async () => {
    expect(await reason(printing(''))).toMatch(/^exit code 0, no result/);
  });
  it('because it prints something else', async () => {
    expect(await reason(printing('{"valid"\n<html>ok</html>'))).toMatch(/no result/);
  });
  it('because it accepts and fails', async () => {
    expect(await reason(printing(line({ valid: true }), 4))).toBe('exit code 4');
  });
  it('because it does not end', async () => {
    expect(await reason(validator('setInterval(() => undefined, 1000);'), 500)).toBe('too slow');
  });
  it('because it prints without end', async () => {
    const endless = "const more = () => process.stdout.write('x'.repeat(1 << 20), more); more();";
    expect(await reason(validator(endless))).toBe('too much output');
  });
});

describe('the KoSIT validator', () => {
  const report = (assessment: string, messages = '', scenario = true) => `<?xml version="1.0" encoding="UTF-8"?>
<rep:report xmlns:rep="http://www.xoev.de/de/validator/varl/1" varlVersion="1.0.0" valid="true">
<rep:engine><rep:name>KoSIT Validator 1.5.0</rep:name></rep:engine>
${scenario ? `<rep:scenarioMatched><rep:validationStepResult id="val-sch.1" valid="false">${messages}</rep:validationStepResult></rep:scenarioMatched>` : '<rep:noScenarioMatched/>'}
<rep:assessment><rep:${assessment}><rep:explanation/></rep:${assessment}></rep:assessment></rep:report>`;
  const messages =
    '<rep:message id="val-sch.1.1" code="BR-DE-15" level="error" xpathLocation="/Invoice[1]">[BR-DE-15] Die Leitweg-ID\n fehlt.</rep:message><rep:message id="val-sch.1.2" level="warning" lineNumber="3">w</rep:message>';
  const writing = (xml: string, exitCode = 0) => [
    ...validator(
      `import { writeFileSync } from 'node:fs'; writeFileSync(process.argv[2] + '/rechnung-report.xml', ${JSON.stringify(xml)}); console.log('Processing 1 object(s)'); process.exitCode = ${exitCode};`,
    ),
    '{output}',
    '{file}',
  ];

  it('accepts by the report that it writes', async () => {
    expect(await judged(writing(report('accept')))).toEqual(['valid']);
  });

  it('rejects with messages', async () => {
    const told = [
      'invalid',
      ['invoice.formal-error', { rule: 'BR-DE-15', place: '/Invoice[1]', text: 'Die Leitweg-ID fehlt.' }],
      ['invoice.formal-warning', { rule: 'val-sch.1.2', place: 'line 3', text: 'w' }],
    ];
    expect(await judged(writing(report('reject', messages), 1))).toEqual(told);
    expect(await judged(printing(`Printing report\n${report('reject', messages)}\ndone`, 1))).toEqual(told);
  });

  it.each([
    ['no scenario', report('reject', '', false), 'no scenario matched'],
    ['no assessment', report('other'), 'no assessment'],
  ])('has %s: not judged', async (_what, xml, why) => {
    const command = writing(xml, 1);
    expect(await judged(command)).toEqual([
      'not-judged',
      ['invoice.formal-not-judged', { validator: command[0], reason: why }],
    ]);
  });

  it('whose report declares entities is not read', async () => {
    const hostile = report('accept').replace('?>', '?><!DOCTYPE x [<!ENTITY e "e">]>');
    expect((await judged(writing(hostile)))[0]).toBe('not-judged');
  });
});

describe('what is checked', () => {
  const copying = (target: string) =>
    validator(
      `import { copyFileSync } from 'node:fs'; copyFileSync(process.argv.at(-1), ${JSON.stringify(target)}); console.log('{"valid":true}');`,
    );

  it('is the XML inside a PDF', async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage();
    await pdf.attach(readFileSync(invoice), 'xrechnung.xml', { mimeType: 'text/xml' });
    const path = join(folder, 'rechnung.pdf');
    writeFileSync(path, await pdf.save());
    const seen = join(folder, 'seen.xml');
    expect(await judged(copying(seen), path)).toEqual(['valid']);
    expect(readFileSync(seen, 'utf8')).toBe(readFileSync(invoice, 'utf8'));
  });

  it('is nothing without a validator, and nothing on paper', async () => {
    expect(await judged(undefined)).toEqual(['not-asked']);
    const path = join(folder, 'papier.csv');
    writeFileSync(path, 'Rechnungsnummer;1\nDatum;1.1.2021\nRechnungssteller;x\nUSt;19\nLeistung;Menge;Preis\nx;1;1\n');
    expect(await judged(['no-such-program'], path)).toEqual(['paper']);
  });

  it('by a command in one option, with words in quotes', () => {
    expect(commandWords('java -jar "C:\\Program Files\\v.jar" -o {output} {file}')).toEqual([
      'java',
      '-jar',
      'C:\\Program Files\\v.jar',
      '-o',
      '{output}',
      '{file}',
    ]);
  });
});

describe('in a workspace', () => {
  it('the result tells who checked, the configured validator binds approval', async () => {
    const ledger = await createLedger();
    try {
      await addContract(ledger);
      await addBudget(ledger, { year: 2021, appropriation: '1000.00' });
      await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 500 });
      await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 1 });
      await acceptPages(ledger, 'B-1', '2021-03-01', 100);
      await ledger.workspace.close();
      const file = invoiceFile(ledger, vendorInvoice());
      const run = (...argv: string[]) => runCli([...argv, '--lang', 'de'], ledger.root);
      const without = await run('invoice', 'check', file);
      expect([without.exitCode, without.stdout]).toEqual([
        0,
        expect.stringContaining('kein Prüfprogramm eingerichtet'),
      ]);
      expect(without.stdout).toContain('BR-CO-10');
      const typed = printing(line({ valid: false, findings: [finding] }), 1).join(' ');
      const document = JSON.parse((await run('invoice', 'check', file, '--validator', typed, '--json')).stdout);
      expect(document.form).toMatchObject({ verdict: 'invalid', validator: process.execPath });
      expect(document.findings).toMatchObject([{ code: 'invoice.formal-error', args: { rule: 'BR-DE-1' } }]);

      const command = printing(line({ valid: false, findings: [finding] }), 1);
      const config = { county: 'Landkreis Test', invoices: { validator: command } };
      writeFileSync(join(ledger.root, 'scanlot.json'), JSON.stringify(config));
      const checked = await run('invoice', 'check', file);
      expect([checked.exitCode, checked.stdout]).toEqual([1, expect.stringContaining('Form: nicht gültig')]);
      const workspace = await openWorkspace(ledger.root, { mode: 'write', actor: 'anna' });
      await expect(
        approveInvoice(workspace, { path: file, partial: false, on: '2021-04-14' as CalendarDate }),
      ).rejects.toMatchObject({ code: 'invoice.open-errors' });
      await workspace.close();
    } finally {
      await ledger.remove();
    }
  });
});
