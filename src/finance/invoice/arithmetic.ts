import { createFinding, type Finding } from '../../findings/finding.ts';
import {
  absolute,
  compareDecimals,
  type Decimal,
  decimalText,
  decimalZero,
  dividedBy,
  equals,
  minus,
  parseDecimal,
  plus,
  rounded,
  times,
  total,
} from '../../shared/decimal.ts';
import type { Allowance, Invoice, InvoiceLine } from './normal-form.ts';

/** Totals by our own arithmetic; null where the invoice does not state what they are made of. */
export interface RecomputedTotals {
  /** From the net amounts of the lines as stated. */
  readonly lineNet: string | null;
  readonly net: string | null;
  /** From the lines' own categories and rates, else from the VAT breakdown. */
  readonly tax: string | null;
  readonly gross: string | null;
  readonly payable: string | null;
}

export interface InvoiceArithmetic {
  readonly recomputed: RecomputedTotals;
  readonly findings: readonly Finding[];
}

const cents = 2;
/** A cent on each rounded part is a matter of rounding, more is a mistake (PEPPOL-EN16931-R120, EN 16931-1 annex A). */
const oneCent: Decimal = { units: 1n, scale: 2 };
/** Where an invoice in another currency states whole units only (forint, yen), they are what was rounded to. */
const halfUnit: Decimal = { units: 5n, scale: 1 };
const hundred: Decimal = { units: 100n, scale: 0 };

/**
 * Recomputes an invoice from its parts by the calculation rules of EN 16931-1 (6.4.2 and 6.4.3: BR-CO-10 to BR-CO-17)
 * and tells every stated amount that differs.
 * @param path the invoice's name, the place of the findings
 */
export function checkArithmetic(invoice: Invoice, path: string): InvoiceArithmetic {
  const check = new Check(path, countsWholeUnits(invoice) ? halfUnit : oneCent);
  for (const line of invoice.lines) checkLine(line, invoice.lines, check);
  const computed = recompute(invoice);
  const { totals } = invoice;
  check.total('BT-106', 'BR-CO-10', totals.lineNet, computed.lineNet);
  check.total('BT-107', 'BR-CO-11', totals.allowances, sumOf(invoice.allowances, 'allowance'));
  check.total('BT-108', 'BR-CO-12', totals.charges, sumOf(invoice.allowances, 'charge'));
  check.total('BT-109', 'BR-CO-13', totals.net, netOfStated(invoice));
  checkVat(invoice, check);
  check.total('BT-112', 'BR-CO-15', totals.gross, sumOfStated(totals.net, totals.tax ?? '0'));
  check.total('BT-115', 'BR-CO-16', totals.payable, payableOf(invoice, value(totals.gross)));
  return { recomputed: textsOf(computed), findings: check.findings };
}

/** A document that has no lines (Factur-X MINIMUM, BASIC WL) states its totals only. */
function recompute(invoice: Invoice) {
  const nets = invoice.lines.filter(({ counts }) => counts).map(({ net }) => value(net));
  const known = nets.length > 0 && nets.every((net) => net !== null);
  const lineNet = known ? total(nets) : invoice.lines.length === 0 ? value(invoice.totals.lineNet) : null;
  const { allowances, charges } = allowanceTotals(invoice);
  const net = lineNet ? plus(minus(lineNet, allowances), charges) : value(invoice.totals.net);
  const tax = taxFromLines(invoice) ?? taxFromBreakdown(invoice) ?? value(invoice.totals.tax);
  const gross = net && plus(net, tax ?? decimalZero);
  return { lineNet, net, tax, gross, payable: payableOf(invoice, gross) };
}

function textsOf(computed: ReturnType<typeof recompute>): RecomputedTotals {
  const words = (amount: Decimal | null) => amount && decimalText(rounded(amount, cents), cents);
  return {
    lineNet: words(computed.lineNet),
    net: words(computed.net),
    tax: words(computed.tax),
    gross: words(computed.gross),
    payable: words(computed.payable),
  };
}

