import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/finance/reports.ts';
import { cellsOf, totalsOf } from '../../../src/reporting/figures.ts';
import type { Cell, Report } from '../../../src/reporting/model.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';
import {
  addBatch,
  addCallOff,
  addContract,
  addDecision,
  createLedger,
  type Ledger,
  lotDocument,
} from '../../support/ledger.ts';
import { createReportCounty } from '../../support/report-county.ts';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await createReportCounty();
});
afterAll(() => ledger.remove());

const asOf = '2021-03-31' as CalendarDate;
const built = async (name: string, request = {}) =>
  (await buildReport(ledger.workspace, name, { asOf, ...request })).report;

function table(report: Report, key: string) {
  const found = report.tables.find((one) => one.key === key);
  if (!found) throw new Error(`no table ${key}`);
  return found;
}

/** Some cells of each row, German where they are translated. */
function cells(report: Report, key: string, ...columns: readonly string[]): (string | number | null)[][] {
  const { columns: all } = table(report, key);
  const pick = (row: readonly Cell[]) =>
    columns.map((column) => {
      const cell = row[all.findIndex((one) => one.key === column)] ?? null;
      return typeof cell === 'object' && cell !== null ? cell.de : cell;
    });
  return table(report, key).rows.map((row) => pick(cellsOf(table(report, key), row)));
}

const total = (report: Report, key: string, column: string) =>
  totalsOf(table(report, key))?.[table(report, key).columns.findIndex((one) => one.key === column)];
const fact = (report: Report, key: string) => report.facts.find((one) => one.key === key)?.value;

describe('cost against budget', () => {
  it('follows each line through all stages; the credit note reduces what is invoiced', async () => {
    const report = await built('cost-against-budget');
    // 2020: A-1 3,480.00 ordered, less 1,160.00 and 595.00 = 1,725.00 committed. 2021 K1: 595.00 + 952.00 = 1,547.00;
    // invoiced 595.00 + 952.00 − 59.50 = 1,487.50; A-2 2,380.00 − 952.00 = 1,428.00. K2: 476.00; A-3 952.00 − 476.00.
    expect(
      cells(
        report,
        'stages',
        'year',
        'account',
        'funds',
        'committed',
        'accrued',
        'invoiced',
        'paid',
        'available',
        'light',
      ),
    ).toEqual([
      [2020, 'K1', 500_000, 172_500, 116_000, 116_000, 116_000, 211_500, 'grün'],
      [2021, 'K1', 680_000, 142_800, 154_700, 148_750, 0, 382_500, 'grün'],
      [2021, 'K2', 300_000, 47_600, 47_600, 0, 0, 204_800, 'grün'],
    ]);
  });

  it('tells months, and each year beside the year before', async () => {
    const report = await built('cost-against-budget');
    expect(cells(report, 'months', 'month', 'pages', 'accrued', 'invoiced', 'paid')).toEqual([
      ['2020-12', 10_000, 116_000, 0, 0],
      ['2021-01', 5000, 59_500, 116_000, 0],
      ['2021-02', 5000, 47_600, 59_500, 116_000],
      // 952.00 − 59.50
      ['2021-03', 8000, 95_200, 89_250, 0],
    ]);
    expect(cells(report, 'years', 'year', 'account', 'accruedBefore', 'accrued', 'change')).toEqual([
      [2020, 'K1', null, 116_000, 116_000],
      [2021, 'K1', 116_000, 154_700, 38_700],
      [2021, 'K2', null, 47_600, 47_600],
    ]);
  });

  it('adds up to the same, however it is divided', async () => {
    const report = await built('cost-against-budget');
    for (const column of ['committed', 'accrued', 'invoiced', 'paid']) {
      expect([column, total(report, 'breakdown', column)]).toEqual([column, total(report, 'stages', column)]);
    }
    expect(total(report, 'breakdown', 'accrued')).toBe(total(report, 'overview', 'accrued'));
    expect(total(report, 'months', 'invoiced')).toBe(total(report, 'stages', 'invoiced'));
  });

  it('shows an earlier day: neither the credit note nor what was invoiced later', async () => {
    const report = await built('cost-against-budget', { asOf: '2021-02-28' });
    expect(cells(report, 'stages', 'year', 'account', 'accrued', 'invoiced', 'paid')).toEqual([
      [2020, 'K1', 116_000, 116_000, 116_000],
      [2021, 'K1', 59_500, 59_500, 0],
      [2021, 'K2', 47_600, 0, 0],
    ]);
  });

  it('is limited to a period, a lot, a department', async () => {
    const january = await built('cost-against-budget', { from: '2021-01-01', to: '2021-01-31' });
    expect(cells(january, 'months', 'month', 'accrued')).toEqual([
      ['2021-01', 59_500],
      // What was performed in January was approved in February.
      ['2021-02', 0],
    ]);
    const social = await built('cost-against-budget', { lot: 'L2' });
    expect(total(social, 'breakdown', 'accrued')).toBe(47_600);
    const office = await built('cost-against-budget', { department: 'ordnungsamt' });
    expect(total(office, 'breakdown', 'accrued')).toBe(270_700);
    // However it is chosen, all tables are about the same budget lines.
    for (const report of [social, office]) {
      expect(total(report, 'stages', 'funds')).toBe(total(report, 'overview', 'funds'));
      expect(total(report, 'breakdown', 'appropriation')).toBe(total(report, 'overview', 'appropriation'));
    }
  });
});

