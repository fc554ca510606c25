import type { Kysely } from 'kysely';
import { change } from '../audit/change.ts';
import { type Batch, requireBatch } from '../custody/store.ts';
import type { LoadedProfile } from '../delivery/profile.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { Database } from '../storage/schema.ts';
import type { Workspace } from '../storage/workspace.ts';
import { batchFacts, profileOf } from './batch-facts.ts';
import type { Break } from './break.ts';
import { breakKey, replaceBreaks, type StoredBreak, selectBreaks } from './break-store.ts';
import type { LedgerFacts } from './facts.ts';
import { type Reconciliation, reconcile } from './reconcile.ts';
import { type DeliveryRow, selectRounds } from './store.ts';

export interface JudgedBreak extends Break {
  readonly waived: boolean;
}

/** The ledger of one batch, with the order that it belongs to. */
export interface BatchLedger extends Omit<Reconciliation, 'breaks'> {
  readonly batch: Batch;
  readonly order: LedgerFacts['order'];
  /** The rounds that were considered, oldest first. */
  readonly rounds: readonly DeliveryRow[];
  readonly breaks: readonly JudgedBreak[];
}

/** The ledger of a batch as it stands, without storing anything. @throws UsageError when the batch is unknown */
export async function batchLedger(workspace: Workspace, key: string): Promise<BatchLedger> {
  const batch = await requireBatch(workspace.db, key);
  const rounds = await selectRounds(workspace.db, batch.id);
  const stored = await storedBreaks(workspace.db, rounds);
  return computeLedger(workspace.db, batch, rounds, profileOf(workspace, batch), stored);
}

/**
 * Reconciles one delivery of a batch, with the rounds before it, and stores the breaks that belong to it; the batch's
 * other breaks are in the result only. Those found again keep their waivers; those mended are gone.
 * @param round without it, the newest
 * @throws UsageError when batch or round are unknown, or nothing was delivered
 */
export async function reconcileDelivery(workspace: Workspace, key: string, round?: number): Promise<BatchLedger> {
  return change(workspace, async ({ db, record }) => {
    const batch = await requireBatch(db, key);
    const all = await selectRounds(db, batch.id);
    const delivery = requireRound(batch, all, round);
    const rounds = all.filter((row) => row.round <= delivery.round);
    const stored = await storedBreaks(db, rounds);
    const ledger = await computeLedger(db, batch, rounds, profileOf(workspace, batch), stored);
    const ownStored = stored.filter(({ deliveryId }) => deliveryId === delivery.id);
    const own = ledger.breaks.filter(({ deliveryId }) => deliveryId === delivery.id);
    await replaceBreaks(db, ownStored, own);
    const reconciledAt = workspace.now().toISOString();
    await db.updateTable('delivery').set({ reconciled_at: reconciledAt }).where('id', '=', delivery.id).execute();
    record({
      action: 'delivery.reconciled',
      subject: `delivery/${batch.key}/${delivery.round}`,
      before: { reconciledAt: delivery.reconciled_at, breaks: countByCode(ownStored.map(({ code }) => code)) },
      after: { reconciledAt, breaks: countByCode(own.map(({ finding }) => finding.code)), counts: ledger.totals },
    });
    return {
      ...ledger,
      rounds: rounds.map((row) => (row.id === delivery.id ? { ...row, reconciled_at: reconciledAt } : row)),
    };
  });
}

/** The breaks that nobody has waived, errors first. */
export function openBreaks({ breaks }: BatchLedger): JudgedBreak[] {
  const rank = { error: 0, warning: 1, note: 2 } as const;
  return breaks.filter(({ waived }) => !waived).sort((a, b) => rank[a.finding.severity] - rank[b.finding.severity]);
}

async function computeLedger(
  db: Kysely<Database>,
  batch: Batch,
  rounds: readonly DeliveryRow[],
  profile: LoadedProfile | undefined,
  stored: readonly StoredBreak[],
): Promise<BatchLedger> {
  const facts = await batchFacts(db, batch, rounds, profile);
  const { breaks, ...ledger } = reconcile(facts);
  const waivedKeys = new Set(stored.filter(({ waived }) => waived).map((row) => row.key));
  return {
    ...ledger,
    batch,
    order: facts.order,
    rounds,
    breaks: breaks.map((one) => ({ ...withSeverity(one, profile), waived: waivedKeys.has(breakKey(one)) })),
  };
}

/** The profile may raise or lower severities, by agreement with the vendor. */
function withSeverity(one: Break, profile: LoadedProfile | undefined): Break {
  const severity = profile?.severities.get(one.finding.code);
  return severity === undefined ? one : { ...one, finding: { ...one.finding, severity } };
}

async function storedBreaks(db: Kysely<Database>, rounds: readonly DeliveryRow[]): Promise<StoredBreak[]> {
  return selectBreaks(
    db,
    rounds.map(({ id }) => id),
  );
}

function countByCode(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function requireRound(batch: Batch, all: readonly DeliveryRow[], round: number | undefined): DeliveryRow {
  const newest = all.at(-1);
  if (!newest) {
    throw new UsageError(
      'reconcile.nothing-delivered',
      text({
        de: `Zur Charge ${batch.key} ist noch nichts geliefert.`,
        en: `Nothing has been delivered for batch ${batch.key} so far.`,
      }),
      text({
        de: `Zuerst die Lieferung annehmen: scanlot delivery receive PFAD --batch ${batch.key}`,
        en: `Receive the delivery first: scanlot delivery receive PATH --batch ${batch.key}`,
      }),
    );
  }
  const delivery = round === undefined ? newest : all.find((row) => row.round === round);
  if (delivery) return delivery;
  const known = all.map((row) => row.round).join(', ');
  throw new UsageError(
    'reconcile.round-unknown',
    text({
      de: `Eine Lieferung ${round} der Charge ${batch.key} gibt es nicht.`,
      en: `Batch ${batch.key} has no round ${round}.`,
    }),
    text({ de: `Vorhanden: ${known}`, en: `There are: ${known}` }),
  );
}
