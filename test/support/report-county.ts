import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { approveInvoice } from '../../src/finance/invoice-matching/approve.ts';
import { payInvoice } from '../../src/finance/invoice-matching/pay.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { openWorkspace } from '../../src/storage/workspace.ts';
import { invoiceFile, pageLine, vendorInvoice } from './invoice-ledger.ts';
import {
  addBatch,
  addBudget,
  addCallOff,
  addContract,
  addDecision,
  createLedger,
  edit,
  type Ledger,
  lotDocument,
} from './ledger.ts';

const on = (day: string) => day as CalendarDate;

/**
 * A county whose figures can be computed by hand, in the state of 31 March 2021. L1 of the public order office at EUR
 * 0.10 a page, L2 of the social department at 0.08.
 *
 * | call-off | batch  | performed  | pages  | net      | VAT  | gross    | invoice                                      |
 * | -------- | ------ | ---------- | ------ | -------- | ---- | -------- | -------------------------------------------- |
 * | A-1 2020 | B-1/1  | 2020-12-15 | 10,000 | 1,000.00 | 16 % | 1,160.00 | R-1, approved 25 January, paid 5 February    |
 * |          | B-1/2  | 2021-01-12 | 5,000  | 500.00   | 19 % | 595.00   | R-2, approved 10 February                    |
 * | A-2 2021 | B-2/1  | 2021-03-01 | 8,000  | 800.00   | 19 % | 952.00   | R-3, approved 10 March; credit G-1 over 500  |
 * |          | B-3/1  | undecided  | 3,500  | 350.00   | 19 % | 416.50   |                                              |
 * | A-3 2021 | B-4/1  | 2021-02-10 | 5,000  | 400.00   | 19 % | 476.00   | R-4 over 2,000 pages waits for a second look |
 */
