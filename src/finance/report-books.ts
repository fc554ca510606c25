import type { Kysely } from 'kysely';
import { type ContractRow, listContracts } from '../contract/store.ts';
import { type CalendarDate, localDate } from '../shared/dates.ts';
import type { Database } from '../storage/schema.ts';
import type { Workspace } from '../storage/workspace.ts';
import { type AcceptedService, type Ledger, priceLedger, readLedger } from './accepted.ts';
import { chargedTo } from './budget.ts';
import { type BudgetChange, type BudgetKey, type BudgetLine, budgetKey } from './budget-line.ts';
import {
  type CommitmentAuthority,
  type Funding,
  type SharingKey,
  selectAuthorities,
  selectBudgetChanges,
  selectBudgetLines,
  selectFundings,
  selectSharingKeys,
} from './budget-store.ts';
import { type Commitment, commitmentsOf } from './commitments.ts';
import { type Consumption, consume } from './consumption.ts';
import { isChosen, isChosenService, type Selection } from './cost-report/costs.ts';
import type { RecordedUse } from './invoice-matching/books.ts';
import { type Posting, postingsOf } from './invoice-matching/postings.ts';
import { type InvoiceRow, listInvoices, selectChargedUses, selectUses } from './invoice-matching/store.ts';
import type { FinanceLot, OrderedPosition } from './store.ts';
import { selectUncounted } from './store.ts';
import { selectUndecided, type UndecidedDelivery } from './undecided.ts';

/** A holding, as far as reports on cost look at it. */
export interface ReportHolding {
  readonly key: string;
  readonly title: string;
  readonly department: string;
  readonly lotId: number | null;
  readonly millimetres: number;
  readonly pages: number;
  readonly dmsGoLive: CalendarDate | null;
}

/** All that reports are computed from, read once, in the state of one day. */
export interface BooksState {
  /** The day whose state is shown: the one asked for, else today. */
  readonly today: CalendarDate;
  readonly contracts: ReadonlyMap<number, ContractRow>;
  readonly ledger: Ledger;
  readonly budget: readonly BudgetLine[];
  readonly changes: readonly BudgetChange[];
  readonly authorities: readonly CommitmentAuthority[];
  readonly fundings: readonly Funding[];
  readonly sharing: readonly SharingKey[];
  readonly allServices: readonly AcceptedService[];
  readonly allCommitments: readonly Commitment[];
  readonly consumption: Consumption;
  readonly uncounted: readonly OrderedPosition[];
  /** Recorded by that day and not rejected. */
  readonly invoices: ReadonlyMap<number, InvoiceRow>;
  readonly postings: readonly Posting[];
  /** What invoices of any state have taken of acceptances. */
  readonly uses: readonly RecordedUse[];
  readonly undecided: readonly UndecidedDelivery[];
  readonly holdings: readonly ReportHolding[];
}

/** The books with what was chosen of them. */
export interface ReportBooks extends BooksState {
  readonly selection: Selection;
  readonly services: readonly AcceptedService[];
  readonly commitments: readonly Commitment[];
  /** Budget lines (`budgetKey`) that the chosen services and call-offs are charged to. */
  readonly charged: ReadonlySet<string>;
}

/** Chooses; pure. */
export function chooseBooks(state: BooksState, selection: Selection): ReportBooks {
  const services = state.allServices.filter((service) => isChosenService(service, selection));
  const commitments = state.allCommitments.filter(({ callOff }) => isChosen(callOff, selection));
  const open = commitments.filter((commitment) => commitment.open !== 0);
  const charged = new Set([...services.map(chargedTo), ...open.map(({ callOff }) => callOff)].map(budgetKey));
  return { ...state, selection, services, commitments, charged };
}

/**
 * Reads the books.
 * @param asOf the state at the end of that day; without it everything recorded
 * @throws UsageError when something accepted has no price
 */
export async function readBooks({ db, now }: Workspace, asOf?: CalendarDate): Promise<BooksState> {
  const ledger = await readLedger(db, asOf);
  const allServices = priceLedger(ledger);
  const allCommitments = commitmentsOf(ledger.callOffs, allServices);
  const invoices = new Map(
    (await listInvoices(db))
      .filter(({ recorded_on, state }) => state !== 'rejected' && (asOf === undefined || recorded_on <= asOf))
      .map((row) => [row.id, row]),
  );
  const numbers = new Set([...invoices.values()].map(({ number }) => number));
  return {
    today: asOf ?? localDate(now()),
    contracts: new Map((await listContracts(db)).map((contract) => [contract.id, contract])),
    ledger,
    budget: await selectBudgetLines(db),
    changes: await selectBudgetChanges(db, asOf),
    authorities: await selectAuthorities(db),
    fundings: await selectFundings(db),
    sharing: await selectSharingKeys(db),
    allServices,
    allCommitments,
    consumption: consume(ledger, allServices),
    uncounted: await selectUncounted(db),
    invoices,
    postings: postingsOf(await selectChargedUses(db, asOf)),
    uses: (await selectUses(db)).filter(({ invoice }) => numbers.has(invoice)),
    undecided: await selectUndecided(db, asOf),
    holdings: await selectReportHoldings(db),
  };
}

/** Lots that the selection is about: the chosen one, those of the department or that serve it, else all. */
export function chosenLots({ ledger, selection, services, commitments }: ReportBooks): FinanceLot[] {
  const { lot, department } = selection;
  if (lot) return ledger.lots.filter(({ id }) => id === lot.id);
  if (department === undefined) return [...ledger.lots];
  const serving = new Set([...services.map((one) => one.lot.id), ...commitments.map(({ callOff }) => callOff.lotId)]);
  return ledger.lots.filter((one) => one.department === department || serving.has(one.id));
}

/** Budget lines that the selection is about: those of the year and department, and all that it charges. */
export function chosenLines<T extends BudgetKey & { readonly department: string }>(
  lines: readonly T[],
  { selection: { year, lot, department }, charged }: Pick<ReportBooks, 'selection' | 'charged'>,
): T[] {
  const departments = [lot?.department, department].filter((name) => name !== undefined);
  return lines.filter(
    (line) =>
      (year === undefined || line.fiscalYear === year) &&
      (departments.length === 0 || departments.includes(line.department) || charged.has(budgetKey(line))),
  );
}

async function selectReportHoldings(db: Kysely<Database>): Promise<ReportHolding[]> {
  const rows = await db.selectFrom('holding').selectAll().orderBy('key').execute();
  return rows.map((row) => ({
    key: row.key,
    title: row.title,
    department: row.department,
    lotId: row.lot_id,
    millimetres: row.millimetres,
    pages: row.pages,
    dmsGoLive: row.dms_go_live,
  }));
}
