import type { FileName } from '../custody/reference.ts';

/** What a package asks of the ledger: the files that its rows name, and the content of its documents. */
export interface LedgerQuestion {
  readonly files: readonly FileName[];
  /** sha256, lower-case hex; of documents that are not empty. */
  readonly digests: readonly string[];
}

/** A delivery of another batch. */
export interface EarlierDelivery extends FileName {
  readonly batch: string;
  readonly round: number;
}

/** What the ledger knows of it. Files are named by `fileKey`. */
export interface LedgerAnswer {
  /** On the pick list of some batch of the same call-off. */
  readonly ordered: ReadonlySet<string>;
  /** On the pick list of this batch. */
  readonly pickedUp: ReadonlySet<string>;
  /** Delivered with another batch. */
  readonly delivered: ReadonlyMap<string, EarlierDelivery>;
  /** Digest → the document of another batch that has it. */
  readonly contents: ReadonlyMap<string, EarlierDelivery & { readonly path: string }>;
}

/** The ledger as the rules of a profile see it: given by whoever receives a delivery, absent where there is no workspace. */
export interface LedgerSource {
  lookup(question: LedgerQuestion): Promise<LedgerAnswer>;
}
