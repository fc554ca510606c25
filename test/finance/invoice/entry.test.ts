import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleFile } from '../../../src/demo/sample-county.ts';
import { unitCode } from '../../../src/finance/invoice/entry/unit-words.ts';
import { openInvoice } from '../../../src/finance/invoice/open-invoice.ts';
import { runCli } from '../../support/run-cli.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scanlot-entry-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string | object, name = 'rechnung.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
const csv = (rows: readonly string[]) => openInvoice(file(`${rows.join('\r\n')}\r\n`));
const json = (entry: object) => openInvoice(file(entry, 'rechnung.json'));

const head = ['Rechnungsnummer;R-1', 'Rechnungsdatum;12.04.2021', 'Rechnungssteller;Scan GmbH', 'Steuersatz;19'];
const headings = 'Pos.;Leistung;Menge;Einheit;Einzelpreis;Netto';
const line = '1;Seiten;1500;Seiten;0,0235;35,25';
const entry = {
  number: 'R-1',
  issueDate: '2021-04-12',
  seller: { name: 'Scan GmbH' },
  vatRate: '19',
  lines: [{ id: '1', name: 'Seiten', quantity: '1500', unit: 'ZP', price: '0.0235', net: '35.25' }],
};

describe('an invoice recorded from paper', () => {
  it('is the same from CSV, with head rows or repeated columns, and from JSON', async () => {
    const columns = `${headings};Rechnungsnummer;Rechnungsdatum;Rechnungssteller;Steuersatz`;
    const second = '2;Kartons;2;Karton;15,00;30,00';
    const said = 'R-1;12.04.2021;Scan GmbH;19';
    const readings = [
      await csv([...head, '', headings, line, second]),
      await csv([columns, `${line};${said}`, `${second};${said}`]),
      await csv([columns, `${line};${said}`, `${second};;;;19`]),
      await csv(['\ufeffRechnung;;;;;', ...head.map((row) => `${row};;;;`), headings, line, second]),
      await json({
        ...entry,
        lines: [...entry.lines, { name: 'Kartons', quantity: '2', unit: 'XBX', price: '15.00' }],
      }),
    ];
    for (const { invoice } of readings) expect(invoice).toEqual(readings[0]?.invoice);
    // 65.25 × 0.19 = 12.3975, rounded 12.40.
    expect(readings[0]?.invoice).toMatchObject({
      syntax: 'entry',
      number: 'R-1',
      type: '380',
      issueDate: '2021-04-12',
      currency: 'EUR',
      lines: [
        { unit: 'ZP', price: '0.0235', net: '35.25', vatRate: '19' },
        { unit: 'XBX', net: '30.00' },
      ],
      vat: [{ category: 'S', rate: '19', taxable: '65.25', tax: '12.40' }],
      totals: { lineNet: '65.25', net: '65.25', tax: '12.40', gross: '77.65', payable: '77.65' },
    });
  });

  it('tells which sums were computed, and that a missing unit is taken as piece', async () => {
    const { findings } = await json({ ...entry, lines: [{ name: 'Seiten', quantity: '2', price: '0.5' }] });
    expect(findings.map(({ code, args }) => [code, args])).toEqual([
      ['invoice.entry-computed', { terms: 'BT-130 BT-131 BT-106 BT-109 BT-110 BT-112 BT-115 BT-116 BT-117' }],
    ]);
  });

  it('keeps the sums that the paper states, and tells where they do not add up', async () => {
    const { invoice, findings } = await json({ ...entry, totals: { gross: '42.00' } });
    expect(invoice.totals).toMatchObject({ net: '35.25', tax: '6.70', gross: '42.00', payable: '42.00' });
    expect(findings.filter(({ severity }) => severity === 'error').map(({ code, args }) => [code, args])).toEqual([
      ['invoice.total-differs', { term: 'BT-112', rule: 'BR-CO-15', stated: '42.00', computed: '41.95' }],
    ]);
  });

  it('subtracts what is prepaid, knows credit notes, allowances and preceding invoices', async () => {
    const { invoice } = await csv([
      ...head,
      'Rechnungsart;Gutschrift',
      'zu Rechnung;R-0, R-00',
      'Bereits gezahlt;10,00',
      'Pos.;Leistung;Menge;Einheit;Einzelpreis;Rabatt',
      '1;Seiten;1000;Seiten;0,10;5,00',
    ]);
    expect(invoice).toMatchObject({
      kind: 'creditNote',
      references: { preceding: [{ number: 'R-0' }, { number: 'R-00' }] },
      lines: [{ net: '95.00', allowances: [{ kind: 'allowance', amount: '5.00' }] }],
      totals: { net: '95.00', gross: '113.05', prepaid: '10.00', payable: '103.05' },
    });
  });

  it('is never off by a cent in its own arithmetic, whatever its lines are', async () => {
    const lines = fc.array(
      fc.record({
        name: fc.constant('x'),
        quantity: fc.integer({ min: -9_999_999, max: 9_999_999 }).map((n) => (n / 1000).toFixed(3)),
        price: fc.nat(9_999_999).map((n) => (n / 1e6).toFixed(6)),
        vatRate: fc.constantFrom('0', '7', '16', '19'),
      }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(lines, async (given) => {
        const { findings, recomputed, invoice } = await json({ ...entry, lines: given });
        expect(findings.map(({ code }) => code)).toEqual(['invoice.entry-computed']);
        const { lineNet, net, tax, gross, payable } = invoice.totals;
        expect(recomputed).toEqual({ lineNet, net, tax, gross, payable });
      }),
      { numRuns: 40 },
    );
  });

  it('tells headings that it does not know', async () => {
    const { findings } = await csv([...head, 'Bearbeiter;Frau X', `${headings};Farbe`, `${line};rot`]);
    expect(findings[0]).toMatchObject({ code: 'invoice.entry-unused', args: { headings: 'Bearbeiter, Farbe' } });
  });

  it('reads the percent cells and number cells of a spreadsheet, and units by their words', () => {
    expect(['Seiten', 'St.', 'Stück', 'ST', 'lfm', 'Std.', 'ZP', 'Eimer'].map(unitCode)).toEqual([
      'ZP',
      'C62',
      'C62',
      'ST',
      'MTR',
      'HUR',
      'ZP',
      'Eimer',
    ]);
  });
});

describe('an entry with mistakes', () => {
  const mistakes = (reading: Promise<unknown>) =>
    reading.then(
      () => [],
      (error: { code: string; details: { de: string }[] }) => [error.code, ...error.details.map(({ de }) => de)],
    );

  it('is refused with all of them, by row and column', async () => {
    const rows = [
      'Rechnungsdatum;12.4.21',
      'Steuersatz;119',
      'Summe netto;viel',
      `${headings};Vertrag`,
      '1;Seiten;1.500;Seiten;0,0235;35,25;RV-1',
      '2;;x;Seiten;;;RV-2',
    ];
    expect(await mistakes(csv(rows))).toEqual([
      'table.mistakes',
      'Zeile 1, Spalte „Rechnungsdatum“: „12.4.21“; erwartet: ein Datum wie 31.12.2020',
      'Zeile 2, Spalte „Steuersatz“: „119“; erwartet: ein Steuersatz wie 19',
      'Zeile 3, Spalte „Summe netto“: „viel“; erwartet: ein Betrag wie 1234,56',
      expect.stringContaining('Zeile 5, Spalte „Menge“: „1.500“; erwartet: eine eindeutige Zahl'),
      'Zeile 6, Spalte „Menge“: „x“; erwartet: eine Menge wie 408 oder 12,5',
      'Zeile 6, Spalte „Vertrag“: „RV-2“; erwartet: dasselbe wie in Zeile 5',
      'Zeile 6, Spalte „Einzelpreis“: leer; erwartet: ein Wert',
      'Zeile 6: die Leistung fehlt (Preisposition oder Bezeichnung)',
      expect.stringContaining('Zeile 4: die Angabe „Rechnungsnummer“ fehlt'),
      expect.stringContaining('Zeile 4: die Angabe „Rechnungsdatum“ fehlt'),
      expect.stringContaining('Zeile 4: die Angabe „Rechnungssteller“ fehlt'),
    ]);
  });

  it.each([
    ['no row of headings', ['Rechnungsnummer;R-1'], 'invoice.entry-unreadable'],
    ['no line', [...head, headings], 'invoice.entry-unreadable'],
    ['two columns of one meaning', [...head, `${headings};Betrag`, `${line};1`], 'table.columns'],
    ['no VAT rate', [...head.slice(0, 3), headings, line], 'invoice.entry-rate-missing'],
    ['two values in a head row', [...head, 'Vertrag;RV-1;RV-2', headings, line], 'table.mistakes'],
  ])('has %s', async (_what, rows, code) => {
    await expect(csv(rows)).rejects.toMatchObject({ code, exitCode: 2 });
  });

  it.each([
    ['a day that does not exist', { ...entry, issueDate: '2021-02-30' }],
    ['another such day', { ...entry, deliveryDate: '2021-02-30' }],
    ['a number in place of a text', { ...entry, lines: [{ name: 'x', quantity: 1, price: '1' }] }],
    ['a member that nobody knows', { ...entry, nummer: 'R-1' }],
    ['no lines', { ...entry, lines: [] }],
    ['decimals with a comma', { ...entry, totals: { net: '1,00' } }],
  ])('as JSON has %s', async (_what, wrong) => {
    await expect(json(wrong)).rejects.toMatchObject({ code: 'document.invalid', exitCode: 2 });
  });
});

describe('the template', () => {
  it.each(['csv', 'json'])('as %s is empty, and tells what is missing', async (form) => {
    const path = join(folder, `vorlage.${form}`);
    const written = await runCli(['invoice', 'template', '--out', path, '--lang', 'de', '--json'], folder);
    expect(JSON.parse(written.stdout)).toMatchObject({ template: path, format: form });
    expect((await runCli(['invoice', 'show', path, '--lang', 'de'], folder)).exitCode).toBe(2);
  });

  it.each(['de', 'en'])('in %s is read once it is filled in', async (language) => {
    const path = join(folder, `${language}.csv`);
    await runCli(['invoice', 'template', '--out', path, '--lang', language], folder);
    const rows = readFileSync(path, 'utf8').split('\r\n');
    const fill = ['R-1', '2021-04-12', '', 'Scan GmbH', 'RV-1', '', '', '', '', '14 days 2 %', '', '19 %'];
    const filled = rows.map((row, index) => row + (fill[index] ?? '')).join('\r\n');
    const { invoice, findings } = await openInvoice(file(`${filled}1;page;;10;Seiten;0,10;\r\n`));
    expect(findings.map(({ code }) => code)).toEqual(['invoice.entry-computed']);
    expect(invoice).toMatchObject({ number: 'R-1', references: { contract: 'RV-1' }, totals: { gross: '1.19' } });
    expect(invoice.payment.discounts).toMatchObject([{ days: 14, percent: '2.00' }]);
  });

  it('says what it can be', async () => {
    const { exitCode, stderr } = await runCli(['invoice', 'template', '--out', 'x.doc', '--lang', 'de'], folder);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--format csv')]);
  });
});

describe('the sample county', () => {
  it.each(['paper.csv', 'paper.json'])('has its right invoice on paper, too: %s', async (name) => {
    const { invoice, findings } = await openInvoice(sampleFile('invoices', name));
    const { invoice: electronic } = await openInvoice(sampleFile('invoices', 'right.xml'));
    expect(findings.map(({ code }) => code)).toEqual(['invoice.entry-computed']);
    expect(invoice.totals).toEqual(electronic.totals);
    expect(invoice.references).toEqual(electronic.references);
  });
});
