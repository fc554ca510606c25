import { type Kysely, sql } from 'kysely';

/** A column: its type, "?" where it may be empty, or "-> table" for a reference by id. */
export type ColumnSpec = 'text' | 'text?' | 'integer' | 'integer?' | `-> ${string}` | `->? ${string}`;

/** A strict table with an id; every column is required unless its type ends with "?". */
export async function createTable(
  db: Kysely<unknown>,
  name: string,
  columns: Record<string, ColumnSpec>,
): Promise<void> {
  let table = db.schema.createTable(name).addColumn('id', 'integer', (column) => column.primaryKey());
  for (const [column, spec] of Object.entries(columns)) {
    const [kind = '', target] = spec.split(' ');
    table = table.addColumn(column, kind.startsWith('text') ? 'text' : 'integer', (builder) => {
      const constrained = target ? builder.references(`${target}.id`) : builder;
      return kind.endsWith('?') ? constrained : constrained.notNull();
    });
  }
  await table.modifyEnd(sql`strict`).execute();
}

export async function createIndex(
  db: Kysely<unknown>,
  table: string,
  columns: string[],
  isUnique: boolean,
): Promise<void> {
  const builder = db.schema
    .createIndex(`${table}_by_${columns.join('_')}`)
    .on(table)
    .columns(columns);
  await (isUnique ? builder.unique() : builder).execute();
}
