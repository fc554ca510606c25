import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildReport } from '../../src/finance/reports.ts';
import { cellsOf, totalsOf } from '../../src/reporting/figures.ts';
import type { Cell, Report } from '../../src/reporting/model.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import {
  addBatch,
  addBudget,
  addCallOff,
  addContract,
  addDecision,
  createLedger,
  endCallOff,
  type Ledger,
  lotDocument,
} from '../support/ledger.ts';

let ledger: Ledger;
beforeEach(async () => {
  ledger = await createLedger();
});
afterEach(() => ledger.remove());

const on = (day: string) => day as CalendarDate;
const report = async (request = {}) => (await buildReport(ledger.workspace, 'cost-against-budget', request)).report;

/** Rows of a table as objects, computed columns included. */
function rows(of: Report, key: string): Record<string, Cell>[] {
  const table = of.tables.find((one) => one.key === key);
  if (!table) throw new Error(`no table ${key}`);
  return table.rows.map((row) => named(table.columns, cellsOf(table, row)));
}

function totals(of: Report, key: string): Record<string, Cell> {
  const table = of.tables.find((one) => one.key === key);
  return table ? named(table.columns, totalsOf(table) ?? []) : {};
}

function named(columns: readonly { key: string }[], cells: readonly Cell[]): Record<string, Cell> {
  return Object.fromEntries(columns.map(({ key }, index) => [key, cells[index] ?? null]));
}

/**
 * Two lots, two years. L1 of the public order office: EUR 0.10 a page, 0.50 a file. An opening balance of 20,000 pages
 * for EUR 2,000.00 on 2020-06-30; call-off A-1 of 2020 over 30,000 pages and 100 files, of which one batch is accepted in
 * December and one in January; A-2 of 2021. L2 of the social department: a call-off that is closed.
 */
async function twoYears(): Promise<void> {
  const openingBalances = [
    {
      performedOn: on('2020-06-30'),
      account: 'K1',
      costCentre: 'S1',
      pages: 20_000,
      net: '2000.00',
      source: 'Altakte',
    },
  ];
  const prices = [
    { key: 'page', title: 'Seite', unit: 'page', price: '0.10' },
    { key: 'file', title: 'Akte', unit: 'file', price: '0.50' },
    { key: 'box', title: 'Karton abholen', unit: 'box', price: '2.00' },
  ] as const;
  const social = lotDocument({
    key: 'L2',
    title: 'Sozialakten',
    department: 'Sozialamt',
    prices: [{ key: 'page', title: 'Seite', unit: 'page', price: '0.08' }],
  });
  const office = lotDocument({
    prices,
    openingBalances,
    estimate: { value: '9000.00' },
    maximum: { value: '10000.00' },
  });
  await addContract(ledger, { lots: [office, social], maximum: { value: '20000.00', pages: 500_000 } });
  await addBudget(
    ledger,
    { year: 2020, appropriation: '8000.00' },
    { year: 2021, appropriation: '5000.00', carryOver: '500.00' },
    { year: 2021, account: 'K2', costCentre: 'S2', department: 'Sozialamt', appropriation: '1000.00' },
  );
  await addCallOff(ledger, { number: 'A-1', on: '2020-10-01', pages: 30_000, files: 100, quantities: { box: 5000 } });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 2, millimetres: 1500 });
  await addDecision(ledger, { batch: 'B-1', on: '2020-12-15', files: [{ file: 0, pages: 10_000 }] });
  await addDecision(ledger, {
    batch: 'B-1',
    round: 2,
    on: '2021-01-12',
    decidedOn: '2021-01-20',
    files: [{ file: 1, pages: 5_000 }],
  });
  await addCallOff(ledger, { number: 'A-2', on: '2021-02-01', pages: 10_000 });
  const social2021 = { lot: 'L2', account: 'K2', costCentre: 'S2' };
  await addCallOff(ledger, { number: 'A-3', on: '2021-01-05', pages: 10_000, ...social2021 });
  await addBatch(ledger, { key: 'B-3', callOff: 'A-3', files: 3 });
  await addDecision(ledger, {
    batch: 'B-3',
    on: '2021-02-10',
    files: [
      { file: 0, pages: 4_000 },
      { file: 1, pages: 1_000 },
      { file: 2, pages: 999, rejected: true },
    ],
  });
  await endCallOff(ledger, 'A-3', '2021-02-20');
}

