/** The six counts and what lies between them, of a file, a box, a batch, a call-off or a lot. All are additive. */
export interface Counts {
  /** Files on the pick list. */
  readonly pickedUpFiles: number;
  /** Files on the pick list that were delivered. */
  readonly deliveredFiles: number;
  /** Files on the pick list that have not been delivered so far. */
  readonly outstandingFiles: number;
  readonly acceptedFiles: number;
  /** Accepted, and complained about since; the complaint is not settled. */
  readonly complainedFiles: number;
  readonly rejectedFiles: number;
  /** Delivered and not decided. */
  readonly openFiles: number;
  readonly importedFiles: number;
  /** Delivered, but not on this batch's pick list. */
  readonly unlistedFiles: number;
  /** Expected sheets × sides of the files whose sheets are known. */
  readonly pickedUpPages: number;
  readonly filesWithoutSheets: number;
  /** As declared by the vendor; unlisted files included, as in `removedBlanks` and `receivedPages`. */
  readonly declaredPages: number;
  readonly removedBlanks: number;
  /** Counted in the bytes, of the files that could be counted. */
  readonly receivedPages: number;
  readonly uncountedFiles: number;
  /** As the decisions say. */
  readonly acceptedPages: number;
  /** How many pages corrections hold more than what was accepted first, and is paid; negative when they hold fewer. */
  readonly correctionPages: number;
  readonly rejectedPages: number;
  readonly openPages: number;
  readonly unlistedPages: number;
  /** Confirmed in the document management system, as it is accepted now. */
  readonly importedPages: number;
}

export const noCounts: Counts = {
  pickedUpFiles: 0,
  deliveredFiles: 0,
  outstandingFiles: 0,
  acceptedFiles: 0,
  complainedFiles: 0,
  rejectedFiles: 0,
  openFiles: 0,
  importedFiles: 0,
  unlistedFiles: 0,
  pickedUpPages: 0,
  filesWithoutSheets: 0,
  declaredPages: 0,
  removedBlanks: 0,
  receivedPages: 0,
  uncountedFiles: 0,
  acceptedPages: 0,
  correctionPages: 0,
  rejectedPages: 0,
  openPages: 0,
  unlistedPages: 0,
  importedPages: 0,
};

export const countKeys = Object.keys(noCounts) as readonly (keyof Counts)[];

/** The sum of several counts. */
export function addCounts(parts: Iterable<Counts>): Counts {
  const sum: Record<keyof Counts, number> = { ...noCounts };
  for (const part of parts) for (const key of countKeys) sum[key] += part[key];
  return sum;
}
