import type { Text } from '../../shared/language.ts';
import type { NotePlaces } from './additions.ts';
import type { PlannedImport, PlanReason } from './plan.ts';

/** What happened to one file. */
export interface ImportOutcome {
  readonly reference: string;
  readonly volume: string;
  readonly batch: string;
  readonly objectKey: string;
  /**
   * `imported` in this run and read back; `already-imported` by an earlier one; `skipped` and `refused` by the plan;
   * `not-begun` when the run stopped before.
   */
  readonly outcome: 'imported' | 'already-imported' | 'failed' | 'skipped' | 'refused' | 'not-begun';
  /** What was done in the system, for files imported in this run. */
  readonly how: 'created' | 'updated' | 'found' | null;
  /** Of the plan, for files skipped and refused. */
  readonly reason: PlanReason | null;
  readonly pages: number;
  readonly error: Text | null;
  /** Where the transfer notes are, for files sent in this run with notes in their documents. */
  readonly note: NotePlaces | null;
}

type Verdict = Pick<ImportOutcome, 'outcome'> & Partial<Pick<ImportOutcome, 'how' | 'error' | 'note'>>;

export function outcomeOf(
  planned: PlannedImport,
  { outcome, how = null, error = null, note = null }: Verdict,
): ImportOutcome {
  const { file, objectKey, reason } = planned;
  const { reference, volume, batch, pages } = file;
  return { reference, volume, batch, objectKey, outcome, how, reason, pages, error, note };
}

/** The outcome of a file for which nothing was done. */
export function untouched(planned: PlannedImport): ImportOutcome {
  const { action, reason } = planned;
  if (action === 'refuse') return outcomeOf(planned, { outcome: 'refused' });
  if (action !== 'skip') return outcomeOf(planned, { outcome: 'not-begun' });
  return outcomeOf(planned, { outcome: reason === 'withdrawn' ? 'skipped' : 'already-imported' });
}