describe('the report of two years', () => {
  beforeEach(twoYears);

  it('sets accepted and committed against the funds of each year and account', async () => {
    // 2020: opening 2,000.00 + 16 % … no: 30 June bears 19 %: 2,380.00; B-1/1: 10,000 × 0.10 + 0.50 = 1,000.50 + 16 %
    // 160.08 = 1,160.58; together 3,540.58. A-1: 30,000 × 0.10 + 100 × 0.50 + 5 × 2.00 = 3,060.00 + 16 % = 3,549.60, less
    // 1,160.58, less B-1/2 in January: 500.50 + 19 % 95.10 (95.095) = 595.60: open 1,793.42.
    // 2021 K1: B-1/2 595.60; A-2: 1,000.00 + 19 % = 1,190.00. K2: 5,000 × 0.08 = 400.00 + 76.00 = 476.00, A-3 closed.
    expect(rows(await report(), 'overview')).toEqual([
      {
        year: 2020,
        account: 'K1',
        appropriation: 800_000,
        carryOver: 0,
        funds: 800_000,
        accrued: 354_058,
        committed: 179_342,
        used: 533_400,
        available: 266_600,
        share: 666_750,
      },
      {
        year: 2021,
        account: 'K1',
        appropriation: 500_000,
        carryOver: 50_000,
        funds: 550_000,
        accrued: 59_560,
        committed: 119_000,
        used: 178_560,
        available: 371_440,
        share: 324_655,
      },
      {
        year: 2021,
        account: 'K2',
        appropriation: 100_000,
        carryOver: 0,
        funds: 100_000,
        accrued: 47_600,
        committed: 0,
        used: 47_600,
        available: 52_400,
        share: 476_000,
      },
    ]);
    expect(totals(await report(), 'overview')).toMatchObject({
      accrued: 461_218,
      committed: 298_342,
      available: 690_440,
    });
  });

  it('lists every movement, by day of performance', async () => {
    const listed = rows(await report(), 'movements');
    expect(listed.map((row) => [row.performedOn, row.decidedOn, row.vatRate, row.net, row.vat, row.gross])).toEqual([
      ['2020-06-30', null, 190_000, 200_000, 38_000, 238_000],
      ['2020-12-15', '2020-12-15', 160_000, 100_050, 16_008, 116_058],
      ['2021-01-12', '2021-01-20', 190_000, 50_050, 9510, 59_560],
      ['2021-02-10', '2021-02-10', 190_000, 40_000, 7600, 47_600],
    ]);
    expect(listed[0]).toMatchObject({ kind: { de: 'Anfangsbestand' }, callOff: null, files: null, source: 'Altakte' });
    expect(listed[2]).toMatchObject({ kind: { de: 'Abnahme' }, callOff: 'A-1', batch: 'B-1', round: 2, year: 2021 });
  });

  it('sets consumption over the term against estimate and maximum, in the value basis of the contract', async () => {
    // L1 net: opening 2,000.00 + A-1 3,060.00 + A-2 1,000.00 (0 files); L2: of the closed A-3 only 400.00 accepted.
    expect(rows(await report(), 'limits')).toMatchObject([
      {
        lot: { en: 'all lots' },
        estimate: null,
        consumed: 646_000,
        maximum: 2_000_000,
        share: 323_000,
        consumedPages: 65_000,
      },
      { lot: 'L1', basis: { en: 'net' }, estimate: 900_000, consumed: 606_000, maximum: 1_000_000, share: 606_000 },
      { lot: 'L2', consumed: 40_000, maximum: null, share: null, consumedPages: 5000, maximumPages: null },
    ]);
  });

  it('tells what a page, a file and a metre cost, of what is known of them', async () => {
    const made = await report();
    // L1: 35,000 pages for 4,136.18 gross; the opening balance states neither files nor metres.
    expect(rows(made, 'cost-per-page')).toMatchObject([
      { lot: 'L1', pages: 35_000, net: 350_100, gross: 413_618, netPerPage: 100_000, grossPerPage: 118_200 },
      { lot: 'L2', pages: 5000, gross: 47_600, grossPerPage: 95_200 },
    ]);
    // 1,756.18 for 2 files; 476.00 for 2 files.
    expect(rows(made, 'cost-per-file')).toMatchObject([
      { lot: 'L1', files: 2, gross: 175_618, pagesPerFile: 7500, grossPerFile: 878_090_000 },
      { lot: 'L2', files: 2, gross: 47_600, pagesPerFile: 2500, grossPerFile: 238_000_000 },
    ]);
    // 15,000 pages of 1.5 metres; L2 was not measured.
    expect(rows(made, 'cost-per-metre')).toMatchObject([
      { lot: 'L1', metres: 1500, pages: 15_000, gross: 175_618, pagesPerMetre: 10_000, grossPerMetre: 1_170_790_000 },
    ]);
    const notes = made.notes.map(({ en }) => en).join('\n');
    expect(notes).toContain('Movements of unknown length: 2, together €2,856.00');
    expect(notes).toContain('Movements with an unknown number of files: 1, together €2,380.00');
  });

  it('shows what is still to come under open call-offs, and what acceptance will not count of it', async () => {
    const made = await report();
    expect(rows(made, 'commitments').map((row) => [row.callOff, row.ordered, row.accepted, row.open])).toEqual([
      ['A-1', 354_960, 175_618, 179_342],
      ['A-2', 119_000, 0, 119_000],
    ]);
    expect(made.notes.map(({ de }) => de).join(' ')).toContain(
      'Los L1 „Karton abholen“: 5 × Karton, 10,00\u00a0€ netto',
    );
    expect(rows(made, 'departments')).toMatchObject([
      { department: 'Ordnungsamt', pages: 35_000, net: 350_100, vat: 63_518, gross: 413_618, committed: 298_342 },
      { department: 'Sozialamt', pages: 5000, files: 2, gross: 47_600, committed: 0 },
    ]);
  });

  it('can be kept to a year', async () => {
    const made = await report({ year: 2021 });
    expect(made.subtitle?.de).toBe('Haushaltsjahr 2021');
    expect(rows(made, 'overview').map(({ account, accrued, committed }) => [account, accrued, committed])).toEqual([
      ['K1', 59_560, 119_000],
      ['K2', 47_600, 0],
    ]);
    expect(totals(made, 'movements')).toMatchObject({ pages: 10_000, gross: 107_160 });
    // Maxima hold for the term: they are not kept to the year.
    expect(rows(made, 'limits')[0]).toMatchObject({ consumed: 646_000 });
  });

  it('can be kept to a lot or department: others that charge the same budget lines are told apart', async () => {
    await addCallOff(ledger, { number: 'A-4', lot: 'L2', on: '2021-02-15', pages: 1000 });
    // 80.00 + 19 % = 95.20, charged to the line of the public order office.
    const made = await report({ lot: 'L1', year: 2021 });
    expect(rows(made, 'overview')).toMatchObject([
      { account: 'K1', accrued: 59_560, committed: 119_000, others: 9520, used: 188_080, available: 361_920 },
    ]);
    const social = await report({ department: 'SOZIALAMT' });
    expect(
      rows(social, 'accounts').map(({ year, account, committed, others }) => [year, account, committed, others]),
    ).toEqual([
      [2021, 'K1', 9520, 178_560],
      [2021, 'K2', 0, 0],
    ]);
    expect(social.notes.map(({ en }) => en).join()).toContain('"Charged by others"');
  });

  it('shows the books as they were at the end of a day', async () => {
    const made = await report({ asOf: on('2020-12-31') });
    expect(made.asOf).toBe('2020-12-31');
    expect(rows(made, 'overview').map(({ year, accrued, committed }) => [year, accrued, committed])).toEqual([
      [2020, 354_058, 354_960 - 116_058],
      [2021, 0, 0],
      [2021, 0, 0],
    ]);
    expect(made.notes.map(({ de }) => de).join()).toContain('Stand 31.12.2020');
  });

  it('draws the funds and maxima beside what is charged to them', async () => {
    const [budget, maxima] = (await report()).charts;
    expect(budget?.categories.map(({ de }) => de)).toEqual(['2020 · K1', '2021 · K1', '2021 · K2']);
    expect(budget?.series.map(({ key, values }) => [key, values])).toEqual([
      ['funds', [800_000, 550_000, 100_000]],
      ['accrued', [354_058, 59_560, 47_600]],
      ['committed', [179_342, 119_000, 0]],
    ]);
    // L2 has no maximum. Net: opening 2,000.00 + 1,000.50 + 500.50; ordered beyond that: 6,060.00 less these.
    expect(maxima?.series.map(({ key, values }) => [key, values])).toEqual([
      ['maximum', [1_000_000]],
      ['accepted', [350_100]],
      ['ordered', [255_900]],
    ]);
  });
});

