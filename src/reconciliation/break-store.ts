import type { Kysely, Transaction } from 'kysely';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { Database } from '../storage/schema.ts';
import type { Break } from './break.ts';

/** What makes a stored break the same as one found now: a waiver holds for exactly this, and for nothing that differs. */
export function breakKey({ finding, deliveryFileId, deliveryId }: Break): string {
  const { code, path, reference, args } = finding;
  return keyOf(deliveryId, deliveryFileId, code, path, reference ?? null, canonicalJson(args));
}

export interface StoredBreak {
  readonly id: number;
  readonly deliveryId: number;
  readonly key: string;
  readonly code: string;
  readonly severity: string;
  readonly waived: boolean;
}

/** The breaks that are stored with these deliveries. */
export async function selectBreaks(db: Kysely<Database>, deliveryIds: readonly number[]): Promise<StoredBreak[]> {
  if (deliveryIds.length === 0) return [];
  const rows = await db
    .selectFrom('delivery_finding')
    .selectAll()
    .where('delivery_id', 'in', deliveryIds)
    .where('source', '=', 'reconciliation')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    deliveryId: row.delivery_id,
    key: keyOf(row.delivery_id, row.delivery_file_id, row.code, row.path, row.reference, row.args),
    code: row.code,
    severity: row.severity,
    waived: row.waiver_id !== null,
  }));
}

const chunkSize = 500;

/** Brings the stored breaks of one delivery in line with those found: what is still there stays, with its waiver. */
export async function replaceBreaks(
  db: Transaction<Database>,
  stored: readonly StoredBreak[],
  found: readonly Break[],
): Promise<void> {
  const storedByKey = new Map(stored.map((row) => [row.key, row]));
  const foundByKey = new Map(found.map((one) => [breakKey(one), one]));
  const gone = stored.filter((row) => foundByKey.get(row.key) === undefined || storedByKey.get(row.key) !== row);
  const fresh = [...foundByKey].filter(([key]) => !storedByKey.has(key)).map(([, one]) => one);
  for (const rows of chunks(gone)) {
    const ids = rows.map(({ id }) => id);
    await db.deleteFrom('delivery_finding').where('id', 'in', ids).execute();
  }
  for (const [key, { finding }] of foundByKey) {
    const row = storedByKey.get(key);
    if (!row || row.severity === finding.severity) continue;
    await db.updateTable('delivery_finding').set({ severity: finding.severity }).where('id', '=', row.id).execute();
  }
  for (const breaks of chunks(fresh)) await db.insertInto('delivery_finding').values(breaks.map(toRow)).execute();
}

function toRow({ finding, deliveryFileId, deliveryId }: Break) {
  return {
    delivery_id: deliveryId,
    delivery_file_id: deliveryFileId,
    source: 'reconciliation',
    code: finding.code,
    severity: finding.severity,
    path: finding.path,
    page: null,
    row: null,
    reference: finding.reference ?? null,
    args: canonicalJson(finding.args),
    waiver_id: null,
  };
}

function keyOf(...parts: readonly (string | number | null)[]): string {
  return JSON.stringify(parts);
}

function* chunks<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += chunkSize) yield items.slice(start, start + chunkSize);
}
