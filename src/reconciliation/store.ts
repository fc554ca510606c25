import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../storage/schema.ts';
import { acceptedOutcomes, isStanding, laterScanIsImported } from '../storage/standing.ts';
import type { AcceptedFile, DeliveredFile, DocumentStates, ImportedFile, OrderFacts, Round } from './facts.ts';
import { selectDelivered } from './totals-store.ts';

export type DeliveryRow = Selectable<Database['delivery']>;

/** The deliveries of a batch up to a round, oldest first. */
export async function selectRounds(db: Kysely<Database>, batchId: number, lastRound?: number): Promise<DeliveryRow[]> {
  const query = db.selectFrom('delivery').selectAll().where('batch_id', '=', batchId).orderBy('round');
  return (lastRound === undefined ? query : query.where('round', '<=', lastRound)).execute();
}

/** What each of these deliveries holds. */
export async function selectRoundFacts(db: Kysely<Database>, deliveries: readonly DeliveryRow[]): Promise<Round[]> {
  const facts: Round[] = [];
  for (const { id, round } of deliveries) {
    facts.push({
      deliveryId: id,
      round,
      files: await deliveredFiles(db, id),
      documents: await documentStates(db, id),
    });
  }
  return facts;
}

/** Findings of the check after which a difference between declared and counted pages needs no further telling. */
const explainPages = [
  'pages.count-differs',
  'pages.count-differs-slightly',
  'pages.not-declared',
  'pages.uncounted',
  'pages.none',
  'manifest.file-absent',
  'manifest.value-unreadable',
] as const;

async function deliveredFiles(db: Kysely<Database>, deliveryId: number): Promise<DeliveredFile[]> {
  const explained = await db
    .selectFrom('delivery_finding')
    .select('delivery_file_id')
    .distinct()
    .where('delivery_id', '=', deliveryId)
    .where('source', '=', 'check')
    .where('code', 'in', explainPages)
    .execute();
  const explainedFiles = new Set(explained.map((row) => row.delivery_file_id));
  const declared = await db
    .selectFrom('delivery_document')
    .innerJoin('delivery_file', 'delivery_file.id', 'delivery_document.delivery_file_id')
    .where('delivery_file.delivery_id', '=', deliveryId)
    .groupBy('delivery_file.id')
    .having((eb) => eb(eb.fn.countAll(), '=', eb.fn.count('delivery_document.declared_pages')))
    .select('delivery_file.id')
    .execute();
  const declaredFiles = new Set(declared.map(({ id }) => id));
  const rows = await db
    .selectFrom('delivery_file')
    .leftJoin('decision_file', 'decision_file.delivery_file_id', 'delivery_file.id')
    .selectAll('delivery_file')
    .select(['decision_file.outcome', 'decision_file.pages as decided_pages'])
    .where('delivery_file.delivery_id', '=', deliveryId)
    .orderBy('delivery_file.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    fileId: row.file_id,
    reference: row.reference,
    volume: row.volume,
    documents: row.documents,
    declaredPages: row.declared_pages,
    isDeclared: declaredFiles.has(row.id),
    removedBlanks: row.removed_blanks,
    receivedPages: row.received_pages,
    decision: row.outcome === null ? null : { outcome: row.outcome, pages: row.decided_pages ?? 0 },
    pagesExplained: explainedFiles.has(row.id),
  }));
}

/** A document counts as waived when every error told of its path was waived. */
async function documentStates(db: Kysely<Database>, deliveryId: number): Promise<DocumentStates> {
  const waivedPaths = db
    .selectFrom('delivery_finding')
    .select('path')
    .where('delivery_id', '=', deliveryId)
    .where('severity', '=', 'error')
    .where('path', '!=', '')
    .groupBy('path')
    .having((eb) => eb(eb.fn.countAll(), '=', eb.fn.count('waiver_id')));
  const rows = await db
    .selectFrom('delivery_document')
    .innerJoin('delivery_file', 'delivery_file.id', 'delivery_document.delivery_file_id')
    .leftJoin(waivedPaths.as('waived'), 'waived.path', 'delivery_document.path')
    .where('delivery_file.delivery_id', '=', deliveryId)
    .groupBy('delivery_document.state')
    .select(({ fn }) => [
      'delivery_document.state',
      fn.countAll<number>().as('documents'),
      fn.count<number>('waived.path').as('waived'),
    ])
    .execute();
  const of = (state: string) => rows.find((row) => row.state === state) ?? { documents: 0, waived: 0 };
  const [failed, errored] = [of('failed'), of('errored')];
  return {
    passed: of('passed').documents,
    failed: failed.documents - failed.waived,
    errored: errored.documents - errored.waived,
    waived: failed.waived + errored.waived,
  };
}

