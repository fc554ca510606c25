import { type Kysely, sql } from 'kysely';
import type { CalendarDate } from '../shared/dates.ts';
import type { Database } from '../storage/schema.ts';
import { acceptedOutcomes, isStanding, laterScanIsImported } from '../storage/standing.ts';
import { effectiveRows, standingIds } from './effective-query.ts';

/** Sums by batch, each from the table that knows it. Computed in the database: the ledger holds millions of pages. */

export interface PickedSums {
  readonly batch_id: number;
  readonly files: number;
  readonly sheets: number;
  readonly without_sheets: number;
}

export async function selectPicked(db: Kysely<Database>): Promise<PickedSums[]> {
  return db
    .selectFrom('file')
    .groupBy('batch_id')
    .select(({ fn, val }) => [
      'batch_id',
      fn.countAll<number>().as('files'),
      fn.coalesce(fn.sum<number>('expected_sheets'), val(0)).as('sheets'),
      sql<number>`sum(case when expected_sheets is null then 1 else 0 end)`.as('without_sheets'),
    ])
    .execute();
}

/** Files of the pick list that are in no delivery of their batch. */
export async function selectOutstanding(db: Kysely<Database>): Promise<{ batch_id: number; files: number }[]> {
  return db
    .selectFrom('file')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('delivery_file')
            .innerJoin('delivery', 'delivery.id', 'delivery_file.delivery_id')
            .select('delivery_file.id')
            .whereRef('delivery_file.file_id', '=', 'file.id')
            .whereRef('delivery.batch_id', '=', 'file.batch_id'),
        ),
      ),
    )
    .groupBy('batch_id')
    .select(({ fn }) => ['batch_id', fn.countAll<number>().as('files')])
    .execute();
}

export interface DeliveredSums {
  readonly batch_id: number;
  readonly delivered_files: number;
  readonly declared_pages: number;
  readonly removed_blanks: number;
  readonly received_pages: number;
  readonly uncounted_files: number;
  readonly rejected_files: number;
  readonly rejected_pages: number;
  readonly open_files: number;
  readonly open_pages: number;
  readonly unlisted_files: number;
  readonly unlisted_pages: number;
}

/** What was delivered, of the deliveries that count. */
export async function selectDelivered(db: Kysely<Database>, callOffId?: number): Promise<DeliveredSums[]> {
  const sumWhere = (condition: string, value: string) =>
    sql<number>`sum(case when ${sql.raw(condition)} then ${sql.raw(value)} else 0 end)`;
  return db
    .selectFrom(effectiveRows(db, callOffId).as('effective'))
    .groupBy('batch_id')
    .select(({ fn }) => [
      'batch_id',
      fn.count<number>('listed_id').as('delivered_files'),
      fn.sum<number>('declared_pages').as('declared_pages'),
      fn.sum<number>('removed_blanks').as('removed_blanks'),
      sumWhere('received_pages is not null', 'received_pages').as('received_pages'),
      sumWhere('received_pages is null', '1').as('uncounted_files'),
      sumWhere("listed_id is not null and outcome = 'rejected'", '1').as('rejected_files'),
      sumWhere("listed_id is not null and outcome = 'rejected'", 'decided_pages').as('rejected_pages'),
      sumWhere('listed_id is not null and outcome is null', '1').as('open_files'),
      sumWhere('listed_id is not null and outcome is null', 'coalesce(received_pages, 0)').as('open_pages'),
      sumWhere('listed_id is null', '1').as('unlisted_files'),
      sumWhere('listed_id is null', 'coalesce(received_pages, 0)').as('unlisted_pages'),
    ])
    .execute();
}

export interface FilesAndPages {
  readonly batch_id: number;
  readonly files: number;
  readonly pages: number;
}

export async function selectAccepted(db: Kysely<Database>): Promise<FilesAndPages[]> {
  return db
    .selectFrom('decision_file')
    .innerJoin('file', 'file.id', 'decision_file.file_id')
    .where('decision_file.outcome', '=', 'accepted')
    .groupBy('file.batch_id')
    .select(({ fn }) => [
      'file.batch_id',
      fn.countAll<number>().as('files'),
      fn.sum<number>('decision_file.pages').as('pages'),
    ])
    .execute();
}

/** Pages that the standing corrections hold more than what was accepted first. */
export async function selectCorrected(db: Kysely<Database>): Promise<{ batch_id: number; pages: number }[]> {
  return db
    .selectFrom('decision_file')
    .innerJoin('decision_file as first', 'first.file_id', 'decision_file.file_id')
    .innerJoin('file', 'file.id', 'decision_file.file_id')
    .where('decision_file.outcome', '=', 'corrected')
    .where(isStanding('decision_file'))
    .where('first.outcome', '=', 'accepted')
    .groupBy('file.batch_id')
    .select(['file.batch_id', sql<number>`sum(decision_file.pages - first.pages)`.as('pages')])
    .execute();
}

