import type { Kysely } from 'kysely';
import { type ColumnSpec, createIndex, createTable } from './tables.ts';

const tables: Readonly<Record<string, Readonly<Record<string, ColumnSpec>>>> = {
  import_own_document: { import_object_id: '-> import_object', name: 'text', size: 'integer', sha256: 'text' },
  import_withdrawal: {
    import_object_id: '-> import_object',
    dms_id: 'text?',
    reason: 'text',
    requested_at: 'text',
    requested_by: 'text',
    removed_at: 'text?',
  },
};

/** What an import stores beside the accepted documents, and which objects were withdrawn again, and why. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, columns] of Object.entries(tables)) await createTable(db, name, columns);
  await createIndex(db, 'import_own_document', ['import_object_id', 'name'], true);
  await createIndex(db, 'import_withdrawal', ['import_object_id'], false);
}