describe('open items', () => {
  it('are listed in each stage with their age', async () => {
    // B-3: 3,500 × 0.10 = 350.00 + 66.50. B-2: 500 pages credited by G-1: 50.00 + 9.50. B-4: 5,000 less 2,000 reserved by
    // 3,000 × 0.08 = 240.00 + 45.60.
    expect(cells(await built('open-items'), 'items', 'stageName', 'subject', 'days', 'pages', 'net', 'gross')).toEqual([
      ['1 nicht abgenommen', 'B-3/1', 11, 3500, 35_000, 41_650],
      ['2 nicht berechnet', 'B-4/1', 49, 3000, 24_000, 28_560],
      ['2 nicht berechnet', 'B-2/1', 30, 500, 5000, 5950],
      ['3 nicht freigegeben', 'R-4', 11, null, 16_000, 19_040],
      ['4 nicht bezahlt', 'R-2', 49, null, 50_000, 59_500],
      ['4 nicht bezahlt', 'R-3', 21, null, 80_000, 95_200],
      ['4 nicht bezahlt', 'G-1', 16, null, -5000, -5950],
    ]);
  });

  it('show an earlier day as it was', async () => {
    const items = cells(await built('open-items', { asOf: '2021-03-05' }), 'items', 'subject', 'gross');
    // B-2 is not invoiced yet, B-3 not delivered, R-4 and G-1 not there; R-2 is approved and not paid.
    expect(items).toEqual([
      ['B-4/1', 47_600],
      ['B-2/1', 95_200],
      ['R-2', 59_500],
    ]);
  });

  it('of a lot are those that bill it', async () => {
    const items = cells(await built('open-items', { lot: 'L2' }), 'items', 'subject');
    expect(items).toEqual([['B-4/1'], ['R-4']]);
  });
});

describe('contract utilisation', () => {
  it('counts consumed against the maximum and tells when it will be reached', async () => {
    const report = await built('contract-utilisation');
    // L1: A-1 3,000.00 and A-2 2,000.00 as ordered; accepted 2,300.00 in 197 days (since three months before the first
    // acceptance): 12,700.00 more take ⌈12,700 × 197 ÷ 2,300⌉ = 1,088 days.
    expect(
      cells(report, 'value', 'lot', 'acceptedValue', 'consumedValue', 'maximumValue', 'ofMaximum', 'light'),
    ).toEqual([
      [null, 270_000, 580_000, 2_000_000, 290_000, 'grün'],
      ['L1', 230_000, 500_000, 1_500_000, 333_333, 'grün'],
      ['L2', 40_000, 80_000, 500_000, 160_000, 'grün'],
    ]);
    expect(cells(report, 'reach', 'lot', 'valueReachedOn')).toContainEqual(['L1', '2024-03-23']);
    expect(cells(report, 'quantity', 'lot', 'light')).toContainEqual(['L2', null]);
  });
});

