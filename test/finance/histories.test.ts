import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceLedger } from '../../src/finance/accepted.ts';
import { consume } from '../../src/finance/consumption.ts';
import type { Books, Selection } from '../../src/finance/cost-report/costs.ts';
import { costReportOf } from '../../src/finance/cost-report.ts';
import { cellsOf, columnIndex, totalsOf } from '../../src/reporting/figures.ts';
import type { Report } from '../../src/reporting/model.ts';
import { type CalendarDate, yearOf } from '../../src/shared/dates.ts';
import { verbatim } from '../../src/shared/language.ts';
import { randomBooks } from './random-books.ts';

const origin = {
  asOf: '2022-12-31' as CalendarDate,
  generatedAt: '2023-01-02T08:00:00.000Z',
  source: verbatim('test'),
};
const reportOf = (books: Books, selection: Selection = {}) => costReportOf(books, selection, origin);

function tableOf(report: Report, key: string) {
  const table = report.tables.find((one) => one.key === key);
  if (!table) throw new Error(`no table ${key}`);
  return table;
}

/** The total of a column, 0 for a table without rows; it is the sum of what the cells show, and empty if they are. */
function total(report: Report, key: string, column: string): number {
  const table = tableOf(report, key);
  const index = columnIndex(table.columns, column);
  const known = table.rows
    .map((row) => cellsOf(table, row)[index])
    .filter((cell) => cell !== null && cell !== undefined);
  const sum = known.reduce((so: number, cell) => so + Number(cell), 0);
  const totals = totalsOf(table);
  if (totals) expect(totals[index]).toBe(known.length === 0 ? null : sum);
  return sum;
}

const factOf = (report: Report, key: string) => report.facts.find((fact) => fact.key === key)?.value;

/** Everything, or what a reader may choose. */
const selections = (books: Books): Selection[] => [
  {},
  { year: 2021 },
  ...books.ledger.lots.map((lot) => ({ lot })),
  { department: 'Sozialamt' },
  { department: 'Sozialamt', year: 2020, lot: books.ledger.lots[0] },
];

const property = (check: (books: Books, selection: Selection) => void) =>
  fc.assert(
    fc.property(randomBooks, fc.nat(), (books, choice) => {
      const choices = selections(books);
      check(books, choices[choice % choices.length] ?? {});
    }),
    { numRuns: 80 },
  );

