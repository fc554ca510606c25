import type { Kysely } from 'kysely';
import { createIndex, createTable } from './tables.ts';

/** Files that were ordered and scanned anew: which earlier file of a pick list is the same one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTable(db, 'rescan', {
    file_id: '-> file',
    earlier_file_id: '-> file',
    first_file_id: '-> file',
    reason: 'text',
  });
  await createIndex(db, 'rescan', ['file_id'], true);
  // A file is ordered anew once; then what came of that may be.
  await createIndex(db, 'rescan', ['earlier_file_id'], true);
  await createIndex(db, 'rescan', ['first_file_id'], false);
}