export async function createReportCounty(): Promise<Ledger> {
  template ??= makeTemplate();
  const root = mkdtempSync(join(tmpdir(), 'scanlot-county-'));
  cpSync(await template, root, { recursive: true });
  const workspace = await openWorkspace(root, { mode: 'write', actor: 'test', now: () => new Date(now) });
  return {
    workspace,
    root,
    remove: async () => {
      await workspace.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const now = '2021-03-31T12:00:00Z';
/** The county is made once for each test file, and copied for each test. */
let template: Promise<string> | undefined;

async function makeTemplate(): Promise<string> {
  const ledger = await createLedger(now);
  const social = lotDocument({
    key: 'L2',
    title: 'Sozialakten',
    department: 'Sozialamt',
    estimate: { value: '4000.00', pages: 50_000, runningMetres: 10 },
    maximum: { value: '5000.00' },
    prices: [{ key: 'page', title: 'Seite scannen', unit: 'page', price: '0.08' }],
  });
  const office = lotDocument({
    estimate: { value: '12000.00', pages: 120_000, runningMetres: 20 },
    maximum: { value: '15000.00', pages: 150_000 },
  });
  await addContract(ledger, { lots: [office, social], maximum: { value: '20000.00', pages: 200_000 } });
  await addBudget(
    ledger,
    { year: 2020, appropriation: '5000.00' },
    { year: 2021, appropriation: '6000.00', carryOver: '800.00' },
    { year: 2021, account: 'K2', costCentre: 'S2', department: 'Sozialamt', appropriation: '3000.00' },
  );
  await addWork(ledger);
  await addInvoices(ledger);
  await addHoldings(ledger);
  await ledger.workspace.close();
  process.once('exit', () => rmSync(ledger.root, { recursive: true, force: true }));
  return ledger.root;
}

async function addWork(ledger: Ledger): Promise<void> {
  await addCallOff(ledger, { number: 'A-1', on: '2020-10-01', pages: 30_000 });
  await addBatch(ledger, { key: 'B-1', callOff: 'A-1', files: 4, millimetres: 4000 });
  await addDecision(ledger, { batch: 'B-1', on: '2020-12-15', files: [{ file: 0, pages: 10_000 }] });
  await addDecision(ledger, { batch: 'B-1', round: 2, on: '2021-01-12', files: [{ file: 1, pages: 5000 }] });
  await addCallOff(ledger, { number: 'A-2', on: '2021-02-01', pages: 20_000 });
  await addBatch(ledger, { key: 'B-2', callOff: 'A-2', files: 3 });
  const rejected = { file: 1, pages: 3000, rejected: true };
  await addDecision(ledger, { batch: 'B-2', on: '2021-03-01', files: [{ file: 0, pages: 8000 }, rejected] });
  await addBatch(ledger, { key: 'B-3', callOff: 'A-2', files: 2 });
  await addUndecided(ledger, 'B-3', '2021-03-20', 2000, 1500);
  await addCallOff(ledger, {
    number: 'A-3',
    lot: 'L2',
    on: '2021-01-05',
    pages: 10_000,
    account: 'K2',
    costCentre: 'S2',
  });
  await addBatch(ledger, { key: 'B-4', callOff: 'A-3', files: 2, millimetres: 1000 });
  await addDecision(ledger, {
    batch: 'B-4',
    on: '2021-02-10',
    files: [
      { file: 0, pages: 4000 },
      { file: 1, pages: 1000 },
    ],
  });
}

async function addInvoices(ledger: Ledger): Promise<void> {
  const approve = async (day: string, more: Parameters<typeof vendorInvoice>[0], fourEyes = false) => {
    const path = invoiceFile(ledger, vendorInvoice(more), `${more?.number}.xml`);
    const config = { ...ledger.workspace.config, invoices: { fourEyes } };
    await approveInvoice({ ...ledger.workspace, config }, { path, partial: false, on: on(day) });
  };
  await approve('2021-01-25', { number: 'R-1', order: 'A-1', lines: [pageLine('10000', { rate: 16 })] });
  await payInvoice(ledger.workspace, { number: 'R-1', on: on('2021-02-05') });
  await approve('2021-02-10', { number: 'R-2', order: 'A-1', lines: [pageLine('5000')] });
  await approve('2021-03-10', { number: 'R-3', order: 'A-2', lines: [pageLine('8000')] });
  await approve('2021-03-15', {
    number: 'G-1',
    kind: 'creditNote',
    order: 'A-2',
    preceding: 'R-3',
    lines: [pageLine('500')],
  });
  const social = { number: 'R-4', order: 'A-3', lot: 'L2', lines: [pageLine('2000', { price: '0.08' })] };
  await approve('2021-03-20', social, true);
}

/** A delivery nobody has decided on. */
async function addUndecided(ledger: Ledger, batch: string, day: string, ...pages: readonly number[]): Promise<void> {
  await edit(ledger, async (db) => {
    const row = await db.selectFrom('batch').select('id').where('key', '=', batch).executeTakeFirstOrThrow();
    const files = await db.selectFrom('file').selectAll().where('batch_id', '=', row.id).orderBy('id').execute();
    const delivery = await db
      .insertInto('delivery')
      .values({
        batch_id: row.id,
        round: 1,
        received_on: on(day),
        package_path: `deliveries/${batch}/1`,
        in_place: 0,
        profile: 'profile',
        profile_hash: '',
        package_hash: '',
        tool_version: '0',
        verdict: 'pass',
        checked_at: `${day}T10:00:00.000Z`,
        reconciled_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const delivered = pages.map((count, index) => ({
      delivery_id: delivery.id,
      file_id: files[index]?.id ?? null,
      reference: files[index]?.reference ?? '',
      reference_key: files[index]?.reference ?? '',
      volume: '',
      documents: 1,
      declared_pages: count,
      removed_blanks: 0,
      received_pages: count,
      bytes: 1000,
      content_hash: `${batch}-${index}`,
      state: 'passed',
    }));
    await db.insertInto('delivery_file').values(delivered).execute();
  });
}

async function addHoldings(ledger: Ledger): Promise<void> {
  const lots = await ledger.workspace.db.selectFrom('lot').select(['id', 'key']).execute();
  const holding = (
    key: string,
    title: string,
    department: string,
    lot: string,
    millimetres: number,
    pages: number,
  ) => ({
    key,
    title,
    department,
    lot_id: lots.find((one) => one.key === lot)?.id ?? null,
    millimetres,
    files: null,
    sheets: null,
    pages,
    pages_estimated: 1 as const,
    retention_until: null,
    original_must_stay: 0 as const,
    archive_offer: 'done',
    dms_go_live: on('2021-10-01'),
    hard_deadline: null,
    usage: 0,
    risk: 0,
    note: '',
  });
  await edit(ledger, (db) =>
    db
      .insertInto('holding')
      .values([
        holding('OA-1', 'Gewerbeakten', 'Ordnungsamt', 'L1', 10_000, 60_000),
        holding('SO-1', 'Grundsicherung', 'Sozialamt', 'L2', 8000, 48_000),
      ])
      .execute(),
  );
}
