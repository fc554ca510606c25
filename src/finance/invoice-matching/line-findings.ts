import { pricesOn } from '../../contract/prices.ts';
import { adjusted, adjustmentsOn } from '../../contract/pricing/effective-price.ts';
import type { PricePosition } from '../../contract/pricing/price-position.ts';
import { createFinding, type Finding } from '../../findings/finding.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { type Decimal, decimalText } from '../../shared/decimal.ts';
import { type Cents, centsToDecimal, microsToDecimal, zero } from '../../shared/money.ts';
import { billable } from './line-uses.ts';
import { isAmount, splitNet, type Use } from './pool.ts';
import { comparePrice, type LineContext, positionsOf, rateOf, type StatedLine } from './stated-line.ts';
import { codesOf } from './units.ts';

/** Finds what is wrong with a line that bills or credits a known position. */
export class LineCheck {
  readonly #stated: StatedLine;
  readonly #position: PricePosition;
  readonly #uses: readonly Use[];
  /** Those with a quantity: only they have a unit price. */
  readonly #priced: readonly Use[];
  readonly #context: LineContext;
  readonly #findings: Finding[] = [];

  constructor(stated: StatedLine, position: PricePosition, uses: readonly Use[], context: LineContext) {
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
