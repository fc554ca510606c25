import { pricesOn } from '../../contract/prices.ts';
import { adjusted, adjustmentsOn } from '../../contract/pricing/effective-price.ts';
import type { PricePosition } from '../../contract/pricing/price-position.ts';
import { createFinding, type Finding } from '../../findings/finding.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { compareDecimals, type Decimal, decimalText, dividedBy, parseDecimal, times } from '../../shared/decimal.ts';
import { type Cents, centsToDecimal, microsToDecimal, parseCents, parseScaled, zero } from '../../shared/money.ts';
import type { Allowance, Invoice, InvoiceLine } from '../invoice/normal-form.ts';
import { type BillableItem, type InvoiceBooks, itemKey, keyOf } from './books.ts';
import type { InvoiceScope } from './head.ts';
import { isAmount, type Order, type Pool, priceOf, splitNet, type Use } from './pool.ts';
import { type MatchTerm, matchPosition } from './position.ts';
import { lineReduction, reasonFor, reductionUse } from './reduction.ts';
import { codesOf } from './units.ts';

/** A line held against what was accepted. Quantities are thousandths, amounts net; both negative for what is credited. */
export interface CheckedLine {
  readonly line: InvoiceLine;
  /** BT-126, or "?". */
  readonly id: string;
  readonly position: PricePosition | undefined;
  readonly matchedBy: MatchTerm | undefined;
  readonly quantity: number;
  readonly net: Cents;
  /** The accepted quantities that it may use, and what we would have billed for them. */
  readonly uses: readonly Use[];
  readonly expected: Cents;
  readonly causes: Causes;
  readonly findings: readonly Finding[];
}

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

/** What a line is checked in. */
export interface LineContext {
  readonly invoice: Invoice;
  readonly scope: InvoiceScope;
  readonly books: InvoiceBooks;
  readonly pool: Pool;
  readonly path: string;
  /** Lines (BT-126) whose own arithmetic is wrong: what they credit is not given back. */
  readonly miscalculated: ReadonlySet<string>;
}

/** A line whose numbers can be read. */
interface Stated {
  readonly line: InvoiceLine;
  readonly id: string;
  readonly quantity: number;
  readonly net: Cents;
  /** For one unit. */
  readonly price: Decimal;
  readonly allowances: Cents;
}

const noCauses: Causes = { quantity: zero, price: zero, allowances: zero, notAgreed: zero, rounding: zero };
const one: Decimal = { units: 1n, scale: 0 };

/** Holds one line against contract and acceptances, and takes what it may use out of the pool. */
export function checkLine(line: InvoiceLine, context: LineContext): CheckedLine {
  const stated = readStated(line, context.invoice);
  if ('missing' in stated) {
    const findings = stated.missing.map((term) =>
      createFinding('invoice.value-missing', { path: context.path }, { term }),
    );
    const nothing = {
      position: undefined,
      matchedBy: undefined,
      quantity: 0,
      net: stated.net,
      uses: [],
      expected: zero,
    };
    return { line, id: line.id ?? '?', ...nothing, causes: { ...noCauses, notAgreed: stated.net }, findings };
  }
  const matched = matchPosition(line, positionsOf(context));
  const position = matched && positionsOf(context).find(({ key }) => key === matched.key);
  if (!matched || !position) {
    const reduced = stated.net < 0 ? reduction(stated, context) : undefined;
    if (reduced) return reduced;
    const args = { line: stated.id, name: line.name ?? '' };
    const findings = [createFinding('invoice.line-unmatched', { path: context.path }, args)];
    const causes = { ...noCauses, notAgreed: stated.net };
    return { ...stated, position, matchedBy: undefined, uses: [], expected: zero, causes, findings };
  }
  const uses = stated.quantity < 0 ? creditUses(stated, position, context) : billUses(stated, position, context);
  const check = new LineCheck(stated, position, uses, context);
  const findings = stated.quantity < 0 ? check.credit() : check.bill();
  const isSound = !context.miscalculated.has(stated.id) && findings.every(({ severity }) => severity !== 'error');
  // What a wrong line credits may not be billed again by another one; what it bills stays taken.
  if (stated.quantity < 0 && !isSound) context.pool.undo(uses);
  else billPool(context.pool, uses, stated.net);
  const expected = priceOf(uses);
  return {
    ...stated,
    position,
    matchedBy: matched.by,
    uses,
    expected,
    causes: causesOf(stated, position, uses),
    findings,
  };
}

