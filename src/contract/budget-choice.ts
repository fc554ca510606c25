import type { Kysely } from 'kysely';
import { budgetLinesOf } from '../finance/budget.ts';
import type { BudgetKey } from '../finance/budget-line.ts';
import { type CalendarDate, yearOf } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { text, verbatim } from '../shared/language.ts';
import type { Database } from '../storage/schema.ts';

/** What a call-off says of the budget line that it burdens. */
export interface BudgetWish {
  readonly orderedOn: CalendarDate;
  readonly account?: string | undefined;
  readonly costCentre?: string | undefined;
  readonly fiscalYear?: number | undefined;
}

/** Account and cost centre as asked, or those of the department's only budget line of that year. */
export async function chooseBudgetLine(
  db: Kysely<Database>,
  lot: { readonly department: string },
  request: BudgetWish,
): Promise<BudgetKey> {
  const year = request.fiscalYear ?? yearOf(request.orderedOn);
  if (request.account !== undefined && request.costCentre !== undefined) {
    return { fiscalYear: year, account: request.account, costCentre: request.costCentre };
  }
  const lines = await budgetLinesOf(db, year);
  const fitting = lines.filter(
    (line) =>
      (request.account === undefined ? line.department === lot.department : line.account === request.account) &&
      (request.costCentre === undefined || line.costCentre === request.costCentre),
  );
  const [line] = fitting;
  if (line && fitting.length === 1) return line;
  throw new UsageError(
    'call-off.budget-line',
    text({
      de: `Für ${lot.department} lässt sich ${year} kein eindeutiger Haushaltsansatz bestimmen.`,
      en: `No single budget line can be told for ${lot.department} in ${year}.`,
    }),
    text({
      de: 'Mit --account und --cost-centre angeben; vorhandene zeigt: scanlot budget show',
      en: 'Name it by --account and --cost-centre; to see what there is: scanlot budget show',
    }),
    lines.map(({ account, costCentre, title }) => verbatim(`${account} / ${costCentre}: ${title}`)),
  );
}
