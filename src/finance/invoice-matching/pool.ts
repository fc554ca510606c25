import { BILLIONTHS_PER_CENT } from '../../contract/pricing/price-position.ts';
import { type Cents, divideHalfUp, type Micros, multiply } from '../../shared/money.ts';
import { type BillableItem, type InvoiceBooks, itemKey, keyOf, type RecordedUse } from './books.ts';

/** What a line takes of one accepted item; negative for what a credit gives back. */
export interface Use {
  readonly item: BillableItem;
  /** Thousandths of the unit; 0 for an amount without a quantity, which is taken as a whole. */
  readonly quantity: number;
}

/** What a minimum charge adds, or a tier that was reached changes. */
export function isAmount({ quantity }: BillableItem): boolean {
  return quantity === 0;
}

/** How much of an item is still to be invoiced. */
interface Share {
  readonly item: BillableItem;
  open: number;
}

/**
 * The accepted quantities while an invoice is read line by line: what is open, what was invoiced before, and what earlier
 * lines of this invoice have taken. Nothing is handed out twice.
 */
export class Pool {
  readonly #shares: readonly Share[];
  /** Amounts without a quantity that no invoice has taken yet. */
  readonly #amounts: Set<BillableItem>;
  readonly #uses: readonly RecordedUse[];
  /** Net invoiced by call-off and position: before, and by lines of this invoice. */
  readonly #billed = new Map<string, number>();

  constructor({ items, uses }: Pick<InvoiceBooks, 'items' | 'uses'>) {
    this.#uses = uses;
    for (const use of uses) this.#addBilled(use.callOffId, use.position, use.net);
    this.#shares = sharesOf(items, uses);
    this.#amounts = openAmounts(items, uses);
  }

  accepted(matches: (item: BillableItem) => boolean): number {
    return this.#matching(matches).reduce((sum, { item }) => sum + item.quantity, 0);
  }

  open(matches: (item: BillableItem) => boolean): number {
    return this.#matching(matches).reduce((sum, { open }) => sum + open, 0);
  }

