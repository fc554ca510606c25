import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SampleInvoice, SampleInvoiceLine } from '../../../scripts/samples/invoice.ts';
import { approveInvoice } from '../../../src/finance/invoice-matching/approve.ts';
import type { CalendarDate } from '../../../src/shared/dates.ts';
import { GateError } from '../../../src/shared/errors.ts';
import { invoiceFile, vendorInvoice } from '../../support/invoice-ledger.ts';
import {
  addBatch,
  addBudget,
  addCallOff,
  addContract,
  addDecision,
  createLedger,
  type Ledger,
  lotDocument,
} from '../../support/ledger.ts';

const on = '2021-06-01' as CalendarDate;
const files = 6;
/** Net of a page in millionths: two prices that leave halves of a cent, one that changes in mid-year. */
const prices = [
  { key: 'page', title: 'Seite', unit: 'page', price: '0.065', validTo: '2020-09-30' as CalendarDate },
  { key: 'page', title: 'Seite', unit: 'page', price: '0.0725', validFrom: '2020-10-01' as CalendarDate },
  { key: 'file', title: 'Akte', unit: 'file', price: '0.35' },
] as const;
const days = ['2020-06-30', '2020-09-30', '2020-12-31', '2021-01-04'] as const;

type Step =
  | {
      readonly kind: 'deliver';
      readonly order: number;
      readonly day: number;
      readonly files: readonly (number | null)[];
    }
  | { readonly kind: 'invoice'; readonly partial: boolean; readonly order: number; readonly lines: readonly LineSpec[] }
  | {
      readonly kind: 'credit';
      readonly order: number;
      readonly names: number | null;
      readonly lines: readonly LineSpec[];
    }
  | {
      readonly kind: 'anew';
      readonly as: 'final' | 'correction';
      readonly which: readonly number[];
      readonly more: LineSpec | null;
      /** Cents that are deducted too much. */
      readonly slip: number;
    }
  | { readonly kind: 'again'; readonly which: number; readonly renumbered: boolean };

interface LineSpec {
  readonly position: 'page' | 'file';
  /** The day whose price and rate it bills. */
  readonly day: number;
  readonly quantity: number;
  /** What is wrong with it; mostly nothing. */
  readonly slip: 'none' | 'price' | 'rate' | 'cent';
}

const nothingWrong = { weight: 12, arbitrary: fc.constant('none' as const) };
const line = fc.record({
  position: fc.constantFrom('page' as const, 'page' as const, 'file' as const),
  day: fc.nat({ max: days.length - 1 }),
  // Single pages again and again: their halves of a cent add up.
  quantity: fc.oneof(fc.constantFrom(1, 1, 1, 2, 3), fc.integer({ min: 1, max: 12 }), fc.integer({ min: -4, max: -1 })),
  slip: fc.oneof(nothingWrong, { weight: 3, arbitrary: fc.constantFrom('price', 'rate', 'cent') }),
});
const lines = fc.array(line, { minLength: 1, maxLength: 5 });
const order = fc.constantFrom(0, 0, 0, 1);
const delivery = fc.record({
  kind: fc.constant('deliver' as const),
  order,
  day: fc.nat({ max: days.length - 1 }),
  // Pages of each file; null is rejected, to be delivered again.
  files: fc.array(fc.option(fc.integer({ min: 1, max: 15 }), { freq: 3 }), { minLength: files, maxLength: files }),
});
const invoice = fc.record({
  kind: fc.constant('invoice' as const),
  partial: fc.constantFrom(true, true, false),
  order,
  lines,
});
const credit = fc.record({
  kind: fc.constant('credit' as const),
  order,
  names: fc.option(fc.nat()),
  lines: fc.array(line, { minLength: 1, maxLength: 2 }),
});
const again = fc.record({ kind: fc.constant('again' as const), which: fc.nat(), renumbered: fc.boolean() });
const anew = fc.record({
  kind: fc.constant('anew' as const),
  as: fc.constantFrom('final' as const, 'correction' as const),
  which: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  more: fc.option(line),
  slip: fc.constantFrom(0, 0, 0, 0, 1),
});
const later = fc.oneof(
  { weight: 2, arbitrary: delivery },
  { weight: 9, arbitrary: invoice },
  { weight: 3, arbitrary: credit },
  { weight: 2, arbitrary: again },
  { weight: 5, arbitrary: anew },
);
const history: fc.Arbitrary<readonly Step[]> = fc
  .tuple(delivery, delivery, fc.array(later, { minLength: 6, maxLength: 16 }))
  .map(([first, second, rest]) => [
    { ...first, order: 0 },
    partFor(first.day),
    second,
    ...rest,
    anewAt('final'),
    anewAt('correction'),
  ]);

