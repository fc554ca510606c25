import type { Kysely } from 'kysely';
import type { FileName } from '../custody/reference.ts';
import type { Database } from '../storage/schema.ts';
import { standingIds } from './effective-query.ts';

/** A document with the delivery that brought it. */
export interface DeliveredDocument extends FileName {
  readonly id: number;
  readonly path: string;
  readonly sha256: string;
  readonly deliveryFileId: number;
  readonly deliveryId: number;
  readonly batchId: number;
  readonly batch: string;
  readonly round: number;
}

const chunkSize = 1000;

/** The documents of a batch's deliveries up to a round. Empty documents are equal to each other and tell nothing. */
export async function selectDocuments(
  db: Kysely<Database>,
  batchId: number,
  lastRound: number,
): Promise<DeliveredDocument[]> {
  return documentQuery(db)
    .where('batch.id', '=', batchId)
    .where('delivery.round', '<=', lastRound)
    .orderBy('document.id')
    .execute();
}

/**
 * For each digest of this batch, the earliest document of another batch that has it: of files that are on that batch's
 * pick list and were not rejected. What was delivered with the wrong batch, or sent back, may come again.
 */
export async function selectEarliestElsewhere(
  db: Kysely<Database>,
  batchId: number,
  lastRound: number,
): Promise<Map<string, DeliveredDocument>> {
  const own = db
    .selectFrom('delivery_document')
    .innerJoin('delivery_file', 'delivery_file.id', 'delivery_document.delivery_file_id')
    .innerJoin('delivery', 'delivery.id', 'delivery_file.delivery_id')
    .select('delivery_document.sha256')
    .distinct()
    .where('delivery.batch_id', '=', batchId)
    .where('delivery.round', '<=', lastRound);
  const earliest = db
    .selectFrom('delivery_document as other')
    .innerJoin('delivery_file', 'delivery_file.id', 'other.delivery_file_id')
    .innerJoin('delivery', 'delivery.id', 'delivery_file.delivery_id')
    .select(({ fn }) => fn.min('other.id').as('id'))
    .where('other.sha256', 'in', own)
    .where('delivery.batch_id', '!=', batchId)
    .where('delivery_file.id', 'in', standingIds(db, true))
    .groupBy('other.sha256');
  const rows = await documentQuery(db).where('document.id', 'in', earliest).execute();
  return new Map(rows.map((row) => [row.sha256, row]));
}

/** The digests of the documents of each of these delivered files. */
export async function selectDigests(
  db: Kysely<Database>,
  deliveryFileIds: readonly number[],
): Promise<Map<number, string[]>> {
  const digests = new Map<number, string[]>(deliveryFileIds.map((id) => [id, []]));
  for (let start = 0; start < deliveryFileIds.length; start += chunkSize) {
    const rows = await db
      .selectFrom('delivery_document')
      .select(['delivery_file_id', 'sha256'])
      .where('delivery_file_id', 'in', deliveryFileIds.slice(start, start + chunkSize))
      .execute();
    for (const { delivery_file_id, sha256 } of rows) if (sha256) digests.get(delivery_file_id)?.push(sha256);
  }
  return digests;
}

export interface DeliveredContent {
  readonly deliveryFileId: number;
  /** null where the document could not be read. */
  readonly sha256: string | null;
  /** The index data, JSON. */
  readonly fields: string;
}

/** Bytes and index data of all documents of these delivered files. */
export async function selectContents(
  db: Kysely<Database>,
  deliveryFileIds: readonly number[],
): Promise<DeliveredContent[]> {
  const contents: DeliveredContent[] = [];
  for (let start = 0; start < deliveryFileIds.length; start += chunkSize) {
    const rows = await db
      .selectFrom('delivery_document')
      .select(['delivery_file_id as deliveryFileId', 'sha256', 'fields'])
      .where('delivery_file_id', 'in', deliveryFileIds.slice(start, start + chunkSize))
      .execute();
    contents.push(...rows);
  }
  return contents;
}

function documentQuery(db: Kysely<Database>) {
  return db
    .selectFrom('delivery_document as document')
    .innerJoin('delivery_file', 'delivery_file.id', 'document.delivery_file_id')
    .innerJoin('delivery', 'delivery.id', 'delivery_file.delivery_id')
    .innerJoin('batch', 'batch.id', 'delivery.batch_id')
    .select([
      'document.id',
      'document.path',
      'document.sha256',
      'delivery_file.id as deliveryFileId',
      'delivery_file.reference',
      'delivery_file.volume',
      'delivery.id as deliveryId',
      'delivery.round',
      'batch.id as batchId',
      'batch.key as batch',
    ])
    .where('document.size', '>', 0)
    .where('document.sha256', 'is not', null)
    .$narrowType<{ sha256: string }>();
}
