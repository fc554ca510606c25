import type { Generated } from 'kysely';
import type { CalendarDate } from '../../shared/dates.ts';

/** A defect of accepted files, of which the vendor was given notice (Mängelrüge), with the time to mend it. */
export interface ComplaintTable {
  id: Generated<number>;
  batch_id: number;
  /** Counted within the batch, from 1. */
  number: number;
  raised_on: CalendarDate;
  /** Last day for mending. */
  deadline: CalendarDate;
  reason: string;
  raised_by: string;
  /** The newest round when it was raised: later ones should bring the correction. */
  after_round: number;
}

/** One file of a complaint; one that is not settled each at the most (unique where open or disputed). */
export interface ComplaintFileTable {
  id: Generated<number>;
  complaint_id: number;
  file_id: number;
  /** The acceptance whose content is defective. */
  decision_file_id: number;
  /** open; disputed: the vendor denies the defect; settled by a correction or by its withdrawal: corrected, withdrawn. */
  state: 'open' | 'disputed' | 'corrected' | 'withdrawn';
  /** When the state was reached, and by whom it was recorded; null while the complaint is open. */
  stated_on: CalendarDate | null;
  stated_by: string | null;
  /** What the vendor says in dispute, or why it was withdrawn; else ''. */
  statement: string;
  /** The acceptance of what was delivered in its place. */
  correction_id: number | null;
}