/** A penalty or discount: an amount off, charged with the acceptance that the line's period, rate and price fit best. */
function reduction(stated: Stated, context: LineContext): CheckedLine | undefined {
  const { scope, books, path } = context;
  const callOffs = new Set(scope.callOffs.map(({ id }) => id));
  const [anchor] = books.items.filter(({ callOff }) => callOffs.has(callOff.id)).sort(preference(stated, context));
  if (!anchor) return undefined;
  const { line, net } = stated;
  const reason = reasonFor([line.buyerItem, line.sellerItem, line.name], scope);
  const uses = [reductionUse(net, anchor, reason)];
  const check = new LineCheck(stated, anchor.position, uses, context);
  const findings = [lineReduction(line, net, reason, path), ...check.rate()];
  return { ...stated, position: undefined, matchedBy: undefined, uses, expected: net, causes: noCauses, findings };
}

function readStated(line: InvoiceLine, { kind }: Invoice): Stated | { missing: string[]; net: Cents } {
  const sign = kind === 'creditNote' ? -1 : 1;
  const quantity = line.quantity === null ? undefined : parseScaled(line.quantity, 3);
  const net = line.net === null ? undefined : parseCents(line.net);
  const price = line.price === null ? undefined : parseDecimal(line.price);
  const base = line.baseQuantity === null ? one : parseDecimal(line.baseQuantity);
  const unitPrice = price && base && base.units !== 0n ? dividedBy(price, base, 9) : undefined;
  if (quantity === undefined || net === undefined || !unitPrice) {
    const missing = [
      ...(quantity === undefined ? ['BT-129'] : []),
      ...(net === undefined ? ['BT-131'] : []),
      ...(unitPrice ? [] : ['BT-146']),
    ];
    return { missing, net: (sign * (net ?? 0)) as Cents };
  }
  return {
    line,
    id: line.id ?? '?',
    quantity: signed(sign, quantity),
    net: signed(sign, net) as Cents,
    price: unitPrice,
    allowances: signed(sign, sumOfAllowances(line.allowances)) as Cents,
  };
}

/** Charges less allowances; what cannot be read counts nothing here, the arithmetic tells it. */
function sumOfAllowances(allowances: readonly Allowance[]): number {
  return allowances.reduce((sum, { kind, amount }) => {
    const read = (amount === null ? undefined : parseCents(amount)) ?? 0;
    return sum + (kind === 'charge' ? read : -read);
  }, 0);
}

function signed(sign: number, value: number): number {
  return value === 0 ? 0 : sign * value;
}

function positionsOf({ scope, books }: LineContext): PricePosition[] {
  return scope.lots.flatMap(({ id }) => books.prices.get(id) ?? []);
}

/** Accepted items of the position that the invoice may bill. Delivery notes narrow the choice where they name batches of ours. */
function billable({ key }: PricePosition, { scope, books, invoice }: LineContext): (item: BillableItem) => boolean {
  const { receipt, deliveryNote } = invoice.references;
  const noted = [receipt, deliveryNote].flatMap((words) => (words === null ? [] : [words.trim()]));
  const isNoted = ({ batch, round }: BillableItem) =>
    batch !== null && (noted.includes(batch) || noted.includes(`${batch}/${round}`));
  const isNarrow = books.items.some(isNoted);
  const callOffs = new Set(scope.callOffs.map(({ id }) => id));
  return (item) =>
    item.position.key === key && callOffs.has(item.callOff.id) && (!isNarrow || item.batch === null || isNoted(item));
}

/**
 * Quantities, and what a minimum charge or a tier adds to or takes off them: reductions always, additions where the line
 * charges something beside quantity × price.
 */
function billUses(stated: Stated, position: PricePosition, context: LineContext): Use[] {
  const { pool } = context;
  const uses = pool.take(stated.quantity, billable(position, context), preference(stated, context));
  const rate = rateOf(stated.line);
  const amounts = pool.takeAmounts(uses, ({ net, vatRate }) => vatRate === rate && (net < 0 || stated.allowances > 0));
  return [...uses, ...amounts];
}

