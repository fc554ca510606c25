import { createHash } from 'node:crypto';
import { change } from '../../src/audit/change.ts';
import { importContract } from '../../src/contract/import-contract.ts';
import { withVat } from '../../src/contract/vat.ts';
import { importBudget } from '../../src/finance/budget-import.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import type { Cents, Micros } from '../../src/shared/money.ts';
import { packagePath, packageVersion } from '../../src/shared/package.ts';
import { createWorkspace, type Workspace } from '../../src/storage/workspace.ts';
import { type PlannedBatch, planBatches, type WorkspaceSize } from './batch-plan.ts';
import { insertRows } from './insert-rows.ts';
import { generateInvoices } from './invoices.ts';

/** Batches at the end that have only come as far as: handed over, received, accepted but not imported. */
const unfinished = 3;
/** Of so many files one comes back: its first delivery had a page too few. */
const oneRejectedIn = 40;
const filesInBox = 20;
const mostInvoices = 400;

/**
 * Makes a workspace of any size, as years of work on the sample county would leave it: contract, budget, call-offs,
 * batches with boxes and pick lists, deliveries with documents and findings, decisions, redeliveries, imports, invoices. Every step
 * is a change with its audit entry, so that `audit verify` passes; no package and no stored document exists.
 */
export async function generateWorkspace(root: string, size: WorkspaceSize): Promise<void> {
  const workspace = await createWorkspace(
    root,
    { county: 'Landkreis Musterland', language: 'de' },
    { mode: 'write', actor: 'generator', now: () => new Date('2023-12-29T12:00:00Z') },
  );
  try {
    await importContract(workspace, packagePath('samples', 'county', 'contract.json'));
    await importBudget(workspace, packagePath('samples', 'county', 'budget.csv'));
    const plan = planBatches(size);
    const orders = await createOrders(workspace, plan);
    const ids = { file: 0, box: 0, delivery: 0, deliveryFile: 0, decision: 0 };
    for (const [index, batch] of plan.entries()) {
      const stage = plan.length <= unfinished ? 'imported' : stageOf(plan.length - index);
      const order = orders.get(orderKey(batch));
      if (!order) throw new Error(`no order for ${batch.key}`);
      await fillBatch(workspace, batch, index + 1, order, stage, ids);
    }
    await generateInvoices(workspace, mostInvoices);
  } finally {
    await workspace.close();
  }
}

type Stage = 'handed-over' | 'received' | 'accepted' | 'imported';
type Ids = Record<'file' | 'box' | 'delivery' | 'deliveryFile' | 'decision', number>;

interface Order {
  readonly id: number;
  readonly number: string;
  readonly lot: string;
}

function stageOf(fromTheEnd: number): Stage {
  return (['handed-over', 'received', 'accepted'] as const)[fromTheEnd - 1] ?? 'imported';
}

function orderKey({ lot, year }: PlannedBatch): string {
  return `${year}/${lot}`;
}

/** One call-off a lot and year, for all that the batches of that year hold. */
async function createOrders(workspace: Workspace, plan: readonly PlannedBatch[]): Promise<Map<string, Order>> {
  const lots = await workspace.db.selectFrom('lot').selectAll().orderBy('id').execute();
  const lines = await workspace.db.selectFrom('budget_line').selectAll().orderBy('id').execute();
  const groups = new Map<string, PlannedBatch[]>();
  for (const batch of plan) groups.set(orderKey(batch), [...(groups.get(orderKey(batch)) ?? []), batch]);
  const orders = new Map<string, Order>();
  for (const [key, batches] of groups) {
    const [{ lot: lotIndex, year }] = batches as [PlannedBatch];
    const lot = lots[lotIndex];
    const line = lines.find(({ department }) => department === lot?.department);
    if (!lot || !line) throw new Error(`the sample county has no lot ${lotIndex} with a budget`);
    const id = orders.size + 1;
    const number = `A-${year}-${String(id).padStart(3, '0')}`;
    const files = batches.reduce((sum, { pages }) => sum + pages.length, 0);
    const pages = batches.reduce((sum, batch) => sum + total(batch.pages), 0);
    const [scans, indexing] = [Math.round(pages * 6.5) as Cents, (files * 35) as Cents];
    const net = (scans + indexing) as Cents;
    const ordered_on = `${year}-01-15` as CalendarDate;
    const order = {
      id,
      number,
      lot_id: lot.id,
      ordered_on,
      fiscal_year: year,
      account: line.account,
      cost_centre: line.cost_centre,
      department: lot.department,
      pages,
      files,
      millimetres: Math.round(pages / 6),
      net,
      gross: withVat(net, ordered_on).gross,
      closed_on: null,
      note: '',
    };
    await change(workspace, async ({ db, record }) => {
      await insertRows(db, 'call_off', [order]);
      await insertRows(db, 'call_off_position', [
        {
          call_off_id: id,
          position: 'scan',
          unit: 'page',
          quantity: pages * 1000,
          price: 65_000 as Micros,
          net: scans,
        },
        {
          call_off_id: id,
          position: 'index',
          unit: 'file',
          quantity: files * 1000,
          price: 350_000 as Micros,
          net: indexing,
        },
      ]);
      record({ action: 'call-off.created', subject: `call-off/${number}`, after: order });
    });
    orders.set(key, { id, number, lot: lot.key });
  }
  return orders;
}

