import type { Dataset, DatasetRow } from '../../reporting/definition/dataset.ts';
import type { Cell } from '../../reporting/model.ts';
import { type CalendarDate, yearOf } from '../../shared/dates.ts';
import { text } from '../../shared/language.ts';
import { isWithin } from '../cost-report/costs.ts';
import type { Posting } from '../invoice-matching/postings.ts';
import { chosenLines, type ReportBooks } from '../report-books.ts';
import type { CallOff, FinanceLot } from '../store.ts';
import { common, field } from './fields.ts';
import { ofBudgetLine, ofCallOff, ofPosting, ofService } from './origins.ts';

/** The stages that an amount goes through. */
const stages = {
  appropriation: text({ de: 'Ansatz', en: 'Appropriation' }),
  'carry-over': text({ de: 'Übertragung', en: 'Carry-over' }),
  change: text({ de: 'Nachtrag, Umbuchung', en: 'Supplement, transfer' }),
  committed: text({ de: 'Gebunden', en: 'Committed' }),
  accrued: text({ de: 'Abgenommen', en: 'Accepted' }),
  invoiced: text({ de: 'Berechnet', en: 'Invoiced' }),
  paid: text({ de: 'Bezahlt', en: 'Paid' }),
} as const;

export const entryFields = {
  stage: field('text', 'Stufe (Schlüssel)', 'Stage (key)'),
  stageName: field('text', 'Stufe', 'Stage'),
  year: common.year,
  month: common.month,
  day: field('date', 'Tag', 'Day'),
  account: common.account,
  costCentre: common.costCentre,
  department: common.department,
  vendor: common.vendor,
  contract: common.contract,
  lot: common.lot,
  lotTitle: common.lotTitle,
  callOff: common.callOff,
  batch: common.batch,
  round: common.round,
  invoice: common.invoice,
  pages: common.pages,
  files: common.files,
  millimetres: common.millimetres,
  net: common.net,
  vat: common.vat,
  gross: common.gross,
} as const;

/**
 * Everything that bears an amount, one row each, with the stage that it is in: what budget lines provide, what open
 * call-offs commit, what was accepted, invoiced (by the day of approval) and paid.
 */
export function entries(books: ReportBooks): Dataset {
  return {
    fields: entryFields,
    rows: [...budgetEntries(books), ...commitmentEntries(books), ...serviceEntries(books), ...invoiceEntries(books)],
  };
}

function entry(
  stage: keyof typeof stages,
  day: CalendarDate | null,
  values: Record<string, Cell>,
  origins: DatasetRow['origins'],
): DatasetRow {
  const when: Record<string, Cell> = day === null ? {} : { day, month: day.slice(0, 7) };
  return { values: { stage, stageName: stages[stage], ...when, ...values }, origins };
}

function budgetEntries(books: ReportBooks): DatasetRow[] {
  const { budget, changes } = books;
  const departments = new Map(budget.map((line) => [JSON.stringify(keyOf(line)), line.department]));
  const lines = chosenLines(budget, books);
  const changed = changes.map((one) => ({ ...one, department: departments.get(JSON.stringify(keyOf(one))) ?? '' }));
  return [
    ...lines.flatMap((line) => {
      const { department, appropriation, carryOver } = line;
      const values = { ...keyOf(line), department };
      const carried = { ...values, gross: carryOver };
      return [
        entry('appropriation', null, { ...values, gross: appropriation }, [ofBudgetLine(line, appropriation)]),
        ...(carryOver === 0 ? [] : [entry('carry-over', null, carried, [ofBudgetLine(line, carryOver)])]),
      ];
    }),
    ...chosenLines(changed, books).map((one) => {
      const { department, amount, decidedOn, reference } = one;
      const origin = { kind: 'budget-change', name: reference, on: decidedOn, pages: null, gross: amount } as const;
      return entry('change', decidedOn, { ...keyOf(one), department, gross: amount }, [origin]);
    }),
  ];
}