/** Accepted files of a batch's pick list with their corrections, from its rounds up to the given one. */
export async function selectAcceptedFiles(
  db: Kysely<Database>,
  batchId: number,
  lastRound: number,
): Promise<Map<number, AcceptedFile>> {
  const rows = await db
    .selectFrom('decision_file')
    .innerJoin('file', 'file.id', 'decision_file.file_id')
    .innerJoin('decision', 'decision.id', 'decision_file.decision_id')
    .innerJoin('delivery', 'delivery.id', 'decision.delivery_id')
    .select(['file.id', 'decision_file.pages'])
    .where('file.batch_id', '=', batchId)
    .where('decision_file.outcome', 'in', acceptedOutcomes)
    .where('delivery.round', '<=', lastRound)
    .orderBy('delivery.round')
    .execute();
  const accepted = new Map<number, AcceptedFile>();
  for (const { id, pages } of rows) {
    const first = accepted.get(id);
    accepted.set(id, first ? { pages: first.pages, correctedPages: pages } : { pages });
  }
  return accepted;
}

/** Files of a batch's pick list that are confirmed in the document management system as they are accepted now. */
export async function selectImportedFiles(
  db: Kysely<Database>,
  batchId: number,
  lastRound: number,
): Promise<Map<number, ImportedFile>> {
  const rows = await db
    .selectFrom('import_object')
    .innerJoin('file', 'file.id', 'import_object.file_id')
    .innerJoin('delivery_file', 'delivery_file.id', 'import_object.delivery_file_id')
    .innerJoin('delivery', 'delivery.id', 'delivery_file.delivery_id')
    .select(['file.id', 'import_object.pages'])
    .where('file.batch_id', '=', batchId)
    .where('import_object.state', '=', 'confirmed')
    .where(isStanding('import_object'))
    .where('delivery.round', '<=', lastRound)
    .execute();
  // Their object has passed to a later scan: they are imported as long as that is.
  const passed = await db
    .selectFrom('decision_file')
    .innerJoin('file', 'file.id', 'decision_file.file_id')
    .innerJoin('decision', 'decision.id', 'decision_file.decision_id')
    .innerJoin('delivery', 'delivery.id', 'decision.delivery_id')
    .select(['file.id', 'decision_file.pages'])
    .where('file.batch_id', '=', batchId)
    .where('decision_file.outcome', 'in', acceptedOutcomes)
    .where(isStanding('decision_file'))
    .where(laterScanIsImported)
    .where('delivery.round', '<=', lastRound)
    .execute();
  return new Map([...rows, ...passed].map(({ id, pages }) => [id, { pages }]));
}

/** Pages accepted and open in the other batches of a call-off. */
export async function selectOtherBatches(
  db: Kysely<Database>,
  callOffId: number,
  batchId: number,
): Promise<OrderFacts['otherBatches']> {
  const accepted = await db
    .selectFrom('decision_file')
    .innerJoin('file', 'file.id', 'decision_file.file_id')
    .innerJoin('batch', 'batch.id', 'file.batch_id')
    .select(({ fn, val }) => fn.coalesce(fn.sum<number>('decision_file.pages'), val(0)).as('pages'))
    .where('decision_file.outcome', '=', 'accepted')
    .where('batch.call_off_id', '=', callOffId)
    .where('batch.id', '!=', batchId)
    .executeTakeFirstOrThrow();
  const delivered = await selectDelivered(db, callOffId);
  const open = delivered.filter((row) => row.batch_id !== batchId).reduce((sum, row) => sum + row.open_pages, 0);
  return { accepted: accepted.pages, open };
}
