import { type LineState, lineStates } from './datasets/budget-lines.ts';
import type { ReportBooks } from './report-books.ts';

/** What becomes of a budget line at the end of its year; gross, in cents. */
export interface YearEndLine {
  readonly state: LineState;
  readonly funds: number;
  /** Accepted with a date of performance in the year: its expense. */
  readonly accrued: number;
  readonly invoiced: number;
  /** Accepted and not invoiced: to be accrued. Negative where more was invoiced than accepted. */
  readonly provision: number;
  readonly committed: number;
  readonly carriedCommitted: number;
  readonly carriedFree: number;
  readonly carried: number;
  readonly lapses: number;
  readonly overdrawn: number;
}

/** The lines of the selection with their end; pure. funds = accrued + carried + lapses − overdrawn. */
export function yearEndLines(books: ReportBooks): YearEndLine[] {
  return lineStates(books).map((state) => {
    const { funds, accrued, invoiced, committed } = state;
    const left = Math.max(0, funds - accrued);
    const rule = state.transferable ?? 'committed';
    const carriedCommitted = rule === 'none' ? 0 : Math.min(committed, left);
    const carriedFree = rule === 'all' ? left - carriedCommitted : 0;
    const carried = carriedCommitted + carriedFree;
    return {
      state,
      funds,
      accrued,
      invoiced,
      provision: accrued - invoiced,
      committed,
      carriedCommitted,
      carriedFree,
      carried,
      lapses: left - carried,
      overdrawn: Math.max(0, accrued - funds),
    };
  });
}
