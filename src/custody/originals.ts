import type { Kysely } from 'kysely';
import { addDays, type CalendarDate, localDate } from '../shared/dates.ts';
import type { Database } from '../storage/schema.ts';
import { acceptedOutcomes, isStanding } from '../storage/standing.ts';
import type { Batch } from './store.ts';

/** Why the original of a file must be kept. */
export const obstacles = [
  'on-later-list',
  'not-accepted',
  'complained',
  'round-undecided',
  'not-imported',
  'import-outdated',
  'handed-over-only',
  'hold-unset',
  'hold-running',
  'original-must-stay',
  'archive-undecided',
] as const;
export type Obstacle = (typeof obstacles)[number];

/** The original of a file on a pick list, and what stands in the way of its destruction. */
export interface Original {
  readonly reference: string;
  readonly volume: string;
  readonly box: string | null;
  /** Day on which the content that is accepted now was read back from the DMS. */
  readonly importedOn: CalendarDate | null;
  /** First day after the hold period. */
  readonly heldUntil: CalendarDate | null;
  /** All of them; empty: the department may be asked to release it. */
  readonly obstacles: readonly Obstacle[];
}

export interface HoldRule {
  /** Days after the read-back; undefined where the county has not settled it. */
  readonly holdDays: number | undefined;
  readonly today: CalendarDate;
}

/**
 * Says of every file of a pick list whether its original may be proposed for destruction. In doubt it may not: what is not
 * recorded (a hold period, the decision of the archive) stands in the way. Nothing here is a release; the department's is.
 */
export async function judgeOriginals(db: Kysely<Database>, batch: Batch, rule: HoldRule): Promise<Original[]> {
  const ofLot = await obstaclesOfLot(db, batch);
  const undecided = await undecidedFiles(db, batch);
  return (await recordedFiles(db, batch)).map((file) => {
    const importedOn = isImported(file) ? localDate(new Date(file.confirmed_at ?? '')) : null;
    const { holdDays, today } = rule;
    const heldUntil = importedOn === null || holdDays === undefined ? null : addDays(importedOn, holdDays);
    const found: (Obstacle | false)[] = [
      file.accepted === null && 'not-accepted',
      file.complaint !== null && 'complained',
      undecided.has(file.id) && 'round-undecided',
      importObstacle(file),
      holdDays === undefined && 'hold-unset',
      heldUntil !== null && today < heldUntil && 'hold-running',
      ...ofLot,
    ];
    const { reference, volume, box } = file;
    // The paper went out again: everything else is said there.
    if (file.later !== null) return { reference, volume, box, importedOn, heldUntil, obstacles: ['on-later-list'] };
    return { reference, volume, box, importedOn, heldUntil, obstacles: found.filter((one) => one !== false) };
  });
}

type RecordedFile = Awaited<ReturnType<typeof recordedFiles>>[number];

function isImported({ state, accepted, stored }: RecordedFile): boolean {
  return state === 'confirmed' && accepted !== null && stored === accepted;
}

function importObstacle(file: RecordedFile): Obstacle | false {
  if (file.state !== 'confirmed') return 'not-imported';
  if (!isImported(file)) return 'import-outdated';
  // Plain folders are for another system to take; what became of the files there nobody has read back.
  return file.adapter === 'folder' && 'handed-over-only';
}

async function recordedFiles(db: Kysely<Database>, batch: Batch) {
  return db
    .selectFrom('file')
    .leftJoin('box', 'box.id', 'file.box_id')
    .leftJoin('rescan', 'rescan.earlier_file_id', 'file.id')
    .leftJoin(
      db
        .selectFrom('decision_file')
        .where('decision_file.outcome', 'in', acceptedOutcomes)
        .where(isStanding('decision_file'))
        .select(['decision_file.file_id', 'decision_file.delivery_file_id'])
        .as('standing'),
      'standing.file_id',
      'file.id',
    )
    .leftJoin('complaint_file', (join) =>
      join.onRef('complaint_file.file_id', '=', 'file.id').on('complaint_file.state', 'in', ['open', 'disputed']),
    )
    .leftJoin('import_object', 'import_object.file_id', 'file.id')
    .where('file.batch_id', '=', batch.id)
    .select(['file.id', 'file.reference', 'file.volume', 'box.barcode as box', 'rescan.id as later'])
    .select(['standing.delivery_file_id as accepted', 'complaint_file.id as complaint', 'import_object.state'])
    .select(['import_object.adapter', 'import_object.delivery_file_id as stored', 'import_object.confirmed_at'])
    .orderBy('file.id')
    .execute();
}

/** Files in a round that nobody has accepted or rejected yet: the paper may be needed to judge it. */
async function undecidedFiles(db: Kysely<Database>, batch: Batch): Promise<Set<number>> {
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('delivery_file', 'delivery_file.delivery_id', 'delivery.id')
    .leftJoin('decision', 'decision.delivery_id', 'delivery.id')
    .where('delivery.batch_id', '=', batch.id)
    .where('decision.id', 'is', null)
    .where('delivery_file.file_id', 'is not', null)
    .select('delivery_file.file_id')
    .execute();
  return new Set(rows.flatMap(({ file_id }) => file_id ?? []));
}

/** Files are not assigned to holdings: what is recorded of any holding of the lot counts for all its files. */
async function obstaclesOfLot(db: Kysely<Database>, batch: Batch): Promise<Obstacle[]> {
  const holdings = await db
    .selectFrom('holding')
    .select(['original_must_stay', 'archive_offer'])
    .where('lot_id', '=', batch.lot.id)
    .execute();
  const mustStay = holdings.some(({ original_must_stay }) => original_must_stay === 1);
  const isDecided = holdings.length > 0 && holdings.every(({ archive_offer }) => archive_offer === 'done');
  return [
    ...(mustStay ? (['original-must-stay'] as const) : []),
    ...(isDecided ? [] : (['archive-undecided'] as const)),
  ];
}

/** A box, which is what is destroyed. */
export interface OriginalBox {
  /** Empty: the files without a box. */
  readonly box: string;
  readonly files: number;
  readonly ready: number;
}

/** Boxes in the order of the pick list. */
export function boxesOf(originals: readonly Original[]): OriginalBox[] {
  const boxes = new Map<string, { files: number; ready: number }>();
  for (const { box, obstacles: found } of originals) {
    const sums = boxes.get(box ?? '') ?? { files: 0, ready: 0 };
    sums.files += 1;
    if (found.length === 0) sums.ready += 1;
    boxes.set(box ?? '', sums);
  }
  return [...boxes].map(([box, sums]) => ({ box, ...sums }));
}
