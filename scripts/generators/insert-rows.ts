import { CompiledQuery, type Insertable, type Kysely, type Transaction } from 'kysely';
import type { Database } from '../../src/storage/schema.ts';

const chunkSize = 1000;

/** Inserts many rows, a thousand in one statement of fixed text: a query builder would take longer than the database. */
export async function insertRows<Table extends keyof Database & string>(
  db: Kysely<Database> | Transaction<Database>,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const values = columns.map((_, index) => `value ->> ${index}`);
  const statement = `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from json_each(?)`;
  for (let start = 0; start < rows.length; start += chunkSize) {
    const chunk = rows.slice(start, start + chunkSize).map((row) => columns.map((name) => Reflect.get(row, name)));
    await db.executeQuery(CompiledQuery.raw(statement, [JSON.stringify(chunk)]));
  }
}
