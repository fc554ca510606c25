import { change } from '../audit/change.ts';
import type { CalendarDate } from '../shared/dates.ts';
import { type Cents, centsToDecimal, zero } from '../shared/money.ts';
import type { Workspace } from '../storage/workspace.ts';
import { type BudgetLine, budgetKey, budgetName } from './budget-line.ts';
import { putBudgetChange, putBudgetLine, selectBudgetLines } from './budget-store.ts';
import { chooseBooks, readBooks } from './report-books.ts';
import { type YearEndLine, yearEndLines } from './year-end.ts';

/** What was carried over from one line into the next year. */
export interface CarriedLine {
  readonly line: YearEndLine;
  readonly into: BudgetLine;
  /** Numbers of the open call-offs that are now charged to the next year. */
  readonly callOffs: readonly string[];
}

/** The end of a year by budget line; changes nothing. */
export async function yearEndOf(workspace: Workspace, year: number): Promise<YearEndLine[]> {
  return yearEndLines(chooseBooks(await readBooks(workspace), { year }));
}

/**
 * Carries over what the lines of a year let be carried over: it is taken from the old line (a change under "Ü-YEAR") and
 * added to the carry-over of the same account and cost centre in the next year; open call-offs whose funds go along are
 * charged to the next year. One change, with an audit entry for each line. Done again, it carries what has come since.
 */
export async function carryOver(workspace: Workspace, year: number): Promise<CarriedLine[]> {
  const lines = (await yearEndOf(workspace, year)).filter(({ carried }) => carried > 0);
  return change(workspace, async ({ db, record }) => {
    const known = new Map((await selectBudgetLines(db)).map((line) => [budgetKey(line), line]));
    const before = await db.selectFrom('budget_change').selectAll().where('reference', '=', `Ü-${year}`).execute();
    const carried: CarriedLine[] = [];
    for (const line of lines) {
      const { state } = line;
      const { account, costCentre, department, title } = state;
      const next = { fiscalYear: year + 1, account, costCentre };
      const old = known.get(budgetKey(next)) ?? { ...next, department, title, appropriation: zero, carryOver: zero };
      const into = { ...old, carryOver: (old.carryOver + line.carried) as Cents };
      const taken = before
        .filter((one) => one.fiscal_year === year && one.account === account && one.cost_centre === costCentre)
        .reduce((sum, { amount }) => sum + amount, 0);
      await putBudgetLine(db, into);
      await putBudgetChange(db, {
        fiscalYear: year,
        account,
        costCentre,
        kind: 'transfer',
        amount: (taken - line.carried) as Cents,
        decidedOn: `${year}-12-31` as CalendarDate,
        reference: `Ü-${year}`,
        reason: `Ermächtigungsübertragung ${year + 1}`,
      });
      // Orders whose funds stay behind stay with them: somebody has to see to that.
      const goAlong = line.committed > 0 && line.carriedCommitted === line.committed;
      const orders = goAlong ? state.orders.filter(({ open }) => open > 0).map(({ callOff }) => callOff) : [];
      for (const { id } of orders) {
        await db
          .updateTable('call_off')
          .set({ fiscal_year: year + 1 })
          .where('id', '=', id)
          .execute();
      }
      const callOffs = orders.map(({ number }) => number);
      record({
        action: 'budget-line.carried-over',
        subject: `budget/${year}/${account}/${costCentre}`,
        before: { line: budgetName(next), carryOver: centsToDecimal(old.carryOver) },
        after: { line: budgetName(next), carryOver: centsToDecimal(into.carryOver), callOffs },
      });
      carried.push({ line, into, callOffs });
    }
    return carried;
  });
}
