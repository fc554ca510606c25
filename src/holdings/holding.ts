import type { CalendarDate } from '../shared/dates.ts';

/** Whether the holding was offered to the archive, which must be asked before anything is destroyed. */
export const archiveOffers = ['none', 'open', 'done'] as const;
export type ArchiveOffer = (typeof archiveOffers)[number];

/** An archive still on the shelf. */
export interface Holding {
  /** What people type: unique, short, without spaces. */
  readonly key: string;
  readonly title: string;
  readonly department: string;
  /** Key of the lot under which it would be digitised ("CONTRACT/KEY" where several contracts have one of that name). */
  readonly lot: string | null;
  /** Length of shelf. */
  readonly millimetres: number;
  readonly files: number | null;
  readonly sheets: number | null;
  readonly pages: number;
  /** The pages were estimated from the length of shelf. */
  readonly pagesEstimated: boolean;
  /** Last day of the retention period. */
  readonly retentionUntil: CalendarDate | null;
  /** The paper must be kept for legal reasons, digitised or not. */
  readonly originalMustStay: boolean;
  readonly archiveOffer: ArchiveOffer;
  /** The day from which the department works with the document management system. */
  readonly dmsGoLive: CalendarDate | null;
  /** A day that cannot be moved: a legal date, the move out of a building. */
  readonly hardDeadline: CalendarDate | null;
  /** Accesses a year. */
  readonly usage: number;
  /** 0 (sound) to 3 (perishing). */
  readonly risk: number;
  readonly note: string;
}