function keyOf({ fiscalYear, account, costCentre }: { fiscalYear: number; account: string; costCentre: string }) {
  return { year: fiscalYear, account, costCentre };
}

function commitmentEntries(books: ReportBooks): DatasetRow[] {
  const lots = new Map(books.ledger.lots.map((lot) => [lot.id, lot]));
  return books.commitments
    .filter(({ open }) => open !== 0)
    .map(({ callOff, open }) => {
      const values = { ...chargedTo(callOff), ...lotValues(books, lots.get(callOff.lotId)), gross: open };
      return entry('committed', callOff.orderedOn, { ...values, year: callOff.fiscalYear }, [ofCallOff(callOff)]);
    });
}

function chargedTo({ account, costCentre, department, number }: CallOff) {
  return { account, costCentre, department, callOff: number };
}

/** Values that say under which lot something is. */
export function lotValues({ contracts }: ReportBooks, lot: FinanceLot | undefined): Record<string, Cell> {
  if (!lot) return {};
  const vendor = contracts.get(lot.contract.id)?.vendor ?? null;
  return { vendor, contract: lot.contract.number, lot: lot.key, lotTitle: lot.title };
}

function serviceEntries(books: ReportBooks): DatasetRow[] {
  return books.services.map((service) => {
    const { performedOn, account, costCentre, department, pages, files, millimetres, net, vat, gross } = service;
    const delivered: Record<string, Cell> =
      service.kind === 'acceptance'
        ? { callOff: service.callOff.number, batch: service.batch, round: service.round }
        : {};
    const values = {
      ...lotValues(books, service.lot),
      ...delivered,
      year: yearOf(performedOn),
      account,
      costCentre,
      department,
      pages,
      files: files > 0 ? files : null,
      millimetres,
      net,
      vat,
      gross,
    };
    return entry('accrued', performedOn, values, [ofService(service)]);
  });
}

/** Invoiced on the day of approval, paid on that of payment; both in the fiscal year of performance, as accrued. */
function invoiceEntries(books: ReportBooks): DatasetRow[] {
  return chosenPostings(books).flatMap(({ posting, callOff, lot }) => {
    const invoice = books.invoices.get(posting.invoiceId);
    const { approvedOn = null, paidOn = null } = posting.uses[0] ?? {};
    const values = {
      ...lotValues(books, lot),
      ...chargedTo(callOff),
      year: posting.fiscalYear,
      invoice: invoice?.number ?? null,
      net: posting.net,
      vat: posting.vat,
      gross: posting.gross,
    };
    const origins = ofPosting(posting, invoice);
    return [
      entry('invoiced', approvedOn, values, origins),
      ...(paidOn === null
        ? []
        : [entry('paid', paidOn, { ...values, net: null, vat: null, gross: posting.paid }, origins)]),
    ];
  });
}

/** The postings of the chosen lot, department, year; their period is that of performance. */
export function chosenPostings({ ledger, postings, selection }: ReportBooks) {
  const callOffs = new Map(ledger.callOffs.map((callOff) => [callOff.id, callOff]));
  const lots = new Map(ledger.lots.map((lot) => [lot.id, lot]));
  const { year, lot: chosen, department } = selection;
  return postings.flatMap((posting): { posting: Posting; callOff: CallOff; lot: FinanceLot | undefined }[] => {
    const callOff = callOffs.get(posting.callOffId);
    const performedOn = posting.uses[0]?.performedOn;
    const isMeant =
      callOff !== undefined &&
      performedOn !== undefined &&
      isWithin(performedOn, selection) &&
      (year === undefined || posting.fiscalYear === year) &&
      (chosen === undefined || callOff.lotId === chosen.id) &&
      (department === undefined || callOff.department === department);
    return isMeant ? [{ posting, callOff, lot: lots.get(callOff.lotId) }] : [];
  });
}