/** Files with a complaint that is not settled. */
export async function selectComplained(db: Kysely<Database>): Promise<{ batch_id: number; files: number }[]> {
  return db
    .selectFrom('complaint_file')
    .innerJoin('complaint', 'complaint.id', 'complaint_file.complaint_id')
    .where('complaint_file.state', 'in', ['open', 'disputed'])
    .groupBy('complaint.batch_id')
    .select(({ fn }) => ['complaint.batch_id', fn.countAll<number>().as('files')])
    .execute();
}

export async function selectImported(db: Kysely<Database>): Promise<FilesAndPages[]> {
  const imported = new Map((await selectOwnImported(db)).map((row) => [row.batch_id, row]));
  for (const { batch_id, files, pages } of await selectImportedByLaterScan(db)) {
    const own = imported.get(batch_id) ?? { files: 0, pages: 0 };
    imported.set(batch_id, { batch_id, files: own.files + files, pages: own.pages + pages });
  }
  return [...imported.values()];
}

/** Files whose object in the DMS has passed to a later scan: they are imported as long as that is. */
async function selectImportedByLaterScan(db: Kysely<Database>): Promise<FilesAndPages[]> {
  return db
    .selectFrom('decision_file')
    .innerJoin('file', 'file.id', 'decision_file.file_id')
    .where('decision_file.outcome', 'in', acceptedOutcomes)
    .where(isStanding('decision_file'))
    .where(laterScanIsImported)
    .groupBy('file.batch_id')
    .select(({ fn }) => [
      'file.batch_id',
      fn.countAll<number>().as('files'),
      fn.sum<number>('decision_file.pages').as('pages'),
    ])
    .execute();
}

async function selectOwnImported(db: Kysely<Database>): Promise<FilesAndPages[]> {
  return db
    .selectFrom('import_object')
    .innerJoin('file', 'file.id', 'import_object.file_id')
    .where('import_object.state', '=', 'confirmed')
    .where(isStanding('import_object'))
    .groupBy('file.batch_id')
    .select(({ fn }) => [
      'file.batch_id',
      fn.countAll<number>().as('files'),
      fn.sum<number>('import_object.pages').as('pages'),
    ])
    .execute();
}

export async function selectBoxes(db: Kysely<Database>): Promise<{ batch_id: number; boxes: number }[]> {
  return db
    .selectFrom('box')
    .groupBy('batch_id')
    .select(({ fn }) => ['batch_id', fn.countAll<number>().as('boxes')])
    .execute();
}

export interface DeliveryRow {
  readonly batch_id: number;
  readonly round: number;
  readonly received_on: CalendarDate;
  readonly verdict: string;
  readonly reconciled_at: string | null;
}

/** All deliveries, each batch's in the order of their rounds. */
export async function selectDeliveries(db: Kysely<Database>): Promise<DeliveryRow[]> {
  return db
    .selectFrom('delivery')
    .select(['batch_id', 'round', 'received_on', 'verdict', 'reconciled_at'])
    .orderBy('batch_id')
    .orderBy('round')
    .execute();
}

export interface OpenBreakSums {
  readonly batch_id: number;
  readonly code: string;
  readonly severity: string;
  readonly count: number;
}

/**
 * Breaks that were found, are not waived, and still matter: those of a batch's newest delivery, and those of files from
 * earlier ones that still count. What was wrong with a rejected file was settled by its rejection.
 */
export async function selectOpenBreaks(db: Kysely<Database>): Promise<OpenBreakSums[]> {
  const newest = db
    .selectFrom('delivery')
    .groupBy('batch_id')
    .select(({ fn }) => ['batch_id', fn.max('round').as('round')]);
  return db
    .selectFrom('delivery_finding as found')
    .innerJoin('delivery', 'delivery.id', 'found.delivery_id')
    .innerJoin(newest.as('newest'), 'newest.batch_id', 'delivery.batch_id')
    .where('found.source', '=', 'reconciliation')
    .where('found.waiver_id', 'is', null)
    .where(({ or, eb }) =>
      or([
        eb('delivery.round', '=', eb.ref('newest.round')),
        eb('found.delivery_file_id', 'in', standingIds(db, false)),
      ]),
    )
    .groupBy(['delivery.batch_id', 'found.code', 'found.severity'])
    .select(({ fn }) => ['delivery.batch_id', 'found.code', 'found.severity', fn.countAll<number>().as('count')])
    .execute();
}
