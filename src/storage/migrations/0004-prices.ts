import type { Kysely } from 'kysely';
import { type ColumnSpec, createIndex, createTable } from './tables.ts';

const tables: Readonly<Record<string, Readonly<Record<string, ColumnSpec>>>> = {
  price_terms: { price_position_id: '-> price_position', terms: 'text' },
  call_off_option: { call_off_id: '-> call_off', option: 'text' },
  delivery_page_class: {
    delivery_file_id: '-> delivery_file',
    size: 'text?',
    colour: 'text?',
    pages: 'integer',
  },
  decision_quantity: { decision_id: '-> decision', position: 'text', quantity: 'integer', source: 'text' },
};

/**
 * What prices know beside a unit price, and what is counted for them beside pages, files and documents. Tables of their
 * own: more columns would break the seals of rows that are there.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, columns] of Object.entries(tables)) await createTable(db, name, columns);
  await createIndex(db, 'price_terms', ['price_position_id'], true);
  await createIndex(db, 'call_off_option', ['call_off_id', 'option'], true);
  await createIndex(db, 'delivery_page_class', ['delivery_file_id', 'size', 'colour'], true);
  await createIndex(db, 'decision_quantity', ['decision_id', 'position'], true);
}