describe('the report', () => {
  it('shows cost that no budget provides for, and says so', async () => {
    await addContract(ledger);
    await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 1000, account: 'K9' });
    const made = await report();
    expect(rows(made, 'accounts')).toMatchObject([
      {
        year: 2021,
        account: 'K9',
        title: { en: '(no appropriation)' },
        funds: 0,
        committed: 11_900,
        available: -11_900,
      },
    ]);
    expect(rows(made, 'overview')).toMatchObject([{ appropriation: null, available: -11_900, share: null }]);
    expect(made.notes.map(({ de }) => de)).toContain(
      'Ohne Haushaltsansatz belastet (Jahr · Konto · Kostenstelle): 2021 · K9 · S1.',
    );
  });

  it('can be made of an empty ledger', async () => {
    const made = await report();
    expect(made.facts.map(({ key, value }) => [key, value])).toContainEqual(['grossPerPage', null]);
    expect(made.charts).toEqual([]);
  });

  it.each([
    [{ year: 2019 }, 'report.unknown-year', '2021'],
    [{ lot: 'L9' }, 'lot.unknown', 'L1'],
    [{ department: 'Ordnungsamd' }, 'department.unknown', 'Ordnungsamt'],
  ])('refuses %j and tells what there is', async (request, code, known) => {
    await addContract(ledger);
    await addBudget(ledger, { year: 2021, appropriation: '1.00' });
    await expect(report(request)).rejects.toMatchObject({ code, remedy: { en: expect.stringContaining(known) } });
  });
});
