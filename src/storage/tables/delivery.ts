import type { Generated } from 'kysely';
import type { CalendarDate } from '../../shared/dates.ts';
import type { Bit } from '../bit.ts';

export interface DeliveryTable {
  id: Generated<number>;
  batch_id: number;
  round: number;
  received_on: CalendarDate;
  /** Folder of the package: relative to the workspace, or absolute when it stays where it is. */
  package_path: string;
  in_place: Bit;
  profile: string;
  profile_hash: string;
  package_hash: string;
  tool_version: string;
  verdict: string;
  checked_at: string;
  reconciled_at: string | null;
}

/** One file (Akte) of a delivery: what its rows declare and what its documents hold. */
export interface DeliveryFileTable {
  id: Generated<number>;
  delivery_id: number;
  /** The file of the pick list; null when it was not ordered. */
  file_id: number | null;
  reference: string;
  reference_key: string;
  volume: string;
  documents: number;
  declared_pages: number;
  removed_blanks: number;
  /** Pages counted in the bytes; null when a document's pages could not be counted. */
  received_pages: number | null;
  bytes: number;
  /** sha256 over the sorted list of document path and digest: equal content, equal digest. */
  content_hash: string;
  /** passed, failed, errored */
  state: string;
}

export interface DeliveryDocumentTable {
  id: Generated<number>;
  delivery_file_id: number;
  path: string;
  row: number | null;
  format: string | null;
  size: number | null;
  sha256: string | null;
  declared_pages: number | null;
  pages: number | null;
  /** Index fields of the manifest row, JSON. */
  fields: string;
  state: string;
}

/** Pages of a delivered file by class; only in lots whose prices tell classes apart. */
export interface DeliveryPageClassTable {
  id: Generated<number>;
  delivery_file_id: number;
  /** ISO size of the sheet; null where the file does not tell. */
  size: string | null;
  /** bw, grey, colour; null where the file does not tell. */
  colour: string | null;
  pages: number;
}

export interface DeliveryFindingTable {
  id: Generated<number>;
  delivery_id: number;
  delivery_file_id: number | null;
  /** check: about the package; reconciliation: against the ledger. */
  source: string;
  code: string;
  severity: string;
  path: string;
  page: number | null;
  row: number | null;
  reference: string | null;
  args: string;
  waiver_id: number | null;
}

export interface WaiverTable {
  id: Generated<number>;
  delivery_id: number;
  code: string;
  /** The file concerned; null for the whole delivery. */
  reference: string | null;
  reason: string;
  waived_by: string;
  waived_at: string;
}

/** The decision on a delivery: acceptance (whole or in part) or rejection. */
export interface DecisionTable {
  id: Generated<number>;
  delivery_id: number;
  decided_on: CalendarDate;
  /** Date of performance: VAT and price are those of this day. */
  performed_on: CalendarDate;
  decided_by: string;
  reason: string;
}

export interface DecisionFileTable {
  id: Generated<number>;
  decision_id: number;
  delivery_file_id: number;
  /** The file of the pick list; one acceptance each at the most (unique where accepted). */
  file_id: number;
  /** corrected: accepted in the place of what was accepted before, after a complaint; paid is the first alone. */
  outcome: 'accepted' | 'rejected' | 'corrected';
  pages: number;
  documents: number;
}

/** What an acceptance holds of a price position whose unit is not counted in files: boxes, trips, index characters. */
export interface DecisionQuantityTable {
  id: Generated<number>;
  decision_id: number;
  position: string;
  /** Thousandths of the unit. */
  quantity: number;
  /** counted: from the index; entered: stated by whoever accepted. */
  source: 'counted' | 'entered';
}
