import type { PricePosition } from '../../contract/pricing/price-position.ts';
import { type Decimal, dividedBy, times } from '../../shared/decimal.ts';
import { type Cents, zero } from '../../shared/money.ts';
import { isAmount, priceOf, type Use } from './pool.ts';
import type { StatedLine } from './stated-line.ts';

/** Why a line differs from what we would have billed; the parts sum to the difference. */
export interface Causes {
  /** More or less than was accepted and not yet invoiced. */
  readonly quantity: Cents;
  readonly price: Cents;
  /** Allowances and charges of the line. */
  readonly allowances: Cents;
  /** All of a line that the contract does not know. */
  readonly notAgreed: Cents;
  readonly rounding: Cents;
}

/** Of a line that is as we would have billed it. */
export const noCauses: Causes = { quantity: zero, price: zero, allowances: zero, notAgreed: zero, rounding: zero };
const one: Decimal = { units: 1n, scale: 0 };

/** Why a line of this position differs from what we would have billed for these uses. */
export function causesOf(
  { quantity, net, price, allowances }: StatedLine,
  position: PricePosition,
  uses: readonly Use[],
): Causes {
  const used = uses.reduce((sum, use) => sum + use.quantity, 0);
  // Of units beyond what is open nobody can say at which price they would be: the last of those that are.
  const { price: unitPrice } = uses.findLast(({ item }) => !isAmount(item))?.item.position ?? position;
  const agreed = (count: number) => atPrice(count, { units: BigInt(unitPrice), scale: 6 });
  const priced = priceOf(uses.filter(({ item }) => !isAmount(item)));
  const due = (priceOf(uses) - priced) as Cents;
  const beyond = agreed(quantity - used);
  const byPrice = (atPrice(quantity, price) - priced - beyond) as Cents;
  const rounding = (net - priced - beyond - byPrice - allowances) as Cents;
  return { ...noCauses, quantity: beyond, price: byPrice, allowances: (allowances - due) as Cents, rounding };
}

/** @param quantity thousandths */
function atPrice(quantity: number, price: Decimal): Cents {
  return Number(dividedBy(times({ units: BigInt(quantity), scale: 3 }, price), one, 2).units) as Cents;
}