  /** Numbers of the invoices that used such items before. */
  invoicesOf(matches: (item: BillableItem) => boolean): string[] {
    const keys = new Set(this.#matching(matches).map(({ item }) => keyOf(item)));
    return [...new Set(this.#uses.filter((use) => keys.has(itemKey(use))).map(({ invoice }) => invoice))];
  }

  /** Takes up to `quantity` out of matching items, those first that the order puts first. */
  take(quantity: number, matches: (item: BillableItem) => boolean, order: Order): Use[] {
    return this.#move(this.#matching(matches).sort(by(order)), quantity, ({ open }) => open);
  }

  /** Takes the open amounts of the acceptances that a line bills quantities of. */
  takeAmounts(of: readonly Use[], wants: (item: BillableItem) => boolean): Use[] {
    const keys = new Set(of.map(({ item }) => keyOf(item)));
    const taken = [...this.#amounts].filter((item) => keys.has(keyOf(item)) && wants(item));
    for (const item of taken) this.#amounts.delete(item);
    return taken.map((item) => ({ item, quantity: 0 }));
  }

  /** Gives up to `quantity` of what was invoiced back, the last first. */
  giveBack(quantity: number, matches: (item: BillableItem) => boolean, order: Order): Use[] {
    const shares = this.#matching(matches).reverse().sort(by(order));
    return this.#move(shares, quantity, ({ item, open }) => item.quantity - open, -1);
  }

  /** Takes a move back. */
  undo(uses: readonly Use[]): void {
    for (const { item, quantity } of uses) {
      if (isAmount(item)) this.#amounts.add(item);
      const share = this.#shares.find((one) => one.item === item);
      if (share) share.open += quantity;
    }
  }

  /** What may still be billed of a call-off's position, in cents: its worth less all that was invoiced of it. */
  worthLeft(callOffId: number, position: string): Cents {
    const items = this.#shares
      .map(({ item }) => item)
      .filter(({ callOff, position: { key } }) => callOff.id === callOffId && key === position);
    return (worthOf(items) - (this.#billed.get(groupKey(callOffId, position)) ?? 0)) as Cents;
  }

  /** Records what a line bills of a call-off's position. */
  bill(callOffId: number, position: string, net: Cents): void {
    this.#addBilled(callOffId, position, net);
  }

  #matching(matches: (item: BillableItem) => boolean): Share[] {
    return this.#shares.filter(({ item }) => matches(item));
  }

  #move(shares: readonly Share[], quantity: number, available: (share: Share) => number, sign: 1 | -1 = 1): Use[] {
    const moved: Use[] = [];
    let left = quantity;
    for (const share of shares) {
      const part = Math.min(left, available(share));
      if (part <= 0) continue;
      share.open -= sign * part;
      left -= part;
      moved.push({ item: share.item, quantity: sign * part });
    }
    return moved;
  }

  #addBilled(callOffId: number, position: string, net: Cents): void {
    const key = groupKey(callOffId, position);
    this.#billed.set(key, (this.#billed.get(key) ?? 0) + net);
  }
}

export type Order = (a: BillableItem, b: BillableItem) => number;

function by(order: Order): (a: Share, b: Share) => number {
  return (a, b) => order(a.item, b.item);
}

/** What earlier invoices used fills the parts of an acceptance at the price that was used, then whatever is left of it. */
function sharesOf(items: readonly BillableItem[], uses: readonly RecordedUse[]): Share[] {
  const used = new Map<string, number>();
  const usedAt = new Map<string, number>();
  for (const use of uses) {
    used.set(itemKey(use), (used.get(itemKey(use)) ?? 0) + use.quantity);
    usedAt.set(`${itemKey(use)} ${use.price}`, (usedAt.get(`${itemKey(use)} ${use.price}`) ?? 0) + use.quantity);
  }
  const shares = items.map((item) => ({ item, open: item.quantity }));
  const fill = (share: Share, most: number) => {
    const taken = Math.min(share.open, Math.max(0, Math.min(most, used.get(keyOf(share.item)) ?? 0)));
    used.set(keyOf(share.item), (used.get(keyOf(share.item)) ?? 0) - taken);
    share.open -= taken;
    return taken;
  };
  for (const share of shares) {
    const key = `${keyOf(share.item)} ${share.item.position.price}`;
    usedAt.set(key, (usedAt.get(key) ?? 0) - fill(share, usedAt.get(key) ?? 0));
  }
  for (const share of shares) fill(share, Number.MAX_SAFE_INTEGER);
  return shares;
}

/** An amount is used as a whole: by a use of its acceptance without a quantity. @returns those that none has used */
export function openAmounts(
  items: readonly BillableItem[],
  uses: readonly Pick<RecordedUse, 'callOffId' | 'decisionId' | 'position' | 'quantity'>[],
): Set<BillableItem> {
  const used = new Map<string, number>();
  for (const use of uses) {
    if (use.quantity === 0) used.set(itemKey(use), (used.get(itemKey(use)) ?? 0) + 1);
  }
  return new Set(
    items.filter(isAmount).filter((item) => {
      const times = used.get(keyOf(item)) ?? 0;
      used.set(keyOf(item), times - 1);
      return times <= 0;
    }),
  );
}

function groupKey(callOffId: number, position: string): string {
  return JSON.stringify([callOffId, position]);
}

/**
 * What accepted items of one position are worth: by each price, the greater of the two ways to round that are lawful, each
 * acceptance to the cent by itself, or all of them in one line (EN 16931-1, BT-131); with the amounts without a quantity.
 */
export function worthOf(items: readonly BillableItem[]): Cents {
  const byPrice = new Map<Micros, { quantity: number; net: number }>();
  for (const { position, quantity, net } of items.filter((item) => !isAmount(item))) {
    const sum = byPrice.get(position.price) ?? { quantity: 0, net: 0 };
    byPrice.set(position.price, { quantity: sum.quantity + quantity, net: sum.net + net });
  }
  const worths = [...byPrice].map(([price, { quantity, net }]) => Math.max(net, multiply(quantity, price)));
  const amounts = items.filter(isAmount).map(({ net }) => net);
  return [...worths, ...amounts].reduce((sum, worth) => sum + worth, 0) as Cents;
}

/** Net at the prices of the items: quantities at one price are added before they are rounded. */
export function priceOf(uses: readonly Use[]): Cents {
  const byPrice = new Map<Micros, number>();
  let amounts = 0;
  for (const { item, quantity } of uses) {
    const { price } = item.position;
    if (isAmount(item)) amounts += item.net;
    else byPrice.set(price, (byPrice.get(price) ?? 0) + quantity);
  }
  return [...byPrice].reduce((sum, [price, quantity]) => sum + multiply(quantity, price), amounts) as Cents;
}

/** Splits a line's net over its uses in proportion to what they cost; the parts sum to the whole. */
export function splitNet(uses: readonly Use[], net: Cents): Cents[] {
  const weights = uses.map(({ item, quantity }) =>
    isAmount(item) ? BigInt(item.net) * BILLIONTHS_PER_CENT : BigInt(quantity) * BigInt(item.position.price),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  let [seen, given] = [0n, 0];
  return weights.map((weight, index) => {
    seen += weight;
    const isLast = index === weights.length - 1;
    const upTo = isLast || total === 0n ? net : Number(divideHalfUp(BigInt(net) * seen, total));
    const part = upTo - given;
    given = upTo;
    return part as Cents;
  });
}
