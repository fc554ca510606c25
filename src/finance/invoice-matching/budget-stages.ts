import type { Kysely } from 'kysely';
import { yearOf } from '../../shared/dates.ts';
import { type BasisPoints, type Cents, divideHalfUp, vatOn, zero } from '../../shared/money.ts';
import type { Database } from '../../storage/schema.ts';
import { budgetKey } from '../budget-line.ts';
import { type ChargedUse, selectChargedUses } from './store.ts';

/** What became of the accepted services of a budget line: gross, credits subtracted. */
export interface InvoiceStages {
  /** Approved, whether paid or not. */
  readonly invoiced: Cents;
  readonly paid: Cents;
}

/**
 * Invoiced and paid by budget line (`budgetKey`): by year of performance, account and cost centre, as acceptances are
 * charged. What an invoice that only waits for a second pair of eyes reserves does not count.
 */
export async function invoiceStages(db: Kysely<Database>): Promise<Map<string, InvoiceStages>> {
  return stagesOf(await selectChargedUses(db));
}

/** Shares each invoice's gross amount among the lines that its uses are charged to; the parts sum to the whole. */
export function stagesOf(uses: readonly ChargedUse[]): Map<string, InvoiceStages> {
  const stages = new Map<string, InvoiceStages>();
  for (const own of groupBy(uses, ({ invoiceId }) => String(invoiceId)).values()) {
    const byLine = groupBy(own, ({ performedOn, ...use }) => budgetKey({ ...use, fiscalYear: yearOf(performedOn) }));
    const [{ gross, isPaid } = { gross: zero, isPaid: false }] = own;
    const parts = shares(gross, [...byLine.values()].map(grossOf));
    for (const [index, key] of [...byLine.keys()].entries()) {
      const part = parts[index] ?? 0;
      const { invoiced, paid } = stages.get(key) ?? { invoiced: zero, paid: zero };
      stages.set(key, { invoiced: (invoiced + part) as Cents, paid: (paid + (isPaid ? part : 0)) as Cents });
    }
  }
  return stages;
}

function grossOf(uses: readonly ChargedUse[]): number {
  const rates = groupBy(uses, ({ vatRate }) => String(vatRate));
  return [...rates].reduce((sum, [rate, own]) => {
    const net = own.reduce((so, use) => so + use.net, 0) as Cents;
    return sum + net + vatOn(net, Number(rate) as BasisPoints);
  }, 0);
}

/** The whole in proportion to weights, rounded so that nothing is lost. */
function shares(whole: Cents, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let [seen, given] = [0, 0];
  return weights.map((weight, index) => {
    seen += weight;
    const isLast = index === weights.length - 1 || total === 0;
    const upTo = isLast ? whole : Number(divideHalfUp(BigInt(whole) * BigInt(seen), BigInt(total)));
    const part = upTo - given;
    given = upTo;
    return part;
  });
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value)) ?? [];
    groups.set(keyOf(value), group);
    group.push(value);
  }
  return groups;
}