/** What was billed by the invoices that a credit names; by any, where it names none. */
function creditUses(stated: Stated, position: PricePosition, context: LineContext): Use[] {
  const { invoice, books, pool } = context;
  const numbers = new Set(invoice.references.preceding.map(({ number }) => number));
  const named = books.uses.filter((use) => numbers.size === 0 || numbers.has(use.invoice));
  const keys = new Set(named.map(itemKey));
  const matches = billable(position, context);
  return pool.giveBack(-stated.quantity, (item) => matches(item) && keys.has(keyOf(item)), preference(stated, context));
}

/** Performed in the stated period first, then at the stated rate and price, then the oldest. */
function preference({ line, price }: Stated, { invoice }: LineContext): Order {
  const period = line.period ?? invoice.period ?? { start: invoice.deliveryDate, end: invoice.deliveryDate };
  const rank = (item: BillableItem) => [
    isWithin(item.performedOn, period.start, period.end) ? 0 : 1,
    rateOf(line) === item.vatRate ? 0 : 1,
    comparePrice(price, item.position) === 0 ? 0 : 1,
  ];
  return (a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const first = left.findIndex((value, index) => value !== right[index]);
    if (first >= 0) return (left[first] ?? 0) - (right[first] ?? 0);
    return a.performedOn < b.performedOn ? -1 : a.performedOn > b.performedOn ? 1 : 0;
  };
}

function isWithin(day: CalendarDate, start: CalendarDate | null, end: CalendarDate | null): boolean {
  return (start !== null || end !== null) && (start ?? '') <= day && day <= (end ?? '9999');
}

/** Hundredths of a percent. */
function rateOf({ vatRate }: InvoiceLine): number | undefined {
  return vatRate === null ? 0 : parseScaled(vatRate, 2);
}

function comparePrice(price: Decimal, { price: agreed }: PricePosition): number {
  return compareDecimals(price, { units: BigInt(agreed), scale: 6 });
}

function billPool(pool: Pool, uses: readonly Use[], net: Cents): void {
  for (const [index, part] of splitNet(uses, net).entries()) {
    const use = uses[index];
    if (use) pool.bill(use.item.callOff.id, use.item.position.key, part);
  }
}

