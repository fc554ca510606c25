import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transaction } from 'kysely';
import { change } from '../../src/audit/change.ts';
import { closeCallOff } from '../../src/contract/close-call-off.ts';
import type { ContractDocument, LotDocument } from '../../src/contract/contract-document.ts';
import { createCallOff } from '../../src/contract/create-call-off.ts';
import { importContract } from '../../src/contract/import-contract.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { cents, parseCents } from '../../src/shared/money.ts';
import type { Database } from '../../src/storage/schema.ts';
import { createWorkspace, type Workspace } from '../../src/storage/workspace.ts';

/**
 * A ledger for tests, filled step by step: contract, budget, call-offs, batches, acceptances. What has a command of its
 * own goes through the function behind that command; the rest is written as rows, each with its audit entry.
 */
export interface Ledger {
  readonly workspace: Workspace;
  /** Folder of the workspace. */
  readonly root: string;
  /** Closes the workspace and removes its folder. */
  remove(): Promise<void>;
}

export async function createLedger(now = '2021-03-01T12:00:00Z'): Promise<Ledger> {
  const root = mkdtempSync(join(tmpdir(), 'scanlot-ledger-'));
  const config = { county: 'Landkreis Test' };
  const workspace = await createWorkspace(root, config, { mode: 'write', actor: 'test', now: () => new Date(now) });
  return {
    workspace,
    root,
    remove: async () => {
      await workspace.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A lot of the public order office: EUR 0.10 a page, no limits; whatever is given stands in its place. */
export function lotDocument(more: Partial<LotDocument> = {}): LotDocument {
  return {
    key: 'L1',
    title: 'Ordnungsamt',
    department: 'Ordnungsamt',
    estimate: {},
    maximum: {},
    prices: [{ key: 'page', title: 'Seite scannen', unit: 'page', price: '0.10' }],
    ...more,
  };
}

/** Imports a contract from 2020 to 2023 with values net; by default with the one lot of `lotDocument`. */
export async function addContract({ workspace }: Ledger, more: Partial<ContractDocument> = {}): Promise<void> {
  const document: ContractDocument = {
    number: 'RV-1',
    title: 'Digitalisierung von Akten',
    vendor: { name: 'Scan GmbH' },
    startsOn: day('2020-01-01'),
    endsOn: day('2023-12-31'),
    valueBasis: 'net',
    maximum: {},
    lots: [lotDocument()],
    ...more,
  };
  const path = join(workspace.paths.root, `contract-${document.number}.json`);
  writeFileSync(path, JSON.stringify(document));
  await importContract(workspace, path);
}

export interface BudgetSpec {
  readonly year: number;
  readonly account?: string;
  readonly costCentre?: string;
  readonly department?: string;
  /** Decimal EUR. */
  readonly appropriation: string;
  readonly carryOver?: string;
}

export async function addBudget(ledger: Ledger, ...lines: readonly BudgetSpec[]): Promise<void> {
  const rows = lines.map((line) => ({
    fiscal_year: line.year,
    account: line.account ?? 'K1',
    cost_centre: line.costCentre ?? 'S1',
    department: line.department ?? 'Ordnungsamt',
    title: 'Digitalisierung',
    appropriation: euros(line.appropriation),
    carry_over: euros(line.carryOver ?? '0.00'),
  }));
  await edit(ledger, (db) => db.insertInto('budget_line').values(rows).execute());
}

export interface CallOffSpec {
  readonly number: string;
  readonly lot?: string;
  readonly on: string;
  readonly pages: number;
  readonly files?: number;
  readonly millimetres?: number;
  readonly year?: number;
  readonly account?: string;
  readonly costCentre?: string;
  /** Thousandths of the unit by position, for what is not counted at acceptance. */
  readonly quantities?: Readonly<Record<string, number>>;
}

/** Orders under a lot, at the lot's prices and within its limits. */
export async function addCallOff({ workspace }: Ledger, spec: CallOffSpec): Promise<void> {
  await createCallOff(workspace, {
    lot: spec.lot ?? 'L1',
    number: spec.number,
    orderedOn: day(spec.on),
    pages: spec.pages,
    files: spec.files ?? 0,
    documents: spec.files ?? 0,
    millimetres: spec.millimetres ?? 0,
    quantities: new Map(Object.entries(spec.quantities ?? {})),
    fiscalYear: spec.year,
    account: spec.account ?? 'K1',
    costCentre: spec.costCentre ?? 'S1',
    overBudget: 'the test is not about the budget',
  });
}

export async function endCallOff({ workspace }: Ledger, number: string, on: string): Promise<void> {
  await closeCallOff(workspace, number, day(on));
}

export interface BatchSpec {
  readonly key: string;
  readonly callOff: string;
  /** Number of files on its pick list. */
  readonly files: number;
  readonly millimetres?: number;
}

export async function addBatch(ledger: Ledger, { key, callOff, files, millimetres }: BatchSpec): Promise<void> {
  await edit(ledger, async (db) => {
    const order = await db.selectFrom('call_off').select('id').where('number', '=', callOff).executeTakeFirstOrThrow();
    const { id } = await db
      .insertInto('batch')
      .values({ key, call_off_id: order.id, handed_over_on: null, millimetres: millimetres ?? null, note: '' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const rows = Array.from({ length: files }, (_, index) => fileRow(id, `${key}/${index + 1}`));
    await db.insertInto('file').values(rows).execute();
  });
}

export interface DecidedFile {
  /** Position on the pick list, from 0. */
  readonly file: number;
  readonly pages: number;
  readonly documents?: number;
  readonly rejected?: boolean;
}

export interface DecisionSpec {
  readonly batch: string;
  readonly round?: number;
  /** Date of performance; the decision follows on the same day unless it says otherwise. */
  readonly on: string;
  readonly decidedOn?: string;
  readonly files: readonly DecidedFile[];
}

/** A delivery of the batch with the decision on it. */
export async function addDecision(ledger: Ledger, spec: DecisionSpec): Promise<void> {
  await edit(ledger, async (db) => {
    const batch = await db.selectFrom('batch').select('id').where('key', '=', spec.batch).executeTakeFirstOrThrow();
    const listed = await db.selectFrom('file').selectAll().where('batch_id', '=', batch.id).orderBy('id').execute();
    const delivery = await insertDelivery(db, batch.id, spec);
    const decision = await db
      .insertInto('decision')
      .values({
        delivery_id: delivery,
        decided_on: day(spec.decidedOn ?? spec.on),
        performed_on: day(spec.on),
        decided_by: 'test',
        reason: '',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const decided of spec.files) {
      const file = listed[decided.file];
      if (!file) throw new Error(`batch ${spec.batch} has no file ${decided.file}`);
      await insertDecided(db, { delivery, decision: decision.id, file: file.id, reference: file.reference }, decided);
    }
  });
}

/** Accepts files of the given pages, from the first of the pick list on. */
export function acceptPages(ledger: Ledger, batch: string, on: string, ...pages: readonly number[]): Promise<void> {
  return addDecision(ledger, { batch, on, files: pages.map((count, file) => ({ file, pages: count })) });
}

/** Changes the ledger by hand, with an audit entry. */
export async function edit<T>({ workspace }: Ledger, work: (db: Transaction<Database>) => Promise<T>): Promise<T> {
  return change(workspace, async ({ db, record }) => {
    record({ action: 'test', subject: 'test' });
    return work(db);
  });
}

async function insertDelivery(db: Transaction<Database>, batchId: number, spec: DecisionSpec): Promise<number> {
  const { id } = await db
    .insertInto('delivery')
    .values({
      batch_id: batchId,
      round: spec.round ?? 1,
      received_on: day(spec.on),
      package_path: `deliveries/${spec.batch}/${spec.round ?? 1}`,
      in_place: 0,
      profile: 'profile',
      profile_hash: '',
      package_hash: '',
      tool_version: '0',
      verdict: 'pass',
      checked_at: `${spec.on}T10:00:00.000Z`,
      reconciled_at: `${spec.on}T10:00:00.000Z`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function insertDecided(
  db: Transaction<Database>,
  ids: { delivery: number; decision: number; file: number; reference: string },
  { pages, documents = 1, rejected = false }: DecidedFile,
): Promise<void> {
  const delivered = await db
    .insertInto('delivery_file')
    .values({
      delivery_id: ids.delivery,
      file_id: ids.file,
      reference: ids.reference,
      reference_key: ids.reference,
      volume: '',
      documents,
      declared_pages: pages,
      removed_blanks: 0,
      received_pages: pages,
      bytes: 1000,
      content_hash: `${ids.delivery}-${ids.file}`,
      state: rejected ? 'failed' : 'passed',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const decided = { delivery_file_id: delivered.id, file_id: ids.file, pages, documents };
  await db
    .insertInto('decision_file')
    .values({ decision_id: ids.decision, outcome: rejected ? 'rejected' : 'accepted', ...decided })
    .execute();
}

function fileRow(batch_id: number, reference: string) {
  return { batch_id, box_id: null, reference, reference_key: reference, volume: '', title: '', expected_sheets: null };
}

function day(value: string): CalendarDate {
  return value as CalendarDate;
}

function euros(decimal: string) {
  return parseCents(decimal) ?? cents(Number.NaN);
}
