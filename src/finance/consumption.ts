import type { Kysely } from 'kysely';
import { usualControl } from '../contract/control.ts';
import { priceQuantities } from '../contract/prices.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { type Cents, zero } from '../shared/money.ts';
import type { Database } from '../storage/schema.ts';
import { type AcceptedService, type Ledger, priceLedger, readLedger } from './accepted.ts';
import type { CallOff, FinanceContract, FinanceLot, Limits } from './store.ts';

/** Quantities with what they cost. */
export interface Amounts {
  readonly pages: number;
  readonly files: number;
  readonly millimetres: number;
  readonly net: Cents;
  readonly gross: Cents;
}

/** What counts against an estimate and a maximum. */
export interface Usage {
  /** All call-offs, open and closed, as ordered. */
  readonly ordered: Amounts;
  /** Accepted under these call-offs; millimetres only where they were measured. */
  readonly accepted: Amounts;
  readonly opening: Amounts;
  /** Rejected under call-offs that are still open, and awaiting redelivery; at the prices of the day of rejection. */
  readonly rework: Amounts;
  /**
   * opening + Σ over call-offs: accepted once it is closed, else the greater of ordered and accepted + in rework, each
   * measure by itself. Millimetres and files count as ordered: acceptance does not measure shelves.
   */
  readonly consumed: Amounts;
  /** Consumed value in the contract's value basis, to be compared with its estimates and maxima. */
  readonly consumedValue: Cents;
  readonly maximum: Limits;
  /** Shares of a maximum, in millionths, from which on the contract wants warnings; ascending. */
  readonly warnAt: readonly number[];
}

export interface LotConsumption extends Usage {
  readonly lot: FinanceLot;
  readonly estimate: Limits;
}

export interface ContractConsumption extends Usage {
  readonly contract: FinanceContract;
}

/** By the id of the row. */
export interface Consumption {
  readonly lots: ReadonlyMap<number, LotConsumption>;
  readonly contracts: ReadonlyMap<number, ContractConsumption>;
}

/**
 * What every lot and contract has consumed, with what is ordered and not yet delivered.
 * @param asOf the state at the end of that day; without it everything recorded counts
 * @throws UsageError when something accepted has no price
 */
export async function consumptionOf(db: Kysely<Database>, asOf?: CalendarDate): Promise<Consumption> {
  const ledger = await readLedger(db, asOf);
  return consume(ledger, priceLedger(ledger));
}

/** Adds up the consumption of a ledger and its priced services; pure. */
export function consume(ledger: Ledger, services: readonly AcceptedService[]): Consumption {
  const { lots, callOffs, controls } = ledger;
  const acceptedByCallOff = new Map<number, Amounts>();
  const openingByLot = new Map<number, Amounts>();
  for (const service of services) {
    const [sums, id] =
      service.kind === 'acceptance' ? [acceptedByCallOff, service.callOff.id] : [openingByLot, service.lot.id];
    sums.set(id, plus(sums.get(id) ?? nothing, amountsOf(service)));
  }
  const reworkByCallOff = reworkOf(ledger);
  const byLot = new Map<number, LotConsumption>();
  for (const lot of lots) {
    const own = callOffs.filter(({ lotId }) => lotId === lot.id);
    const accepted = own.map(({ id }) => acceptedByCallOff.get(id) ?? nothing);
    const opening = openingByLot.get(lot.id) ?? nothing;
    const rework = own.map(({ id }) => reworkByCallOff.get(id) ?? nothing);
    const used = own.map((callOff, index) => usedBy(callOff, accepted[index] ?? nothing, rework[index] ?? nothing));
    const consumed = sum([opening, ...used]);
    const parts = { ordered: sum(own), accepted: sum(accepted), opening, rework: sum(rework), consumed };
    const { warnAt } = controls?.get(lot.contract.id) ?? usualControl;
    byLot.set(lot.id, { lot, estimate: lot.estimate, maximum: lot.maximum, warnAt, ...withValue(lot.contract, parts) });
  }
  return { lots: byLot, contracts: contractConsumption([...byLot.values()], controls) };
}

/** What is in rework under open call-offs, priced as if it were accepted on the day of its rejection. */
function reworkOf(ledger: Ledger): Map<number, Amounts> {
  const callOffs = new Map(ledger.callOffs.map((callOff) => [callOff.id, callOff]));
  const sums = new Map<number, Amounts>();
  for (const { callOffId, rejectedOn, ...counted } of ledger.rework ?? []) {
    const callOff = callOffs.get(callOffId);
    if (!callOff || callOff.closedOn) continue;
    const { net, gross } = priceQuantities(ledger.prices.get(callOff.lotId) ?? [], counted, rejectedOn);
    const { pages, files } = counted;
    sums.set(callOffId, plus(sums.get(callOffId) ?? nothing, { pages, files, millimetres: 0, net, gross }));
  }
  return sums;
}

/** What one call-off takes of the maximum. */
function usedBy(callOff: CallOff, accepted: Amounts, rework: Amounts): Amounts {
  const { files, millimetres } = callOff;
  if (callOff.closedOn) return { ...accepted, files, millimetres };
  return {
    pages: Math.max(callOff.pages, accepted.pages + rework.pages),
    files,
    millimetres,
    net: Math.max(callOff.net, accepted.net + rework.net) as Cents,
    gross: Math.max(callOff.gross, accepted.gross + rework.gross) as Cents,
  };
}

function contractConsumption(
  lots: readonly LotConsumption[],
  controls: Ledger['controls'],
): Map<number, ContractConsumption> {
  const contracts = new Map(lots.map(({ lot }) => [lot.contract.id, lot.contract]));
  return new Map(
    [...contracts].map(([id, contract]) => {
      const own = lots.filter(({ lot }) => lot.contract.id === id);
      const parts = {
        ordered: sum(own.map(({ ordered }) => ordered)),
        accepted: sum(own.map(({ accepted }) => accepted)),
        opening: sum(own.map(({ opening }) => opening)),
        rework: sum(own.map(({ rework }) => rework)),
        consumed: sum(own.map(({ consumed }) => consumed)),
      };
      const { warnAt, maximumMillimetres } = controls?.get(id) ?? usualControl;
      const maximum = { ...contract.maximum, millimetres: maximumMillimetres };
      return [id, { contract, maximum, warnAt, ...withValue(contract, parts) }];
    }),
  );
}

type Parts = Pick<Usage, 'ordered' | 'accepted' | 'opening' | 'rework' | 'consumed'>;

function withValue(contract: FinanceContract, parts: Parts): Parts & Pick<Usage, 'consumedValue'> {
  return { ...parts, consumedValue: parts.consumed[contract.valueBasis] };
}

const nothing: Amounts = { pages: 0, files: 0, millimetres: 0, net: zero, gross: zero };

function amountsOf({ pages, files, millimetres, net, gross }: AcceptedService): Amounts {
  return { pages, files, millimetres: millimetres ?? 0, net, gross };
}

function sum(parts: readonly Amounts[]): Amounts {
  return parts.reduce(plus, nothing);
}

function plus(a: Amounts, b: Amounts): Amounts {
  return {
    pages: a.pages + b.pages,
    files: a.files + b.files,
    millimetres: a.millimetres + b.millimetres,
    net: (a.net + b.net) as Cents,
    gross: (a.gross + b.gross) as Cents,
  };
}
