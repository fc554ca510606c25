import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transaction } from 'kysely';
import { change } from '../../src/audit/change.ts';
import { createBatch } from '../../src/custody/create-batch.ts';
import type { PickedFile } from '../../src/custody/pick-list-import.ts';
import { referenceKey } from '../../src/custody/reference.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import type { Cents } from '../../src/shared/money.ts';
import type { Database } from '../../src/storage/schema.ts';
import { createWorkspace, type Workspace } from '../../src/storage/workspace.ts';

const day = (value: string) => value as CalendarDate;
const money = (value: number) => value as Cents;

export interface CustodyWorkspace {
  readonly workspace: Workspace;
  readonly root: string;
  remove(): Promise<void>;
}

/** A workspace with one contract; lots L1 and L2 of the foreigners' office, L3 of the health office; an order each. */
export async function custodyWorkspace(): Promise<CustodyWorkspace> {
  const root = mkdtempSync(join(tmpdir(), 'scanlot-'));
  const workspace = await createWorkspace(root, { county: 'Test' }, { mode: 'write', actor: 'test' });
  await edit(workspace, async (db) => {
    await db
      .insertInto('contract')
      .values({
        id: 1,
        number: 'RV-1',
        title: 'Scannen',
        vendor: 'Scan GmbH',
        starts_on: day('2020-01-01'),
        ends_on: day('2023-12-31'),
        value_basis: 'gross',
        maximum_value: null,
        maximum_pages: null,
        version: 1,
      })
      .execute();
    const departments = ['Ausländerbehörde', 'Ausländerbehörde', 'Gesundheitsamt'];
    for (const [index, department] of departments.entries()) {
      const id = index + 1;
      await db.insertInto('lot').values(lot(id, department)).execute();
      await db.insertInto('call_off').values(callOff(id, department)).execute();
    }
  });
  return {
    workspace,
    root,
    remove: async () => {
      await workspace.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function lot(id: number, department: string) {
  return {
    id,
    contract_id: 1,
    key: `L${id}`,
    title: `Los ${id}`,
    department,
    estimate_pages: null,
    maximum_pages: null,
    estimate_millimetres: null,
    maximum_millimetres: null,
    estimate_value: null,
    maximum_value: null,
    delivery_profile: null,
    cure_days: null,
  };
}

function callOff(id: number, department: string) {
  return {
    id,
    number: `A-${id}`,
    lot_id: id,
    ordered_on: day('2021-01-10'),
    fiscal_year: 2021,
    account: '1',
    cost_centre: '1',
    department,
    pages: 100_000,
    files: 0,
    millimetres: 0,
    net: money(0),
    gross: money(0),
    closed_on: null,
    note: '',
  };
}

/** Changes the ledger by hand, with its audit entry. */
export async function edit<T>(workspace: Workspace, work: (db: Transaction<Database>) => Promise<T>): Promise<T> {
  return change(workspace, async ({ db, record }) => {
    record({ action: 'test', subject: 'test' });
    return work(db);
  });
}

export function picked(reference: string, more: Partial<PickedFile> = {}): PickedFile {
  return {
    row: 2,
    reference,
    referenceKey: referenceKey(reference),
    volume: '',
    box: null,
    expectedSheets: 10,
    title: '',
    ...more,
  };
}

/** Records a batch. @returns its id and those of its files in their order */
export async function addBatch(
  workspace: Workspace,
  key: string,
  files: readonly PickedFile[],
  order = 'A-1',
): Promise<{ id: number; files: readonly number[] }> {
  await createBatch(workspace, { order, key, pickList: { files, ignored: [] }, handedOverOn: day('2021-02-01') });
  const { id } = await workspace.db.selectFrom('batch').select('id').where('key', '=', key).executeTakeFirstOrThrow();
  const rows = await workspace.db.selectFrom('file').select('id').where('batch_id', '=', id).orderBy('id').execute();
  return { id, files: rows.map((row) => row.id) };
}

export interface DocumentSpec {
  readonly sha256?: string | null;
  readonly state?: string;
  readonly path?: string;
  /** Whether the manifest states pages; default: it does. */
  readonly declared?: null;
}

export interface DeliveredSpec {
  readonly reference: string;
  readonly volume?: string;
  readonly fileId?: number | null;
  readonly declared?: number;
  readonly blanks?: number;
  /** Default: as declared. */
  readonly received?: number | null;
  readonly documents?: readonly DocumentSpec[];
  readonly decision?: { readonly outcome: 'accepted' | 'rejected'; readonly pages?: number };
  /** Pages confirmed in the document management system. */
  readonly imported?: number;
}

/** Records a delivery with its files, decisions and imports. @returns its id and those of its files in their order */
export async function addDelivery(
  workspace: Workspace,
  batchId: number,
  round: number,
  files: readonly DeliveredSpec[],
): Promise<{ id: number; files: readonly number[] }> {
  return edit(workspace, async (db) => {
    const { id } = await db
      .insertInto('delivery')
      .values({
        batch_id: batchId,
        round,
        received_on: day('2021-03-01'),
        package_path: `deliveries/${batchId}/${round}`,
        in_place: 0,
        profile: 'p',
        profile_hash: '',
        package_hash: '',
        tool_version: '0',
        verdict: 'pass',
        checked_at: '2021-03-01T10:00:00.000Z',
        reconciled_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const ids: number[] = [];
    for (const file of files) ids.push(await addDeliveredFile(db, id, file));
    await addDecision(db, id, files, ids);
    return { id, files: ids };
  });
}

async function addDeliveredFile(db: Transaction<Database>, delivery_id: number, file: DeliveredSpec): Promise<number> {
  const { reference, volume = '', declared = 20, blanks = 0, documents = [{}] } = file;
  const { id } = await db
    .insertInto('delivery_file')
    .values({
      delivery_id,
      file_id: file.fileId ?? null,
      reference,
      reference_key: referenceKey(reference),
      volume,
      documents: documents.length,
      declared_pages: declared,
      removed_blanks: blanks,
      received_pages: file.received === undefined ? declared : file.received,
      bytes: 1000,
      content_hash: '',
      state: 'passed',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows = documents.map((document, index) => ({
    delivery_file_id: id,
    path: document.path ?? `${id}/${index}.pdf`,
    row: null,
    format: 'pdf',
    size: 1000,
    sha256: document.sha256 === undefined ? `${id}-${index}` : document.sha256,
    declared_pages: document.declared === undefined ? 1 : document.declared,
    pages: null,
    fields: '{}',
    state: document.state ?? 'passed',
  }));
  if (rows.length > 0) await db.insertInto('delivery_document').values(rows).execute();
  return id;
}

async function addDecision(
  db: Transaction<Database>,
  delivery_id: number,
  files: readonly DeliveredSpec[],
  ids: readonly number[],
): Promise<void> {
  if (!files.some(({ decision }) => decision)) return;
  const { id: decision_id } = await db
    .insertInto('decision')
    .values({
      delivery_id,
      decided_on: day('2021-03-05'),
      performed_on: day('2021-03-05'),
      decided_by: 'test',
      reason: '',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const [index, { decision, fileId, received, declared = 20, imported }] of files.entries()) {
    if (!decision || !fileId) continue;
    const pages = decision.pages ?? received ?? (received === null ? 0 : declared);
    const delivery_file_id = ids[index]!;
    await db
      .insertInto('decision_file')
      .values({ decision_id, delivery_file_id, file_id: fileId, outcome: decision.outcome, pages, documents: 1 })
      .execute();
    if (imported === undefined) continue;
    await db
      .insertInto('import_object')
      .values({
        file_id: fileId,
        delivery_file_id,
        adapter: 'ocfl',
        object_key: `o${fileId}`,
        state: 'confirmed',
        dms_id: `o${fileId}`,
        pages: imported,
        attempts: 1,
        error: null,
        intended_at: '2021-03-06T10:00:00.000Z',
        confirmed_at: '2021-03-06T10:00:00.000Z',
      })
      .execute();
  }
}
