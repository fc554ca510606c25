import type { Report } from '../reporting/model.ts';
import { text } from '../shared/language.ts';
import { accountTable, overviewTable } from './cost-report/budget-tables.ts';
import { costCharts } from './cost-report/charts.ts';
import { type Books, costsOf, type Selection } from './cost-report/costs.ts';
import { departmentTable } from './cost-report/department-table.ts';
import { costFacts } from './cost-report/facts.ts';
import { commitmentTable, movementTable } from './cost-report/listings.ts';
import { limitTable, lotTable } from './cost-report/lot-tables.ts';
import { costNotes } from './cost-report/notes.ts';
import { subtitleOf } from './cost-report/selection.ts';
import { unitCostTables } from './cost-report/unit-cost-tables.ts';

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
