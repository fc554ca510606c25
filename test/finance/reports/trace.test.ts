import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TracedFile, tracedFiles, traceReport } from '../../../src/finance/report-trace.ts';
import { buildReport, listReports, type WorkspaceReport } from '../../../src/finance/reports.ts';
import { sumsOf, type TracePart } from '../../../src/reporting/definition/trace.ts';
import type { Column, ReportTable } from '../../../src/reporting/model.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';
import { UsageError } from '../../../src/shared/errors.ts';
import type { Ledger } from '../../support/ledger.ts';
import { createReportCounty } from '../../support/report-county.ts';

let ledger: Ledger;
const reports = new Map<string, WorkspaceReport>();
const names = listReports({ paths: { root: '/no-such-workspace' } as never }).map(({ name }) => name);
beforeAll(async () => {
  ledger = await createReportCounty();
  for (const name of names) {
    reports.set(name, await buildReport(ledger.workspace, name, { asOf: '2021-03-31' as CalendarDate }));
  }
});
afterAll(() => ledger.remove());

const trace = (name: string, table: string, row: number | 'total', column: string) => {
  const built = reports.get(name);
  if (!built) throw new Error(`no report ${name}`);
  return traceReport(built, { table, row, column });
};
const named = (parts: readonly TracePart[]) =>
  parts.map(({ value, origins }) => [value, ...origins.map(({ kind, name }) => `${kind} ${name}`)]);

describe('a figure', () => {
  it('is traced to the acceptances, with the single files and pages behind them', async () => {
    const { value, parts } = trace('cost-against-budget', 'overview', 2, 'accrued');
    expect(value).toBe(154_700);
    expect(named(parts)).toEqual([
      [59_500, 'acceptance B-1/2'],
      [95_200, 'acceptance B-2/1'],
    ]);
    const file = ({ delivery, reference, pages, outcome }: TracedFile) => [delivery, reference, pages, outcome];
    expect((await tracedFiles(ledger.workspace.db, parts)).map(file)).toEqual([
      ['B-1/2', 'B-1/2', 5000, 'accepted'],
      ['B-2/1', 'B-2/1', 8000, 'accepted'],
      ['B-2/1', 'B-2/2', 3000, 'rejected'],
    ]);
  });

  it('is traced to lines of invoices, the credit note among them', () => {
    expect(named(trace('cost-against-budget', 'months', 4, 'invoiced').parts)).toEqual([
      [95_200, 'invoice-line R-3, 1'],
      [-5950, 'invoice-line G-1, 1'],
    ]);
  });

  it('that is a ratio is traced to both of its sides', () => {
    const { parts } = trace('unit-costs', 'per-page', 2, 'grossPerPage');
    expect(parts.map(({ column, value }) => [column, value])).toEqual([
      ['gross', 47_600],
      ['pages', 5000],
    ]);
  });

  it('that there is not is refused, with what there is', () => {
    const remedyOf = (table: string, row: number, column: string) => {
      try {
        return trace('open-items', table, row, column);
      } catch (error) {
        return error instanceof UsageError ? error.remedy?.en : error;
      }
    };
    expect(remedyOf('itms', 1, 'gross')).toBe('Did you mean "items"?');
    expect(remedyOf('items', 99, 'gross')).toBe('There are 1 to 7, or total.');
    expect(remedyOf('items', 1, 'gros')).toBe('Did you mean "gross"?');
  });
});

/** Columns of amounts that are given, in tables whose cells are sums of entries. */
function summedColumns(tables: readonly ReportTable[]): (readonly [table: ReportTable, column: string])[] {
  const isSummed = ({ type, formula, total }: Column) =>
    (type === 'money' || type === 'count') && !formula && total === undefined;
  return (
    tables
      // What counts against a maximum is more than the sum of entries.
      .filter(({ key }) => key !== 'limits')
      .flatMap((table) => table.columns.filter(isSummed).map(({ key }) => [table, key] as const))
  );
}

it.each(names)('every amount of %s is the sum of what it is traced to', (name) => {
  const tables = reports.get(name)?.report.tables ?? [];
  const cells = summedColumns(tables).flatMap(([{ key, rows }, column]) =>
    rows.map((_, index) => [key, index + 1, column] as const),
  );
  const traced = cells
    .map(([key, row, column]) => ({ place: [name, key, row, column], ...trace(name, key, row, column) }))
    .filter(({ value, parts }) => value !== null && parts.length > 0);
  for (const { place, value, parts } of traced) {
    const sum = [...sumsOf(parts).values()].reduce((total, part) => total + part, 0);
    expect([...place, sum]).toEqual([...place, value]);
  }
  expect(traced.length).toBeGreaterThan(5);
});
