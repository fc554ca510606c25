import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import exceljs from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAudit } from '../../src/audit/list.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { importBudget } from '../../src/finance/budget-import.ts';
import { selectBudgetLines } from '../../src/finance/budget-store.ts';
import { UsageError } from '../../src/shared/errors.ts';
import { createLedger, type Ledger } from '../support/ledger.ts';

let ledger: Ledger;
beforeEach(async () => {
  ledger = await createLedger();
});
afterEach(() => ledger.remove());

function read(content: string, name = 'budget.csv') {
  const path = join(ledger.root, name);
  writeFileSync(path, content);
  return importBudget(ledger.workspace, path);
}

async function refusal(content: string, name?: string): Promise<UsageError> {
  const error = await read(content, name).catch((cause: unknown) => cause);
  if (error instanceof UsageError) return error;
  throw new Error('the budget was not refused');
}

const lines = () => selectBudgetLines(ledger.workspace.db);
const head = 'Haushaltsjahr;Produktsachkonto;Kostenstelle;Amt;Bezeichnung;Ansatz;Ermächtigungsübertragung';

const line2021 = {
  fiscalYear: 2021,
  account: '12210.527100',
  costCentre: '3210',
  department: 'Ordnungsamt',
  title: 'Digitalisierung',
  appropriation: 26_000_000,
  carryOver: 1_234_567,
};

