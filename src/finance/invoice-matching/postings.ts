import { yearOf } from '../../shared/dates.ts';
import { type BasisPoints, type Cents, divideHalfUp, vatOn } from '../../shared/money.ts';
import { type BudgetKey, budgetKey } from '../budget-line.ts';
import type { ChargedUse } from './store.ts';

/** What an invoice charges to a budget line under one call-off at one rate of VAT. Credits are negative. */
export interface Posting extends BudgetKey {
  readonly invoiceId: number;
  readonly callOffId: number;
  readonly vatRate: BasisPoints;
  readonly net: Cents;
  readonly vat: Cents;
  readonly gross: Cents;
  /** Of it, what was paid: without a cash discount that was taken. */
  readonly paid: Cents;
  readonly uses: readonly ChargedUse[];
}

/**
 * Shares what was approved of each invoice among the budget lines that its uses are charged to: net and VAT each in
 * proportion, so that the postings of an invoice sum to its net, VAT and gross amount to the cent (what the invoice rounds
 * or allows as a whole is shared, too).
 */
export function postingsOf(uses: readonly ChargedUse[]): Posting[] {
  return [...groupBy(uses, ({ invoiceId }) => String(invoiceId)).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const groups = [...groupBy(own, postingKey).values()];
    const weights = groups.map((group) => group.reduce((sum, { net }) => sum + net, 0));
    const taxes = groups.map((group, index) => vatOn((weights[index] ?? 0) as Cents, rateOf(group)));
    const nets = shares(first.invoiceNet, weights);
    const vats = shares(first.gross - first.invoiceNet, taxes);
    const grosses = nets.map((net, index) => net + (vats[index] ?? 0));
    const paid = first.isPaid ? shares(first.gross - first.unpaid, grosses) : [];
    return groups.flatMap((group, index): Posting[] => {
      const [use] = group;
      if (!use) return [];
      const [net, vat] = [nets[index] ?? 0, vats[index] ?? 0];
      return [
        {
          ...lineOf(use),
          invoiceId: use.invoiceId,
          callOffId: use.callOffId,
          vatRate: use.vatRate,
          net: net as Cents,
          vat: vat as Cents,
          gross: (net + vat) as Cents,
          paid: (paid[index] ?? 0) as Cents,
          uses: group,
        },
      ];
    });
  });
}

/** Uses are charged as acceptances are: to the year of performance. */
function lineOf({ performedOn, account, costCentre }: ChargedUse): BudgetKey {
  return { fiscalYear: yearOf(performedOn), account, costCentre };
}

function postingKey(use: ChargedUse): string {
  return `${budgetKey(lineOf(use))} ${use.callOffId} ${use.vatRate}`;
}

function rateOf([use]: readonly ChargedUse[]): BasisPoints {
  return use?.vatRate ?? (0 as BasisPoints);
}

/**
 * The whole in proportion to weights, rounded so that nothing is lost: each part is what the sum up to it comes to, less
 * what was given before (half away from zero). Without any weight the last part gets all.
 */
export function shares(whole: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole === total) return [...weights];
  let [seen, given] = [0, 0];
  return weights.map((weight, index) => {
    seen += weight;
    const isLast = index === weights.length - 1;
    if (total === 0 && !isLast) return 0;
    const upTo = isLast ? whole : Number(divideHalfUp(BigInt(whole) * BigInt(seen), BigInt(total)));
    const part = upTo - given;
    given = upTo;
    return part;
  });
}

export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
