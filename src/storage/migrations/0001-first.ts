import { type Kysely, sql } from 'kysely';
import { type ColumnSpec, createIndex, createTable } from './tables.ts';

const tables: Readonly<Record<string, Readonly<Record<string, ColumnSpec>>>> = {
  contract: {
    number: 'text',
    title: 'text',
    vendor: 'text',
    starts_on: 'text',
    ends_on: 'text',
    value_basis: 'text',
    maximum_value: 'integer?',
    maximum_pages: 'integer?',
    version: 'integer',
  },
  contract_version: {
    contract_id: '-> contract',
    version: 'integer',
    effective_on: 'text',
    reason: 'text',
    document: 'text',
    recorded_at: 'text',
  },
  lot: {
    contract_id: '-> contract',
    key: 'text',
    title: 'text',
    department: 'text',
    estimate_pages: 'integer?',
    maximum_pages: 'integer?',
    estimate_millimetres: 'integer?',
    maximum_millimetres: 'integer?',
    estimate_value: 'integer?',
    maximum_value: 'integer?',
    delivery_profile: 'text?',
    cure_days: 'integer?',
  },
  price_position: {
    lot_id: '-> lot',
    key: 'text',
    title: 'text',
    unit: 'text',
    price: 'integer',
    valid_from: 'text?',
    valid_to: 'text?',
  },
  opening_balance: {
    lot_id: '-> lot',
    performed_on: 'text',
    account: 'text',
    cost_centre: 'text',
    pages: 'integer',
    files: 'integer',
    millimetres: 'integer',
    net: 'integer',
    source: 'text',
  },
  holding: {
    key: 'text',
    title: 'text',
    department: 'text',
    lot_id: '->? lot',
    millimetres: 'integer',
    files: 'integer?',
    sheets: 'integer?',
    pages: 'integer',
    pages_estimated: 'integer',
    retention_until: 'text?',
    original_must_stay: 'integer',
    archive_offer: 'text',
    dms_go_live: 'text?',
    hard_deadline: 'text?',
    usage: 'integer',
    risk: 'integer',
    note: 'text',
  },
  budget_line: {
    fiscal_year: 'integer',
    account: 'text',
    cost_centre: 'text',
    department: 'text',
    title: 'text',
    appropriation: 'integer',
    carry_over: 'integer',
  },
  call_off: {
    number: 'text',
    lot_id: '-> lot',
    ordered_on: 'text',
    fiscal_year: 'integer',
    account: 'text',
    cost_centre: 'text',
    department: 'text',
    pages: 'integer',
    files: 'integer',
    millimetres: 'integer',
    net: 'integer',
    gross: 'integer',
    closed_on: 'text?',
    note: 'text',
  },
  call_off_position: {
    call_off_id: '-> call_off',
    position: 'text',
    unit: 'text',
    quantity: 'integer',
    price: 'integer',
    net: 'integer',
  },
  batch: {
    key: 'text',
    call_off_id: '-> call_off',
    handed_over_on: 'text?',
    millimetres: 'integer?',
    note: 'text',
  },
  box: { batch_id: '-> batch', barcode: 'text' },
  file: {
    batch_id: '-> batch',
    box_id: '->? box',
    reference: 'text',
    reference_key: 'text',
    volume: 'text',
    title: 'text',
    expected_sheets: 'integer?',
  },
  delivery: {
    batch_id: '-> batch',
    round: 'integer',
    received_on: 'text',
    package_path: 'text',
    in_place: 'integer',
    profile: 'text',
    profile_hash: 'text',
    package_hash: 'text',
    tool_version: 'text',
    verdict: 'text',
    checked_at: 'text',
    reconciled_at: 'text?',
  },
  delivery_file: {
    delivery_id: '-> delivery',
    file_id: '->? file',
    reference: 'text',
    reference_key: 'text',
    volume: 'text',
    documents: 'integer',
    declared_pages: 'integer',
    removed_blanks: 'integer',
    received_pages: 'integer?',
    bytes: 'integer',
    content_hash: 'text',
    state: 'text',
  },
  delivery_document: {
    delivery_file_id: '-> delivery_file',
    path: 'text',
    row: 'integer?',
    format: 'text?',
    size: 'integer?',
    sha256: 'text?',
    declared_pages: 'integer?',
    pages: 'integer?',
    fields: 'text',
    state: 'text',
  },
  waiver: {
    delivery_id: '-> delivery',
    code: 'text',
    reference: 'text?',
    reason: 'text',
    waived_by: 'text',
    waived_at: 'text',
  },
  delivery_finding: {
    delivery_id: '-> delivery',
    delivery_file_id: '->? delivery_file',
    source: 'text',
    code: 'text',
    severity: 'text',
    path: 'text',
    page: 'integer?',
    row: 'integer?',
    reference: 'text?',
    args: 'text',
    waiver_id: '->? waiver',
  },
  decision: {
    delivery_id: '-> delivery',
    decided_on: 'text',
    performed_on: 'text',
    decided_by: 'text',
    reason: 'text',
  },
  decision_file: {
    decision_id: '-> decision',
    delivery_file_id: '-> delivery_file',
    file_id: '-> file',
    outcome: 'text',
    pages: 'integer',
    documents: 'integer',
  },
  import_object: {
    file_id: '-> file',
    delivery_file_id: '-> delivery_file',
    adapter: 'text',
    object_key: 'text',
    state: 'text',
    dms_id: 'text?',
    pages: 'integer',
    attempts: 'integer',
    error: 'text?',
    intended_at: 'text',
    confirmed_at: 'text?',
  },
};

const unique: readonly (readonly [table: string, ...columns: string[]])[] = [
  ['contract', 'number'],
  ['contract_version', 'contract_id', 'version'],
  ['lot', 'contract_id', 'key'],
  ['holding', 'key'],
  ['budget_line', 'fiscal_year', 'account', 'cost_centre'],
  ['call_off', 'number'],
  ['batch', 'key'],
  ['box', 'batch_id', 'barcode'],
  ['file', 'batch_id', 'reference_key', 'volume'],
  ['delivery', 'batch_id', 'round'],
  ['delivery_file', 'delivery_id', 'reference_key', 'volume'],
  ['decision_file', 'delivery_file_id'],
  ['import_object', 'file_id'],
  ['import_object', 'object_key'],
];

const indexed: readonly (readonly [table: string, ...columns: string[]])[] = [
  ['price_position', 'lot_id'],
  ['call_off_position', 'call_off_id'],
  ['file', 'reference_key'],
  ['delivery_file', 'file_id'],
  ['delivery_document', 'delivery_file_id'],
  ['delivery_document', 'sha256'],
  ['delivery_finding', 'delivery_id'],
  ['decision_file', 'decision_id'],
];

/** The first shape of the ledger: contract, shelf, custody, delivery, decision, import, audit. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, columns] of Object.entries(tables)) await createTable(db, name, columns);
  for (const [table, ...columns] of unique) await createIndex(db, table, columns, true);
  for (const [table, ...columns] of indexed) await createIndex(db, table, columns, false);
  // The heart of "nothing paid twice": the database itself refuses a second acceptance of the same file.
  await db.schema
    .createIndex('decision_file_accepted_once')
    .on('decision_file')
    .column('file_id')
    .unique()
    .where(sql.ref('outcome'), '=', sql.lit('accepted'))
    .execute();
  await createAudit(db);
}

async function createAudit(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addColumn('seals', 'text')
    .addColumn('previous_hash', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute();
  await db.schema
    .createTable('seal')
    .addColumn('table_name', 'text', (column) => column.primaryKey())
    .addColumn('row_count', 'integer', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute();
}
