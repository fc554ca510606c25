import { type CalendarDate, parseIsoDate } from '../../../shared/dates.ts';
import {
  type Decimal,
  decimalText,
  decimalZero,
  dividedBy,
  minus,
  parseDecimal,
  plus,
  times,
  total,
} from '../../../shared/decimal.ts';
import { discountOf, statedDiscounts } from '../cash-discount.ts';
import type { Allowance, Invoice, InvoiceLine, Party, Period, VatBreakdown } from '../normal-form.ts';
import { kindOf } from '../type-codes.ts';
import type { EntryAllowance, EntryLine, EntryPeriod, InvoiceEntry } from './entry.ts';
import { unitCode } from './unit-words.ts';

/** An entry in normal form, and the business terms that the paper does not state and that were computed. */
export interface CompletedEntry {
  readonly invoice: Invoice;
  /** "BT-131", each once, in the order of the standard. */
  readonly computed: readonly string[];
}

const cents = 2;
const one: Decimal = { units: 1n, scale: 0 };
const hundred: Decimal = { units: 100n, scale: 0 };

/** Brings a recorded invoice into normal form; sums that it leaves out are computed (EN 16931-1, BR-CO-10 to BR-CO-17). */
export function completeEntry(entry: InvoiceEntry): CompletedEntry {
  const computed = new Set<string>();
  const type = stated(entry.type) ?? '380';
  const lines = entry.lines.map((line, index) => completeLine(line, index, entry, computed));
  const allowances = (entry.allowances ?? []).map((one) => allowanceOf(one, stated(entry.vatRate)));
  const vat = breakdown(lines, allowances);
  computed.add('BT-116').add('BT-117');
  const invoice: Invoice = {
    syntax: 'entry',
    specification: null,
    process: null,
    number: entry.number.trim(),
    type,
    kind: kindOf(type),
    issueDate: dateOf(entry.issueDate),
    dueDate: dateOf(entry.dueDate),
    taxPointDate: null,
    deliveryDate: dateOf(entry.deliveryDate),
    period: periodOf(entry.period),
    currency: stated(entry.currency) ?? 'EUR',
    taxCurrency: null,
    notes: stated(entry.note) === null ? [] : [{ subject: null, text: stated(entry.note) ?? '' }],
    references: referencesOf(entry),
    seller: { ...nobody, ...sellerOf(entry) },
    buyer: { ...nobody, name: stated(entry.buyer?.name) },
    payee: null,
    payment: paymentOf(entry),
    allowances,
    lines,
    vat,
    totals: completeTotals(entry, lines, allowances, vat, computed),
    attachments: [],
  };
  return { invoice, computed: order.filter((term) => computed.has(term)) };
}

const order = ['BT-130', 'BT-131', 'BT-106', 'BT-109', 'BT-110', 'BT-112', 'BT-115', 'BT-116', 'BT-117'];

const nobody: Party = {
  name: null,
  tradingName: null,
  identifiers: [],
  legalIdentifier: null,
  vatIdentifier: null,
  taxNumber: null,
  electronicAddress: null,
  address: null,
};

function sellerOf({ seller }: InvoiceEntry) {
  return {
    name: seller.name.trim(),
    vatIdentifier: stated(seller.vatIdentifier),
    taxNumber: stated(seller.taxNumber),
  };
}

function referencesOf({ references }: InvoiceEntry): Invoice['references'] {
  return {
    buyerReference: stated(references?.buyerReference),
    project: null,
    contract: stated(references?.contract),
    order: stated(references?.order),
    salesOrder: null,
    receipt: null,
    deliveryNote: stated(references?.deliveryNote),
    lot: stated(references?.lot),
    object: null,
    account: null,
    preceding: (references?.preceding ?? []).map(({ number, date }) => ({ number: number.trim(), date: dateOf(date) })),
  };
}

function paymentOf({ payment, issueDate }: InvoiceEntry): Invoice['payment'] {
  const [terms, from] = [stated(payment?.terms), dateOf(issueDate)];
  const given = (payment?.discounts ?? []).map(({ days, percent, base }) =>
    discountOf({ days, percent, base: stated(base), from }),
  );
  return {
    means: null,
    remittance: stated(payment?.remittance),
    accounts: (payment?.accounts ?? []).flatMap((account) => stated(account) ?? []),
    terms,
    discounts: [...given, ...statedDiscounts(terms, from).discounts],
  };
}

function completeLine(line: EntryLine, index: number, entry: InvoiceEntry, computed: Set<string>): InvoiceLine {
  const rate = stated(line.vatRate) ?? stated(entry.vatRate);
  const allowances = (line.allowances ?? []).map((one) => allowanceOf(one, rate));
  const unit = stated(line.unit);
  if (unit === null) computed.add('BT-130');
  if (stated(line.net) === null) computed.add('BT-131');
  return {
    id: stated(line.id) ?? String(index + 1),
    parent: null,
    counts: true,
    note: null,
    name: stated(line.name),
    description: null,
    sellerItem: null,
    buyerItem: stated(line.buyerItem),
    standardItem: null,
    orderLine: null,
    account: null,
    period: periodOf(line.period),
    quantity: numberText(line.quantity),
    unit: unit === null ? 'C62' : unitCode(unit),
    price: numberText(line.price, cents),
    baseQuantity: numberText(line.baseQuantity),
    allowances,
    net: numberText(line.net, cents) ?? decimalText(netOf(line, allowances), cents),
    vatCategory: categoryOf(rate),
    vatRate: numberText(rate ?? undefined),
  };
}

