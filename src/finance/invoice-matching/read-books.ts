import type { Kysely } from 'kysely';
import { priceQuantities, pricesOn } from '../../contract/prices.ts';
import { vatRateOn } from '../../contract/vat.ts';
import { multiply } from '../../shared/money.ts';
import type { Database } from '../../storage/schema.ts';
import { type Ledger, priceLedger, readLedger } from '../accepted.ts';
import { useOfBudget } from '../budget.ts';
import { commitmentsOf } from '../commitments.ts';
import { consume } from '../consumption.ts';
import { type OrderedPosition, selectBudgetLines, selectUncounted } from '../store.ts';
import type { BillableItem, InvoiceBooks } from './books.ts';
import { selectInvoiceContracts, selectRecordedInvoices, selectUses } from './store.ts';

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
    uses: await selectUses(db),
    invoices: await selectRecordedInvoices(db),
    consumption: consume(ledger, services),
    budget: useOfBudget(await selectBudgetLines(db), commitmentsOf(ledger.callOffs, services), services),
    buyerReference,
  };
}

/** What each acceptance counted, by price position: pages, files, documents. */
export function acceptedItems({ lots, prices, callOffs, accepted }: Ledger): BillableItem[] {
  const lotById = new Map(lots.map((lot) => [lot.id, lot]));
  const callOffById = new Map(callOffs.map((callOff) => [callOff.id, callOff]));
  return accepted.flatMap((decision) => {
    const callOff = callOffById.get(decision.callOffId);
    const lot = callOff && lotById.get(callOff.lotId);
    if (!callOff || !lot) return [];
    const { decisionId, batch, round, performedOn } = decision;
    const { lines } = priceQuantities(prices.get(lot.id) ?? [], decision, performedOn);
    const vatRate = vatRateOn(performedOn);
    return lines.map((line) => ({ callOff, lot, decisionId, batch, round, performedOn, vatRate, ...line }));
  });
}

/**
 * What is not counted at acceptance (boxes, trips) may be billed as agreed in the call-off, once something of it was
 * accepted: performed, as far as price and VAT go, with the first acceptance.
 */
export function orderedItems(
  { lots, prices, callOffs, accepted }: Ledger,
  ordered: readonly OrderedPosition[],
): BillableItem[] {
  return ordered.flatMap(({ callOffId, position: key, quantity }) => {
    const callOff = callOffs.find(({ id }) => id === callOffId);
    const lot = lots.find(({ id }) => id === callOff?.lotId);
    const days = accepted.filter((one) => one.callOffId === callOffId).map(({ performedOn }) => performedOn);
    const performedOn = days.sort()[0];
    if (!callOff || !lot || performedOn === undefined) return [];
    const position = pricesOn(prices.get(lot.id) ?? [], performedOn).find((price) => price.key === key);
    if (!position) return [];
    const net = multiply(quantity, position.price);
    const vatRate = vatRateOn(performedOn);
    return [
      { callOff, lot, decisionId: null, batch: null, round: null, position, performedOn, vatRate, quantity, net },
    ];
  });
}