function causesOf({ quantity, net, price, allowances }: Stated, position: PricePosition, uses: readonly Use[]): Causes {
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

/** Finds what is wrong with a line that bills or credits a known position. */
class LineCheck {
  readonly #stated: Stated;
  readonly #position: PricePosition;
  readonly #uses: readonly Use[];
  /** Those with a quantity: only they have a unit price. */
  readonly #priced: readonly Use[];
  readonly #context: LineContext;
  readonly #findings: Finding[] = [];

  constructor(stated: Stated, position: PricePosition, uses: readonly Use[], context: LineContext) {
    this.#stated = stated;
    this.#position = position;
    this.#uses = uses;
    this.#priced = uses.filter(({ item }) => !isAmount(item));
    this.#context = context;
  }

  bill(): Finding[] {
    this.#unit();
    this.#quantity();
    this.#price();
    this.#rate();
    this.#charges();
    this.#worth();
    if (this.#uses.some(({ item }) => item.decisionId === null)) {
      this.#add('invoice.quantity-not-counted', { ...this.#place(), billed: quantityText(this.#stated.quantity) });
    }
    return this.#findings;
  }

  credit(): Finding[] {
    this.#unit();
    this.#rate();
    this.#charges();
    const given = -this.#used();
    const credited = -this.#stated.quantity;
    if (given < credited) {
      const args = { ...this.#place(), credited: quantityText(credited), billed: quantityText(given) };
      this.#add('invoice.credit-above-billed', args);
    }
    const other = this.#priced.find(({ item }) => comparePrice(this.#stated.price, item.position) !== 0);
    if (other) {
      const args = { credited: priceText(this.#stated.price), billed: microsToDecimal(other.item.position.price) };
      this.#add('invoice.credit-price-differs', { ...this.#place(), ...args });
    }
    return this.#findings;
  }

  /** The rate alone: of an amount without a quantity. */
  rate(): Finding[] {
    this.#rate();
    return this.#findings;
  }

  #add<Code extends Finding['code']>(code: Code, args: Parameters<typeof createFinding<Code>>[2]): void {
    this.#findings.push(createFinding(code, { path: this.#context.path }, args));
  }

  #place(): { readonly line: string; readonly position: string } {
    return { line: this.#stated.id, position: this.#position.key };
  }

  #used(): number {
    return this.#uses.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  #unit(): void {
    const codes = codesOf(this.#position.unit);
    const { unit } = this.#stated.line;
    if (unit !== null && codes.includes(unit)) return;
    this.#add('invoice.unit-differs', { ...this.#place(), unit: unit ?? '', expected: codes[0] ?? '' });
  }

  #quantity(): void {
    const { quantity } = this.#stated;
    const open = this.#used();
    if (open >= quantity) return;
    const matches = billable(this.#position, this.#context);
    const { pool } = this.#context;
    const args = { ...this.#place(), billed: quantityText(quantity), open: quantityText(open) };
    const invoices = pool.invoicesOf(matches);
    const wasBilled = invoices.length > 0 && pool.accepted(matches) >= quantity;
    if (wasBilled) this.#add('invoice.quantity-billed-before', { ...args, invoices: invoices.join(', ') });
    else this.#add('invoice.quantity-above-accepted', args);
  }

  #price(): void {
    const { price } = this.#stated;
    const other = this.#priced.find(({ item }) => comparePrice(price, item.position) !== 0);
    const agreed = other?.item.position ?? (this.#uses.length === 0 ? this.#presentPrice() : undefined);
    if (!agreed || comparePrice(price, agreed) === 0) return;
    const args = {
      ...this.#place(),
      billed: priceText(price),
      agreed: microsToDecimal(agreed.price),
      performedOn: other?.item.performedOn ?? this.#day(),
    };
    this.#add(comparePrice(price, agreed) > 0 ? 'invoice.price-above' : 'invoice.price-below', args);
  }

  /** Where nothing accepted is left, the price sheet of the day that the invoice states has to do. */
  #presentPrice(): PricePosition | undefined {
    const sheet = positionsOf(this.#context).filter(({ key }) => key === this.#position.key);
    const [position] = pricesOn(sheet, this.#day());
    if (!position?.terms) return position;
    const adjustments = adjustmentsOn(position.terms, this.#day(), new Set());
    return { ...position, price: adjusted(position.price, adjustments) };
  }

  #day(): CalendarDate {
    const { invoice } = this.#context;
    const stated = this.#stated.line.period?.end ?? invoice.period?.end ?? invoice.deliveryDate ?? invoice.issueDate;
    return stated ?? ('1970-01-01' as CalendarDate);
  }

  #rate(): void {
    const billed = rateOf(this.#stated.line);
    const other = this.#uses.find(({ item }) => item.vatRate !== billed);
    if (!other) return;
    const { vatRate, performedOn } = other.item;
    const due = decimalText({ units: BigInt(vatRate), scale: 2 });
    this.#add('invoice.vat-rate-differs', {
      ...this.#place(),
      billed: this.#stated.line.vatRate ?? '0',
      due,
      performedOn,
    });
  }

  #charges(): void {
    const agreed = this.#uses.filter(({ item }) => isAmount(item)).reduce((sum, { item }) => sum + item.net, 0);
    if (this.#stated.allowances > 0 && this.#stated.allowances <= agreed) return;
    for (const { kind, amount, reason } of this.#stated.line.allowances) {
      if (kind === 'charge') this.#add('invoice.charge-not-agreed', { amount: amount ?? '?', reason: reason ?? '' });
    }
  }

  /** Nothing above what was accepted is worth, to the cent, however the invoices are rounded. */
  #worth(): void {
    if (this.#used() < this.#stated.quantity) return;
    if (this.#uses.length === 0 && this.#stated.net > 0) this.#tooMuch(this.#stated.net, zero);
    const { pool } = this.#context;
    const parts = new Map<string, { callOffId: number; net: number }>();
    for (const [index, net] of splitNet(this.#uses, this.#stated.net).entries()) {
      const callOffId = this.#uses[index]?.item.callOff.id ?? 0;
      parts.set(String(callOffId), { callOffId, net: (parts.get(String(callOffId))?.net ?? 0) + net });
    }
    for (const { callOffId, net } of parts.values()) {
      const left = pool.worthLeft(callOffId, this.#position.key);
      if (net > left) this.#tooMuch(net, left);
    }
  }

  #tooMuch(billed: number, left: Cents): void {
    const args = { billed: centsToDecimal(billed as Cents), left: centsToDecimal(left) };
    this.#add('invoice.amount-above-accepted', { ...this.#place(), ...args });
  }
}

function quantityText(thousandths: number): string {
  return decimalText({ units: BigInt(thousandths), scale: 3 });
}

function priceText(price: Decimal): string {
  return decimalText(price, 2);
}