function netOf({ quantity, price, baseQuantity }: EntryLine, allowances: readonly Allowance[]): Decimal {
  const base = decimal(baseQuantity ?? '');
  const product = times(decimal(quantity) ?? decimalZero, decimal(price) ?? decimalZero);
  const rounded = dividedBy(product, base && base.units !== 0n ? base : one, cents);
  return plus(rounded, sumOf(allowances, 'charge'), minus(decimalZero, sumOf(allowances, 'allowance')));
}

/** Paper states no category: what bears a rate is S (standard), what bears none is E (exempt). */
function categoryOf(rate: string | null): string {
  return (decimal(rate ?? '0')?.units ?? 0n) === 0n ? 'E' : 'S';
}

function allowanceOf({ kind, amount, vatRate, reason }: EntryAllowance, otherwise: string | null): Allowance {
  const rate = stated(vatRate) ?? otherwise;
  return {
    kind,
    amount: numberText(amount, cents),
    base: null,
    percent: null,
    vatCategory: categoryOf(rate),
    vatRate: numberText(rate ?? undefined),
    reason: stated(reason),
  };
}

/** VAT once on the taxable amount of each category and rate. */
function breakdown(lines: readonly InvoiceLine[], allowances: readonly Allowance[]): VatBreakdown[] {
  const groups = new Map<string, { category: string | null; rate: string | null; taxable: Decimal }>();
  const add = (category: string | null, rate: string | null, amount: Decimal) => {
    const key = `${category} ${rate ?? '0'}`;
    const group = groups.get(key) ?? { category, rate: rate ?? '0', taxable: decimalZero };
    groups.set(key, { ...group, taxable: plus(group.taxable, amount) });
  };
  for (const { vatCategory, vatRate, net } of lines) add(vatCategory, vatRate, decimal(net ?? '') ?? decimalZero);
  for (const one of allowances) {
    const amount = decimal(one.amount ?? '') ?? decimalZero;
    add(one.vatCategory, one.vatRate, one.kind === 'charge' ? amount : minus(decimalZero, amount));
  }
  return [...groups.values()].map(({ category, rate, taxable }) => ({
    category,
    rate,
    taxable: decimalText(taxable, cents),
    tax: decimalText(dividedBy(times(taxable, decimal(rate ?? '0') ?? decimalZero), hundred, cents), cents),
    exemption: null,
  }));
}

function completeTotals(
  entry: InvoiceEntry,
  lines: readonly InvoiceLine[],
  allowances: readonly Allowance[],
  vat: readonly VatBreakdown[],
  computed: Set<string>,
): Invoice['totals'] {
  const said = entry.totals ?? {};
  const known = (term: string, words: string | undefined, amount: Decimal): Decimal => {
    const value = decimal(words ?? '');
    if (value === undefined) computed.add(term);
    return value ?? amount;
  };
  const [less, more] = [sumOf(allowances, 'allowance'), sumOf(allowances, 'charge')];
  const sum = total(lines.map(({ net }) => decimal(net ?? '') ?? decimalZero));
  const lineNet = known('BT-106', said.lineNet, sum);
  const net = known('BT-109', said.net, plus(minus(lineNet, less), more));
  const tax = known('BT-110', said.tax, total(vat.map((group) => decimal(group.tax ?? '') ?? decimalZero)));
  const gross = known('BT-112', said.gross, plus(net, tax));
  const [prepaid, rounding] = [decimal(said.prepaid ?? '') ?? decimalZero, decimal(said.rounding ?? '') ?? decimalZero];
  const payable = known('BT-115', said.payable, plus(minus(gross, prepaid), rounding));
  const words = (value: Decimal) => decimalText(value, cents);
  return {
    lineNet: words(lineNet),
    allowances: words(less),
    charges: words(more),
    net: words(net),
    tax: words(tax),
    gross: words(gross),
    prepaid: words(prepaid),
    rounding: words(rounding),
    payable: words(payable),
  };
}

function sumOf(allowances: readonly Allowance[], kind: Allowance['kind']): Decimal {
  return plus(
    ...allowances.filter((one) => one.kind === kind).map(({ amount }) => decimal(amount ?? '') ?? decimalZero),
  );
}

function stated(words: string | undefined): string | null {
  const trimmed = words?.trim().normalize('NFC') ?? '';
  return trimmed === '' ? null : trimmed;
}

function dateOf(words: string | undefined): CalendarDate | null {
  return parseIsoDate(words ?? '') ?? null;
}

function periodOf(period: EntryPeriod | undefined): Period | null {
  const days = { start: dateOf(period?.start), end: dateOf(period?.end) };
  return days.start === null && days.end === null ? null : days;
}

function decimal(words: string): Decimal | undefined {
  return parseDecimal(words);
}

function numberText(words: string | undefined, decimals = 0): string | null {
  const value = parseDecimal(words ?? '');
  return value ? decimalText(value, decimals) : null;
}