/** A part invoice that is mostly right, and at the end something that stands in its place. */
function partFor(day: number): Step {
  const lines = [{ position: 'page', day, quantity: 3, slip: 'none' } as const];
  return { kind: 'invoice', partial: false, order: 0, lines };
}

function anewAt(as: 'final' | 'correction'): Step {
  return { kind: 'anew', as, which: [0], more: null, slip: 0 };
}

/** What the test itself knows to be accepted and approved, told by call-off, position and VAT rate. */
class Tally {
  readonly accepted: { key: string; day: string; position: string; quantity: number }[] = [];
  readonly settled = new Map<number, Set<number>>();
  /** What stands of the vendor's invoices: gross in all, with what each replaced and what was credited on it. */
  readonly standing = new Map<string, { readonly invoice: SampleInvoice; gross: number }>();

  take(invoice: SampleInvoice, gross: number, replaced: readonly string[]): void {
    const former = replaced.reduce((sum, number) => sum + (this.standing.get(number)?.gross ?? 0), 0);
    for (const number of replaced) this.standing.delete(number);
    if (invoice.kind !== 'creditNote') this.standing.set(invoice.number, { invoice, gross: former + gross });
    for (const number of [invoice.preceding ?? []].flat()) {
      const named = this.standing.get(number);
      if (named && invoice.kind === 'creditNote') named.gross += gross;
    }
  }
}

function priceOf(position: string, day: string): number {
  return position === 'file' ? 350_000 : day <= '2020-09-30' ? 65_000 : 72_500;
}

function rateOn(day: string): number {
  return '2020-07-01' <= day && day <= '2020-12-31' ? 1600 : 1900;
}

/** Half a cent up; quantities and prices are not negative here. */
function cents(quantity: number, micros: number): number {
  return Number((BigInt(quantity) * BigInt(micros) + 5000n) / 10_000n);
}

async function play(
  ledger: Ledger,
  steps: readonly Step[],
): Promise<{ tally: Tally; approved: number; replaced: number }> {
  const tally = new Tally();
  const sent: SampleInvoice[] = [];
  let [approved, replacing] = [0, 0];
  for (const [index, one] of steps.entries()) {
    if (one.kind === 'deliver') {
      await deliver(ledger, one, index, tally);
      continue;
    }
    const invoice = invoiceOf(one, index, sent, tally);
    if (!invoice) continue;
    sent.push(invoice);
    const path = invoiceFile(ledger, invoice, `${index}.xml`);
    const partial = one.kind === 'invoice' && one.partial;
    try {
      const { invoice: row, replaced } = await approveInvoice(ledger.workspace, { path, partial, on });
      tally.take(invoice, row.gross, replaced);
      approved += 1;
      if (replaced.length > 0) replacing += 1;
    } catch (error) {
      if (!(error instanceof GateError)) throw error;
    }
    await holds(ledger, tally);
  }
  return { tally, approved, replaced: replacing };
}

async function deliver(ledger: Ledger, step: Step & { kind: 'deliver' }, round: number, tally: Tally): Promise<void> {
  const settled = tally.settled.get(step.order) ?? new Set<number>();
  tally.settled.set(step.order, settled);
  const open = step.files.flatMap((pages, file) => (settled.has(file) ? [] : [{ file, pages }]));
  if (open.length === 0) return;
  const day = days[step.day] ?? days[0];
  const batch = `B-${step.order}`;
  await addDecision(ledger, {
    batch,
    round: round + 1,
    on: day,
    files: open.map(({ file, pages }) => ({ file, pages: pages ?? 7, rejected: pages === null })),
  });
  const accepted = open.filter(({ pages }) => pages !== null);
  for (const { file } of accepted) settled.add(file);
  if (accepted.length === 0) return;
  const pages = accepted.reduce((sum, one) => sum + (one.pages ?? 0), 0);
  const key = `A-${step.order}`;
  tally.accepted.push({ key, day, position: 'page', quantity: pages });
  tally.accepted.push({ key, day, position: 'file', quantity: accepted.length });
}

