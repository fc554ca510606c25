import type { Kysely } from 'kysely';
import { type Cents, zero } from '../../shared/money.ts';
import type { Database } from '../../storage/schema.ts';
import { budgetKey } from '../budget-line.ts';
import { postingsOf } from './postings.ts';
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

/** Adds up the postings of all invoices by budget line. */
export function stagesOf(uses: readonly ChargedUse[]): Map<string, InvoiceStages> {
  const stages = new Map<string, InvoiceStages>();
  for (const posting of postingsOf(uses)) {
    const { invoiced, paid } = stages.get(budgetKey(posting)) ?? { invoiced: zero, paid: zero };
    stages.set(budgetKey(posting), {
      invoiced: (invoiced + posting.gross) as Cents,
      paid: (paid + posting.paid) as Cents,
    });
  }
  return stages;
}