/** Line net = quantity × price ÷ base quantity − allowances + charges, rounded once for the product (EN 16931-1, BT-131). */
function checkLine(line: InvoiceLine, lines: readonly InvoiceLine[], check: Check): void {
  const [quantity, price, net] = [value(line.quantity), value(line.price), value(line.net)];
  const base = value(line.baseQuantity) ?? { units: 1n, scale: 0 };
  const groups = lines.some(({ parent }) => parent !== null && parent === line.id);
  if (!line.counts || groups || !quantity || !price || !net || base.units === 0n) return;
  const product = dividedBy(times(quantity, price), base, cents);
  const computed = plus(product, signedSum(line.allowances));
  if (equals(net, computed)) return;
  const args = { line: line.id ?? '?', stated: decimalText(net, cents), computed: decimalText(computed, cents) };
  check.add(check.isRounding(net, computed) ? 'invoice.line-rounding' : 'invoice.line-differs', args);
}

/** BR-CO-14, BR-CO-17, and the taxable amounts by category and rate (BR-S-08 and its like). */
function checkVat(invoice: Invoice, check: Check): void {
  const { vat, totals } = invoice;
  const taxes = vat.map(({ tax }) => value(tax));
  if (vat.length > 0 && taxes.every((tax) => tax !== null)) {
    check.total('BT-110', 'BR-CO-14', totals.tax ?? '0', total(taxes));
  }
  const groups = taxableFromLines(invoice);
  for (const { category, rate, taxable, tax } of vat) {
    const [base, percent, stated] = [value(taxable), value(rate), value(tax)];
    if (base && percent && stated) {
      check.vat('BT-117', category, rate, stated, dividedBy(times(base, percent), hundred, cents));
    }
    const expected = groups?.get(groupKey(category, rate));
    const isOnlyOne =
      vat.filter((other) => groupKey(other.category, other.rate) === groupKey(category, rate)).length === 1;
    if (base && expected && isOnlyOne) check.vat('BT-116', category, rate, base, expected);
  }
  for (const [key, expected] of groups ?? []) {
    const isTold = vat.length === 0 || vat.some(({ category, rate }) => groupKey(category, rate) === key);
    if (!isTold && expected.units !== 0n) {
      const [category = '', rate = ''] = key.split(' ');
      check.add('invoice.vat-group-missing', { category, rate, computed: decimalText(expected, cents) });
    }
  }
}

/** The taxable amount by category and rate, from lines, allowances and charges; undefined where one tells no category. */
function taxableFromLines({ lines, allowances }: Invoice): Map<string, Decimal> | undefined {
  const counted = lines.filter(({ counts }) => counts);
  if (counted.length === 0) return undefined;
  const parts = [
    ...counted.map(({ vatCategory, vatRate, net }) => [vatCategory, vatRate, value(net)] as const),
    ...allowances.map((one) => [one.vatCategory, one.vatRate, signed(one)] as const),
  ];
  const groups = new Map<string, Decimal>();
  for (const [category, rate, amount] of parts) {
    if (category === null || amount === null) return undefined;
    const key = groupKey(category, rate);
    groups.set(key, plus(groups.get(key) ?? decimalZero, amount));
  }
  return groups;
}

function taxFromLines(invoice: Invoice): Decimal | null {
  const groups = taxableFromLines(invoice);
  if (!groups) return null;
  const taxes = [...groups].map(([key, base]) => {
    const percent = value(key.split(' ')[1] ?? '0') ?? decimalZero;
    return dividedBy(times(base, percent), hundred, cents);
  });
  return total(taxes);
}

function taxFromBreakdown({ vat }: Invoice): Decimal | null {
  const taxes = vat.map(({ tax }) => value(tax));
  return taxes.length > 0 && taxes.every((tax) => tax !== null) ? total(taxes) : null;
}

