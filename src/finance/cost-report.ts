import { requireLot } from '../contract/store.ts';
import type { Report } from '../reporting/model.ts';
import { localDate } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { type Text, text } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Workspace } from '../storage/workspace.ts';
import { readLedger } from './accepted.ts';
import { accountTable, overviewTable } from './cost-report/budget-tables.ts';
import { costCharts } from './cost-report/charts.ts';
import { type Books, costsOf, departmentsOf, type Selection, yearsOf } from './cost-report/costs.ts';
import { departmentTable } from './cost-report/department-table.ts';
import { costFacts } from './cost-report/facts.ts';
import { commitmentTable, movementTable } from './cost-report/listings.ts';
import { limitTable, lotTable } from './cost-report/lot-tables.ts';
import { costNotes } from './cost-report/notes.ts';
import { unitCostTables } from './cost-report/unit-cost-tables.ts';
import type { ReportRequest } from './reports.ts';
import { selectBudgetLines, selectUncounted } from './store.ts';

/**
 * Cost against budget, from the ledger.
 * @throws UsageError for a lot, department or year that the books do not know, or something accepted without a price
 */
export async function costReport({ db, config, now }: Workspace, request: ReportRequest): Promise<Report> {
  const books: Books = {
    ledger: await readLedger(db, request.asOf),
    budget: await selectBudgetLines(db),
    uncounted: await selectUncounted(db),
  };
  const lotRow = request.lot === undefined ? undefined : await requireLot(db, request.lot);
  const selection: Selection = {
    year: request.year === undefined ? undefined : knownYear(request.year, yearsOf(books)),
    lot: lotRow && books.ledger.lots.find(({ id }) => id === lotRow.id),
    department:
      request.department === undefined ? undefined : knownDepartment(request.department, departmentsOf(books)),
    asOf: request.asOf,
  };
  const at = now();
  return costReportOf(books, selection, {
    asOf: request.asOf ?? localDate(at),
    generatedAt: at.toISOString(),
    source: text({ de: `scanlot, ${config.county}`, en: `scanlot, ${config.county}` }),
  });
}

/** The report of given books; pure. */
export function costReportOf(
  books: Books,
  selection: Selection,
  origin: Pick<Report, 'asOf' | 'generatedAt' | 'source'>,
): Report {
  const costs = costsOf(books, selection);
  const subtitle = subtitleOf(selection);
  return {
    name: 'cost-against-budget',
    title: text({ de: 'Kosten gegen Haushalt', en: 'Cost against budget' }),
    ...(subtitle ? { subtitle } : {}),
    ...origin,
    facts: costFacts(costs),
    charts: costCharts(costs),
    tables: [
      overviewTable(costs),
      accountTable(costs),
      limitTable(costs),
      lotTable(costs),
      departmentTable(costs),
      ...unitCostTables(costs),
      commitmentTable(costs),
      movementTable(costs),
    ],
    notes: costNotes(costs),
  };
}

function subtitleOf({ year, lot, department }: Selection): Text | undefined {
  const parts = [
    ...(year === undefined ? [] : [text({ de: `Haushaltsjahr ${year}`, en: `fiscal year ${year}` })]),
    ...(lot === undefined ? [] : [text({ de: `Los ${lot.key} ${lot.title}`, en: `lot ${lot.key} ${lot.title}` })]),
    ...(department === undefined ? [] : [text({ de: department, en: department })]),
  ];
  if (parts.length === 0) return undefined;
  return { de: parts.map(({ de }) => de).join(' · '), en: parts.map(({ en }) => en).join(' · ') };
}

function knownYear(year: number, years: readonly number[]): number {
  if (years.includes(year)) return year;
  throw new UsageError(
    'report.unknown-year',
    text({
      de: `Zum Haushaltsjahr ${year} ist nichts erfasst: kein Ansatz, kein Abruf, keine Abnahme.`,
      en: `Nothing is recorded for the fiscal year ${year}: no budget, no call-off, no acceptance.`,
    }),
    years.length === 0
      ? text({ de: 'Zuerst: scanlot budget import', en: 'First: scanlot budget import' })
      : text({ de: `Erfasst sind: ${years.join(', ')}`, en: `Recorded are: ${years.join(', ')}` }),
  );
}

function knownDepartment(name: string, departments: readonly string[]): string {
  const wanted = name.normalize('NFC').toLowerCase();
  const found = departments.find((department) => department.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new UsageError(
    'department.unknown',
    text({ de: `Das Amt „${name}“ kommt nirgends vor.`, en: `There is no department "${name}".` }),
    didYouMean(name, departments),
  );
}