describe('in any history', () => {
  it('the movements are the cost in every table, whatever is chosen', () => {
    property((books, selection) => {
      const report = reportOf(books, selection);
      const gross = total(report, 'movements', 'gross');
      expect(total(report, 'movements', 'net') + total(report, 'movements', 'vat')).toBe(gross);
      for (const [table, column] of [
        ['overview', 'accrued'],
        ['accounts', 'accrued'],
        ['lots', 'acceptedGross'],
        ['departments', 'gross'],
      ] as const) {
        expect([table, total(report, table, column)]).toEqual([table, gross]);
      }
      expect(factOf(report, 'accrued')).toBe(gross);
      expect(total(report, 'lots', 'acceptedPages')).toBe(total(report, 'movements', 'pages'));
      expect(total(report, 'departments', 'pages')).toBe(total(report, 'movements', 'pages'));
    });
  });

  it('the open call-offs are what is committed in every table, whatever is chosen', () => {
    property((books, selection) => {
      const report = reportOf(books, selection);
      const open = total(report, 'commitments', 'open');
      expect(total(report, 'overview', 'committed')).toBe(open);
      expect(total(report, 'accounts', 'committed')).toBe(open);
      expect(total(report, 'departments', 'committed')).toBe(open);
    });
  });

  it('the funds less every charge are what is available, in every row and in all', () => {
    property((books, selection) => {
      const report = reportOf(books, selection);
      const funds = total(report, 'overview', 'appropriation') + total(report, 'overview', 'carryOver');
      expect(total(report, 'overview', 'funds')).toBe(funds);
      expect(total(report, 'accounts', 'funds')).toBe(funds);
      const available = total(report, 'overview', 'available');
      expect(available).toBe(funds - total(report, 'overview', 'used'));
      expect(total(report, 'accounts', 'available')).toBe(available);
      expect(factOf(report, 'available')).toBe(available);
    });
  });

  it('the lots, the departments and the years are parts that add up to the whole', () => {
    property((books) => {
      const whole = reportOf(books);
      const departments = [...new Set([...books.ledger.lots, ...books.ledger.callOffs].map((one) => one.department))];
      const partitions: Selection[][] = [
        books.ledger.lots.map((lot) => ({ lot })),
        departments.map((department) => ({ department })),
        [2020, 2021, 2022].map((year) => ({ year })),
      ];
      for (const parts of partitions) {
        const reports = parts.map((selection) => reportOf(books, selection));
        for (const [table, column] of [
          ['movements', 'gross'],
          ['movements', 'pages'],
          ['overview', 'accrued'],
          ['overview', 'committed'],
          ['cost-per-metre', 'metres'],
        ] as const) {
          const sum = reports.reduce((so, report) => so + total(report, table, column), 0);
          expect(sum).toBe(total(whole, table, column));
        }
      }
    });
  });

  it('what others charge is what the selection leaves of all charges to the same lines', () => {
    property((books) => {
      const whole = tableOf(reportOf(books), 'accounts');
      const key = (row: (typeof whole.rows)[number]) => `${row.year} ${row.account} ${row.costCentre}`;
      const charged = new Map(whole.rows.map((row) => [key(row), Number(row.accrued) + Number(row.committed)]));
      for (const lot of books.ledger.lots) {
        for (const row of tableOf(reportOf(books, { lot }), 'accounts').rows) {
          expect(Number(row.accrued) + Number(row.committed) + Number(row.others)).toBe(charged.get(key(row)));
        }
      }
    });
  });

  it('the order of decisions changes no amount', () => {
    property((books) => {
      const reversed = { ...books, ledger: { ...books.ledger, accepted: [...books.ledger.accepted].reverse() } };
      const [one, other] = [reportOf(books), reportOf(reversed)];
      for (const column of ['net', 'vat', 'gross', 'pages']) {
        expect(total(other, 'movements', column)).toBe(total(one, 'movements', column));
      }
      expect(tableOf(other, 'overview').rows).toEqual(tableOf(one, 'overview').rows);
    });
  });

  it('a shelf is shared out among acceptances without a millimetre more or less', () => {
    property((books) => {
      const services = priceLedger(books.ledger);
      for (const { batch, batchId, batchFiles, batchMillimetres } of books.ledger.accepted) {
        if (batchMillimetres === null) continue;
        const own = services.filter((service) => service.kind === 'acceptance' && service.batch === batch);
        const shared = own.reduce((sum, { millimetres }) => sum + (millimetres ?? 0), 0);
        const files = own.reduce((sum, service) => sum + service.files, 0);
        expect([batchId, shared]).toEqual([batchId, Math.round((batchMillimetres * files) / batchFiles)]);
      }
    });
  });

  it('a maximum is charged with at least what was accepted, and with no less than open orders', () => {
    property((books) => {
      const { lots, contracts } = consume(books.ledger, priceLedger(books.ledger));
      for (const { lot, accepted, opening, consumed, consumedValue } of lots.values()) {
        expect(consumed.pages).toBeGreaterThanOrEqual(accepted.pages + opening.pages);
        expect(consumed.gross).toBeGreaterThanOrEqual(accepted.gross + opening.gross);
        const open = books.ledger.callOffs.filter(({ lotId, closedOn }) => lotId === lot.id && closedOn === null);
        expect(consumed.net).toBeGreaterThanOrEqual(open.reduce((sum, { net }) => sum + net, 0) + opening.net);
        expect(consumedValue).toBe(consumed[lot.contract.valueBasis]);
      }
      for (const [id, contract] of contracts) {
        const own = [...lots.values()].filter(({ lot }) => lot.contract.id === id);
        expect(contract.consumedValue).toBe(own.reduce((sum, usage) => sum + usage.consumedValue, 0));
      }
    });
  });

  it('each movement belongs to the year of its performance and bears the rate of that day', () => {
    property((books) => {
      for (const row of tableOf(reportOf(books), 'movements').rows) {
        const day = row.performedOn as CalendarDate;
        expect(row.year).toBe(yearOf(day));
        expect(row.vatRate).toBe(day >= '2020-07-01' && day <= '2020-12-31' ? 160_000 : 190_000);
      }
    });
  });
});
