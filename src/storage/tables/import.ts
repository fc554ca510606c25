import type { Generated } from 'kysely';

/** One file on its way into the document management system: intent before the request, confirmation after read-back. */
export interface ImportObjectTable {
  id: Generated<number>;
  file_id: number;
  delivery_file_id: number;
  adapter: string;
  /** Our own key, by which the object is looked up before any retry. */
  object_key: string;
  /**
   * intended, sent, confirmed, failed; when other content was accepted anew: updating, then sent, or update-failed; when
   * it is taken back: withdrawing, withdrawn.
   */
  state: string;
  dms_id: string | null;
  pages: number;
  attempts: number;
  /** JSON of the sentence in all languages; in rows of earlier versions an English sentence. */
  error: string | null;
  intended_at: string;
  confirmed_at: string | null;
}

/** A document that scanlot made and stored with an object, beside those that were accepted. */
export interface ImportOwnDocumentTable {
  id: Generated<number>;
  import_object_id: number;
  name: string;
  size: number;
  sha256: string;
}

/** An imported object that was taken out of the DMS again. */
export interface ImportWithdrawalTable {
  id: Generated<number>;
  import_object_id: number;
  dms_id: string | null;
  reason: string;
  requested_at: string;
  requested_by: string;
  /** Null until the DMS has removed it. */
  removed_at: string | null;
}
