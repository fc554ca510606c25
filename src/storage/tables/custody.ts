import type { Generated } from 'kysely';
import type { CalendarDate } from '../../shared/dates.ts';
import type { Bit } from '../bit.ts';

export interface HoldingTable {
  id: Generated<number>;
  key: string;
  title: string;
  department: string;
  lot_id: number | null;
  millimetres: number;
  files: number | null;
  sheets: number | null;
  pages: number;
  /** 1 when the pages were estimated from running metres. */
  pages_estimated: Bit;
  retention_until: CalendarDate | null;
  original_must_stay: Bit;
  /** Offer to the archive: none, open, done. */
  archive_offer: string;
  dms_go_live: CalendarDate | null;
  hard_deadline: CalendarDate | null;
  /** Accesses a year. */
  usage: number;
  /** 0 (sound) to 3 (perishing). */
  risk: number;
  note: string;
}

/** Boxes handed to the vendor together; its pick list is what we say left the house. */
export interface BatchTable {
  id: Generated<number>;
  key: string;
  call_off_id: number;
  handed_over_on: CalendarDate | null;
  millimetres: number | null;
  note: string;
}

export interface BoxTable {
  id: Generated<number>;
  batch_id: number;
  barcode: string;
}

/**
 * A file of a pick list that is the same as one of an earlier pick list: it was ordered anew, and is accepted and paid anew.
 * In the DMS all of them are one object.
 */
export interface RescanTable {
  id: Generated<number>;
  file_id: number;
  /** The file on the pick list before. */
  earlier_file_id: number;
  /** The file on the first pick list; its contract and lot are in the object's key. */
  first_file_id: number;
  reason: string;
}

/** A file (Akte), or one of its volumes: the unit that is handed over, delivered, accepted and imported. */
export interface FileTable {
  id: Generated<number>;
  batch_id: number;
  box_id: number | null;
  /** As written on the pick list. */
  reference: string;
  /** In Unicode NFC, for comparison. */
  reference_key: string;
  volume: string;
  title: string;
  expected_sheets: number | null;
}
