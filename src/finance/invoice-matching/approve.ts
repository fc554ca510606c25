import { basename } from 'node:path';
import { type Change, change } from '../../audit/change.ts';
import type { CalendarDate } from '../../shared/dates.ts';
import { type BasisPoints, type Cents, centsToDecimal, parseCents, vatOn } from '../../shared/money.ts';
import type { Workspace } from '../../storage/workspace.ts';
import { openWithForm } from '../invoice/formal/open-with-form.ts';
import type { ReadInvoice } from '../invoice/read-invoice.ts';
import { sellerKey } from './books.ts';
import { type GrantedDiscount, grantedDiscounts } from './cash-discount.ts';
import {
  type Amounts,
  checkInvoice,
  contentHashOf,
  type InvoiceCheck,
  isError,
  lineOf,
  statedAmounts,
} from './check.ts';
import type { CheckedLine } from './check-line.ts';
import { discountsOf, insertDiscounts } from './payment-store.ts';
import { readInvoiceBooks } from './read-books.ts';
import { insertReferences, replacedBy } from './reference-store.ts';
import { notAsAPart, nothingToApprove, openErrors, otherExtent, samePerson } from './refusals.ts';
import {
  findWaiting,
  type InvoiceLineRow,
  type InvoiceRow,
  insertInvoice,
  invoiceLines,
  updateInvoice,
} from './store.ts';

export interface ApproveRequest {
  readonly path: string;
  /** Approve the lines that are right, and leave the others. */
  readonly partial: boolean;
  readonly on: CalendarDate;
}

/** An invoice as it is recorded, with its lines. */
export interface Approval {
  readonly invoice: InvoiceRow;
  readonly lines: readonly InvoiceLineRow[];
  /** Numbers of earlier invoices in whose place it stands. */
  readonly replaced: readonly string[];
  /** Cash discounts, by their last day. */
  readonly discounts: readonly GrantedDiscount[];
}

/**
 * Approves an invoice: records it with its lines and the accepted quantities that they use, in one transaction. With the
 * four-eyes rule (`invoices.fourEyes`) the first call records it as checked and reserves the quantities; the second, by
 * another person, approves it.
 * @throws GateError when it has open errors, was taken before, or a second person is wanted; UsageError for no invoice
 */
export async function approveInvoice(workspace: Workspace, request: ApproveRequest): Promise<Approval> {
  const read = await openWithForm(request.path, workspace.config.invoices?.validator);
  return change(workspace, async (step) => {
    const waiting = await findWaiting(step.db, sellerKey(read.invoice.seller.name ?? ''), contentHashOf(read.invoice));
    const invoice =
      waiting && waiting.number === read.invoice.number
        ? await release(step, workspace, waiting, request)
        : await take(step, workspace, read, request);
    const discounts = (await discountsOf(step.db)).get(invoice.id) ?? [];
    const replaced = await replacedBy(step.db, invoice.id);
    return { invoice, lines: await invoiceLines(step.db, invoice.id), replaced, discounts };
  });
}

/** The second pair of eyes. */
async function release(
  { db, record }: Change,
  { actor }: Workspace,
  waiting: InvoiceRow,
  { partial, on }: ApproveRequest,
): Promise<InvoiceRow> {
  if (waiting.checked_by === actor) throw samePerson(waiting.number, actor);
  if (partial !== (waiting.partial === 1)) throw otherExtent(waiting.number, waiting.partial === 1);
  const columns = { state: 'approved', approved_on: on, approved_by: actor } as const;
  await updateInvoice(db, waiting.id, columns);
  record({
    action: 'invoice.approved',
    subject: `invoice/${waiting.number}`,
    before: { state: waiting.state },
    after: { ...columns, checkedBy: waiting.checked_by },
  });
  return { ...waiting, ...columns };
}