describe('unit costs', () => {
  it('are told by lot, department and vendor, with pages per metre against the estimate', async () => {
    const report = await built('unit-costs');
    expect(cells(report, 'per-page', 'lot', 'department', 'pages', 'gross', 'grossPerPage')).toEqual([
      // 2,707.00 ÷ 23,000
      ['L1', 'Ordnungsamt', 23_000, 270_700, 117_700],
      ['L2', 'Sozialamt', 5000, 47_600, 95_200],
    ]);
    expect(cells(report, 'per-vendor', 'vendor', 'pages', 'net')).toEqual([['Scan GmbH', 28_000, 270_000]]);
    // B-1: 2 of 4 files on 4 m; B-4: both files on 1 m. Estimated 120,000 ÷ 20 m and 50,000 ÷ 10 m.
    expect(cells(report, 'density', 'lot', 'estimated', 'measuredPages', 'measuredMillimetres', 'counted')).toEqual([
      ['L1', 6000, 15_000, 2000, 7500],
      ['L2', 5000, 5000, 1000, 5000],
    ]);
  });

  it('re-estimate what is still on the shelf', async () => {
    // OA-1: 10 m × 7,500; 75,000 × 2,707.00 ÷ 23,000 = 8,827.17. SO-1: 8 m × 5,000; 40,000 × 476.00 ÷ 5,000.
    expect(
      cells(
        await built('unit-costs'),
        'shelf',
        'holding',
        'estimatedPages',
        'reestimatedPages',
        'difference',
        'reestimatedGross',
      ),
    ).toEqual([
      ['OA-1', 60_000, 75_000, 15_000, 882_717],
      ['SO-1', 48_000, 40_000, -8000, 380_800],
    ]);
  });
});

describe('the forecast', () => {
  it('carries the pace of each account on to the end of the year, with a range', async () => {
    // K1: 2,707.00 in the 197 days since 15 September 2020; 275 days are left: 3,778.81. Slowest quarter 1,160.00 in 92
    // days: 3,467.39; fastest 1,547.00 in 90 days: 4,726.94.
    expect(
      cells(await built('forecast'), 'year-end', 'account', 'accrued', 'further', 'low', 'expected', 'high'),
    ).toContainEqual(['K1', 154_700, 377_881, 154_700 + 346_739, 154_700 + 377_881, 154_700 + 472_694]);
  });

  it('lists its assumptions once each', async () => {
    const notes = (await built('forecast')).notes.map(({ de }) => de);
    expect(notes.filter((note) => note.startsWith('Annahme Tempo'))).toHaveLength(1);
    expect(new Set(notes).size).toBe(notes.length);
  });

  it('expects nothing more of a year that is over', async () => {
    expect(cells(await built('forecast', { year: 2020 }), 'year-end', 'further', 'expected')).toEqual([[0, 116_000]]);
  });
});

describe('postings', () => {
  it('are the approved invoices by budget line, credit notes negative', async () => {
    const report = await built('invoice-postings');
    expect(cells(report, 'postings', 'invoice', 'year', 'account', 'net', 'vatRate', 'vat', 'gross')).toEqual([
      ['R-1', 2020, 'K1', 100_000, 160_000, 16_000, 116_000],
      ['R-2', 2021, 'K1', 50_000, 190_000, 9500, 59_500],
      ['R-3', 2021, 'K1', 80_000, 190_000, 15_200, 95_200],
      ['G-1', 2021, 'K1', -5000, 190_000, -950, -5950],
    ]);
    expect(fact(report, 'gross')).toBe(264_750);
  });
});

describe('the status report', () => {
  it('tells progress, cost and what comes next', async () => {
    const report = await built('status-report');
    expect(fact(report, 'pages')).toBe(28_000);
    // 28,000 of 170,000
    expect(fact(report, 'progress')).toBe(164_706);
    expect(cells(report, 'next', 'callOff', 'gross')).toEqual([
      ['A-1', 172_500],
      ['A-3', 47_600],
      ['A-2', 142_800],
    ]);
  });
});

it('a maximum that was reached is told with the day on which it was', async () => {
  const own = await createLedger();
  await addContract(own, { lots: [lotDocument({ maximum: { pages: 100 } })] });
  await addCallOff(own, { number: 'A-1', on: '2021-01-02', pages: 100 });
  await addBatch(own, { key: 'B-1', callOff: 'A-1', files: 3 });
  await addDecision(own, { batch: 'B-1', on: '2021-01-05', files: [{ file: 0, pages: 60 }] });
  await addDecision(own, { batch: 'B-1', round: 2, on: '2021-02-10', files: [{ file: 1, pages: 40 }] });
  await addDecision(own, { batch: 'B-1', round: 3, on: '2021-02-20', files: [{ file: 2, pages: 5 }] });
  const { report } = await buildReport(own.workspace, 'contract-utilisation', {});
  expect(cells(report, 'reach', 'lot', 'pagesReachedOn', 'valueReachedOn')).toEqual([
    [null, null, null],
    ['L1', '2021-02-10', null],
  ]);
  expect(cells(report, 'quantity', 'lot', 'light')).toEqual([
    [null, null],
    ['L1', 'rot !!'],
  ]);
  await own.remove();
});
