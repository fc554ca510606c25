import { type Kysely, sql } from 'kysely';
import { type ColumnSpec, createIndex, createTable } from './tables.ts';

const tables: Readonly<Record<string, Readonly<Record<string, ColumnSpec>>>> = {
  complaint: {
    batch_id: '-> batch',
    number: 'integer',
    raised_on: 'text',
    deadline: 'text',
    reason: 'text',
    raised_by: 'text',
    after_round: 'integer',
  },
  complaint_file: {
    complaint_id: '-> complaint',
    file_id: '-> file',
    decision_file_id: '-> decision_file',
    state: 'text',
    stated_on: 'text?',
    stated_by: 'text?',
    statement: 'text',
    correction_id: '->? decision_file',
  },
};

/** Defects found after acceptance, and what was accepted in the place of the defective content. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, columns] of Object.entries(tables)) await createTable(db, name, columns);
  await createIndex(db, 'complaint', ['batch_id', 'number'], true);
  await createIndex(db, 'complaint_file', ['complaint_id', 'file_id'], true);
  // A correction settles one complaint.
  await createIndex(db, 'complaint_file', ['correction_id'], true);
  // A file is complained about once at a time; and whoever asks which files are need not go through settled ones.
  await db.schema
    .createIndex('complaint_file_pending_once')
    .on('complaint_file')
    .column('file_id')
    .unique()
    .where(sql.ref('state'), 'in', sql`('open', 'disputed')`)
    .execute();
  // What is asked of every accepted file: whether something was accepted in its place. Hardly ever is.
  await db.schema
    .createIndex('decision_file_corrected')
    .on('decision_file')
    .columns(['file_id', 'delivery_file_id'])
    .where(sql.ref('outcome'), '=', sql.lit('corrected'))
    .execute();
}
