import type { Kysely } from 'kysely';
import type { PricePosition } from '../contract/prices.ts';
import { requireLot } from '../contract/store.ts';
import type { Database } from '../storage/schema.ts';
import { type Opening, priceLedger, readLedger } from './accepted.ts';
import { type CallOffState, callOffOverview } from './call-off-overview.ts';
import { consume, type LotConsumption } from './consumption.ts';

export interface ShownLot extends LotConsumption {
  /** Positions by key, each from its first day of validity on. */
  readonly prices: readonly PricePosition[];
  readonly callOffs: readonly CallOffState[];
  readonly openings: readonly Opening[];
}

/** One lot with its limits, prices, call-offs and what it has consumed. @throws UsageError when it is unknown */
export async function showLot(db: Kysely<Database>, name: string): Promise<ShownLot> {
  const { id, key, contract } = await requireLot(db, name);
  const ledger = await readLedger(db);
  const services = priceLedger(ledger);
  const consumption = consume(ledger, services).lots.get(id);
  if (!consumption) throw new Error(`lot ${key} vanished`);
  const callOffs = await callOffOverview(db, `${contract.number}/${key}`);
  return {
    ...consumption,
    prices: [...(ledger.prices.get(id) ?? [])].sort(byKeyAndValidity),
    callOffs,
    openings: services.flatMap((service) => (service.kind === 'opening' && service.lot.id === id ? [service] : [])),
  };
}

function byKeyAndValidity(a: PricePosition, b: PricePosition): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return (a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1;
}