async function fillBatch(
  workspace: Workspace,
  plan: PlannedBatch,
  batchId: number,
  order: Order,
  stage: Stage,
  ids: Ids,
): Promise<void> {
  const files = await createBatch(workspace, plan, batchId, order, ids);
  if (stage === 'handed-over') return;
  const first = await deliver(workspace, plan, batchId, 1, files, ids);
  if (stage === 'received') return;
  await decide(workspace, plan, 1, first, ids);
  const rejected = first.filter(({ isShort }) => isShort);
  const second = await deliver(workspace, plan, batchId, 2, rejected, ids);
  await decide(workspace, plan, 2, second, ids);
  if (stage !== 'imported') return;
  await imported(workspace, plan, order, [...first.filter(({ isShort }) => !isShort), ...second]);
}

interface GeneratedFile {
  readonly id: number;
  readonly reference: string;
  readonly pages: number;
}

interface GeneratedDelivery extends GeneratedFile {
  readonly deliveryFileId: number;
  /** Has a page too few. */
  readonly isShort: boolean;
}

async function createBatch(
  workspace: Workspace,
  { key, handedOverOn, year, pages }: PlannedBatch,
  batchId: number,
  order: Order,
  ids: Ids,
): Promise<GeneratedFile[]> {
  const boxes = Array.from({ length: Math.ceil(pages.length / filesInBox) }, (_, index) => ({
    id: ids.box + 1 + index,
    batch_id: batchId,
    barcode: `K-${ids.box + 1 + index}`,
  }));
  const files = pages.map((count, index) => ({
    id: ids.file + 1 + index,
    reference: `33.${(ids.file + index) % 9}-${String(ids.file + 1 + index).padStart(6, '0')}/${year}`,
    pages: count,
    box: ids.box + 1 + Math.floor(index / filesInBox),
  }));
  ids.box += boxes.length;
  ids.file += files.length;
  const batch = {
    id: batchId,
    key,
    call_off_id: order.id,
    handed_over_on: handedOverOn as CalendarDate,
    millimetres: Math.round(total(pages) / 6),
    note: '',
  };
  await change(workspace, async ({ db, record }) => {
    await insertRows(db, 'batch', [batch]);
    await insertRows(db, 'box', boxes);
    await insertRows(
      db,
      'file',
      files.map(({ id, reference, pages: count, box }) => ({
        id,
        batch_id: batchId,
        box_id: box,
        reference,
        reference_key: reference,
        volume: '',
        title: `Akte ${reference}`,
        expected_sheets: Math.ceil(count / 2),
      })),
    );
    record({ action: 'batch.created', subject: `batch/${key}`, after: { ...batch, files: files.length } });
  });
  return files;
}

async function deliver(
  workspace: Workspace,
  { key, receivedOn, decidedOn }: PlannedBatch,
  batchId: number,
  round: number,
  files: readonly GeneratedFile[],
  ids: Ids,
): Promise<GeneratedDelivery[]> {
  const id = (ids.delivery += 1);
  const delivered = files.map((file) => {
    const isShort = round === 1 && file.pages > 1 && file.id % oneRejectedIn === 0;
    return { ...file, deliveryFileId: (ids.deliveryFile += 1), isShort };
  });
  const delivery = {
    id,
    batch_id: batchId,
    round,
    received_on: (round === 1 ? receivedOn : decidedOn) as CalendarDate,
    package_path: `deliveries/${key}/round-${round}`,
    in_place: 0 as const,
    profile: 'files',
    profile_hash: digest('profile'),
    package_hash: digest(`${key}/${round}`),
    tool_version: packageVersion(),
    verdict: delivered.some(({ isShort }) => isShort) ? 'fail' : 'pass',
    checked_at: `${receivedOn}T10:00:00.000Z`,
    reconciled_at: `${receivedOn}T11:00:00.000Z`,
  };
  await change(workspace, async ({ db, record }) => {
    await insertRows(db, 'delivery', [delivery]);
    await insertRows(
      db,
      'delivery_file',
      delivered.map((file) => deliveryFileRow(file, id)),
    );
    await insertRows(
      db,
      'delivery_document',
      delivered.map((file, index) => documentRow(file, index + 2, round)),
    );
    const short = delivered.filter(({ isShort }) => isShort);
    await insertRows(
      db,
      'delivery_finding',
      short.map((file) => findingRow(file, id)),
    );
    record({
      action: 'delivery.received',
      subject: `delivery/${key}/${round}`,
      after: { ...delivery, files: delivered.length, findings: short.length },
    });
  });
  return delivered;
}

