import type { Kysely } from 'kysely';
import { type ContractControl, contractControls } from '../contract/control.ts';
import { type Calculation, vatTermsOf } from '../contract/prices.ts';
import type { PricePosition } from '../contract/pricing/price-position.ts';
import { allPrices } from '../contract/store.ts';
import { type Priced, vatRateOn, withVat } from '../contract/vat.ts';
import { type CalendarDate, yearOf } from '../shared/dates.ts';
import type { BasisPoints } from '../shared/money.ts';
import type { Database } from '../storage/schema.ts';
import { type Measures, type ReworkQuantities, selectMeasures, selectOptions, selectRework } from './price-store.ts';
import { priceAcceptances } from './priced-acceptances.ts';
import { shelfOf } from './shelf.ts';
import {
  type AcceptedQuantities,
  type CallOff,
  type FinanceLot,
  type OpeningBalance,
  selectAccepted,
  selectCallOffs,
  selectLots,
  selectOpeningBalances,
} from './store.ts';

/** A service that was accepted and has to be paid for: what, for whom, when, and what it costs. */
export type AcceptedService = Acceptance | Opening;

interface Service extends Priced {
  readonly lot: FinanceLot;
  readonly department: string;
  readonly account: string;
  readonly costCentre: string;
  /** Decides price, VAT and the fiscal year to which the cost belongs. */
  readonly performedOn: CalendarDate;
  readonly pages: number;
  readonly files: number;
  /** The shelf it came from; null where nobody measured it. */
  readonly millimetres: number | null;
  readonly vatRate: BasisPoints;
}

/** The accepted files of one decision on a delivery. */
export interface Acceptance extends Service {
  readonly kind: 'acceptance';
  readonly decisionId: number;
  readonly callOff: CallOff;
  readonly batch: string;
  readonly round: number;
  readonly decidedOn: CalendarDate;
  readonly documents: number;
}

/** What a lot had consumed before it was tracked here. */
export interface Opening extends Service {
  readonly kind: 'opening';
  readonly source: string;
}

export interface AcceptedFilter {
  readonly lotId?: number | undefined;
  readonly department?: string | undefined;
  /** Fiscal year: that of the date of performance. */
  readonly year?: number | undefined;
  /** What was known at the end of that day: decided by then, and opening balances performed by then. */
  readonly asOf?: CalendarDate | undefined;
}

/** What accepted services are computed from, as the ledger holds it. */
export interface Ledger {
  readonly lots: readonly FinanceLot[];
  readonly prices: ReadonlyMap<number, readonly PricePosition[]>;
  readonly callOffs: readonly (CallOff & Ordered)[];
  readonly accepted: readonly AcceptedQuantities[];
  /** What price sheets ask for beside pages, files and documents, by decision. */
  readonly measures?: ReadonlyMap<number, Measures>;
  /** Rejected and awaiting redelivery. */
  readonly rework?: readonly ReworkQuantities[];
  /** How contracts are watched, by contract. */
  readonly controls?: ReadonlyMap<number, ContractControl>;
  readonly openings: readonly OpeningBalance[];
}

/** What a call-off says of prices beside its quantities. */
export interface Ordered {
  /** Optional positions and surcharges, by key. */
  readonly options?: ReadonlySet<string> | undefined;
}

