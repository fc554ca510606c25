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

/**
 * Condition on decisions: no later scan of the file, ordered anew, was accepted. Otherwise its object in the DMS is that of the
 * later scan.
 */
export const isNewestScan: RawBuilder<SqlBool> = sql<SqlBool>`not ${laterScan(
  sql`inner join decision_file as newer on newer.file_id = anew.file_id and newer.outcome = 'accepted'`,
)}`;

/** Condition on decisions: a later scan of the file was accepted. */
export const hasLaterScan: RawBuilder<SqlBool> = sql<SqlBool>`not ${isNewestScan}`;

/** Condition on decisions: a later scan of the file is confirmed in the DMS, as it is accepted now. */
export const laterScanIsImported: RawBuilder<SqlBool> = laterScan(
  sql`inner join import_object on import_object.file_id = anew.file_id
    and import_object.state = 'confirmed' and ${isStanding('import_object')}`,
);

/** Scans of one file have rising ids. */
function laterScan(join: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (
    select 1 from rescan as anew ${join}
    where anew.file_id > decision_file.file_id
      and anew.first_file_id = coalesce(
        (select own.first_file_id from rescan as own where own.file_id = decision_file.file_id),
        decision_file.file_id
      )
  )`;
}
