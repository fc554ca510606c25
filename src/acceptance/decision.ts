import type { Batch } from '../custody/store.ts';
import type { CalendarDate } from '../shared/dates.ts';
import type { CorrectedFile } from './corrections.ts';
import type { DecisionRow, DeliveryFileRow, DeliveryRow, FindingRow } from './delivery-store.ts';
import type { Selection } from './selection.ts';

export interface AcceptRequest {
  readonly batch: string;
  readonly round?: number | undefined;
  readonly selection: Selection;
  readonly decidedOn: CalendarDate;
  /** Date of performance: decides price and VAT. */
  readonly performedOn: CalendarDate;
  /** Quantities of price positions that nobody counts, in thousandths of the unit. */
  readonly quantities?: ReadonlyMap<string, number> | undefined;
}

export interface RejectRequest {
  readonly batch: string;
  readonly round?: number | undefined;
  readonly reason: string;
  readonly decidedOn: CalendarDate;
}

export interface Decision {
  readonly batch: Batch;
  readonly delivery: DeliveryRow;
  /** For the first time, and to be paid. */
  readonly accepted: readonly DeliveryFileRow[];
  /** In the place of what was accepted before, after a complaint; not paid again. */
  readonly corrected: readonly CorrectedFile[];
  readonly rejected: readonly DeliveryFileRow[];
  /** Files that an earlier round had brought and that are accepted already: nothing is decided twice. */
  readonly settled: readonly DeliveryFileRow[];
  readonly findings: readonly FindingRow[];
  /** Path of the defect list; null when nothing was rejected. */
  readonly defects: string | null;
}

/** What is decided: the files to accept, and the columns of the decision's row. */
export interface Ruling extends Pick<DecisionRow, 'decided_on' | 'performed_on' | 'reason'> {
  readonly chosen: readonly DeliveryFileRow[];
  readonly quantities: ReadonlyMap<string, number>;
}
