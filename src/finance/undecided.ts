import { type Kysely, sql } from 'kysely';
import type { CalendarDate } from '../shared/dates.ts';
import type { Database } from '../storage/schema.ts';

/** What a delivery holds of its pick list that nobody has decided on. */
export interface UndecidedDelivery {
  readonly deliveryId: number;
  readonly batch: string;
  readonly round: number;
  readonly callOffId: number;
  readonly receivedOn: CalendarDate;
  /** As counted; as declared where a file's pages could not be counted. */
  readonly pages: number;
  readonly files: number;
  readonly documents: number;
}

/**
 * The newest delivery of each batch, if no decision on it was made, without files that were accepted in an earlier round.
 * @param asOf as it was at the end of that day
 */
export async function selectUndecided(db: Kysely<Database>, asOf?: CalendarDate): Promise<UndecidedDelivery[]> {
  const day = asOf ?? '9999-12-31';
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('batch', 'batch.id', 'delivery.batch_id')
    .innerJoin('delivery_file', 'delivery_file.delivery_id', 'delivery.id')
    .leftJoin('decision', (join) =>
      join.onRef('decision.delivery_id', '=', 'delivery.id').on('decision.decided_on', '<=', day as CalendarDate),
    )
    .leftJoin('decision_file', (join) =>
      join.onRef('decision_file.file_id', '=', 'delivery_file.file_id').on('decision_file.outcome', '=', 'accepted'),
    )
    .leftJoin('decision as earlier', 'earlier.id', 'decision_file.decision_id')
    .where('delivery.received_on', '<=', day as CalendarDate)
    .where('decision.id', 'is', null)
    .where('delivery_file.file_id', 'is not', null)
    .where((eb) => eb.or([eb('earlier.id', 'is', null), eb('earlier.decided_on', '>', day as CalendarDate)]))
    .select([
      'delivery.id as deliveryId',
      'batch.key as batch',
      'delivery.round as round',
      'batch.call_off_id as callOffId',
      'delivery.received_on as receivedOn',
    ])
    .select(({ fn }) => [
      fn.countAll<number>().as('files'),
      fn.sum<number>('delivery_file.documents').as('documents'),
      sql<number>`sum(coalesce(delivery_file.received_pages, delivery_file.declared_pages))`.as('pages'),
    ])
    .groupBy('delivery.id')
    .orderBy('delivery.id')
    .execute();
  const newest = new Map(rows.map((row) => [row.batch, row.round]));
  for (const { batch, round } of rows) newest.set(batch, Math.max(round, newest.get(batch) ?? 0));
  return rows.filter(({ batch, round }) => newest.get(batch) === round);
}
