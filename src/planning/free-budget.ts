import type { Kysely } from 'kysely';
import { acceptedServices } from '../finance/accepted.ts';
import { budgetLinesOf } from '../finance/budget.ts';
import { callOffOverview } from '../finance/call-off-overview.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { add, type Cents, subtract } from '../shared/money.ts';
import type { Database } from '../storage/schema.ts';

/** What a year's budget has left for new orders, gross. */
export interface FreeBudget {
  readonly appropriated: Cents;
  /** Accepted and still committed by call-offs of this fiscal year, and what was spent before it was tracked here. */
  readonly used: Cents;
  /** Never below 0. */
  readonly free: Cents;
}

/**
 * The year's appropriations less what call-offs have taken of them.
 * @param department only its budget and its call-offs
 * @throws UsageError when there is no budget for the year (and department)
 */
export async function freeBudget(db: Kysely<Database>, year: number, department?: string): Promise<FreeBudget> {
  const isMeant = (row: { readonly department: string }) => department === undefined || row.department === department;
  const lines = (await budgetLinesOf(db, year)).filter(isMeant);
  if (lines.length === 0) throw noBudget(year, department);
  const appropriated = add(...lines.map(({ funds }) => funds));
  const orders = (await callOffOverview(db)).filter((order) => order.fiscalYear === year && isMeant(order));
  const openings = (await acceptedServices(db, { year })).filter(
    (service) => service.kind === 'opening' && isMeant(service),
  );
  const used = add(
    ...orders.flatMap(({ acceptedGross, openGross }) => [acceptedGross, openGross]),
    ...openings.map(({ gross }) => gross),
  );
  return { appropriated, used, free: Math.max(0, subtract(appropriated, used)) as Cents };
}

function noBudget(year: number, department: string | undefined): UsageError {
  const of = department === undefined ? { de: '', en: '' } : { de: ` für ${department}`, en: ` for ${department}` };
  return new UsageError(
    'plan.no-budget',
    text({
      de: `Für ${year} ist${of.de} kein Haushaltsansatz erfasst.`,
      en: `No budget is recorded${of.en} in ${year}.`,
    }),
    text({
      de: 'Mit „scanlot budget import“ erfassen, oder den Betrag mit --budget nennen.',
      en: 'Record it with "scanlot budget import", or name the amount with --budget.',
    }),
  );
}
