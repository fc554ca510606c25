import { type BasisPoints, type Cents, cents, divideHalfUp, type Micros, multiply } from '../../shared/money.ts';
import { vatRateOn } from '../vat.ts';
import { adjusted, adjustmentsOn } from './effective-price.ts';
import { BILLIONTHS_PER_CENT, type DraftLine, type PriceLine, type PricePosition } from './price-position.ts';
import { type PriceTerms, scopes, type Tiers } from './price-terms.ts';
import { graduate, stepReached, type TierPart } from './tiers.ts';
import type { Charged, Occasion, Volumes } from './volumes.ts';

/** A quantity of one position to be priced; thousandths of the unit, above 0. */
export interface Item {
  readonly position: PricePosition;
  readonly quantity: number;
}

/**
 * Prices the items of one acceptance or call-off: free allowances, tiers, adjustments, then rounding, then minimum
 * charges. What it prices is added to the volumes.
 * @returns the lines, in the order of the items; their nets sum to what is charged
 */
export function priceLines(items: readonly Item[], occasion: Occasion, volumes: Volumes): PriceLine[] {
  const drafts = items.map(({ position, quantity }) => draftLines(position, quantity, occasion, volumes));
  const nets = drafts.some((lines) => lines.some(({ position }) => position.terms?.roundsTotal))
    ? roundTotal(drafts.flat())
    : drafts.flat().map(({ exact }) => roundToCent(exact));
  let next = 0;
  return drafts.flatMap((own, index) => {
    const lines = own.map(({ exact: _exact, ...line }) => ({ ...line, net: nets[next++] ?? cents(0) }));
    const { position } = items[index] ?? {};
    if (!position?.terms) return lines;
    noteCharged(position, lines, occasion, volumes);
    return [...lines, ...minimumLine(position, lines, occasion, volumes)];
  });
}

function draftLines(position: PricePosition, quantity: number, occasion: Occasion, volumes: Volumes): DraftLine[] {
  const { key, terms } = position;
  if (!terms) {
    volumes.addQuantity(key, quantity, occasion, scopes);
    return [{ position, quantity, exact: product(quantity, position.price) }];
  }
  const free = freeQuantity(position, quantity, occasion, volumes);
  const parts = tierParts(position, quantity, free, occasion, volumes);
  const corrections = correctionLines(position, quantity, occasion, volumes);
  volumes.addQuantity(key, quantity, occasion, scopes);
  const adjustments = adjustmentsOn(terms, occasion.day, occasion.options);
  return [...freeLine(position, free), ...parts.map((part) => tierLine(position, part, adjustments)), ...corrections];
}

function freeQuantity({ key, terms }: PricePosition, quantity: number, occasion: Occasion, volumes: Volumes): number {
  if (!terms?.free) return 0;
  const left = terms.free.quantity - volumes.quantity(key, terms.free.scope, occasion);
  return Math.min(quantity, Math.max(0, left));
}

function freeLine(position: PricePosition, quantity: number): DraftLine[] {
  if (quantity === 0) return [];
  return [{ position: { ...position, price: 0 as Micros }, quantity, exact: 0n, kind: 'free' }];
}

function tierParts(
  position: PricePosition,
  quantity: number,
  free: number,
  occasion: Occasion,
  volumes: Volumes,
): TierPart[] {
  const tiers = position.terms?.tiers;
  const charged = quantity - free;
  if (charged === 0) return [];
  if (!tiers) return [{ from: 0, upTo: null, quantity: charged, price: position.price }];
  const before = volumes.quantity(position.key, tiers.scope, occasion);
  if (tiers.kind === 'graduated') return graduate(position, before + free, charged);
  return [{ ...stepReached(position, before + quantity), quantity: charged }];
}

function tierLine(
  position: PricePosition,
  { from, upTo, quantity, price: ofTier }: TierPart,
  adjustments: ReturnType<typeof adjustmentsOn>,
): DraftLine {
  const price = adjusted(ofTier, adjustments);
  return {
    position: price === position.price ? position : { ...position, price },
    quantity,
    exact: product(quantity, price),
    ...(position.terms?.tiers ? { tier: { from, upTo } } : {}),
    ...(adjustments.length > 0 ? { adjustments } : {}),
  };
}

/** What the step that this quantity reaches changes in what was charged before, by the VAT rate that it was charged at. */
function correctionLines(position: PricePosition, quantity: number, occasion: Occasion, volumes: Volumes): DraftLine[] {
  const tiers = position.terms?.tiers;
  if (tiers?.kind !== 'wholeVolume') return [];
  const volume = volumes.quantity(position.key, tiers.scope, occasion) + quantity;
  const byRate = new Map<BasisPoints, number>();
  for (const charged of volumes.charged(position.key, tiers.scope, occasion)) {
    const net = repriced(charged, volume);
    byRate.set(charged.vatRate, (byRate.get(charged.vatRate) ?? 0) + net - charged.net);
    charged.net = net;
  }
  return [...byRate]
    .filter(([, difference]) => difference !== 0)
    .map(([vatRate, difference]) => ({
      position,
      quantity: 0,
      exact: BigInt(difference) * BILLIONTHS_PER_CENT,
      kind: 'correction' as const,
      vatRate,
    }));
}

function repriced({ position, occasion, quantity }: Charged, volume: number): Cents {
  const { price } = stepReached(position, volume);
  return multiply(quantity, adjusted(price, adjustmentsOn(position.terms ?? {}, occasion.day, occasion.options)));
}

/** Remembers what a higher step may reprice. */
function noteCharged(position: PricePosition, lines: readonly PriceLine[], occasion: Occasion, volumes: Volumes): void {
  const tiers: Tiers | undefined = position.terms?.tiers;
  if (tiers?.kind !== 'wholeVolume') return;
  const vatRate = vatRateOn(occasion.day, position.terms?.vat);
  for (const { quantity, net, kind } of lines) {
    if (kind !== undefined) continue;
    volumes.charged(position.key, tiers.scope, occasion).push({ position, occasion, quantity, vatRate, net });
  }
}

/**
 * The minimum charge is due with the first performance of the scope; what follows costs only what goes beyond it. So the
 * scope costs the greater of minimum and charges, however it is divided into deliveries.
 */
function minimumLine(
  position: PricePosition,
  lines: readonly PriceLine[],
  occasion: Occasion,
  volumes: Volumes,
): PriceLine[] {
  const minimum: PriceTerms['minimum'] = position.terms?.minimum;
  if (!minimum) return [];
  const before = volumes.net(position.key, minimum.scope, occasion);
  const own = lines.reduce((sum, { net }) => sum + net, 0);
  volumes.addNet(position.key, own, minimum.scope, occasion);
  const paid = before === undefined ? 0 : Math.max(minimum.amount, before);
  const due = Math.max(minimum.amount, (before ?? 0) + own);
  const net = cents(due - paid - own);
  return net === 0 ? [] : [{ position, quantity: 0, net, kind: 'minimum' }];
}

function product(quantity: number, price: Micros): bigint {
  return BigInt(quantity) * BigInt(price);
}

function roundToCent(exact: bigint): Cents {
  return cents(Number(divideHalfUp(exact, BILLIONTHS_PER_CENT)));
}

/** The sum is rounded once; each line gets what the rounded sum has grown by with it, so that the lines make the sum. */
function roundTotal(drafts: readonly DraftLine[]): Cents[] {
  let [exactly, given] = [0n, 0];
  return drafts.map(({ exact }) => {
    exactly += exact;
    const upToHere = roundToCent(exactly);
    const part = cents(upToHere - given);
    given = upToHere;
    return part;
  });
}
