import { type Calculation, type PricedUnder, priceQuantities } from '../contract/prices.ts';
import type { PricePosition } from '../contract/pricing/price-position.ts';
import { type Occasion, Volumes } from '../contract/pricing/volumes.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { Ledger } from './accepted.ts';
import type { AcceptedQuantities, CallOff, FinanceLot, OpeningBalance } from './store.ts';

/** All acceptances of a ledger with their prices, and the volumes that the next one begins with. */
export interface PricedAcceptances {
  /** By decision. */
  readonly calculations: ReadonlyMap<number, Calculation>;
  readonly volumes: Volumes;
}

/**
 * Prices all acceptances, in the order of their decisions: tiers, allowances and minimum charges of an acceptance depend on
 * those before it, and on none after it, so that nothing priced changes later. Pure.
 * @throws UsageError when a lot has no price on a day of performance: nothing accepted is free of charge
 */
export function priceAcceptances(ledger: Ledger): PricedAcceptances {
  const lots = new Map(ledger.lots.map((lot) => [lot.id, lot]));
  const callOffs = new Map(ledger.callOffs.map((callOff) => [callOff.id, callOff]));
  const volumes = new Volumes();
  for (const balance of ledger.openings) {
    const lot = lots.get(balance.lotId);
    if (lot) addOpening(volumes, balance, lot, ledger.prices.get(lot.id) ?? []);
  }
  const calculations = new Map<number, Calculation>();
  for (const accepted of [...ledger.accepted].sort((a, b) => a.decisionId - b.decisionId)) {
    const callOff = callOffs.get(accepted.callOffId);
    const lot = callOff && lots.get(callOff.lotId);
    if (!callOff || !lot) throw new Error(`no row ${accepted.callOffId}`);
    calculations.set(accepted.decisionId, priceAcceptance(ledger, accepted, callOff, lot, volumes));
  }
  return { calculations, volumes };
}

function priceAcceptance(
  { prices, measures }: Ledger,
  accepted: AcceptedQuantities,
  callOff: CallOff,
  lot: FinanceLot,
  volumes: Volumes,
): Calculation {
  const { quantities, ...counted } = measures?.get(accepted.decisionId) ?? {};
  const under = pricedUnder(lot, callOff, `decision/${accepted.decisionId}`, volumes);
  const sheet = prices.get(lot.id) ?? [];
  return naming(lot, accepted, () =>
    priceQuantities(sheet, { ...accepted, ...counted }, accepted.performedOn, quantities, under),
  );
}

/** What an acceptance under a call-off is priced under; call-off undefined: one that is not recorded yet. */
export function pricedUnder(
  lot: Pick<FinanceLot, 'id'> & { readonly contract: { readonly id: number } },
  callOff: { readonly id: number; readonly options?: ReadonlySet<string> | undefined } | undefined,
  delivery: string,
  volumes: Volumes,
): PricedUnder {
  return {
    options: callOff?.options ?? new Set(),
    delivery,
    order: `call-off/${callOff?.id ?? 'new'}`,
    lot: `lot/${lot.id}`,
    contract: `contract/${lot.contract.id}`,
    volumes,
  };
}

/** What had been performed before tracking began counts towards tiers and allowances, too. */
function addOpening(
  volumes: Volumes,
  { performedOn, pages, files }: OpeningBalance,
  lot: FinanceLot,
  sheet: readonly PricePosition[],
): void {
  const { volumes: _volumes, ...names } = pricedUnder(lot, undefined, 'opening', volumes);
  const occasion: Occasion = { ...names, day: performedOn };
  const counted = { page: pages, file: files };
  const keys = new Map(sheet.map(({ key, unit, terms }) => [key, { unit, isPart: partOnly(terms) }]));
  for (const [key, { unit, isPart }] of keys) {
    if (isPart || (unit !== 'page' && unit !== 'file')) continue;
    volumes.addQuantity(key, counted[unit] * 1000, occasion, ['year', 'lot', 'contract']);
  }
}

/** Positions that are not for every page: nobody knows how many of them an opening balance holds. */
function partOnly(terms: PricePosition['terms']): boolean {
  return terms?.pages !== undefined || terms?.isOption === true || terms?.isEntered === true;
}

/** A price that is missing is told with the acceptance that needs it. */
function naming<T>(lot: FinanceLot, { batch, round }: AcceptedQuantities, price: () => T): T {
  try {
    return price();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const where = text({
      de: `Los ${lot.key} (${lot.contract.number}), Charge ${batch}, Lieferung ${round}`,
      en: `lot ${lot.key} (${lot.contract.number}), batch ${batch}, round ${round}`,
    });
    throw new UsageError(error.code, error.text, error.remedy, [where, ...error.details]);
  }
}
