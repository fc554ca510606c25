import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disputeComplaint, withdrawComplaint } from '../../src/acceptance/complaint/answer.ts';
import { raiseComplaint } from '../../src/acceptance/complaint/raise.ts';
import { pendingFiles } from '../../src/acceptance/complaint/store.ts';
import { acceptDelivery, rejectDelivery } from '../../src/acceptance/decide.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { listFiles, requireBatch } from '../../src/custody/store.ts';
import type { PlannedImport } from '../../src/dms/import/plan.ts';
import { readImportPlan } from '../../src/dms/import/read-plan.ts';
import { acceptedServices } from '../../src/finance/accepted.ts';
import { batchLedger, reconcileDelivery } from '../../src/reconciliation/reconcile-delivery.ts';
import { ledgerTotals } from '../../src/reconciliation/totals.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { GateError } from '../../src/shared/errors.ts';
import { addDelivery } from '../support/custody.ts';
import { addBatch, addCallOff, addContract, createLedger, edit, type Ledger } from '../support/ledger.ts';

const day = (value: string) => value as CalendarDate;
const count = 3;

/** One round: which files come with how many pages (0: not at all), whether the same again, and what is decided. */
const round = fc.record({
  kind: fc.constant('round' as const),
  pages: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }),
  same: fc.array(fc.boolean(), { minLength: count, maxLength: count }),
  accept: fc.boolean(),
});
const about = (kind: 'raise' | 'withdraw' | 'dispute') =>
  fc.record({ kind: fc.constant(kind), file: fc.nat(count - 1) });
const history = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: round },
    { weight: 4, arbitrary: about('raise') },
    { weight: 1, arbitrary: about('withdraw') },
    { weight: 1, arbitrary: about('dispute') },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('import' as const) }) },
  ),
  { minLength: 3, maxLength: 12 },
);
/** Accepted, imported, complained about, mended with fewer pages, imported again. */
const mended: Step[] = [
  { kind: 'round', pages: [4, 4, 4], same: [false, false, false], accept: true },
  { kind: 'import' },
  { kind: 'raise', file: 0 },
  { kind: 'round', pages: [3, 0, 0], same: [false, false, false], accept: true },
  { kind: 'import' },
];
type Step = (typeof history extends fc.Arbitrary<infer T> ? T : never)[number];

/** What must be, told without looking into the ledger. */
class Expected {
  readonly batch: string;
  readonly names: readonly string[];
  /** Pages of the first acceptance, by file. */
  readonly paid = new Map<string, number>();
  /** Pages and content of what counts. */
  readonly standing = new Map<string, { readonly pages: number; readonly content: string }>();
  readonly pending = new Set<string>();
  /** Content that the document management system holds. */
  readonly stored = new Map<string, string>();
  rounds = 0;

  constructor(batch: string) {
    this.batch = batch;
    this.names = Array.from({ length: count }, (_, at) => `${batch}/${at + 1}`);
  }
}

const system = {
  name: 'memory',
  capabilities: { update: true } as Parameters<typeof readImportPlan>[1]['adapter']['capabilities'],
  lookUp: async () => undefined,
};

/** Runs a command of the county; what a gate refuses has not happened. @returns whether it was done */
async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof GateError) return false;
    throw error;
  }
}

async function play(ledger: Ledger, step: Step, expected: Expected): Promise<void> {
  if (step.kind === 'round') return playRound(ledger, step, expected);
  if (step.kind === 'import') return playImport(ledger, expected);
  const name = expected.names[step.file] ?? '';
  const request = { batch: expected.batch, files: [name], reason: 'unscharf', date: day('2021-04-02') };
  if (step.kind === 'raise') {
    const days = { raisedOn: day('2021-04-01'), deadline: day('2021-04-20') };
    const done = await attempt(() => raiseComplaint(ledger.workspace, { ...request, ...days }));
    expect(done).toBe(expected.paid.has(name) && !expected.pending.has(name));
    if (done) expected.pending.add(name);
  } else if (step.kind === 'withdraw') {
    const done = await attempt(() => withdrawComplaint(ledger.workspace, request));
    expect(done).toBe(expected.pending.delete(name));
  } else {
    const done = await attempt(() => disputeComplaint(ledger.workspace, request));
    if (done) expect(expected.pending).toContain(name);
  }
}