function invoiceOf(
  step: Exclude<Step, { kind: 'deliver' }>,
  index: number,
  sent: readonly SampleInvoice[],
  tally: Tally,
): SampleInvoice | undefined {
  if (step.kind === 'anew') return anewOf(step, index, tally);
  if (step.kind === 'again') {
    const former = sent[step.which % Math.max(1, sent.length)];
    return former && (step.renumbered ? { ...former, number: `R-${index}` } : former);
  }
  return vendorInvoice({
    number: `R-${index}`,
    issueDate: `2021-05-${String((index % 28) + 1).padStart(2, '0')}`,
    kind: step.kind === 'credit' ? 'creditNote' : 'invoice',
    ...(step.kind === 'credit' ? namedBy(step, tally) : {}),
    order: `A-${step.order}`,
    lines: step.lines.map(lineOf),
  });
}

function namedBy({ names }: Step & { kind: 'credit' }, { standing }: Tally): Partial<SampleInvoice> {
  const numbers = [...standing.keys()];
  return names === null || numbers.length === 0 ? {} : { preceding: numbers[names % numbers.length]! };
}

/** A final or corrected invoice: the lines of those that it replaces, the first of a correction by one less, and maybe more. */
function anewOf({ as, which, more, slip }: Step & { kind: 'anew' }, index: number, { standing }: Tally) {
  const all = [...standing.values()];
  const [first] = which.map((n) => all[n % Math.max(1, all.length)]);
  if (!first) return undefined;
  const chosen = new Set(
    which.map((n) => all[n % all.length]).filter((one) => one?.invoice.order === first.invoice.order),
  );
  const former = as === 'final' ? [...chosen].flatMap((one) => one ?? []) : [first];
  const lines = former.flatMap(({ invoice }) => invoice.lines).filter(({ quantity }) => Number(quantity) > 0);
  const shortened = lines.map((one, at) =>
    as === 'correction' && at === 0 && Number(one.quantity) > 1
      ? { ...one, quantity: String(Number(one.quantity) - 1) }
      : one,
  );
  const gross = former.reduce((sum, one) => sum + one.gross, 0) + slip;
  return vendorInvoice({
    number: `R-${index}`,
    type: as === 'final' ? '380' : '384',
    issueDate: `2021-06-${String((index % 28) + 1).padStart(2, '0')}`,
    ...(first.invoice.order === undefined ? {} : { order: first.invoice.order }),
    preceding: former.map(({ invoice }) => invoice.number),
    prepaid: as === 'correction' && slip === 0 && index % 2 === 0 ? '0.00' : (gross / 100).toFixed(2),
    lines: [...shortened, ...(more ? [lineOf({ ...more, quantity: Math.abs(more.quantity) })] : [])],
  });
}

function lineOf({ position, day, quantity, slip }: LineSpec): SampleInvoiceLine {
  const on = days[day] ?? days[0];
  const micros = priceOf(position, on) + (slip === 'price' ? 500 : 0);
  const price = `0.${String(micros).padStart(6, '0').replace(/0+$/, '')}`;
  const [unit, rate] = [position === 'file' ? 'C62' : 'ZP', rateOn(on) / 100];
  const right = { buyerItem: position, name: position, unit, quantity: String(quantity), price };
  // A cent more than quantity × price is let through as rounding, line by line.
  const net = quantity > 0 ? (cents(quantity, micros) + 1) / 100 : 0;
  const more = slip === 'cent' && quantity > 0 ? { net: net.toFixed(2) } : {};
  return { ...right, ...more, rate: slip === 'rate' ? 35 - rate : rate };
}

