import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/shared/package.ts';
import {
  acceptPages,
  addBatch,
  addBudget,
  addCallOff,
  addContract,
  createLedger,
  type Ledger,
  lotDocument,
} from '../support/ledger.ts';
import { runCli } from '../support/run-cli.ts';

let ledger: Ledger;
let root: string;

/** 80 % of the lot's maximum is ordered, and a part of it accepted. */
beforeAll(async () => {
  ledger = await createLedger();
  root = ledger.root;
  const openingBalances = [
    {
      performedOn: '2020-08-31' as never,
      account: 'K1',
      costCentre: 'S1',
      pages: 1000,
      net: '100.00',
      source: 'Rechnung 7',
    },
  ];
  const office = lotDocument({ maximum: { value: '1000.00', pages: 20_000 }, openingBalances });
  await addContract(ledger, { lots: [office, lotDocument({ key: 'L2', title: 'Sozialakten' })], maximum: {} });
  await addBudget(ledger, { year: 2021, appropriation: '1000.00' });
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 7000, millimetres: 1250 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 1 });
  await acceptPages(ledger, 'B-1', '2021-02-01', 2000);
  await ledger.workspace.close();
});
afterAll(async () => ledger.remove());

const run = (...argv: string[]) => runCli([...argv, '--lang', 'de'], root);
const json = async (...argv: string[]) => {
  const { exitCode, stdout, stderr } = await run(...argv, '--json');
  expect([exitCode, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
};

describe('scanlot lot', () => {
  it('list shows orders, acceptances and maxima, and warns from 80 % on', async () => {
    const { lots, contracts } = await json('lot', 'list');
    expect(lots).toMatchObject([
      {
        contract: 'RV-1',
        key: 'L1',
        pages: { ordered: 7000, accepted: 2000, opening: 1000, consumed: 8000, estimate: null, maximum: 20_000 },
        runningMetres: { ordered: '1.25', maximum: null },
        value: { basis: 'net', ordered: '700.00', consumed: '800.00', maximum: '1000.00' },
        share: '0.800000',
        warnings: [{ measure: 'value', share: '0.800000', state: 'near' }],
      },
      { key: 'L2', share: null, warnings: [] },
    ]);
    expect(contracts).toMatchObject([{ number: 'RV-1', value: { consumed: '800.00', maximum: null } }]);
    const { stdout } = await run('lot', 'list');
    expect(stdout).toMatch(
      /^L1 +Ordnungsamt +Ordnungsamt +7\.000 +3\.000 +20\.000 +800,00\u00a0€ +1\.000,00\u00a0€ +80,0\u00a0%$/m,
    );
    expect(stdout).toContain('Los L1: 80,0\u00a0% des Höchstwerts beansprucht (800,00\u00a0€ von 1.000,00\u00a0€)');
  });

  it('show tells limits, prices, call-offs and opening balances', async () => {
    const shown = await json('lot', 'show', 'L1');
    expect(shown).toMatchObject({
      schema: 'urn:scanlot:schemas/lot-show-1',
      prices: [{ key: 'page', unit: 'page', price: '0.10', validFrom: null, validTo: null }],
      callOffs: [
        {
          number: 'A-1',
          pages: 7000,
          acceptedPages: 2000,
          gross: '833.00',
          acceptedGross: '238.00',
          openGross: '595.00',
        },
      ],
      openingBalances: [
        { performedOn: '2020-08-31', net: '100.00', vat: '16.00', gross: '116.00', runningMetres: null },
      ],
    });
    const { stdout } = await run('lot', 'show', 'RV-1/L1');
    expect(stdout).toMatch(/^beansprucht +8\.000 +1,25 m +800,00\u00a0€$/m);
    expect(stdout).toMatch(/^Anfangsbestand +1\.000 +– +100,00\u00a0€$/m);
    expect(stdout).toContain('Rechnung 7');
  });

  it('show refuses an unknown lot with the nearest', async () => {
    expect(await run('lot', 'show', 'L3')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Meinten Sie „L1“'),
    });
  });
});

describe('scanlot budget', () => {
  it('show sets charges against the lines, and warns of what is overdrawn', async () => {
    const { lines, totals } = await json('budget', 'show');
    expect(lines).toMatchObject([
      { fiscalYear: 2020, appropriation: null, funds: '0.00', accrued: '116.00', available: '-116.00' },
      { fiscalYear: 2021, appropriation: '1000.00', committed: '595.00', accrued: '238.00', available: '167.00' },
    ]);
    expect(totals).toEqual({
      funds: '1000.00',
      committed: '595.00',
      accrued: '354.00',
      invoiced: '0.00',
      paid: '0.00',
      available: '51.00',
    });
    expect((await run('budget', 'show')).stdout).toContain('Ohne Haushaltsansatz: 2020 · K1 · S1');
    expect((await json('budget', 'show', '--year', '2021')).lines).toHaveLength(1);
  });

  it('import tells what it did, and refuses mistakes with their place', async () => {
    const file = join(root, 'budget.csv');
    writeFileSync(file, 'Jahr;Konto;Kostenstelle;Amt;Ansatz;Frage\n2022;K1;S1;Ordnungsamt;500,00;?\n');
    expect((await run('budget', 'import', 'budget.csv')).stdout).toBe(
      'Haushaltsansätze: 1 neu, 0 geändert, 0 unverändert.\nNicht verwendete Spalten: Frage\n',
    );
    writeFileSync(file, 'Jahr;Konto;Kostenstelle;Amt;Ansatz\n2022;K1;S1;Ordnungsamt;600,00\n');
    expect(await json('budget', 'import', 'budget.csv')).toMatchObject({
      added: [],
      changed: [{ before: { appropriation: '500.00' }, after: { appropriation: '600.00' }, fields: ['appropriation'] }],
      table: { format: 'csv' },
    });
    writeFileSync(file, 'Jahr;Konto;Kostenstelle;Amt;Ansatz\n2022;K1;S1;Ordnungsamt;viel\n');
    const { exitCode, stderr } = await run('budget', 'import', 'budget.csv');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Zeile 2, Spalte „Ansatz“: „viel“')]);
  });
});

/** What the report's schema says against a document. */
function mistakesOf(document: unknown) {
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(packagePath('schemas', 'report-1.schema.json'), 'utf8')));
  validate(document);
  return validate.errors ?? null;
}

