import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Batch } from '../custody/store.ts';
import type { Finding } from '../findings/finding.ts';
import { UsageError } from '../shared/errors.ts';
import { text } from '../shared/language.ts';
import type { Database } from '../storage/schema.ts';

export type DeliveryRow = Selectable<Database['delivery']>;
export type DeliveryFileRow = Selectable<Database['delivery_file']>;
export type DeliveryDocumentRow = Selectable<Database['delivery_document']>;
export type DecisionRow = Selectable<Database['decision']>;
export type FindingRow = Selectable<Database['delivery_finding']>;
export type NewDeliveryFile = Omit<DeliveryFileRow, 'id' | 'delivery_id'> & {
  readonly items: readonly Omit<DeliveryDocumentRow, 'id' | 'delivery_file_id'>[];
};

/** Rows in one statement: well below the number of values that a database binds at once. */
const CHUNK = 500;

/** All rounds of a batch, oldest first. */
export async function listRounds(db: Kysely<Database>, batchId: number): Promise<DeliveryRow[]> {
  return db.selectFrom('delivery').selectAll().where('batch_id', '=', batchId).orderBy('round').execute();
}

/** The round asked for, or the newest. @throws UsageError when there is none */
export async function requireRound(db: Kysely<Database>, batch: Batch, round?: number): Promise<DeliveryRow> {
  const rounds = await listRounds(db, batch.id);
  const found = round === undefined ? rounds.at(-1) : rounds.find((row) => row.round === round);
  if (found) return found;
  throw new UsageError(
    'delivery.unknown-round',
    rounds.length === 0
      ? text({
          de: `Zur Charge ${batch.key} gibt es noch keine Lieferung.`,
          en: `Batch ${batch.key} has no delivery yet.`,
        })
      : text({
          de: `Charge ${batch.key} hat keine Lieferung ${round}.`,
          en: `Batch ${batch.key} has no round ${round}.`,
        }),
    text({
      de: `Eine Lieferung annehmen: scanlot delivery receive PFAD --batch ${batch.key}`,
      en: `Receive a delivery: scanlot delivery receive PATH --batch ${batch.key}`,
    }),
  );
}

/** The decision on a delivery, where there is one. */
export async function findDecision(db: Kysely<Database>, deliveryId: number): Promise<DecisionRow | undefined> {
  return db.selectFrom('decision').selectAll().where('delivery_id', '=', deliveryId).executeTakeFirst();
}

export async function insertDelivery(
  db: Transaction<Database>,
  delivery: Omit<DeliveryRow, 'id'>,
  files: readonly NewDeliveryFile[],
): Promise<{ id: number; fileIds: Map<string, number> }> {
  const { id } = await db.insertInto('delivery').values(delivery).returning('id').executeTakeFirstOrThrow();
  const fileIds = new Map<string, number>();
  for (const { items, ...file } of files) {
    const row = await db
      .insertInto('delivery_file')
      .values({ ...file, delivery_id: id })
      .returning('id')
      .executeTakeFirstOrThrow();
    fileIds.set(`${file.reference_key}\u0000${file.volume}`, row.id);
    for (const chunk of chunks(items)) {
      await db
        .insertInto('delivery_document')
        .values(chunk.map((item) => ({ ...item, delivery_file_id: row.id })))
        .execute();
    }
  }
  return { id, fileIds };
}

/** Stores the findings of the check beside the delivery. */
export async function insertFindings(
  db: Transaction<Database>,
  deliveryId: number,
  findings: readonly { readonly finding: Finding; readonly deliveryFileId: number | null }[],
): Promise<void> {
  for (const chunk of chunks(findings)) {
    await db
      .insertInto('delivery_finding')
      .values(
        chunk.map(({ finding, deliveryFileId }) => ({
          delivery_id: deliveryId,
          delivery_file_id: deliveryFileId,
          source: 'check',
          code: finding.code,
          severity: finding.severity,
          path: finding.path,
          page: finding.page ?? null,
          row: finding.row ?? null,
          reference: finding.reference ?? null,
          args: JSON.stringify(finding.args),
          waiver_id: null,
        })),
      )
      .execute();
  }
}

export async function deliveryFiles(db: Kysely<Database>, deliveryId: number): Promise<DeliveryFileRow[]> {
  return db.selectFrom('delivery_file').selectAll().where('delivery_id', '=', deliveryId).orderBy('id').execute();
}

/** Findings of check and reconciliation, in the order they were found. */
export async function findingsOf(db: Kysely<Database>, deliveryId: number): Promise<FindingRow[]> {
  return db.selectFrom('delivery_finding').selectAll().where('delivery_id', '=', deliveryId).orderBy('id').execute();
}

/** A stored finding as it was made. */
export function toFinding(row: FindingRow): Finding {
  return {
    code: row.code,
    severity: row.severity,
    path: row.path,
    ...(row.page === null ? {} : { page: row.page }),
    ...(row.row === null ? {} : { row: row.row }),
    ...(row.reference === null ? {} : { reference: row.reference }),
    args: JSON.parse(row.args),
  } as Finding;
}

function* chunks<T>(all: readonly T[]): Iterable<readonly T[]> {
  for (let start = 0; start < all.length; start += CHUNK) yield all.slice(start, start + CHUNK);
}
