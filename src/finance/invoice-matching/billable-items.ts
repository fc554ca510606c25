import { pricesOn, vatTermsOf } from '../../contract/prices.ts';
import { priceLines } from '../../contract/pricing/price-lines.ts';
import type { PriceLine } from '../../contract/pricing/price-position.ts';
import { Volumes } from '../../contract/pricing/volumes.ts';
import { vatRateOn } from '../../contract/vat.ts';
import type { BasisPoints } from '../../shared/money.ts';
import type { Ledger } from '../accepted.ts';
import { priceAcceptances, pricedUnder } from '../priced-acceptances.ts';
import type { OrderedPosition } from '../store.ts';
import type { BillableItem } from './books.ts';

/**
 * What each acceptance is priced at, line by line: a quantity at one price, or an amount without a quantity, which is what
 * a minimum charge adds, or a tier that was reached changes.
 */
export function acceptedItems(ledger: Ledger): BillableItem[] {
  const { lots, callOffs, accepted } = ledger;
  const lotById = new Map(lots.map((lot) => [lot.id, lot]));
  const callOffById = new Map(callOffs.map((callOff) => [callOff.id, callOff]));
  const { calculations } = priceAcceptances(ledger);
  return accepted.flatMap(({ decisionId, callOffId, batch, round, performedOn }) => {
    const callOff = callOffById.get(callOffId);
    const lot = callOff && lotById.get(callOff.lotId);
    const calculation = calculations.get(decisionId);
    if (!callOff || !lot || !calculation) return [];
    const of = { callOff, lot, decisionId, batch, round, performedOn };
    return calculation.lines.map((line) => ({ ...of, ...itemOf(line, calculation.vatRate) }));
  });
}

/**
 * What nobody counted (boxes, trips) may be billed as agreed in the call-off, once something of it was accepted:
 * performed, as far as price and VAT go, with the first acceptance. Where a quantity was stated with an acceptance of the
 * call-off, that counts in its place.
 */
export function orderedItems(ledger: Ledger, ordered: readonly OrderedPosition[]): BillableItem[] {
  const { lots, prices, callOffs, accepted } = ledger;
  const isStated = statedPositions(ledger);
  return ordered.flatMap(({ callOffId, position: key, quantity }) => {
    const callOff = callOffs.find(({ id }) => id === callOffId);
    const lot = lots.find(({ id }) => id === callOff?.lotId);
    const days = accepted.filter((one) => one.callOffId === callOffId).map(({ performedOn }) => performedOn);
    const performedOn = days.sort()[0];
    if (!callOff || !lot || performedOn === undefined || isStated({ callOffId, position: key })) return [];
    const sheet = prices.get(lot.id) ?? [];
    const position = pricesOn(sheet, performedOn).find((price) => price.key === key);
    if (!position) return [];
    const { volumes, ...names } = pricedUnder(lot, callOff, 'ordered', new Volumes());
    const lines = priceLines([{ position, quantity }], { ...names, day: performedOn }, volumes);
    const of = { callOff, lot, decisionId: null, batch: null, round: null, performedOn };
    return lines.map((line) => ({ ...of, ...itemOf(line, vatRateOn(performedOn, vatTermsOf(sheet))) }));
  });
}

function itemOf({ position, quantity, net, vatRate: own }: PriceLine, vatRate: BasisPoints) {
  return { position, quantity, net, vatRate: own ?? vatRate };
}

/** Whether a quantity of a call-off's position was stated with one of its acceptances. */
export function statedPositions({
  accepted,
  measures,
}: Ledger): (of: Pick<OrderedPosition, 'callOffId' | 'position'>) => boolean {
  const stated = new Set(
    accepted.flatMap(({ decisionId, callOffId }) =>
      [...(measures?.get(decisionId)?.quantities.keys() ?? [])].map((key) => `${callOffId} ${key}`),
    ),
  );
  return ({ callOffId, position }) => stated.has(`${callOffId} ${position}`);
}
