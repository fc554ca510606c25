import type { Kysely, Selectable, Transaction } from 'kysely';
import type { CalendarDate } from '../shared/dates.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import { didYouMean } from '../shared/suggest.ts';
import type { Database } from '../storage/schema.ts';
import type { PickedFile } from './pick-list-import.ts';
import { fileKey } from './reference.ts';

export type BatchRow = Selectable<Database['batch']>;

/** A batch with the order and the lot that it belongs to. */
export interface Batch extends BatchRow {
  readonly order: { readonly id: number; readonly number: string; readonly pages: number };
  readonly lot: {
    readonly id: number;
    readonly key: string;
    readonly department: string;
    /** File name in the workspace's profiles folder. */
    readonly deliveryProfile: string | null;
    readonly contract: string;
    readonly vendor: string;
  };
}

/** A file of a pick list with the barcode of its box. */
export type ListedFileRow = Selectable<Database['file']> & { readonly box: string | null };

/** A file of another batch that was handed out already. */
export interface FileElsewhere {
  readonly reference: string;
  readonly volume: string;
  readonly batch: string;
  readonly lot: string;
}

/** Rows in one statement: well below the number of values that a database binds at once. */
const chunkSize = 1000;

/** All batches, in the order they were made. */
export async function listBatches(db: Kysely<Database>): Promise<Batch[]> {
  return (await batchQuery(db).orderBy('batch.id').execute()).map(toBatch);
}

/** The batch of that key. @throws UsageError with the nearest key when there is none */
export async function requireBatch(db: Kysely<Database>, key: string): Promise<Batch> {
  const row = await batchQuery(db).where('batch.key', '=', key).executeTakeFirst();
  if (row) return toBatch(row);
  const known = await batchKeys(db);
  throw new UsageError(
    'batch.unknown',
    text({ de: `Die Charge „${key}“ gibt es nicht.`, en: `There is no batch "${key}".` }),
    didYouMean(key, known, 'scanlot batch list'),
  );
}

export async function batchKeys(db: Kysely<Database>): Promise<string[]> {
  const rows = await db.selectFrom('batch').select('key').orderBy('id').execute();
  return rows.map(({ key }) => key);
}

/** The files of a batch in the order of its pick list. */
export async function listFiles(db: Kysely<Database>, batchId: number): Promise<ListedFileRow[]> {
  return db
    .selectFrom('file')
    .leftJoin('box', 'box.id', 'file.box_id')
    .selectAll('file')
    .select('box.barcode as box')
    .where('file.batch_id', '=', batchId)
    .orderBy('file.id')
    .execute();
}

/**
 * Finds files of other batches by reference and volume; within one department, or in all of them.
 * @returns by `fileKey`; a file that is in several batches with the first
 */
export async function findFilesElsewhere(
  db: Kysely<Database>,
  referenceKeys: Iterable<string>,
  where: { readonly department?: string; readonly exceptBatch?: number },
): Promise<Map<string, FileElsewhere>> {
  const found = new Map<string, FileElsewhere>();
  for (const keys of chunks([...new Set(referenceKeys)])) {
    let query = db
      .selectFrom('file')
      .innerJoin('batch', 'batch.id', 'file.batch_id')
      .innerJoin('call_off', 'call_off.id', 'batch.call_off_id')
      .innerJoin('lot', 'lot.id', 'call_off.lot_id')
      .select(['file.reference', 'file.reference_key', 'file.volume', 'batch.key as batch', 'lot.key as lot'])
      .where('file.reference_key', 'in', keys)
      .orderBy('file.id');
    if (where.department !== undefined) query = query.where('lot.department', '=', where.department);
    if (where.exceptBatch !== undefined) query = query.where('batch.id', '!=', where.exceptBatch);
    for (const { reference_key, ...file } of await query.execute()) {
      const key = fileKey({ reference: reference_key, volume: file.volume });
      if (!found.has(key)) found.set(key, file);
    }
  }
  return found;
}

/** Sheets on the pick lists of all batches of a call-off. */
export async function pickedSheets(db: Kysely<Database>, callOffId: number): Promise<number> {
  const row = await db
    .selectFrom('file')
    .innerJoin('batch', 'batch.id', 'file.batch_id')
    .select(({ fn, val }) => fn.coalesce(fn.sum<number>('file.expected_sheets'), val(0)).as('sheets'))
    .where('batch.call_off_id', '=', callOffId)
    .executeTakeFirstOrThrow();
  return row.sheets;
}

/** When the first delivery of a batch came in; undefined while there is none. */
export async function firstReceivedOn(db: Kysely<Database>, batchId: number): Promise<CalendarDate | undefined> {
  const row = await db
    .selectFrom('delivery')
    .select('received_on')
    .where('batch_id', '=', batchId)
    .orderBy('received_on')
    .executeTakeFirst();
  return row?.received_on;
}

export async function setHandedOver(db: Transaction<Database>, batchId: number, on: CalendarDate): Promise<void> {
  await db.updateTable('batch').set({ handed_over_on: on }).where('id', '=', batchId).execute();
}

export interface NewBatch extends Omit<BatchRow, 'id'> {
  readonly files: readonly PickedFile[];
}

/** Writes a batch with its boxes and files. @returns how many boxes there are */
export async function insertBatch(db: Transaction<Database>, { files, ...batch }: NewBatch): Promise<number> {
  const { id: batch_id } = await db.insertInto('batch').values(batch).returning('id').executeTakeFirstOrThrow();
  const barcodes = [...new Set(files.flatMap(({ box }) => box ?? []))];
  const boxes = new Map<string, number>();
  for (const some of chunks(barcodes)) {
    const rows = await db
      .insertInto('box')
      .values(some.map((barcode) => ({ batch_id, barcode })))
      .returning(['id', 'barcode'])
      .execute();
    for (const { id, barcode } of rows) boxes.set(barcode, id);
  }
  for (const some of chunks(files)) {
    await db
      .insertInto('file')
      .values(
        some.map((file) => ({
          batch_id,
          box_id: file.box === null ? null : (boxes.get(file.box) ?? null),
          reference: file.reference,
          reference_key: file.referenceKey,
          volume: file.volume,
          title: file.title,
          expected_sheets: file.expectedSheets,
        })),
      )
      .execute();
  }
  return boxes.size;
}

function batchQuery(db: Kysely<Database>) {
  return db
    .selectFrom('batch')
    .innerJoin('call_off', 'call_off.id', 'batch.call_off_id')
    .innerJoin('lot', 'lot.id', 'call_off.lot_id')
    .innerJoin('contract', 'contract.id', 'lot.contract_id')
    .selectAll('batch')
    .select([
      'call_off.number as order_number',
      'call_off.pages as order_pages',
      'lot.id as lot_id',
      'lot.key as lot_key',
      'lot.department',
      'lot.delivery_profile',
      'contract.number as contract',
      'contract.vendor',
    ]);
}

type BatchQueryRow = Awaited<ReturnType<ReturnType<typeof batchQuery>['execute']>>[number];

function toBatch(row: BatchQueryRow): Batch {
  const { order_number, order_pages, lot_id, lot_key, department, delivery_profile, contract, vendor, ...batch } = row;
  return {
    ...batch,
    order: { id: batch.call_off_id, number: order_number, pages: order_pages },
    lot: { id: lot_id, key: lot_key, department, deliveryProfile: delivery_profile, contract, vendor },
  };
}

function* chunks<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += chunkSize) yield items.slice(start, start + chunkSize);
}
