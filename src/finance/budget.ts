import type { Kysely } from 'kysely';
import { type CalendarDate, yearOf } from '../shared/dates.ts';
import { type Cents, zero } from '../shared/money.ts';
import type { Database } from '../storage/schema.ts';
import { type AcceptedService, priceLedger, readLedger } from './accepted.ts';
import { type BudgetChange, type BudgetKey, type BudgetLine, budgetKey } from './budget-line.ts';
import { selectBudgetChanges, selectBudgetLines } from './budget-store.ts';
import { type Commitment, commitmentsOf } from './commitments.ts';

/** What is charged to a budget line, gross. */
export interface Charge {
  /** Open call-offs of that fiscal year: what they ordered, less what was accepted of them. */
  readonly committed: Cents;
  /** Accepted with a date of performance in that year, opening balances included. */
  readonly accrued: Cents;
}

/** A budget line with what is charged to it. */
export interface BudgetUse extends Charge, Omit<BudgetLine, 'appropriation' | 'carryOver'> {
  /** Null where nothing was appropriated: cost is charged to an account that the budget does not have. */
  readonly appropriation: Cents | null;
  readonly carryOver: Cents | null;
  /** Supplements and transfers. */
  readonly changes: Cents;
  /** appropriation + carry-over + changes */
  readonly funds: Cents;
  /** funds − committed − accrued; negative when overdrawn. */
  readonly available: Cents;
}

/**
 * All budget lines and what is charged to them, by year, account and cost centre. Charges without a line get one.
 * @param asOf call-offs, acceptances, supplements and transfers as they were at the end of that day; appropriations are
 *   always the present ones
 */
export async function budgetUse(db: Kysely<Database>, asOf?: CalendarDate): Promise<BudgetUse[]> {
  const ledger = await readLedger(db, asOf);
  const services = priceLedger(ledger);
  const commitments = commitmentsOf(ledger.callOffs, services);
  return useOfBudget(await selectBudgetLines(db), commitments, services, await selectBudgetChanges(db, asOf));
}

/** The budget lines of a fiscal year with their funds, by account and cost centre. */
export async function budgetLinesOf(db: Kysely<Database>, year: number): Promise<BudgetUse[]> {
  const lines = (await selectBudgetLines(db)).filter(({ fiscalYear }) => fiscalYear === year);
  const changes = (await selectBudgetChanges(db)).filter(({ fiscalYear }) => fiscalYear === year);
  return useOfBudget(lines, [], [], changes);
}

/** What is charged to one budget line; undefined when there is neither such a line nor a charge to it. */
export async function budgetLineUse(db: Kysely<Database>, key: BudgetKey): Promise<BudgetUse | undefined> {
  return (await budgetUse(db)).find((use) => budgetKey(use) === budgetKey(key));
}

/** Where an accepted service is charged: to the fiscal year of its date of performance. */
export function chargedTo({ performedOn, account, costCentre }: AcceptedService): BudgetKey {
  return { fiscalYear: yearOf(performedOn), account, costCentre };
}

/** Charges commitments and services to budget lines; pure. */
export function useOfBudget(
  lines: readonly BudgetLine[],
  commitments: readonly Commitment[],
  services: readonly AcceptedService[],
  changes: readonly BudgetChange[] = [],
): BudgetUse[] {
  const uses = new Map<string, BudgetUse>();
  const changed = sumsOf(changes);
  for (const line of lines) {
    const more = changed.get(budgetKey(line)) ?? zero;
    const funds = (line.appropriation + line.carryOver + more) as Cents;
    uses.set(budgetKey(line), { ...line, committed: zero, accrued: zero, changes: more, funds, available: funds });
  }
  const charge = (key: BudgetKey, department: string, { committed, accrued }: Charge) => {
    const use = uses.get(budgetKey(key)) ?? withoutAppropriation(key, department);
    uses.set(budgetKey(key), {
      ...use,
      department: use.appropriation === null ? joined(use.department, department) : use.department,
      committed: (use.committed + committed) as Cents,
      accrued: (use.accrued + accrued) as Cents,
      available: (use.available - committed - accrued) as Cents,
    });
  };
  for (const { callOff, open } of commitments) {
    if (open !== 0) charge(callOff, callOff.department, { committed: open, accrued: zero });
  }
  for (const service of services) {
    charge(chargedTo(service), service.department, { committed: zero, accrued: service.gross });
  }
  return [...uses.values()].sort(byKey);
}

/** What the changes of each line come to. */
function sumsOf(changes: readonly BudgetChange[]): Map<string, Cents> {
  const sums = new Map<string, Cents>();
  for (const one of changes) {
    const key = budgetKey(one);
    sums.set(key, ((sums.get(key) ?? 0) + one.amount) as Cents);
  }
  return sums;
}

function withoutAppropriation({ fiscalYear, account, costCentre }: BudgetKey, department: string): BudgetUse {
  const nothing = {
    appropriation: null,
    carryOver: null,
    committed: zero,
    accrued: zero,
    changes: zero,
    funds: zero,
    available: zero,
  };
  return { fiscalYear, account, costCentre, department, title: '', ...nothing };
}

/** Several departments may charge an account that nobody planned. */
function joined(departments: string, department: string): string {
  return departments.split(', ').includes(department) ? departments : `${departments}, ${department}`;
}

function byKey(a: BudgetUse, b: BudgetUse): number {
  return a.fiscalYear - b.fiscalYear || compare(a.account, b.account) || compare(a.costCentre, b.costCentre);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