async function playRound(ledger: Ledger, step: Step & { kind: 'round' }, expected: Expected): Promise<void> {
  const { workspace } = ledger;
  const { id: batchId } = await batchOf(ledger, expected);
  const files = await listFiles(workspace.db, batchId);
  const brought = files.flatMap(({ id, reference }, at) => {
    const pages = step.pages[at] ?? 0;
    if (pages === 0) return [];
    const before = step.same[at] ? expected.standing.get(reference) : undefined;
    const content = before?.content ?? `${reference} of round ${expected.rounds + 1}`;
    return [{ id, reference, pages: before?.pages ?? pages, content }];
  });
  expected.rounds += 1;
  const specs = brought.map(({ id, reference, pages, content }) => ({
    ...{ reference, fileId: id, declared: pages, documents: [{ sha256: content, path: `${content}.pdf` }] },
  }));
  await addDelivery(workspace, batchId, expected.rounds, specs);
  mkdirSync(join(workspace.paths.root, 'deliveries', String(batchId), String(expected.rounds)), { recursive: true });
  await reconcileDelivery(workspace, expected.batch);
  const days = { decidedOn: day('2021-03-30'), performedOn: day('2021-03-30') };
  const accepting = () =>
    acceptDelivery(workspace, { batch: expected.batch, selection: { kind: 'faultless' }, ...days }, 'en');
  if (!(step.accept && (await attempt(accepting)))) {
    await rejectDelivery(workspace, { batch: expected.batch, reason: 'Mängel', decidedOn: day('2021-03-30') }, 'en');
    return;
  }
  for (const { reference, pages, content } of brought) {
    const isUnchanged = content === expected.standing.get(reference)?.content;
    if (expected.paid.has(reference) && (!expected.pending.has(reference) || isUnchanged)) continue;
    if (!expected.paid.has(reference)) expected.paid.set(reference, pages);
    expected.standing.set(reference, { pages, content });
    expected.pending.delete(reference);
  }
}

/** Does what the plan says, as the engine would record it when all goes well. */
async function playImport(ledger: Ledger, expected: Expected): Promise<void> {
  const plan = await readImportPlan(ledger.workspace, { batch: expected.batch, adapter: system });
  for (const planned of plan) {
    const { reference } = planned.file;
    const stored = expected.stored.get(reference);
    const wanted = expected.standing.get(reference)?.content ?? '';
    expect(planned.action).toBe(stored === undefined ? 'create' : stored === wanted ? 'skip' : 'update');
    if (planned.action !== 'skip') await record(ledger, planned);
    expected.stored.set(reference, wanted);
  }
}

async function record(ledger: Ledger, { file, objectKey, object }: PlannedImport): Promise<void> {
  const columns = { delivery_file_id: file.deliveryFileId, pages: file.pages, state: 'confirmed', attempts: 1 };
  await edit(ledger, async (db) => {
    if (object) await db.updateTable('import_object').set(columns).where('id', '=', object.id).execute();
    else {
      await db
        .insertInto('import_object')
        .values({
          ...{ ...columns, file_id: file.fileId, adapter: system.name, object_key: objectKey, dms_id: objectKey },
          ...{ error: null, intended_at: '', confirmed_at: '' },
        })
        .execute();
    }
  });
}

async function compare(ledger: Ledger, expected: Expected): Promise<void> {
  const { workspace } = ledger;
  const { db } = workspace;
  const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
  const paid = sum(expected.paid.values());
  const standing = sum([...expected.standing.values()].map(({ pages }) => pages));

  const services = (await acceptedServices(db)).filter(
    (one) => one.kind === 'acceptance' && one.batch === expected.batch,
  );
  expect(sum(services.map(({ pages }) => pages))).toBe(paid);
  expect(sum(services.map(({ files }) => files))).toBe(expected.paid.size);

  const plan = await readImportPlan(workspace, { batch: expected.batch, adapter: system });
  expect(plan.map(({ file }) => [file.reference, file.pages])).toEqual(
    expected.names.flatMap((name) => {
      const content = expected.standing.get(name);
      return content ? [[name, content.pages]] : [];
    }),
  );

  const own = await batchLedger(workspace, expected.batch);
  expect(own.identities.filter(({ holds }) => !holds)).toEqual([]);
  const imported = [...expected.standing].filter(([name, { content }]) => expected.stored.get(name) === content);
  expect(own.totals).toMatchObject({
    ...{ acceptedFiles: expected.paid.size, acceptedPages: paid, correctionPages: standing - paid },
    ...{ importedFiles: imported.length, importedPages: sum(imported.map(([, { pages }]) => pages)) },
    complainedFiles: expected.pending.size,
  });
  const totals = (await ledgerTotals(db)).batches.find((one) => one.key === expected.batch);
  expect(totals?.counts).toEqual(own.totals);
  expect((await pendingFiles(db, own.batch.id)).size).toBe(expected.pending.size);
}

function batchOf({ workspace }: Ledger, { batch }: Expected) {
  return requireBatch(workspace.db, batch);
}

let ledger: Ledger;
beforeAll(async () => {
  ledger = await createLedger('2021-04-05T12:00:00Z');
  await addContract(ledger);
  await addCallOff(ledger, { number: 'A-1', on: '2021-01-10', pages: 100_000, files: 1000 });
});
afterAll(() => ledger.remove());

test('no history of deliveries, decisions, complaints and imports pays a page twice, or loses one', async () => {
  let histories = 0;
  let corrections = 0;
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      histories += 1;
      const expected = new Expected(`B-${histories}`);
      await addBatch(ledger, { key: expected.batch, callOff: 'A-1', files: count });
      for (const step of steps) {
        await play(ledger, step, expected);
        await compare(ledger, expected);
      }
      corrections += [...expected.standing].filter(([name, { pages }]) => pages !== expected.paid.get(name)).length;
    }),
    { numRuns: 15, examples: [[mended]] },
  );
  expect((await verifyAudit(ledger.workspace)).breaks).toEqual([]);
  // Otherwise nothing was proved.
  expect(corrections).toBeGreaterThan(0);
}, 120_000);
