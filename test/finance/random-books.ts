import fc from 'fast-check';
import type { PricePosition } from '../../src/contract/prices.ts';
import type { BudgetLine } from '../../src/finance/budget-line.ts';
import type { Books } from '../../src/finance/cost-report/costs.ts';
import type { AcceptedQuantities, CallOff, FinanceLot, OpeningBalance } from '../../src/finance/store.ts';
import { type CalendarDate, localDate, yearOf } from '../../src/shared/dates.ts';
import type { Cents, Micros } from '../../src/shared/money.ts';

/** Noon is the same day everywhere it matters. */
function addDays(day: CalendarDate, days: number): CalendarDate {
  return localDate(new Date(new Date(`${day}T12:00:00`).getTime() + days * 86_400_000));
}

const departments = ['Ordnungsamt', 'Sozialamt', 'Gesundheitsamt'];
const department = fc.constantFrom(...departments);
const account = fc.constantFrom('K1', 'K2', 'K3');
const costCentre = fc.constantFrom('S1', 'S2');
const year = fc.constantFrom(2020, 2021, 2022);
const cents = (max: number) => fc.integer({ min: 0, max }).map((value) => value as Cents);
const count = (max: number) => fc.integer({ min: 0, max });
/** From 2020 to 2022, with both changes of the VAT rate. */
const day = fc.integer({ min: 0, max: 1095 }).map((days) => addDays('2020-01-01' as CalendarDate, days));
const limits = fc.record({
  pages: fc.option(count(1_000_000)),
  millimetres: fc.option(count(100_000)),
  value: fc.option(cents(100_000_000)),
});

const lot = fc.record({
  title: fc.constant('Akten'),
  department,
  estimate: limits,
  maximum: limits,
  contractNumber: fc.constantFrom('RV-1', 'RV-2'),
});

/** A price per page that changes once, and perhaps one per file and document. */
const sheet = fc
  .record({
    change: day,
    prices: fc.tuple(micros(500_000), micros(500_000), micros(5_000_000), micros(1_000_000)),
    withFile: fc.boolean(),
    withDocument: fc.boolean(),
  })
  .map(({ change, prices: [before, after, file, document], withFile, withDocument }): PricePosition[] => [
    { key: 'page', title: 'Seite', unit: 'page', price: before, validFrom: null, validTo: addDays(change, -1) },
    { key: 'page', title: 'Seite', unit: 'page', price: after, validFrom: change, validTo: null },
    ...(withFile ? [always('file', file)] : []),
    ...(withDocument ? [always('document', document)] : []),
  ]);

function micros(max: number) {
  return fc.integer({ min: 1, max }).map((value) => value as Micros);
}

function always(unit: 'file' | 'document', price: Micros): PricePosition {
  return { key: unit, title: unit, unit, price, validFrom: null, validTo: null };
}

const callOff = fc.record({
  lot: fc.nat(),
  orderedOn: day,
  account,
  costCentre,
  department,
  pages: count(200_000),
  files: count(1000),
  millimetres: count(20_000),
  net: cents(2_000_000),
  gross: cents(2_400_000),
  closedOn: fc.option(day),
});

const acceptance = fc.record({
  callOff: fc.nat(),
  batch: fc.nat({ max: 3 }),
  batchMillimetres: fc.option(count(10_000)),
  decidedOn: day,
  performedOn: day,
  pages: count(50_000),
  files: fc.integer({ min: 1, max: 200 }),
  documents: count(2000),
});

const opening = fc.record({
  lot: fc.nat(),
  performedOn: day,
  account,
  costCentre,
  pages: count(100_000),
  files: count(500),
  millimetres: count(5000),
  net: cents(5_000_000),
});

const line = fc.record({
  fiscalYear: year,
  account,
  costCentre,
  department,
  title: fc.constant('Digitalisierung'),
  appropriation: cents(10_000_000),
  carryOver: cents(1_000_000),
});

/** Any history of orders, acceptances, opening balances and budgets under one to three lots. */
export const randomBooks: fc.Arbitrary<Books> = fc
  .record({
    lots: fc.array(fc.tuple(lot, sheet), { minLength: 1, maxLength: 3 }),
    bases: fc.tuple(fc.constantFrom('net', 'gross'), fc.constantFrom('net', 'gross')),
    callOffs: fc.array(callOff, { maxLength: 6 }),
    accepted: fc.array(acceptance, { maxLength: 20 }),
    openings: fc.array(opening, { maxLength: 4 }),
    budget: fc.uniqueArray(line, {
      maxLength: 8,
      selector: ({ fiscalYear, account: konto, costCentre: centre }) => `${fiscalYear} ${konto} ${centre}`,
    }),
  })
  .map(({ lots: lotSpecs, bases, callOffs: orders, accepted, openings, budget }): Books => {
    const contracts = ['RV-1', 'RV-2'].map((number, index) => ({
      id: index + 1,
      number,
      valueBasis: bases[index] ?? 'net',
      maximum: { pages: null, millimetres: null, value: 100_000_000 as Cents },
    }));
    const lots = lotSpecs.map(([{ contractNumber, ...spec }], index): FinanceLot => {
      const contract = contracts.find(({ number }) => number === contractNumber) ?? contracts[0]!;
      return { ...spec, id: index + 1, key: `L${index + 1}`, contract };
    });
    const callOffs = orders.map(
      ({ lot: nth, ...order }, index): CallOff => ({
        ...order,
        id: index + 1,
        number: `A-${index + 1}`,
        lotId: (nth % lots.length) + 1,
        fiscalYear: yearOf(order.orderedOn),
      }),
    );
    return {
      ledger: {
        lots,
        prices: new Map(lotSpecs.map(([, prices], index) => [index + 1, prices])),
        callOffs,
        accepted: callOffs.length === 0 ? [] : decisionsOf(accepted, callOffs.length),
        openings: openings.map(
          ({ lot: nth, ...balance }): OpeningBalance => ({
            ...balance,
            lotId: (nth % lots.length) + 1,
            source: 'Altakte',
          }),
        ),
      },
      budget: budget as BudgetLine[],
      uncounted: [],
    };
  });

type AcceptanceSpec = typeof acceptance extends fc.Arbitrary<infer Spec> ? Spec : never;

/** Each decision under a call-off; a batch has one length, and at least the files that were accepted of it. */
function decisionsOf(specs: readonly AcceptanceSpec[], callOffs: number): AcceptedQuantities[] {
  const placed = specs.map((spec) => {
    const callOffId = (spec.callOff % callOffs) + 1;
    return { ...spec, callOffId, batchId: callOffId * 10 + spec.batch };
  });
  return placed.map((spec, index) => {
    const ofBatch = placed.filter(({ batchId }) => batchId === spec.batchId);
    return {
      decisionId: index + 1,
      callOffId: spec.callOffId,
      batchId: spec.batchId,
      batch: `B-${spec.batchId}`,
      batchFiles: ofBatch.reduce((sum, { files }) => sum + files, 0) + (spec.batch % 2) * 5,
      batchMillimetres: ofBatch[0]?.batchMillimetres ?? null,
      round: ofBatch.indexOf(spec) + 1,
      decidedOn: spec.decidedOn,
      performedOn: spec.performedOn,
      pages: spec.pages,
      files: spec.files,
      documents: spec.documents,
    };
  });
}