async function take(
  { db, record }: Change,
  workspace: Workspace,
  read: ReadInvoice,
  request: ApproveRequest,
): Promise<InvoiceRow> {
  const { config, actor } = workspace;
  const books = await readInvoiceBooks(db, config.invoices?.buyerReference);
  const check = checkInvoice(read, books, basename(request.path));
  const lines = approvable(check, request.partial);
  const amounts = request.partial ? amountsOf(lines) : lessAlready(statedAmounts(check.invoice), check.already);
  const state = config.invoices?.fourEyes ? 'checked' : 'approved';
  const row = {
    ...headColumns(check, request),
    ...amounts,
    payable: request.partial ? amounts.gross : newlyPayable(check),
    partial: request.partial ? 1 : 0,
    state,
    reason: '',
    checked_by: actor,
    approved_on: state === 'approved' ? request.on : null,
    approved_by: state === 'approved' ? actor : null,
    paid_on: null,
  } as const;
  const invoice = await insertInvoice(db, row, check.lines, (line) => lines.includes(line));
  const names = check.invoice.references.preceding.map(({ number }) => number);
  await insertReferences(db, invoice.id, names, check.replaced);
  const discounts = grantedDiscounts(check.invoice, { payable: row.payable, stated: payableOf(check) });
  await insertDiscounts(db, invoice.id, discounts);
  record({
    action: `invoice.${state}`,
    subject: `invoice/${invoice.number}`,
    after: {
      seller: row.seller,
      contract: check.scope.contract?.number,
      contentHash: row.content_hash,
      net: centsToDecimal(row.net),
      vat: centsToDecimal(row.vat),
      gross: centsToDecimal(row.gross),
      payable: centsToDecimal(row.payable),
      ...(discounts.length === 0 ? {} : { discounts: discounts.map(discountRecord) }),
      ...(check.replaced.length === 0 ? {} : { replaced: check.replaced.map(({ number }) => number) }),
      partial: request.partial,
      lines: lines.map(({ id }) => id),
      left: check.lines.filter((line) => !lines.includes(line)).map(({ id }) => id),
    },
  });
  return invoice;
}

function discountRecord({ lastDay, amount }: GrantedDiscount) {
  return { lastDay, amount: centsToDecimal(amount) };
}

/** Columns that say which invoice it is, whatever becomes of it. */
export function headColumns(check: InvoiceCheck, { path, on }: Pick<ApproveRequest, 'path' | 'on'>) {
  const { invoice, scope, contentHash } = check;
  const seller = invoice.seller.name ?? '';
  return {
    number: invoice.number ?? '',
    seller,
    seller_key: sellerKey(seller),
    contract_id: scope.contract?.id ?? null,
    kind: invoice.kind,
    file: basename(path),
    content_hash: contentHash,
    issued_on: invoice.issueDate,
    due_on: invoice.dueDate,
    recorded_on: on,
    stated_gross: check.billed.gross,
  };
}

/** Sums and VAT of the invoice as a whole: a part is computed anew from its own lines. */
const aboutSums: ReadonlySet<string> = new Set([
  'invoice.total-differs',
  'invoice.vat-differs',
  'invoice.vat-group-missing',
]);

/** The lines to approve. @throws GateError when that is not allowed */
function approvable(check: InvoiceCheck, partial: boolean): readonly CheckedLine[] {
  const errors = check.findings.filter(isError);
  const { number } = check.invoice;
  if (!partial) {
    if (errors.length > 0) throw openErrors(number, errors);
    return check.lines;
  }
  const general = errors.filter((finding) => lineOf(finding) === undefined && !aboutSums.has(finding.code));
  if (general.length > 0) throw openErrors(number, general);
  const { allowances, totals } = check.invoice;
  const isWhole = allowances.length > 0 || totals.prepaid !== '0.00' || totals.rounding !== '0.00';
  if (isWhole || check.replaced.length > 0) throw notAsAPart(number);
  const wrong = new Set(errors.map(lineOf));
  const right = check.lines.filter(({ id }) => !wrong.has(id));
  if (right.length === 0) throw nothingToApprove(number, errors);
  return right;
}

function amountsOf(lines: readonly CheckedLine[]): Amounts {
  const byRate = new Map<BasisPoints, number>();
  for (const { net, uses } of lines) {
    const rate = uses[0]?.item.vatRate;
    if (rate !== undefined) byRate.set(rate, (byRate.get(rate) ?? 0) + net);
  }
  const net = [...byRate.values()].reduce((sum, part) => sum + part, 0) as Cents;
  const vat = [...byRate].reduce((sum, [rate, part]) => sum + vatOn(part as Cents, rate), 0) as Cents;
  return { net, vat, gross: (net + vat) as Cents };
}

/** What an invoice adds to those in whose place it stands. */
function lessAlready(amounts: Amounts, already: Amounts): Amounts {
  const less = (member: keyof Amounts) => (amounts[member] - already[member]) as Cents;
  return { net: less('net'), vat: less('vat'), gross: less('gross') };
}

/** What is left to pay after all that was billed before, whether the invoice deducts it (BT-113) or leaves that to us. */
function newlyPayable(check: InvoiceCheck): Cents {
  if (check.replaced.length === 0) return payableOf(check);
  const prepaid = parseCents(check.invoice.totals.prepaid) ?? 0;
  return (payableOf(check) + prepaid - check.already.gross) as Cents;
}

/** What is left to pay (BT-115); negative for a credit note. */
function payableOf({ invoice }: InvoiceCheck): Cents {
  const stated = (invoice.totals.payable === null ? undefined : parseCents(invoice.totals.payable)) ?? 0;
  return (invoice.kind === 'creditNote' && stated !== 0 ? -stated : stated) as Cents;
}