/** Category and rate as one key: "S 19"; a category without rate has 0. */
function groupKey(category: string | null, rate: string | null): string {
  return `${category ?? ''} ${rate ?? '0'}`;
}

/** Where a document tells its sums but not their parts (MINIMUM), the sums stand. */
function allowanceTotals({ allowances, lines, totals }: Invoice): { allowances: Decimal; charges: Decimal } {
  const isSummary = lines.length === 0 && allowances.length === 0;
  return {
    allowances: isSummary ? (value(totals.allowances) ?? decimalZero) : sumOf(allowances, 'allowance'),
    charges: isSummary ? (value(totals.charges) ?? decimalZero) : sumOf(allowances, 'charge'),
  };
}

function netOfStated({ totals }: Invoice): Decimal | null {
  const lineNet = value(totals.lineNet);
  if (!lineNet) return null;
  return plus(minus(lineNet, value(totals.allowances) ?? decimalZero), value(totals.charges) ?? decimalZero);
}

function sumOfStated(a: string | null, b: string | null): Decimal | null {
  const [left, right] = [value(a), value(b)];
  return left && right ? plus(left, right) : null;
}

/** The profile MINIMUM tells what is due, but not what was paid before: only there no sum of lines is stated. */
function payableOf({ totals }: Invoice, gross: Decimal | null): Decimal | null {
  if (!gross || totals.lineNet === null) return null;
  return plus(minus(gross, value(totals.prepaid) ?? decimalZero), value(totals.rounding) ?? decimalZero);
}

function sumOf(allowances: readonly Allowance[], kind: Allowance['kind']): Decimal {
  return total(allowances.filter((one) => one.kind === kind).map(({ amount }) => value(amount) ?? decimalZero));
}

function signedSum(allowances: readonly Allowance[]): Decimal {
  return minus(sumOf(allowances, 'charge'), sumOf(allowances, 'allowance'));
}

function signed({ kind, amount }: Allowance): Decimal | null {
  const read = value(amount);
  return read && (kind === 'charge' ? read : minus(decimalZero, read));
}

function value(words: string | null): Decimal | null {
  return words === null ? null : (parseDecimal(words) ?? null);
}

function countsWholeUnits({ currency, lines, totals }: Invoice): boolean {
  const amounts = [...lines.map(({ net }) => net), totals.net, totals.tax, totals.gross];
  return currency !== 'EUR' && amounts.every((amount) => amount === null || amount.endsWith('.00'));
}

/** Compares and gathers what differs. */
class Check {
  readonly findings: Finding[] = [];
  readonly #path: string;
  readonly #tolerance: Decimal;

  constructor(path: string, tolerance: Decimal) {
    this.#path = path;
    this.#tolerance = tolerance;
  }

  isRounding(stated: Decimal, computed: Decimal): boolean {
    return compareDecimals(absolute(minus(stated, computed)), this.#tolerance) <= 0;
  }

  add<Code extends Finding['code']>(code: Code, args: Parameters<typeof createFinding<Code>>[2]): void {
    this.findings.push(createFinding(code, { path: this.#path }, args));
  }

  /** Sums are exact: a cent off is a cent off. */
  total(term: string, rule: string, stated: string | null, computed: Decimal | null): void {
    const said = value(stated);
    if (!said || !computed || equals(said, computed)) return;
    this.add('invoice.total-differs', {
      term,
      rule,
      stated: decimalText(said, cents),
      computed: decimalText(computed, cents),
    });
  }

  vat(
    term: 'BT-116' | 'BT-117',
    category: string | null,
    rate: string | null,
    stated: Decimal,
    computed: Decimal,
  ): void {
    if (equals(stated, computed)) return;
    this.add(this.isRounding(stated, computed) ? 'invoice.vat-rounding' : 'invoice.vat-differs', {
      term,
      category: category ?? '?',
      rate: rate ?? '?',
      stated: decimalText(stated, cents),
      computed: decimalText(computed, cents),
    });
  }
}