function deliveryFileRow({ id, deliveryFileId, reference, pages, isShort }: GeneratedDelivery, delivery_id: number) {
  return {
    id: deliveryFileId,
    delivery_id,
    file_id: id,
    reference,
    reference_key: reference,
    volume: '',
    documents: 1,
    declared_pages: pages,
    removed_blanks: pages % 2,
    received_pages: isShort ? pages - 1 : pages,
    bytes: pages * 60_000,
    content_hash: digest(`content ${deliveryFileId}`),
    state: isShort ? 'failed' : 'passed',
  };
}

function documentRow(file: GeneratedDelivery, row: number, round: number) {
  const { deliveryFileId, reference, pages, isShort } = file;
  return {
    delivery_file_id: deliveryFileId,
    path: pathOf(file),
    row,
    format: 'pdf',
    size: pages * 60_000,
    sha256: digest(`document ${reference} ${round}`),
    declared_pages: pages,
    pages: isShort ? pages - 1 : pages,
    fields: JSON.stringify({ reference, title: `Akte ${reference}`, pages: String(pages) }),
    state: isShort ? 'failed' : 'passed',
  };
}

function pathOf({ reference }: GeneratedFile): string {
  return `scans/${reference.replace('/', '-')}.pdf`;
}

function findingRow(file: GeneratedDelivery, delivery_id: number) {
  return {
    delivery_id,
    delivery_file_id: file.deliveryFileId,
    source: 'check',
    code: 'pages.count-differs',
    severity: 'error',
    path: pathOf(file),
    page: null,
    row: null,
    reference: file.reference,
    args: JSON.stringify({ declared: file.pages, counted: file.pages - 1 }),
    waiver_id: null,
  };
}

async function decide(
  workspace: Workspace,
  { key, decidedOn }: PlannedBatch,
  round: number,
  files: readonly GeneratedDelivery[],
  ids: Ids,
): Promise<void> {
  const id = (ids.decision += 1);
  const decision = {
    id,
    delivery_id: ids.delivery,
    decided_on: decidedOn as CalendarDate,
    performed_on: decidedOn as CalendarDate,
    decided_by: 'generator',
    reason: '',
  };
  await change(workspace, async ({ db, record }) => {
    await insertRows(db, 'decision', [decision]);
    await insertRows(
      db,
      'decision_file',
      files.map(({ id: file_id, deliveryFileId, pages, isShort }) => ({
        decision_id: id,
        delivery_file_id: deliveryFileId,
        file_id,
        outcome: isShort ? ('rejected' as const) : ('accepted' as const),
        pages: isShort ? pages - 1 : pages,
        documents: 1,
      })),
    );
    record({
      action: 'delivery.accepted',
      subject: `delivery/${key}/${round}`,
      after: { ...decision, files: files.length },
    });
  });
}

async function imported(
  workspace: Workspace,
  { key, decidedOn }: PlannedBatch,
  order: Order,
  files: readonly GeneratedDelivery[],
): Promise<void> {
  await change(workspace, async ({ db, record }) => {
    await insertRows(
      db,
      'import_object',
      files.map(({ id, deliveryFileId, reference, pages }) => ({
        file_id: id,
        delivery_file_id: deliveryFileId,
        adapter: 'ocfl',
        object_key: `RV-2020-017/${order.lot}/${reference}`,
        state: 'confirmed',
        dms_id: `urn:scanlot:${digest(reference).slice(0, 16)}`,
        pages,
        attempts: 1,
        error: null,
        intended_at: `${decidedOn}T12:00:00.000Z`,
        confirmed_at: `${decidedOn}T12:00:01.000Z`,
      })),
    );
    record({ action: 'import.confirmed', subject: `batch/${key}`, after: { files: files.length } });
  });
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function digest(words: string): string {
  return createHash('sha256').update(words).digest('hex');
}
