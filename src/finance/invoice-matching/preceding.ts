import { createFinding, type Finding } from '../../findings/finding.ts';
import { type Cents, centsToDecimal, parseCents, zero } from '../../shared/money.ts';
import type { Invoice } from '../invoice/normal-form.ts';
import { type InvoiceBooks, itemKey, type RecordedInvoice, sellerKey } from './books.ts';
import type { Amounts } from './check.ts';

/** What becomes of the invoices that another one names (BT-25). */
export interface Succession {
  /** Invoices, with the credits on them, in whose place the new one stands: final and corrected invoices. */
  readonly replaced: readonly RecordedInvoice[];
  /** What they billed in all. */
  readonly already: Amounts;
  readonly findings: readonly Finding[];
}

const nothing: Amounts = { net: zero, vat: zero, gross: zero };

/**
 * Whether an invoice lists anew what those billed that it names: a final invoice that deducts what was billed on account
 * (BT-113), and a corrected invoice (384) that is whole, without a line that takes back.
 */
export function listsAnew({ kind, references, totals, lines }: Invoice): boolean {
  if (references.preceding.length === 0) return false;
  if (kind === 'invoice') return (parseCents(totals.prepaid) ?? 0) !== 0;
  const takesBack = lines.some(
    ({ counts, quantity, net }) => counts && [quantity, net].some((n) => n?.startsWith('-')),
  );
  return kind === 'correction' && !takesBack;
}

/** Follows the preceding invoices of one that lists anew what they billed; of any other it replaces none. */
export function successionOf(invoice: Invoice, books: InvoiceBooks, path: string): Succession {
  if (!listsAnew(invoice)) return { replaced: [], already: nothing, findings: unproven(invoice, path) };
  const findings: Finding[] = [];
  const own = books.invoices.filter((one) => one.sellerKey === sellerKey(invoice.seller.name ?? ''));
  const named = invoice.references.preceding.flatMap(({ number }) => {
    const found = own.find((one) => one.number === number);
    const refusal = refusalOf(found, number, path);
    if (refusal) findings.push(refusal);
    return found && !refusal ? [found] : [];
  });
  const numbers = new Set(named.map(({ number }) => number));
  const credits = own.filter(
    (one) => one.kind === 'creditNote' && one.replacedBy === null && one.names.some((number) => numbers.has(number)),
  );
  const replaced = [...new Set([...named, ...credits])];
  const already = sumOf(replaced, own);
  if (findings.length === 0) findings.push(...checkPrepaid(invoice, replaced, already, path));
  return { replaced, already, findings: [...findings, ...creditedElsewhere(replaced, books, path)] };
}

function refusalOf(found: RecordedInvoice | undefined, number: string, path: string): Finding | undefined {
  if (!found) return createFinding('invoice.reference-unknown', { path }, { term: 'BT-25', value: number });
  if (found.replacedBy !== null) {
    return createFinding('invoice.preceding-replaced', { path }, { number, by: found.replacedBy });
  }
  return found.state === 'checked' ? createFinding('invoice.preceding-open', { path }, { number }) : undefined;
}

/** With what each of them replaced itself: a correction counts as a whole. */
function sumOf(invoices: readonly RecordedInvoice[], all: readonly RecordedInvoice[]): Amounts {
  let sum = nothing;
  for (const rest = [...invoices]; rest.length > 0; ) {
    const one = rest.pop();
    if (!one) break;
    sum = {
      net: (sum.net + one.net) as Cents,
      vat: (sum.vat + one.vat) as Cents,
      gross: (sum.gross + one.gross) as Cents,
    };
    rest.push(...all.filter(({ id, replacedById }) => replacedById === one.id && id !== one.id));
  }
  return sum;
}

/** A final invoice deducts what was billed before; a corrected one may leave that to the buyer. */
function checkPrepaid(
  { kind, totals }: Invoice,
  replaced: readonly RecordedInvoice[],
  { gross }: Amounts,
  path: string,
): Finding[] {
  const stated = parseCents(totals.prepaid) ?? zero;
  if (stated === gross || (kind === 'correction' && stated === 0)) return [];
  const args = {
    stated: centsToDecimal(stated),
    billed: centsToDecimal(gross),
    invoices: replaced.map(({ number }) => number).join(', '),
  };
  return [createFinding('invoice.prepaid-differs', { path }, args)];
}

/** What was given back by credits that name none of them would be billed again: they have to be named, too. */
function creditedElsewhere(replaced: readonly RecordedInvoice[], { uses }: InvoiceBooks, path: string): Finding[] {
  const ids = new Set(replaced.map(({ id }) => id));
  const keys = new Set(uses.filter(({ invoiceId }) => ids.has(invoiceId)).map(itemKey));
  const others = uses.filter((use) => !ids.has(use.invoiceId) && keys.has(itemKey(use)));
  const left = new Map<string, number>();
  for (const use of others) left.set(itemKey(use), (left.get(itemKey(use)) ?? 0) + use.quantity);
  const credits = others.filter((use) => use.quantity < 0 && (left.get(itemKey(use)) ?? 0) < 0);
  const numbers = [...new Set(credits.map(({ invoice }) => invoice))];
  return numbers.map((number) => createFinding('invoice.preceding-credited', { path }, { number }));
}

/** A deduction without an invoice that it comes from: nothing is billed twice, but nobody knows what was paid. */
function unproven({ kind, totals, references }: Invoice, path: string): Finding[] {
  const prepaid = parseCents(totals.prepaid) ?? 0;
  if (kind === 'creditNote' || prepaid === 0 || references.preceding.length > 0) return [];
  return [createFinding('invoice.prepaid-unproven', { path }, { stated: totals.prepaid })];
}