/** Nothing unaccepted is paid, nothing accepted is paid twice: by quantity, by VAT rate, and to the cent. */
async function holds({ workspace: { db } }: Ledger, { accepted }: Tally): Promise<void> {
  const rows = await db
    .selectFrom('invoice_use')
    .innerJoin('call_off', 'call_off.id', 'invoice_use.call_off_id')
    .leftJoin('decision', 'decision.id', 'invoice_use.decision_id')
    .select([
      'call_off.number',
      'position',
      'quantity',
      'invoice_use.net',
      'price',
      'vat_rate',
      'decision.performed_on',
    ])
    .execute();
  const lines = await db.selectFrom('invoice_line').select('net').where('approved', '=', 1).execute();
  const sum = (values: readonly number[]) => values.reduce((so, value) => so + value, 0);
  expect(sum(rows.map(({ net }) => net))).toBe(sum(lines.map(({ net }) => net)));
  // What invoices add to each other is what was used, and what is to be paid is their gross amount.
  const amounts = await db.selectFrom('invoice').select(['net', 'gross', 'payable']).execute();
  expect(sum(amounts.map(({ net }) => net))).toBe(sum(rows.map(({ net }) => net)));
  expect(sum(amounts.map(({ payable }) => payable))).toBe(sum(amounts.map(({ gross }) => gross)));
  for (const position of ['page', 'file']) {
    for (const key of ['A-0', 'A-1']) {
      const own = rows.filter((row) => row.number === key && row.position === position);
      const due = accepted.filter((one) => one.key === key && one.position === position);
      for (const day of days) {
        const billed = sum(own.filter((row) => row.performed_on === day).map(({ quantity }) => quantity));
        const most = sum(due.filter((one) => one.day === day).map(({ quantity }) => quantity));
        expect(billed).toBeGreaterThanOrEqual(0);
        expect(billed).toBeLessThanOrEqual(most * 1000);
      }
      // The greater of the two lawful ways to round: each acceptance by itself, or all at one price together.
      const worth = [...new Set(due.map(({ day }) => priceOf(position, day)))].map((price) => {
        const parts = due.filter(({ day }) => priceOf(position, day) === price).map(({ quantity }) => quantity);
        return Math.max(sum(parts.map((quantity) => cents(quantity, price))), cents(sum(parts), price));
      });
      expect(sum(own.map(({ net }) => net))).toBeLessThanOrEqual(sum(worth));
    }
  }
  for (const row of rows) {
    expect(row.vat_rate).toBe(rateOn(row.performed_on ?? ''));
    expect(row.price).toBe(priceOf(row.position, row.performed_on ?? ''));
  }
  const invoices = await db.selectFrom('invoice').select(['seller_key', 'number', 'content_hash']).execute();
  expect(new Set(invoices.map(({ number }) => number)).size).toBe(invoices.length);
  expect(new Set(invoices.map((one) => one.content_hash)).size).toBe(invoices.length);
}

async function county(): Promise<Ledger> {
  const ledger = await createLedger();
  await addContract(ledger, { lots: [lotDocument({ prices })] });
  await addBudget(ledger, { year: 2020, appropriation: '9000.00' }, { year: 2021, appropriation: '9000.00' });
  for (const index of [0, 1]) {
    await addCallOff(ledger, { number: `A-${index}`, on: '2020-02-01', pages: 5000 });
    await addBatch(ledger, { key: `B-${index}`, callOff: `A-${index}`, files });
  }
  return ledger;
}

describe('in any history of acceptances, redeliveries, part, final and corrected invoices, duplicates, credit notes', () => {
  it('nothing accepted is paid twice and nothing unaccepted is paid, to the cent', async () => {
    let [approved, replaced] = [0, 0];
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const ledger = await county();
        try {
          const played = await play(ledger, steps);
          approved += played.approved;
          replaced += played.replaced;
        } finally {
          await ledger.remove();
        }
      }),
      { numRuns: 10, endOnFailure: true },
    );
    // Histories in which next to nothing is approved would prove nothing.
    expect(approved).toBeGreaterThan(5);
    expect(replaced).toBeGreaterThan(0);
  }, 60_000);

  it('all pages that were accepted can be invoiced, one line for each price and rate', async () => {
    const ledger = await county();
    try {
      const tally = new Tally();
      const files = (from: number, to: number) =>
        Array.from({ length: 6 }, (_, i) => (i >= from && i < to ? 11 : null));
      await deliver(ledger, { kind: 'deliver', order: 0, day: 0, files: files(0, 2) }, 0, tally);
      await deliver(ledger, { kind: 'deliver', order: 0, day: 1, files: files(2, 3) }, 1, tally);
      await deliver(ledger, { kind: 'deliver', order: 0, day: 2, files: files(3, 5) }, 2, tally);
      await deliver(ledger, { kind: 'deliver', order: 0, day: 3, files: files(5, 6) }, 3, tally);
      const pages = (quantity: number, day: number) => lineOf({ position: 'page', quantity, day, slip: 'none' });
      const lines = [pages(22, 0), pages(11, 1), pages(22, 2), pages(11, 3)];
      const path = invoiceFile(ledger, vendorInvoice({ order: 'A-0', lines }));
      const { invoice } = await approveInvoice(ledger.workspace, { path, partial: false, on });
      // 22 × 0.065 = 1.43; 11 × 0.065 = 0.715 → 0.72; 22 × 0.0725 = 1.595 → 1.60; 11 × 0.0725 = 0.7975 → 0.80.
      // 19 % on 2.23 = 0.4237 → 0.42; 16 % on 2.32 = 0.3712 → 0.37.
      expect(invoice).toMatchObject({ net: 455, vat: 79, gross: 534 });
      await holds(ledger, tally);
    } finally {
      await ledger.remove();
    }
  });
});