/** Reads the ledger as it was at the end of a day (later orders, closings and decisions left out), or all of it. */
export async function readLedger(db: Kysely<Database>, asOf?: CalendarDate): Promise<Ledger> {
  const isKnown = (day: CalendarDate) => asOf === undefined || day <= asOf;
  const accepted = (await selectAccepted(db)).filter(({ decidedOn }) => isKnown(decidedOn));
  // An order may bear a later date than what was accepted under it: the acceptance still needs it.
  const needed = new Set(accepted.map(({ callOffId }) => callOffId));
  const callOffs = await selectCallOffs(db);
  const options = await selectOptions(db);
  const prices = await allPrices(db);
  return {
    lots: await selectLots(db),
    prices,
    callOffs: callOffs
      .map((callOff) => ({ ...callOff, options: options.get(callOff.id) }))
      .filter(({ id, orderedOn }) => isKnown(orderedOn) || needed.has(id))
      .map((callOff) => (callOff.closedOn && !isKnown(callOff.closedOn) ? { ...callOff, closedOn: null } : callOff)),
    accepted,
    measures: await selectMeasures(db, prices.values()),
    rework: await selectRework(db, asOf),
    controls: await contractControls(db),
    openings: (await selectOpeningBalances(db)).filter(({ performedOn }) => isKnown(performedOn)),
  };
}

/**
 * Everything accepted, priced: one entry for each decision that accepted files, and one for each opening balance.
 * @throws UsageError when the lot has no price on a day of performance: nothing accepted is free of charge
 */
export async function acceptedServices(db: Kysely<Database>, filter: AcceptedFilter = {}): Promise<AcceptedService[]> {
  const services = priceLedger(await readLedger(db, filter.asOf));
  return services.filter((service) => matches(service, filter));
}

/** Prices what a ledger holds; pure. Opening balances first, then acceptances in the order of their decisions. */
export function priceLedger(ledger: Ledger): AcceptedService[] {
  const { lots, prices, callOffs, accepted, openings } = ledger;
  const lotById = new Map(lots.map((lot) => [lot.id, lot]));
  const callOffById = new Map(callOffs.map((callOff) => [callOff.id, callOff]));
  const shelf = shelfOf(accepted, callOffById);
  const { calculations } = priceAcceptances(ledger);
  return [
    ...openings.map((balance) =>
      openingService(balance, known(lotById, balance.lotId), prices.get(balance.lotId) ?? []),
    ),
    ...accepted.map((quantities) => {
      const callOff = known(callOffById, quantities.callOffId);
      const lot = known(lotById, callOff.lotId);
      const millimetres = shelf.get(quantities.decisionId) ?? null;
      return acceptanceService(quantities, callOff, lot, known(calculations, quantities.decisionId), millimetres);
    }),
  ];
}

/** Whether a service belongs to lot, department and year; the day is settled when the ledger is read. */
export function matches(service: AcceptedService, { lotId, department, year }: AcceptedFilter): boolean {
  if (lotId !== undefined && service.lot.id !== lotId) return false;
  if (department !== undefined && service.department !== department) return false;
  return year === undefined || yearOf(service.performedOn) === year;
}

function openingService(balance: OpeningBalance, lot: FinanceLot, prices: readonly PricePosition[]): Opening {
  const terms = vatTermsOf(prices);
  const { performedOn, account, costCentre, pages, files, millimetres, net, source } = balance;
  return {
    kind: 'opening',
    lot,
    department: lot.department,
    account,
    costCentre,
    performedOn,
    pages,
    files,
    millimetres: millimetres === 0 ? null : millimetres,
    vatRate: vatRateOn(performedOn, terms),
    ...withVat(net, performedOn, terms),
    source,
  };
}

function acceptanceService(
  quantities: AcceptedQuantities,
  callOff: CallOff,
  lot: FinanceLot,
  { net, vat, gross, vatRate }: Calculation,
  millimetres: number | null,
): Acceptance {
  const { decisionId, batch, round, decidedOn, performedOn, pages, files, documents } = quantities;
  return {
    kind: 'acceptance',
    decisionId,
    lot,
    department: callOff.department,
    account: callOff.account,
    costCentre: callOff.costCentre,
    callOff,
    batch,
    round,
    decidedOn,
    performedOn,
    pages,
    files,
    documents,
    millimetres,
    vatRate,
    net,
    vat,
    gross,
  };
}

function known<T>(byId: ReadonlyMap<number, T>, id: number): T {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
}
