import type { CalendarDate } from '../../shared/dates.ts';
import { yearOf } from '../../shared/dates.ts';
import type { BasisPoints, Cents } from '../../shared/money.ts';
import type { PricePosition } from './price-position.ts';
import type { Scope } from './price-terms.ts';

/** When and under what something is priced: what the scopes of tiers, allowances and minimum charges refer to. */
export interface Occasion {
  /** Day of performance. */
  readonly day: CalendarDate;
  /** Options that the call-off orders, by key. */
  readonly options: ReadonlySet<string>;
  /** Names of the delivery, the call-off, the lot and the contract; equal names, one scope. */
  readonly delivery: string;
  readonly order: string;
  readonly lot: string;
  readonly contract: string;
}

/** Units that were charged at the price of a whole-volume tier. */
export interface Charged {
  readonly position: PricePosition;
  readonly occasion: Occasion;
  readonly quantity: number;
  readonly vatRate: BasisPoints;
  net: Cents;
}

/**
 * What was priced so far: quantities and amounts of each position in each scope. Grows with every priced acceptance; the
 * order in which they come is that of their decisions, so that nothing priced changes later.
 */
export class Volumes {
  readonly #quantities = new Map<string, number>();
  readonly #nets = new Map<string, number>();
  readonly #charged = new Map<string, Charged[]>();

  /** Thousandths of the unit. */
  quantity(key: string, scope: Scope, occasion: Occasion): number {
    return this.#quantities.get(scopeKey(key, scope, occasion)) ?? 0;
  }

  /** What was charged within the scope, without additions to a minimum; undefined when nothing was performed in it yet. */
  net(key: string, scope: Scope, occasion: Occasion): number | undefined {
    return this.#nets.get(scopeKey(key, scope, occasion));
  }

  /** Whole-volume units of the scope that a higher step may reprice. */
  charged(key: string, scope: Scope, occasion: Occasion): Charged[] {
    const name = scopeKey(key, scope, occasion);
    const list = this.#charged.get(name) ?? [];
    this.#charged.set(name, list);
    return list;
  }

  /** Adds to the position's quantity in the given scopes. */
  addQuantity(key: string, quantity: number, occasion: Occasion, scopes: readonly Scope[]): void {
    for (const scope of scopes) {
      const name = scopeKey(key, scope, occasion);
      this.#quantities.set(name, (this.#quantities.get(name) ?? 0) + quantity);
    }
  }

  addNet(key: string, net: number, scope: Scope, occasion: Occasion): void {
    const name = scopeKey(key, scope, occasion);
    this.#nets.set(name, (this.#nets.get(name) ?? 0) + net);
  }
}

function scopeKey(key: string, scope: Scope, { day, delivery, order, lot, contract }: Occasion): string {
  const within = { delivery, order, lot, contract, year: `${lot} ${yearOf(day)}` }[scope];
  return JSON.stringify([scope, within, key]);
}
