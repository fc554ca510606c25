import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addCounts } from '../../src/reconciliation/counts.ts';
import { batchLedger, openBreaks, reconcileDelivery } from '../../src/reconciliation/reconcile-delivery.ts';
import { ledgerTotals } from '../../src/reconciliation/totals.ts';
import {
  addBatch,
  addDelivery,
  type CustodyWorkspace,
  custodyWorkspace,
  type DeliveredSpec,
  picked,
} from '../support/custody.ts';

let custody: CustodyWorkspace;
beforeEach(async () => {
  custody = await custodyWorkspace();
});
afterEach(() => custody.remove());

/** What happens to one file of a round: not in it, or delivered with so many pages and decided in some way. */
const fate = fc.option(
  fc.record({
    pages: fc.integer({ min: 0, max: 30 }),
    blanks: fc.integer({ min: 0, max: 3 }),
    counted: fc.boolean(),
    decision: fc.constantFrom('accepted', 'rejected', null),
    imported: fc.boolean(),
    content: fc.integer({ min: 0, max: 6 }),
  }),
  { nil: null },
);

const history = fc.record({
  files: fc.array(
    fc.record({ box: fc.constantFrom(null, 'K1', 'K2'), sheets: fc.option(fc.integer({ min: 1, max: 15 })) }),
    {
      minLength: 1,
      maxLength: 6,
    },
  ),
  rounds: fc.array(
    fc.record({ fates: fc.array(fate, { minLength: 6, maxLength: 6 }), strangers: fc.array(fate, { maxLength: 2 }) }),
    {
      maxLength: 3,
    },
  ),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;
type Fate = History['rounds'][number]['fates'][number];

let batches = 0;

/** Plays a history into the ledger, as acceptance and import would: a file is accepted once at the most. */
async function play({ files, rounds }: History, order: string, contents?: 'unique contents') {
  const { workspace } = custody;
  batches += 1;
  const key = `B-${batches}`;
  const list = files.map(({ box, sheets }, index) => picked(`${key}/${index}`, { box, expectedSheets: sheets }));
  const batch = await addBatch(workspace, key, list, order);
  const accepted = new Set<number>();
  for (const [index, { fates, strangers }] of rounds.entries()) {
    const known = list.flatMap(({ reference }, position) =>
      spec(fates[position] ?? null, reference, batch.files[position]!, accepted),
    );
    const unknown = strangers.flatMap((one, position) => spec(one, `${key}/stranger ${position}`, null, accepted));
    const all = [...known, ...unknown].map((file) => (contents ? { ...file, documents: [{}] } : file));
    await addDelivery(workspace, batch.id, index + 1, all);
  }
  return key;
}

function spec(one: Fate, reference: string, fileId: number | null, accepted: Set<number>): DeliveredSpec[] {
  if (!one) return [];
  const received = one.counted ? one.pages : null;
  const outcome =
    one.decision === 'accepted' && (received === null || (fileId && accepted.has(fileId))) ? null : one.decision;
  if (outcome === 'accepted' && fileId) accepted.add(fileId);
  return [
    {
      reference,
      fileId,
      declared: one.pages,
      blanks: one.blanks,
      received,
      documents: [{ sha256: `content ${one.content}` }],
      ...(outcome && fileId ? { decision: { outcome } } : {}),
      ...(outcome === 'accepted' && fileId && one.imported ? { imported: one.pages } : {}),
    },
  ];
}

test('whatever happens, sums agree, files appear once, and boxes, batches, orders and lots add up', async () => {
  const { workspace } = custody;
  await fc.assert(
    fc.asyncProperty(history, fc.constantFrom('A-1', 'A-2', 'A-3'), async (one, order) => {
      const key = await play(one, order);
      const ledger =
        one.rounds.length > 0 ? await reconcileDelivery(workspace, key) : await batchLedger(workspace, key);
      expect(ledger.identities.filter(({ holds }) => !holds)).toEqual([]);
      const ids = ledger.files.flatMap(({ fileId }) => fileId ?? []);
      expect(ids).toHaveLength(one.files.length);
      expect(new Set(ids).size).toBe(one.files.length);
      expect(addCounts(ledger.boxes.map(({ counts }) => counts))).toEqual(ledger.totals);
      const totals = await ledgerTotals(workspace.db);
      const own = totals.batches.find((row) => row.key === key);
      expect(own?.counts).toEqual(ledger.totals);
      expect(addCounts(totals.batches.map(({ counts }) => counts))).toEqual(totals.counts);
      expect(addCounts(totals.orders.map(({ counts }) => counts))).toEqual(totals.counts);
      expect(addCounts(totals.lots.map(({ counts }) => counts))).toEqual(totals.counts);
      expect(totals.orderedPages).toBe(300_000);
      const again = one.rounds.length > 0 ? await reconcileDelivery(workspace, key) : ledger;
      expect(again.breaks).toEqual(ledger.breaks);
    }),
    { numRuns: 60 },
  );
});

// Which file is the copy of another may change with a later round, and is then stored with that.
test('the open breaks that totals tell are those that the batches tell, once every round is reconciled', async () => {
  const { workspace } = custody;
  await fc.assert(
    fc.asyncProperty(history, async (one) => {
      const key = await play(one, 'A-1', 'unique contents');
      for (const index of one.rounds.keys()) await reconcileDelivery(workspace, key, index + 1);
      const ledger = await batchLedger(workspace, key);
      const told = new Map<string, number>();
      for (const { finding } of openBreaks(ledger)) told.set(finding.code, (told.get(finding.code) ?? 0) + 1);
      const own = (await ledgerTotals(workspace.db)).batches.find((row) => row.key === key);
      expect(new Map(own?.openBreaks.map(({ code, count }) => [code, count]))).toEqual(told);
    }),
    { numRuns: 60 },
  );
});
