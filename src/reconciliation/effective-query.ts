import { type Kysely, sql } from 'kysely';
import type { Database } from '../storage/schema.ts';

/**
 * The deliveries of files that count, one row for each file of a batch, as `effectiveDeliveries` has them: the last
 * correction, else the accepted one, else the newest. `listed_id` is null for files that are not on the batch's pick list.
 */
export function effectiveRows(db: Kysely<Database>, callOffId?: number) {
  let delivered = db
    .selectFrom('delivery_file as delivered')
    .innerJoin('delivery', 'delivery.id', 'delivered.delivery_id')
    .leftJoin('file as listed', (join) =>
      join.onRef('listed.id', '=', 'delivered.file_id').onRef('listed.batch_id', '=', 'delivery.batch_id'),
    )
    .leftJoin('decision_file as decided', 'decided.delivery_file_id', 'delivered.id')
    .select([
      'delivered.id',
      'delivered.delivery_id',
      'delivery.batch_id',
      'listed.id as listed_id',
      'delivered.declared_pages',
      'delivered.removed_blanks',
      'delivered.received_pages',
      'decided.outcome',
      'decided.pages as decided_pages',
      sql<number>`row_number() over (
        partition by
          delivery.batch_id,
          listed.id,
          case when listed.id is null then delivered.reference_key else '' end,
          case when listed.id is null then delivered.volume else '' end
        order by case decided.outcome when 'corrected' then 0 when 'accepted' then 1 else 2 end, delivery.round desc
      )`.as('position'),
    ]);
  if (callOffId !== undefined) {
    delivered = delivered
      .innerJoin('batch', 'batch.id', 'delivery.batch_id')
      .where('batch.call_off_id', '=', callOffId);
  }
  return db.selectFrom(delivered.as('ranked')).selectAll().where('position', '=', 1);
}

/** The ids of the delivered files that count and were not rejected. */
export function standingIds(db: Kysely<Database>, onlyListed: boolean) {
  const rows = effectiveRows(db)
    .clearSelect()
    .select('ranked.id')
    .where(({ or, eb }) => or([eb('ranked.outcome', 'is', null), eb('ranked.outcome', '!=', 'rejected')]));
  return onlyListed ? rows.where('ranked.listed_id', 'is not', null) : rows;
}
