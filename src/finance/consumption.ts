import type { Kysely } from 'kysely';
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
  /**
   * opening + Σ over call-offs: accepted once it is closed, else the greater of ordered and accepted, each measure by
   * itself. Millimetres and files count as ordered: acceptance does not measure shelves.
   */
  readonly consumed: Amounts;
  /** Consumed value in the contract's value basis, to be compared with its estimates and maxima. */
  readonly consumedValue: Cents;
  readonly maximum: Limits;
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
export function consume({ lots, callOffs }: Ledger, services: readonly AcceptedService[]): Consumption {
  const acceptedByCallOff = new Map<number, Amounts>();
  const openingByLot = new Map<number, Amounts>();
  for (const service of services) {
    const [sums, id] =
      service.kind === 'acceptance' ? [acceptedByCallOff, service.callOff.id] : [openingByLot, service.lot.id];
    sums.set(id, plus(sums.get(id) ?? nothing, amountsOf(service)));
  }
  const byLot = new Map<number, LotConsumption>();
  for (const lot of lots) {
    const own = callOffs.filter(({ lotId }) => lotId === lot.id);
    const accepted = own.map(({ id }) => acceptedByCallOff.get(id) ?? nothing);
    const opening = openingByLot.get(lot.id) ?? nothing;
    const used = own.map((callOff, index) => usedBy(callOff, accepted[index] ?? nothing));
    const parts = { ordered: sum(own), accepted: sum(accepted), opening, consumed: sum([opening, ...used]) };
    byLot.set(lot.id, { lot, estimate: lot.estimate, maximum: lot.maximum, ...withValue(lot.contract, parts) });
  }
  return { lots: byLot, contracts: contractConsumption([...byLot.values()]) };
}

/** What one call-off takes of the maximum. */
function usedBy(callOff: CallOff, accepted: Amounts): Amounts {
  const { files, millimetres } = callOff;
  if (callOff.closedOn) return { ...accepted, files, millimetres };
  return {
    pages: Math.max(callOff.pages, accepted.pages),
    files,
    millimetres,
    net: Math.max(callOff.net, accepted.net) as Cents,
    gross: Math.max(callOff.gross, accepted.gross) as Cents,
  };
}

function contractConsumption(lots: readonly LotConsumption[]): Map<number, ContractConsumption> {
  const contracts = new Map(lots.map(({ lot }) => [lot.contract.id, lot.contract]));
  return new Map(
    [...contracts].map(([id, contract]) => {
      const own = lots.filter(({ lot }) => lot.contract.id === id);
      const parts = {
        ordered: sum(own.map(({ ordered }) => ordered)),
        accepted: sum(own.map(({ accepted }) => accepted)),
        opening: sum(own.map(({ opening }) => opening)),
        consumed: sum(own.map(({ consumed }) => consumed)),
      };
      return [id, { contract, maximum: contract.maximum, ...withValue(contract, parts) }];
    }),
  );
}

type Parts = Pick<Usage, 'ordered' | 'accepted' | 'opening' | 'consumed'>;

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
