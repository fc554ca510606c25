import type { FileName } from '../custody/reference.ts';
import type { CalendarDate } from '../shared/dates.ts';
import type { SheetRule } from './sheet-rule.ts';

/** What the reconciliation of one batch knows, as plain data: `reconcile` computes everything else from it. */
export interface LedgerFacts {
  readonly batch: { readonly key: string };
  readonly order: OrderFacts;
  /** The pick list. */
  readonly files: readonly ListedFile[];
  /** The rounds up to the one that is reconciled, oldest first. */
  readonly rounds: readonly Round[];
  /** By the file of the pick list that the decision names. */
  readonly accepted: ReadonlyMap<number, AcceptedFile>;
  /** By file: those of which the document management system holds what is accepted now. */
  readonly imported: ReadonlyMap<number, ImportedFile>;
  /** By file: complaints that are not settled. */
  readonly complaints: ReadonlyMap<number, PendingComplaint>;
  /** What was delivered in the place of accepted content without changing it, by delivered file. */
  readonly unchanged: ReadonlyMap<number, UnchangedContent>;
  /** Files of this batch's deliveries that are on another batch's pick list, by `fileKey`. */
  readonly elsewhere: ReadonlyMap<string, OtherBatch>;
  /** Contents of this batch's deliveries that were delivered before, by delivery file. */
  readonly known: ReadonlyMap<number, KnownContent>;
  readonly sheetRule: SheetRule;
  /** Sides of a sheet. */
  readonly sides: number;
}

export interface OrderFacts {
  readonly number: string;
  readonly orderedPages: number;
  /** Accepted and awaiting a decision in the call-off's other batches. */
  readonly otherBatches: { readonly accepted: number; readonly open: number };
}

/** A file of the pick list. */
export interface ListedFile extends FileName {
  readonly id: number;
  /** Barcode; null where the pick list names no box. */
  readonly box: string | null;
  readonly expectedSheets: number | null;
}

/** One delivery of the batch. */
export interface Round {
  readonly deliveryId: number;
  readonly round: number;
  readonly files: readonly DeliveredFile[];
  /** Documents of the delivery by their state, as their own rows tell. */
  readonly documents: DocumentStates;
}

export interface DocumentStates {
  readonly passed: number;
  /** Failed, each with an open error. */
  readonly failed: number;
  readonly errored: number;
  /** Failed or errored, but every error of it was waived. */
  readonly waived: number;
}

/** A file as it was delivered in one round. */
export interface DeliveredFile extends FileName {
  readonly id: number;
  /** The file of the pick list as matched on receipt; null when none fits. */
  readonly fileId: number | null;
  readonly documents: number;
  /** Sum over the documents that state their pages. */
  readonly declaredPages: number;
  /** Whether every document states its pages; not every profile asks for them. */
  readonly isDeclared: boolean;
  readonly removedBlanks: number;
  /** null when they could not be counted. */
  readonly receivedPages: number | null;
  readonly decision: FileDecision | null;
  /** The check has told already why declared and counted pages differ. */
  readonly pagesExplained: boolean;
}

export interface FileDecision {
  /** corrected: accepted in the place of what was accepted before. */
  readonly outcome: 'accepted' | 'rejected' | 'corrected';
  readonly pages: number;
}

export interface AcceptedFile {
  /** Of the first acceptance: they are paid, once. */
  readonly pages: number;
  /** Of the last correction, where there is one: its content counts, and is not paid. */
  readonly correctedPages?: number;
}

/** A complaint (Mängelrüge) about an accepted file that is neither settled by a correction nor withdrawn. */
export interface PendingComplaint {
  readonly state: 'open' | 'disputed';
  readonly raisedOn: CalendarDate;
  readonly deadline: CalendarDate;
  /** Whether a delivery has come since. */
  readonly hadDelivery: boolean;
}

/** all: documents and index data are the same; documents: the index data alone differ. */
export type UnchangedContent = 'all' | 'documents';

/** A file that is confirmed in the document management system. */
export interface ImportedFile {
  readonly pages: number;
}

/** The batch on whose pick list a file really is. */
export interface OtherBatch {
  readonly batch: string;
  readonly lot: string;
}

/** Where content was delivered before. */
export interface EarlierDelivery extends FileName {
  readonly batch: string;
  readonly round: number;
}

/** What of a delivered file was delivered before: all of it as one other file, or single documents. */
export type KnownContent =
  | { readonly whole: EarlierDelivery }
  | { readonly documents: readonly (EarlierDelivery & { readonly path: string; readonly otherPath: string })[] };