describe('a budget', () => {
  it.each([
    ['German', `${head}\n2021;12210.527100;3210;Ordnungsamt;Digitalisierung;260.000,00 €;12.345,67\n`],
    [
      'English',
      'fiscal year,account,cost centre,department,title,appropriation,carry-over\n2021,12210.527100,3210,Ordnungsamt,Digitalisierung,"260,000.00",12345.67\n',
    ],
    [
      'a finance system',
      'HHJ;PSK;KSt;Fachbereich;Text;Planansatz (EUR);Haushaltsrest\n2021;12210.527100;3210;Ordnungsamt;Digitalisierung;260000;12345,67\n',
    ],
  ])('is read from a table with the headings of %s', async (_of, csv) => {
    expect(await read(csv)).toMatchObject({ added: [line2021], changed: [], unchanged: [], absent: [], ignored: [] });
    expect(await lines()).toEqual([line2021]);
  });

  it('is read from JSON and from YAML', async () => {
    const document = {
      lines: [
        {
          fiscalYear: 2021,
          account: '12210.527100',
          costCentre: '3210',
          department: 'Ordnungsamt',
          title: 'Digitalisierung',
          appropriation: '260000.00',
          carryOver: '12345.67',
        },
      ],
    };
    expect(await read(JSON.stringify(document), 'budget.json')).toMatchObject({ added: [line2021] });
    const yaml = `lines:\n  - { fiscalYear: 2021, account: "12210.527100", costCentre: "3210", department: Ordnungsamt, title: Digitalisierung, appropriation: "260000.00", carryOver: "12345.67" }\n`;
    expect(await read(yaml, 'budget.yaml')).toMatchObject({ added: [], unchanged: [line2021] });
  });

  it('is read from a workbook; an account that was stored as a number is refused, for its zeros are lost', async () => {
    const workbook = new exceljs.Workbook();
    const sheet = workbook.addWorksheet('Ansätze');
    sheet.addRow(head.split(';'));
    sheet.addRow([2021, '12210.527100', 3210, 'Ordnungsamt', 'Digitalisierung', 260_000, 12_345.67]);
    const path = join(ledger.root, 'budget.xlsx');
    await workbook.xlsx.writeFile(path);
    expect(await importBudget(ledger.workspace, path)).toMatchObject({ added: [line2021] });
    sheet.addRow([2022, 12210.5271, 3210, 'Ordnungsamt', '', 1, null]);
    await workbook.xlsx.writeFile(path);
    await expect(importBudget(ledger.workspace, path)).rejects.toMatchObject({
      details: [
        { de: expect.stringMatching(/^Zeile 3, Spalte „Produktsachkonto“: „12210\.5271“; erwartet: ein Text/) },
      ],
    });
  });

  it('updates by year, account and cost centre, tells what differs, and deletes nothing', async () => {
    await read(`${head}\n2021;K1;S1;A;x;100;0\n2021;K1;S2;A;x;200;0\n2021;K2;S1;A;x;300;0\n2020;K1;S1;A;x;400;0\n`);
    const told = await read(`${head}\n2021;K1;S2;A;x;250;10\n2021;K2;S1;A;x;300;\n2021;K3;S1;B;y;1;0\n`);
    expect(told.added.map(({ account }) => account)).toEqual(['K3']);
    expect(told.changed).toMatchObject([
      { line: { costCentre: 'S2' }, before: { appropriation: 20_000 }, fields: ['appropriation', 'carryOver'] },
    ]);
    expect(told.unchanged.map(({ account }) => account)).toEqual(['K2']);
    // The line of 2020 is of no year in the file: nothing is said about it.
    expect(told.absent).toMatchObject([{ fiscalYear: 2021, account: 'K1', costCentre: 'S1' }]);
    expect((await lines()).map((line) => [line.fiscalYear, line.account, line.costCentre, line.appropriation])).toEqual(
      [
        [2020, 'K1', 'S1', 40_000],
        [2021, 'K1', 'S1', 10_000],
        [2021, 'K1', 'S2', 25_000],
        [2021, 'K2', 'S1', 30_000],
        [2021, 'K3', 'S1', 100],
      ],
    );
  });

  it('leaves an audit entry for each line that is new or differs, and none else', async () => {
    await read(`${head}\n2021;K1;S1;A;x;100;0\n`);
    await read(`${head}\n2021;K1;S1;A;x;150;0\n`);
    await read(`${head}\n2021;K1;S1;A;x;150;0\n`);
    const entries = await listAudit(ledger.workspace, { limit: 10 });
    expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
      ['budget-line.changed', 'budget/2021/K1/S1'],
      ['budget-line.added', 'budget/2021/K1/S1'],
    ]);
    expect(entries[0]).toMatchObject({ before: { appropriation: '100.00' }, after: { appropriation: '150.00' } });
    expect((await verifyAudit(ledger.workspace)).breaks).toEqual([]);
  });

  it('with mistakes changes nothing, and all of them are told at once', async () => {
    const table = await refusal(
      `${head}\n21;K1;S1;A;x;100;0\n2021;;S1;A;x;-5;0\n2021;K1;S1;A;x;1,005;viel\n2021;K2;S1;A;x;1;0\n2021;K2;S1;B;y;2;0\n`,
    );
    expect(table.details.map(({ de }) => de)).toEqual([
      'Zeile 2, Spalte „Haushaltsjahr“: „21“; erwartet: ein Jahr wie 2021',
      'Zeile 3, Spalte „Produktsachkonto“: leer; erwartet: ein Wert',
      'Zeile 3, Spalte „Ansatz“: „-5“; erwartet: ein Betrag ab 0,00',
      expect.stringMatching(/^Zeile 4, Spalte „Ansatz“: „1,005“/),
      'Zeile 4, Spalte „Ermächtigungsübertragung“: „viel“; erwartet: ein Betrag wie 1234,56',
      'Zeile 6, Spalte „Produktsachkonto“: „K2“; erwartet: je Jahr, Konto und Kostenstelle eine Zeile (dieselben stehen schon in Zeile 5)',
    ]);
    const one = { fiscalYear: 2021, account: 'K', costCentre: 'S', department: 'A', appropriation: '1.00' };
    const document = await refusal(
      JSON.stringify({
        lines: [
          { ...one, appropriation: '1,00', fiscalYear: '2021' },
          { ...one, carryover: '1.00' },
        ],
      }),
      'budget.json',
    );
    expect(document.details).toHaveLength(3);
    expect(document.details.map(({ en }) => en).join()).toContain('did you mean "carryOver"');
    const twice = await refusal(JSON.stringify({ lines: [one, { ...one, title: 'x' }] }), 'budget.json');
    expect(twice.details[0]?.de).toBe('lines.0 und lines.1: 2021 · K · S steht zweimal da');
    expect(await lines()).toEqual([]);
  });

  it('lacks a column: the nearest heading is named', async () => {
    const error = await refusal('Jahr;Konto;Kostenstele;Amt;Ansatz\n2021;K;S;A;1\n');
    expect(error.details[0]?.de).toContain('Ist „Kostenstele“ gemeint?');
  });
});
