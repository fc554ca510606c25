import type { Kysely } from 'kysely';
import { fileKey, referenceKey } from '../custody/reference.ts';
import { type Batch, listFiles } from '../custody/store.ts';
import type { Database } from '../storage/schema.ts';
import type { EarlierDelivery, LedgerAnswer, LedgerQuestion, LedgerSource } from '../validation/ledger.ts';

const chunkSize = 500;

/** The ledger as the rules of a delivery profile ask it, for a delivery of this batch. */
export function ledgerOf(db: Kysely<Database>, batch: Batch): LedgerSource {
  return {
    lookup: async (question): Promise<LedgerAnswer> => ({
      ordered: await orderedFiles(db, batch),
      pickedUp: new Set((await listFiles(db, batch.id)).map(fileKey)),
      delivered: await deliveredBefore(db, batch, question),
      contents: await contentsBefore(db, batch, question),
    }),
  };
}

/** Files on the pick lists of all batches of the call-off. */
async function orderedFiles(db: Kysely<Database>, batch: Batch): Promise<Set<string>> {
  const files = await db
    .selectFrom('file')
    .innerJoin('batch', 'batch.id', 'file.batch_id')
    .select(['file.reference', 'file.volume'])
    .where('batch.call_off_id', '=', batch.call_off_id)
    .execute();
  return new Set(files.map(fileKey));
}

async function deliveredBefore(
  db: Kysely<Database>,
  batch: Batch,
  { files }: LedgerQuestion,
): Promise<LedgerAnswer['delivered']> {
  const found = new Map<string, EarlierDelivery>();
  const keys = [...new Set(files.map(({ reference }) => referenceKey(reference)))];
  for (const chunk of chunks(keys)) {
    const rows = await db
      .selectFrom('delivery_file')
      .innerJoin('delivery', 'delivery.id', 'delivery_file.delivery_id')
      .innerJoin('batch', 'batch.id', 'delivery.batch_id')
      .select(['delivery_file.reference', 'delivery_file.volume', 'batch.key as batch', 'delivery.round'])
      .where('delivery_file.reference_key', 'in', chunk)
      .where('batch.id', '!=', batch.id)
      .orderBy('delivery_file.id')
      .execute();
    for (const row of rows) if (!found.has(fileKey(row))) found.set(fileKey(row), row);
  }
  // What this batch orders anew is meant to come again.
  for (const anew of await orderedAnew(db, batch)) found.delete(fileKey(anew));
  return found;
}

async function orderedAnew(db: Kysely<Database>, batch: Batch) {
  return db
    .selectFrom('rescan')
    .innerJoin('file', 'file.id', 'rescan.file_id')
    .select(['file.reference', 'file.volume'])
    .where('file.batch_id', '=', batch.id)
    .execute();
}

async function contentsBefore(
  db: Kysely<Database>,
  batch: Batch,
  { digests }: LedgerQuestion,
): Promise<LedgerAnswer['contents']> {
  const found = new Map<string, EarlierDelivery & { readonly path: string }>();
  for (const chunk of chunks(digests)) {
    const rows = await db
      .selectFrom('delivery_document as document')
      .innerJoin('delivery_file', 'delivery_file.id', 'document.delivery_file_id')
      .innerJoin('delivery', 'delivery.id', 'delivery_file.delivery_id')
      .innerJoin('batch', 'batch.id', 'delivery.batch_id')
      .select([
        'document.sha256',
        'document.path',
        'delivery_file.reference',
        'delivery_file.volume',
        'batch.key as batch',
        'delivery.round',
      ])
      .where('document.sha256', 'in', chunk)
      .where('batch.id', '!=', batch.id)
      .orderBy('document.id')
      .execute();
    for (const { sha256, ...row } of rows) if (sha256 !== null && !found.has(sha256)) found.set(sha256, row);
  }
  return found;
}

function* chunks<T>(items: readonly T[]): Iterable<readonly T[]> {
  for (let start = 0; start < items.length; start += chunkSize) yield items.slice(start, start + chunkSize);
}