describe('scanlot report', () => {
  const name = 'cost-against-budget';

  it('writes into the outputs, named by report, day and selection, in every format asked for', async () => {
    const { stdout } = await run('report', name);
    expect(stdout).toBe(`Kosten gegen Haushalt: ${join(root, 'outputs', `${name}-2021-05-01.xlsx`)}\n`);
    const formats = ['xlsx', 'pdf', 'html', 'csv', 'json'].flatMap((format) => ['--format', format]);
    const written = await json('report', name, ...formats, '--as-of', '2021-03-31', '--year', '2021', '--lot', 'L1');
    expect(written).toMatchObject({ schema: 'urn:scanlot:schemas/report-written-1', report: name, asOf: '2021-03-31' });
    for (const { format, file, bytes } of written.files) {
      expect(file).toBe(join(root, 'outputs', `${name}-2021-03-31-year-2021-lot-L1.${format}`));
      expect(readFileSync(file)).toHaveLength(bytes);
    }
    expect(written.files).toHaveLength(5);
  });

  it('gives text on stdout, fitting its schema, with the same figures in all', async () => {
    const { stdout } = await run('report', name, '--format', 'json', '--out', '-');
    const document = JSON.parse(stdout);
    expect(mistakesOf(document)).toBeNull();
    const movements = document.tables.find(({ key }: { key: string }) => key === 'movements');
    expect(movements.totals).toMatchObject({ net: '300.00', vat: '54.00', gross: '354.00' });
    const csv = (await run('report', name, '--format', 'csv', '--table', 'movements', '--out', '-')).stdout;
    const gross = csv
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(';')[15]);
    expect(gross).toEqual(['116,00', '238,00']);
    const inside = await json('report', name, '--format', 'html', '--out', '-');
    expect(inside.files).toMatchObject([
      { format: 'html', file: null, content: expect.stringContaining('354,00\u00a0€') },
    ]);
  });

  it('writes to a file or into a folder of the own choice', async () => {
    mkdirSync(join(root, 'mine'));
    await json('report', name, '--format', 'json', '--out', 'mine/kosten.json');
    await json('report', name, '--format', 'csv', '--format', 'html', '--table', 'lots', '--out', 'mine');
    expect(readdirSync(join(root, 'mine')).sort()).toEqual([
      `${name}-2021-05-01-lots.csv`,
      `${name}-2021-05-01.html`,
      'kosten.json',
    ]);
  });

  it.each([
    [[], 'Welcher Bericht?'],
    [['cost-agains-budget'], `Meinten Sie „${'cost-against-budget'}“?`],
    [['constructor'], 'Den Bericht „constructor“ gibt es nicht.'],
    [[name, '--format', 'odt'], '--format: „odt“ passt nicht.'],
    [[name, '--format', 'docx'], 'hat keine Vorlage für DOCX'],
    [[name, '--out', '-'], 'Auf stdout passt ein einzelnes Textformat.'],
    [[name, '--format', 'csv', '--format', 'json', '--out', '-'], 'Auf stdout passt ein einzelnes Textformat.'],
    [[name, '--format', 'csv', '--format', 'json', '--out', 'x.csv'], 'Mehrere Formate passen nicht in eine Datei.'],
    [[name, '--table', 'lots'], '--table wählt die Tabelle für CSV'],
    [[name, '--format', 'csv', '--table', 'lot'], 'hat keine Tabelle „lot“'],
    [[name, '--year', '2019'], 'Zum Haushaltsjahr 2019 ist nichts erfasst'],
    [[name, '--as-of', 'gestern'], '--as-of: „gestern“ passt nicht.'],
    [[name, '--format', 'json', '--out', 'nowhere/x.json'], 'konnte nicht geschrieben werden'],
  ])('refuses %j with a clear error, and writes nothing', async (argv, message) => {
    const before = readdirSync(join(root, 'outputs'));
    const { exitCode, stdout, stderr } = await run('report', ...argv);
    expect(stderr).toContain(message);
    expect([exitCode >= 2, stdout]).toEqual([true, '']);
    expect(readdirSync(join(root, 'outputs'))).toEqual(before);
    expect(existsSync(join(root, 'x.csv'))).toBe(false);
  });
});
