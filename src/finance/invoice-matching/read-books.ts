import type { Kysely } from 'kysely';
import type { Database } from '../../storage/schema.ts';
import { priceLedger, readLedger } from '../accepted.ts';
import { useOfBudget } from '../budget.ts';
import { selectBudgetChanges, selectBudgetLines } from '../budget-store.ts';
import { commitmentsOf } from '../commitments.ts';
import { consume } from '../consumption.ts';
import { selectUncounted } from '../store.ts';
import { acceptedItems, orderedItems } from './billable-items.ts';
import type { InvoiceBooks } from './books.ts';
import { selectInvoiceContracts, selectRecordedInvoices, selectStandingUses } from './store.ts';

/**
 * Reads what invoices are held against.
 * @param buyerReference the county's own (BT-10), where configured
 * @throws UsageError when something accepted has no price
 */
export async function readInvoiceBooks(db: Kysely<Database>, buyerReference?: string): Promise<InvoiceBooks> {
  const ledger = await readLedger(db);
  const services = priceLedger(ledger);
  return {
    contracts: await selectInvoiceContracts(db),
    lots: ledger.lots,
    callOffs: ledger.callOffs,
    prices: ledger.prices,
    items: [...acceptedItems(ledger), ...orderedItems(ledger, await selectUncounted(db))],
    uses: await selectStandingUses(db),
    invoices: await selectRecordedInvoices(db),
    consumption: consume(ledger, services),
    budget: useOfBudget(
      await selectBudgetLines(db),
      commitmentsOf(ledger.callOffs, services),
      services,
      await selectBudgetChanges(db),
    ),
    buyerReference,
  };
}
