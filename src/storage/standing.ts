import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * Condition on rows that name a file and what was delivered of it: nothing was accepted in its place since (outcome
 * `corrected`). With `outcome in ('accepted', 'corrected')` it selects the acceptance of each file that stands.
 * Deliveries are never removed, so that later ones have higher ids.
 */
export function isStanding(table: 'decision_file' | 'import_object'): RawBuilder<SqlBool> {
  return sql<SqlBool>`not exists (
    select 1 from decision_file as later
    where later.outcome = 'corrected'
      and later.file_id = ${sql.ref(`${table}.file_id`)}
      and later.delivery_file_id > ${sql.ref(`${table}.delivery_file_id`)}
  )`;
}

/** Outcomes by which the content of a file counts. */
export const acceptedOutcomes = ['accepted', 'corrected'] as const;
