import { type CalendarDate, yearOf } from '../../shared/dates.ts';
import { type Cents, zero } from '../../shared/money.ts';
import { type AcceptedService, type Ledger, matches, priceLedger } from '../accepted.ts';
import { type BudgetUse, useOfBudget } from '../budget.ts';
import { type BudgetChange, type BudgetLine, budgetKey } from '../budget-line.ts';
import { type Commitment, commitmentsOf } from '../commitments.ts';
import { type Consumption, consume } from '../consumption.ts';
import { statedPositions } from '../invoice-matching/billable-items.ts';
import type { CallOff, FinanceLot, OrderedPosition } from '../store.ts';

/** What the report is about; nothing chosen: everything. */
export interface Selection {
  readonly year?: number | undefined;
  readonly lot?: FinanceLot | undefined;
  readonly department?: string | undefined;
  /** Services performed, and call-offs ordered, from this day on and up to that one. */
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  /** The state at the end of that day; the ledger was read so. */
  readonly asOf?: CalendarDate | undefined;
}

/** What the report is computed from. */
export interface Books {
  readonly ledger: Ledger;
  readonly budget: readonly BudgetLine[];
  /** Supplements and transfers. */
  readonly changes?: readonly BudgetChange[];
  /** Ordered positions that acceptance does not count. */
  readonly uncounted: readonly OrderedPosition[];
}

/** A budget line with what the selection charges to it; `available` is what all charges leave. */
export interface ChargedLine extends BudgetUse {
  /** Committed and accrued by call-offs and services beside the selection. */
  readonly others: Cents;
}

/** An ordered position that acceptance does not count, as the price sheet calls it. */
export interface Uncounted extends OrderedPosition {
  readonly callOff: CallOff;
  readonly title: string;
}

/** The figures of the report, from which all of its tables are made. */
export interface Costs {
  readonly selection: Selection;
  /** Whether lot or department is chosen: then others may charge the same budget lines. */
  readonly isPart: boolean;
  readonly lines: readonly ChargedLine[];
  readonly services: readonly AcceptedService[];
  readonly commitments: readonly Commitment[];
  readonly lots: readonly FinanceLot[];
  /** Of the whole term, whatever year is chosen: maxima hold for the term. */
  readonly consumption: Consumption;
  readonly uncounted: readonly Uncounted[];
}

/** Chooses and computes; pure. */
export function costsOf({ ledger, budget, changes, uncounted }: Books, selection: Selection): Costs {
  const isStated = statedPositions(ledger);
  const services = priceLedger(ledger);
  const commitments = commitmentsOf(ledger.callOffs, services);
  const chosenServices = services.filter((service) => isChosenService(service, selection));
  const chosenCommitments = commitments.filter(({ callOff }) => isChosen(callOff, selection));
  const chosenOrders = new Map(chosenCommitments.map(({ callOff }) => [callOff.id, callOff]));
  const { lot, department, from, to } = selection;
  const isPart = [lot, department, from, to].some((one) => one !== undefined);
  return {
    selection,
    isPart,
    lines: chargedLines(
      useOfBudget(budget, commitments, services, changes),
      useOfBudget(budget, chosenCommitments, chosenServices, changes),
      selection,
    ),
    services: [...chosenServices].sort(byDay),
    commitments: chosenCommitments,
    lots: chosenLots(ledger.lots, chosenServices, chosenCommitments, selection),
    consumption: consume(ledger, services),
    uncounted: uncounted.flatMap((position) => {
      const callOff = chosenOrders.get(position.callOffId);
      if (!callOff || isStated(position)) return [];
      const sheet = ledger.prices.get(callOff.lotId) ?? [];
      const title = sheet.find(({ key }) => key === position.position)?.title ?? position.position;
      return [{ ...position, callOff, title }];
    }),
  };
}

/** Whether a service belongs to what was chosen. */
export function isChosenService(service: AcceptedService, selection: Selection): boolean {
  const { lot, department, year } = selection;
  return matches(service, { lotId: lot?.id, department, year }) && isWithin(service.performedOn, selection);
}

export function isWithin(day: CalendarDate, { from, to }: Pick<Selection, 'from' | 'to'>): boolean {
  return (from === undefined || from <= day) && (to === undefined || day <= to);
}

/** Whether a call-off belongs to what was chosen. */
export function isChosen(callOff: CallOff, { year, lot, department, from, to }: Selection): boolean {
  return (
    isWithin(callOff.orderedOn, { from, to }) &&
    (year === undefined || callOff.fiscalYear === year) &&
    (lot === undefined || callOff.lotId === lot.id) &&
    (department === undefined || callOff.department === department)
  );
}

/** Lines of the year: those of the department, and all that the selection charges. */
function chargedLines(
  all: readonly BudgetUse[],
  chosen: readonly BudgetUse[],
  { year, lot, department }: Selection,
): ChargedLine[] {
  const departments = [lot?.department, department].filter((name) => name !== undefined);
  const chosenByKey = new Map(chosen.map((use) => [budgetKey(use), use]));
  return all.flatMap((use) => {
    const own = chosenByKey.get(budgetKey(use));
    const isMeant =
      departments.length === 0 || departments.includes(use.department) || (own && own.committed + own.accrued !== 0);
    if (!isMeant || (year !== undefined && use.fiscalYear !== year)) return [];
    const { committed, accrued } = own ?? { committed: zero, accrued: zero };
    const others = (use.committed + use.accrued - committed - accrued) as Cents;
    return [{ ...use, committed, accrued, others }];
  });
}

/** The chosen lot; of a department all lots that it has or that serve it; else all. */
function chosenLots(
  lots: readonly FinanceLot[],
  services: readonly AcceptedService[],
  commitments: readonly Commitment[],
  { lot, department }: Selection,
): FinanceLot[] {
  if (lot) return lots.filter(({ id }) => id === lot.id);
  if (department === undefined) return [...lots];
  const serving = new Set([
    ...services.map((service) => service.lot.id),
    ...commitments.map((one) => one.callOff.lotId),
  ]);
  return lots.filter((one) => one.department === department || serving.has(one.id));
}

function byDay(a: AcceptedService, b: AcceptedService): number {
  if (a.performedOn === b.performedOn) return 0;
  return a.performedOn < b.performedOn ? -1 : 1;
}

/** Fiscal years that anything in the books belongs to, ascending. */
export function yearsOf({ ledger, budget }: Books): number[] {
  const years = [
    ...budget.map(({ fiscalYear }) => fiscalYear),
    ...ledger.callOffs.map(({ fiscalYear }) => fiscalYear),
    ...ledger.accepted.map(({ performedOn }) => yearOf(performedOn)),
    ...ledger.openings.map(({ performedOn }) => yearOf(performedOn)),
  ];
  return [...new Set(years)].sort((a, b) => a - b);
}

/** Departments that anything in the books belongs to. */
export function departmentsOf({ ledger, budget }: Books): string[] {
  return [...new Set([...ledger.lots, ...ledger.callOffs, ...budget].map(({ department }) => department))].sort();
}
