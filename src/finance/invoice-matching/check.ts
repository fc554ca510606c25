import { createFinding, type Finding } from '../../findings/finding.ts';
import { canonicalHash } from '../../shared/canonical-json.ts';
import { type BasisPoints, type Cents, parseCents, vatOn, zero } from '../../shared/money.ts';
import type { Invoice } from '../invoice/normal-form.ts';
import type { ReadInvoice } from '../invoice/read-invoice.ts';
import type { InvoiceBooks, RecordedInvoice } from './books.ts';
import { type CheckedLine, checkLine } from './check-line.ts';
import { checkHead, type InvoiceScope } from './head.ts';
import { checkLimits } from './limits.ts';
import { Pool, priceOf, type Use } from './pool.ts';
import { successionOf } from './preceding.ts';
import { allowanceFindings } from './reduction.ts';

/** Net, VAT and gross; negative for credits. */
export interface Amounts {
  readonly net: Cents;
  readonly vat: Cents;
  readonly gross: Cents;
}

/** An invoice held against the ledger. */
export interface InvoiceCheck {
  readonly invoice: Invoice;
  readonly contentHash: string;
  readonly scope: InvoiceScope;
  readonly lines: readonly CheckedLine[];
  /** Earlier invoices in whose place it stands, and what they billed: it lists that anew. */
  readonly replaced: readonly RecordedInvoice[];
  readonly already: Amounts;
  /** What the invoice states. */
  readonly billed: Amounts;
  /** What we would have billed for the quantities that its lines may use: VAT once for each rate. */
  readonly expected: Amounts;
  /** All findings: on its arithmetic, on its head, on its lines, on maxima and budget. */
  readonly findings: readonly Finding[];
}

/**
 * Holds an invoice against contract, acceptances and earlier invoices; pure.
 * @param path the invoice's name, the place of the findings
 */
export function checkInvoice(read: ReadInvoice, books: InvoiceBooks, path: string): InvoiceCheck {
  const { invoice } = read;
  const contentHash = contentHashOf(invoice);
  const { scope, findings: onHead } = checkHead(invoice, contentHash, books, path);
  const miscalculated = new Set(read.findings.flatMap((finding) => (isError(finding) ? (lineOf(finding) ?? []) : [])));
  const { replaced, already, findings: onPreceding } = successionOf(invoice, books, path);
  const standing = {
    ...books,
    uses: books.uses.filter(({ invoiceId }) => !replaced.some(({ id }) => id === invoiceId)),
  };
  const context = { invoice, scope, books: standing, pool: new Pool(standing), path, miscalculated };
  const counted = invoice.lines.filter(({ counts }) => counts);
  // Credits first: a correction takes back what it bills anew, in whatever order its lines stand.
  const isCredit = ({ quantity }: { quantity: string | null }) =>
    (quantity?.startsWith('-') ?? false) !== (invoice.kind === 'creditNote');
  const inTurn = [...counted.filter(isCredit), ...counted.filter((line) => !isCredit(line))];
  const checked = new Map(inTurn.map((line) => [line, checkLine(line, context)]));
  const lines = counted.flatMap((line) => checked.get(line) ?? []);
  const uses = lines.flatMap((line) => line.uses);
  const findings = [
    ...read.findings,
    ...onHead,
    ...onPreceding,
    ...lines.flatMap((line) => line.findings),
    ...chargeFindings(invoice, path),
    ...allowanceFindings(invoice, scope, path),
    ...checkLimits(uses, books, path),
  ];
  const [billed, expected] = [statedAmounts(invoice), dueFor(uses)];
  return { invoice, contentHash, scope, lines, replaced, already, billed, expected, findings };
}

/** sha256 over what an invoice says, but for its number and the syntax in which it says it. */
export function contentHashOf(invoice: Invoice): string {
  const { number: _number, syntax: _syntax, specification: _specification, process: _process, ...content } = invoice;
  const { attachments: _attachments, ...said } = content;
  // Discounts are read out of the terms; invoices recorded before they were shall keep their hash.
  const { discounts: _discounts, ...payment } = said.payment;
  return canonicalHash({ ...said, payment });
}

/** The line that a finding is about; undefined when it is about the invoice as a whole. */
export function lineOf({ args }: Finding): string | undefined {
  return 'line' in args && typeof args.line === 'string' ? args.line : undefined;
}

export function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

/** What uses cost: VAT once on the net amount of each rate. */
export function dueFor(uses: readonly Use[]): Amounts {
  let [net, vat] = [0, 0];
  for (const [rate, own] of groupedByRate(uses)) {
    const part = priceOf(own);
    net += part;
    vat += vatOn(part, rate);
  }
  return { net: net as Cents, vat: vat as Cents, gross: (net + vat) as Cents };
}

function groupedByRate(uses: readonly Use[]): Map<BasisPoints, Use[]> {
  const groups = new Map<BasisPoints, Use[]>();
  for (const use of uses) {
    const group = groups.get(use.item.vatRate) ?? [];
    groups.set(use.item.vatRate, group);
    group.push(use);
  }
  return groups;
}

/** What cannot be read is told by a finding of its own, and counts 0 here. */
export function statedAmounts({ kind, totals }: Invoice): Amounts {
  const sign = kind === 'creditNote' ? -1 : 1;
  const read = (amount: string | null) => {
    const value = (amount === null ? undefined : parseCents(amount)) ?? zero;
    return (value === 0 ? 0 : sign * value) as Cents;
  };
  return { net: read(totals.net), vat: read(totals.tax), gross: read(totals.gross) };
}

function chargeFindings({ allowances }: Invoice, path: string): Finding[] {
  return allowances
    .filter(({ kind }) => kind === 'charge')
    .map(({ amount, reason }) =>
      createFinding('invoice.charge-not-agreed', { path }, { amount: amount ?? '?', reason: reason ?? '' }),
    );
}
