import type { Micros } from '../../shared/money.ts';
import type { PricePosition } from './price-position.ts';
import type { TierStep } from './price-terms.ts';

/** A part of a volume at one price; thousandths of the unit. */
export interface TierPart {
  readonly from: number;
  /** null: the last tier has no end. */
  readonly upTo: number | null;
  readonly quantity: number;
  readonly price: Micros;
}

/** The steps of a position with its own price as the first. */
function ladder({ price, terms }: PricePosition): TierStep[] {
  return [{ from: 0, price }, ...(terms?.tiers?.steps ?? [])];
}

/** Splits the units that come after `start` by the steps they fall in. */
export function graduate(position: PricePosition, start: number, quantity: number): TierPart[] {
  const steps = ladder(position);
  return steps.flatMap(({ from, price }, index) => {
    const upTo = steps[index + 1]?.from ?? null;
    const end = Math.min(start + quantity, upTo ?? Number.MAX_SAFE_INTEGER);
    const part = end - Math.max(start, from);
    return part > 0 ? [{ from, upTo, quantity: part, price }] : [];
  });
}

/** The step that a volume has reached; a step begins with the unit after its volume. */
export function stepReached(position: PricePosition, volume: number): Omit<TierPart, 'quantity'> {
  const steps = ladder(position);
  const index = steps.findLastIndex(({ from }) => from < volume || from === 0);
  const { from, price } = steps[Math.max(0, index)] ?? { from: 0, price: position.price };
  return { from, upTo: steps[index + 1]?.from ?? null, price };
}
